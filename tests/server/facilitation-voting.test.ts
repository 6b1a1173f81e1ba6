import { nanoid } from 'nanoid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { joinGroup, leaveGroup, makeGroup } from '#shared/doc/board.ts';
import { GRACE } from '#shared/facilitation/phases.ts';
import type { BoardId, CardId, WorkshopId } from '#shared/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
	ask,
	comeAda,
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
let code: string;
let board: BoardId;
let writing: Writing;
let cards: CardId[];

/** A board in `group`, with three cards of Ben's, two of them together. */
beforeEach(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
	({ id: workshop, code } = await ada.open());
	ben = await join(server, code, 'Ben');
	board = await ada.run(workshop);
	writing = await write(server, board, ben.token);
	cards = ['Time', 'No time', 'Money'].map((text) => writing.put(text));
	await until(() => server.app.rooms.counts(board).then((counts) => counts.cards === 3));
	await go('group');
	await until(() => writing.seen().cards.length === 3);
	const column = writing.seen().cards[0]!.column;
	makeGroup(writing.board, {
		id: 'the-group',
		kind: 'theme',
		column,
		order: 'a5',
		cards: cards.slice(0, 2)
	});
	await grouped(2);
});
afterEach(async () => {
	writing.close();
	await server.close();
});

const go = (phase: 'group' | 'vote' | 'discuss') => ada.command(workshop, { type: 'go', phase });
const stateOf = async () => (await server.app.stored.load(workshop))!.state.boards[0]!;
const grouped = (members: number) =>
	until(async () => (await server.app.rooms.read(board)).groups[0]?.cards.length === members);
const ballotTaken = () => until(async () => (await stateOf()).ballot, { what: 'the ballot' });
const vote = (target: object, count: number) =>
	ask(server.url, `/api/v1/boards/${board}/votes`, { token: ben.token, body: { target, count } });

describe('the ballot', () => {
	test('CM10 it is recorded after the grace, and moves nobody on', async () => {
		await go('vote');
		const { version } = (await server.app.stored.load(workshop))!;
		expect((await stateOf()).ballot).toBeNull();
		server.clock.advance(GRACE + 1000);
		await ballotTaken();
		expect((await stateOf()).ballot).toEqual({ 'the-group': cards.slice(0, 2) });
		expect((await server.app.stored.load(workshop))!.version).toBe(version);
		const next = { id: nanoid(), version, command: { type: 'next' } as const };
		const who = { role: 'facilitator', account: ada.account } as const;
		expect(await server.app.workshops.run(workshop, who, next)).toMatchObject({ ok: true });
	});

	test('CM10 left before the grace is over, it is recorded as it stands', async () => {
		await go('vote');
		await go('discuss');
		expect((await stateOf()).ballot).toEqual({ 'the-group': cards.slice(0, 2) });
	});

	test('CM10 a group that is another at the second vote gives its votes back', async () => {
		const device = await listen(server, workshop, ben);
		await go('vote');
		server.clock.advance(GRACE + 1000);
		await ballotTaken();
		expect((await vote({ group: 'the-group' }, 2)).status).toBe(200);
		expect((await vote({ card: cards[2] }, 1)).status).toBe(200);
		await go('group');
		await go('vote');
		expect(await totalsOn(server, board)).toEqual({ 'the-group': 2, [cards[2]!]: 1 });
		server.clock.advance(GRACE + 1000);
		await ballotTaken();

		await go('group');
		await until(() => device.state().boards[0]!.phase === 'group');
		joinGroup(writing.board, cards[2]!, 'the-group');
		await grouped(3);
		await go('vote');
		expect(await totalsOn(server, board)).toEqual({ [cards[2]!]: 1 });
		await until(() => device.last('ballot:changed')?.[2] === 4, { what: 'Ben to be told' });
		device.close();
	});

	test('CM10 desks hear how many have voted once votes came back, at once and after the grace', async () => {
		const desk = await listen(server, workshop, ada);
		const voted = async (some: number) => {
			server.clock.advance(300);
			await until(() => desk.last('voted:changed')?.[1].some === some, { what: `${some} voted` });
		};
		await go('vote');
		server.clock.advance(GRACE + 1000);
		await ballotTaken();
		await vote({ group: 'the-group' }, 2);
		await voted(1);
		await go('group');
		joinGroup(writing.board, cards[2]!, 'the-group');
		await grouped(3);
		await go('vote');
		await voted(0);

		server.clock.advance(GRACE + 1000);
		await ballotTaken();
		await vote({ group: 'the-group' }, 2);
		await voted(1);
		await go('group');
		await go('vote');
		leaveGroup(writing.board, cards[2]!, { column: writing.seen().cards[0]!.column, order: 'a9' });
		await grouped(2);
		server.clock.advance(GRACE + 1000);
		await ballotTaken();
		await voted(0);
		desk.close();
	});

	test('CM10 a place that came back is on no screen any more where the room places together', async () => {
		const axis = { title: 'Worth', low: 'little', high: 'much' };
		const axes = { x: axis, y: axis };
		await ada.command(workshop, { type: 'set-voting', way: 'placing', axes, together: true });
		const device = await listen(server, workshop, ben);
		await go('vote');
		server.clock.advance(GRACE + 1000);
		await ballotTaken();
		const at = { x: 2, y: 3 };
		const command = { type: 'place', board, target: { group: 'the-group' }, at } as const;
		await ask(server.url, `/api/v1/boards/${board}/commands`, { token: ben.token, body: command });
		const told = () => device.last('totals:changed')?.[1] ?? {};
		server.clock.advance(300);
		await until(() => told()['the-group'] === 1, { what: 'the place' });
		await go('group');
		await go('vote');
		await until(() => told()['the-group'] === 1 && device.state().boards[0]!.phase === 'vote');
		joinGroup(writing.board, cards[2]!, 'the-group');
		await grouped(3);
		server.clock.advance(GRACE + 1000);
		await ballotTaken();
		server.clock.advance(300);
		await until(() => told()['the-group'] === undefined, { what: 'the place to be gone' });
		device.close();
	});

	test('VO7 in every way, what was said of a group that was taken apart is taken back in the round that is on, and in none before', async () => {
		const among = [{ card: cards[2]! }, { group: 'the-group' }] as const;
		await ada.command(workshop, { type: 'set-voting', way: 'pairs' });
		await go('vote');
		server.clock.advance(GRACE + 1000);
		await ballotTaken();
		const command = { type: 'prefer', board, pair: [...among], better: 0 } as const;
		await ask(server.url, `/api/v1/boards/${board}/commands`, { token: ben.token, body: command });
		expect(await totalsOn(server, board)).toEqual({ 'the-group': 0, [cards[2]!]: 100 });
		const before = await server.app.stores.votes.cast(board);
		await ada.command(workshop, { type: 'new-round', way: 'pairs' });
		await ask(server.url, `/api/v1/boards/${board}/commands`, { token: ben.token, body: command });
		expect(await totalsOn(server, board)).toEqual({ 'the-group': 0, [cards[2]!]: 100 });
		await go('group');
		joinGroup(writing.board, cards[2]!, 'the-group');
		await grouped(3);
		await go('vote');
		expect(before).toHaveLength(1);
		expect(await server.app.stores.votes.cast(board)).toEqual(before);
	});

	test('CM10 a change that lands in the grace of the second vote counts as well', async () => {
		await go('vote');
		server.clock.advance(GRACE + 1000);
		await ballotTaken();
		await vote({ group: 'the-group' }, 2);
		await go('group');
		await go('vote');
		joinGroup(writing.board, cards[2]!, 'the-group');
		await grouped(3);
		expect(await totalsOn(server, board)).toEqual({ 'the-group': 2 });
		server.clock.advance(GRACE + 1000);
		await ballotTaken();
		expect((await stateOf()).ballot?.['the-group']).toHaveLength(3);
		expect(await totalsOn(server, board)).toEqual({});
	});
});

describe('a restart', () => {
	test('CM12 in the middle of a vote everything is where it was', async () => {
		await go('vote');
		expect((await vote({ group: 'the-group' }, 2)).body).toMatchObject({ left: 3 });
		const before = (await server.app.stored.load(workshop))!;
		const device = await listen(server, workshop, ben);
		await server.restart();

		await until(() => device.all('state:changed').length > 1, { what: 'Ben to be back' });
		const { now: _now, ...view } = device.state();
		expect(view.version).toBe(before.version);
		expect(view.boards[0]).toMatchObject({
			phase: 'vote',
			timer: before.state.boards[0]!.timer
		});
		await until(() => device.last('ballot:changed')?.[1]['the-group'] === 2);
		await until(() => device.last('roster:changed')?.[0].some(({ name }) => name === 'Ben'));
		expect((await server.app.rooms.read(board)).cards).toHaveLength(3);
		server.clock.advance(GRACE + 1000);
		await ballotTaken();
		expect((await vote({ group: 'the-group' }, 3)).body).toMatchObject({ left: 2 });
		device.close();
	});

	test('CM12 whoever was writing goes on writing', async () => {
		await server.restart();
		await until(() => server.app.rooms.counts(board).then((counts) => counts.cards === 3));
		writing.put('Trust');
		await until(() => server.app.rooms.counts(board).then((counts) => counts.cards === 4));
	});
});
