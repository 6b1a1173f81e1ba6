/** Votes for what is another thing now, or gone: a step that is taken back, a card that is taken off. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { joinGroup, makeGroup } from '#shared/doc/board.ts';
import { readBoard } from '#shared/doc/read.ts';
import { GRACE } from '#shared/facilitation/phases.ts';
import type { BoardId, CardId, WorkshopId } from '#shared/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
	comeAda,
	give,
	join,
	listen,
	write,
	type Ada,
	type Person,
	type Writing
} from '../support/people.ts';
import { until } from '../support/until.ts';
import { totalsOn } from '../support/votes.ts';

let server: TestApp;
let ada: Ada;
let ben: Person;
let workshop: WorkshopId;
let board: BoardId;
let writing: Writing;
let cards: CardId[];
/** Ada's, who arranges also while the room talks. */
let desk: WebsocketProvider;

beforeEach(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
	const made = await ada.open();
	workshop = made.id;
	ben = await join(server, made.code, 'Ben');
	board = await ada.run(workshop);
	writing = await write(server, board, ben.token);
	cards = ['Time', 'No time', 'Money', 'No money'].map((text) => writing.put(text));
	await until(() => server.app.rooms.counts(board).then((counts) => counts.cards === 4));
	await ada.command(workshop, { type: 'go', phase: 'group' });
	desk = new WebsocketProvider(`${server.url.replace('http', 'ws')}/yjs`, board, new Y.Doc(), {
		WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
		disableBc: true,
		params: { token: ada.token }
	});
	await until(() => desk.synced && readBoard(desk.doc).cards.length === 4);
	await groups('first-group', cards.slice(0, 2));
});
afterEach(async () => {
	desk.destroy();
	writing.close();
	await server.close();
});

const next = () => ada.command(workshop, { type: 'next' });
const undo = async () =>
	expect(await give(server, workshop, ada, { type: 'undo' })).toMatchObject({ ok: true });
const membersOf = async (group: string) =>
	(await server.app.rooms.read(board)).groups.find(({ id }) => id === group)?.cards.length;
const ballot = async () => (await server.app.stored.load(workshop))!.state.boards[0]!.ballot;
async function ballotTaken(...ids: string[]) {
	server.clock.advance(GRACE + 1000);
	await until(
		async () =>
			Object.keys((await ballot()) ?? {})
				.sort()
				.join() === ids.join(),
		{
			what: `a ballot of ${ids.join()}`
		}
	);
}
async function groups(id: string, members: CardId[]) {
	const { column } = readBoard(desk.doc).cards[0]!;
	makeGroup(desk.doc, { id, kind: 'theme', column, order: 'a5', cards: members });
	await until(async () => (await membersOf(id)) === members.length);
}
const vote = (group: string) =>
	give(server, workshop, ben, { type: 'vote', board, target: { group }, count: 2 });

test('CM10 out of the vote and back into it, a group that is another gives its votes back', async () => {
	await next();
	await ballotTaken('first-group');
	expect(await vote('first-group')).toMatchObject({ ok: true });
	await undo();
	joinGroup(desk.doc, cards[2]!, 'first-group');
	await until(async () => (await membersOf('first-group')) === 3);
	await next();
	expect(await totalsOn(server, board)).toEqual({});
});

test('CM10 back into the vote, the groups are recorded anew: new ones take votes, changed ones give theirs back', async () => {
	await next();
	await ballotTaken('first-group');
	expect(await vote('first-group')).toMatchObject({ ok: true });
	await next();
	await groups('second-group', cards.slice(2));
	await undo();
	await ballotTaken('first-group', 'second-group');
	expect(await totalsOn(server, board)).toEqual({ 'first-group': 2 });
	expect(await vote('second-group')).toMatchObject({ ok: true });
});

test('CM10 what was on its way when a step was taken back is recorded as well', async () => {
	await next();
	await ballotTaken('first-group');
	await next();
	await undo();
	// Behind whatever the workshop was doing.
	await ada.command(workshop, { type: 'extend', minutes: 1 });
	expect(await ballot()).toBeNull();
	await groups('second-group', cards.slice(2));
	await ballotTaken('first-group', 'second-group');
});

test('VO57 a card that is taken off gives its dots back, and whoever spent them hears; brought back, it has none', async () => {
	const [, , card, other] = cards as [CardId, CardId, CardId, CardId];
	await next();
	await ballotTaken('first-group');
	const his = await listen(server, workshop, ben);
	const dots = (on: CardId, count: number) =>
		give(server, workshop, ben, { type: 'vote', board, target: { card: on }, count });
	for (const on of [card, other]) expect(await dots(on, 2)).toMatchObject({ ok: true });
	await until(() => his.last('ballot:changed')?.[2] === 1, { what: 'one dot left' });
	await ada.command(workshop, { type: 'remove-card', board, card });
	await until(() => his.last('ballot:changed')?.[2] === 3, { what: 'two dots more' });
	expect(await totalsOn(server, board)).toEqual({ [other]: 2 });
	expect(await dots(other, 3)).toMatchObject({ ok: true });
	await ada.command(workshop, { type: 'restore-card', board, card });
	expect(await totalsOn(server, board)).toEqual({ [other]: 3 });
	expect(await dots(card, 2)).toMatchObject({ ok: true });
	his.close();
});

test('VO57 what a finished vote came to is the same after a card was taken off and brought back', async () => {
	const [, , card, other] = cards as [CardId, CardId, CardId, CardId];
	await ada.command(workshop, { type: 'set-voting', way: 'order', on: 'cards' });
	await next();
	const targets = [card, other].map((one) => ({ card: one }));
	const rank = { type: 'rank', board, targets } as const;
	expect(await give(server, workshop, ben, rank)).toMatchObject({ ok: true });
	const his = await listen(server, workshop, ben);
	await ada.command(workshop, { type: 'show-votes' });
	await next();
	const before = await totalsOn(server, board);
	const told = () => his.last('totals:changed')?.[1];
	await until(() => told()?.[card] === before[card]);

	await ada.command(workshop, { type: 'remove-card', board, card });
	expect(await totalsOn(server, board)).toEqual({ [other]: before[card] });
	await until(() => told()?.[other] === before[card], { what: 'the gap to be closed' });
	await ada.command(workshop, { type: 'restore-card', board, card });
	expect(await totalsOn(server, board)).toEqual(before);
	await until(() => told()?.[card] === before[card], { what: 'what it had' });
	// Who came while it was off knows his own of it as well.
	await ada.command(workshop, { type: 'remove-card', board, card });
	const later = await listen(server, workshop, ben);
	await until(() => later.last('ballot:changed')?.[1][other] === 1, { what: 'one in his order' });
	await ada.command(workshop, { type: 'restore-card', board, card });
	await until(() => later.last('ballot:changed')?.[1][other] === 2, { what: 'two in his order' });
	later.close();
	his.close();
});

test('VO57 a card that is off while the room votes once more has none of what it had', async () => {
	const card = cards[2]!;
	const dots = { type: 'vote', board, target: { card }, count: 2 } as const;
	await next();
	await ballotTaken('first-group');
	expect(await give(server, workshop, ben, dots)).toMatchObject({ ok: true });
	await next();
	await ada.command(workshop, { type: 'remove-card', board, card });
	const his = await listen(server, workshop, ben);
	await undo();
	await until(() => his.last('ballot:changed')?.[2] === 5, { what: 'all five dots' });
	await ada.command(workshop, { type: 'restore-card', board, card });
	expect(await totalsOn(server, board)).toEqual({});
	his.close();
});

test('VO57 a round that is come back to has nothing that was cast on a card that is off', async () => {
	const [, , card, other] = cards as [CardId, CardId, CardId, CardId];
	await next();
	await ballotTaken('first-group');
	const dots = (on: CardId, count: number) =>
		give(server, workshop, ben, { type: 'vote', board, target: { card: on }, count });
	expect(await dots(card, 3)).toMatchObject({ ok: true });
	expect(await give(server, workshop, ada, { type: 'new-round' })).toMatchObject({ ok: true });
	await ada.command(workshop, { type: 'remove-card', board, card });
	const his = await listen(server, workshop, ben);
	await undo();
	await until(() => his.last('ballot:changed')?.[2] === 5, { what: 'all five dots' });
	expect(await dots(other, 3)).toMatchObject({ ok: true });
	await ada.command(workshop, { type: 'restore-card', board, card });
	expect(await totalsOn(server, board)).toEqual({ [other]: 3 });
	his.close();
});

test('VO57 the others of an order and of pairs stand as if it had never been there', async () => {
	const [, , card, other] = cards as [CardId, CardId, CardId, CardId];
	await ada.command(workshop, { type: 'set-voting', way: 'order', on: 'cards' });
	await next();
	const targets = [card, other].map((one) => ({ card: one }));
	expect(await give(server, workshop, ben, { type: 'rank', board, targets })).toMatchObject({
		ok: true
	});
	const first = (await totalsOn(server, board))[card];
	await ada.command(workshop, { type: 'remove-card', board, card });
	await until(async () => (await totalsOn(server, board))[card] === undefined);
	expect(await totalsOn(server, board)).toEqual({ [other]: first });

	await ada.command(workshop, { type: 'restore-card', board, card });
	await ada.command(workshop, { type: 'new-round', way: 'pairs' });
	const pair = targets as [(typeof targets)[0], (typeof targets)[0]];
	const prefer = { type: 'prefer', board, pair, better: 0 } as const;
	expect(await give(server, workshop, ben, prefer)).toMatchObject({ ok: true });
	expect(await totalsOn(server, board)).toEqual({ [card]: 100, [other]: 0 });
	await ada.command(workshop, { type: 'remove-card', board, card });
	await until(async () => Object.keys(await totalsOn(server, board)).length === 0);
});
