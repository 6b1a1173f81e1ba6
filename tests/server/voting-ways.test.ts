/** Ratings, places, orders and pairs over the wire: what is taken, who is told, and what it comes to. */
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Command, FacilitationCommand } from '#shared/facilitation/commands.ts';
import type { BoardId, CardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
	ask,
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
import { totalsOn, votesOf } from '../support/votes.ts';

let server: TestApp;
let ada: Ada;
let workshop: WorkshopId;
let ben: Person;
let chidi: Person;
let board: BoardId;
let cards: CardId[];
let writing: Writing;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());
/** Three cards of Ben's, and the room votes. */
beforeEach(async () => {
	const opened = await ada.open();
	workshop = opened.id;
	ben = await join(server, opened.code, 'Ben');
	chidi = await join(server, opened.code, 'Chidi');
	board = await ada.run(workshop);
	writing = await write(server, board, ben.token);
	cards = ['Time', 'Trust', 'Money'].map((text) => writing.put(text));
	await until(() => server.app.rooms.counts(board).then((counts) => counts.cards === 3));
	await ada.command(workshop, { type: 'go', phase: 'vote' });
	return () => writing.close();
});

const set = (command: FacilitationCommand) => ada.command(workshop, command);
const run = (who: { token: string }, command: Command) => give(server, workshop, who, command);
const on = (i: number) => ({ card: cards[i]! });
const refused = (refusal: string) => ({ ok: false, refusal });
const axis = (title: string) => ({ title, low: 'little', high: 'much' });
const axes = { x: axis('Effort'), y: axis('Effect') };
const place = (i: number, x: number, y: number): Command => ({
	type: 'place',
	board,
	target: on(i),
	at: { x, y }
});
const rank = (...all: number[]): Command => ({ type: 'rank', board, targets: all.map(on) });
const prefer = (one: number, other: number, better: 0 | 1 | null): Command => ({
	type: 'prefer',
	board,
	pair: [on(one), on(other)],
	better
});
const rate = (i: number, count: number): Command => ({
	type: 'vote',
	board,
	target: on(i),
	count
});

test('VO9 another way’s command is refused, and changes nothing', async () => {
	expect(await run(ben, place(0, 1, 1))).toMatchObject(refused('not-asked'));
	await set({ type: 'set-voting', way: 'order' });
	expect(await run(ben, rate(0, 1))).toMatchObject(refused('not-asked'));
	expect(await run(ben, rank(0, 1))).toMatchObject({ ok: true });
	expect(await totalsOn(server, board)).toEqual({ [cards[0]!]: 5, [cards[1]!]: 4 });
});

test('VO10 VO28 ratings, by the route of votes too', async () => {
	await set({ type: 'set-voting', way: 'rating' });
	const path = `/api/v1/boards/${board}/votes`;
	const rated = await ask(server.url, path, {
		token: ben.token,
		body: { card: cards[0], count: 4 }
	});
	expect(rated.body).toMatchObject({ mine: { [cards[0]!]: 4 } });
	await run(chidi, rate(0, 5));
	expect(await totalsOn(server, board)).toEqual({ [cards[0]!]: 4.5 });
	expect(await run(ben, rate(0, 6))).toMatchObject(refused('malformed'));
	expect(await run(ben, rate(0, 0))).toMatchObject({ ok: true });
	expect(await totalsOn(server, board)).toEqual({ [cards[0]!]: 5 });
});

test('VO11 a place is told to who gave it, and to others once it is shown', async () => {
	await set({ type: 'set-voting', way: 'placing', axes });
	const [his, theirs] = await Promise.all([ben, chidi].map((one) => listen(server, workshop, one)));
	expect(await run(ben, place(0, 2, 5))).toMatchObject({ ok: true });
	await until(() => his!.last('ballot:changed')?.[3].places[cards[0]!]?.y === 5);
	expect(await run(ben, place(0, 3, 5))).toMatchObject({ ok: true });
	expect(await run(chidi, place(0, 1, 1))).toMatchObject({ ok: true });
	expect(theirs!.all('totals:changed').every(([, totals]) => totals === null)).toBe(true);
	await set({ type: 'show-votes' });
	await until(() => theirs!.last('totals:changed')?.[1]?.[cards[0]!] === 2);
	expect(theirs!.last('totals:changed')![2]).toMatchObject({
		way: 'placing',
		people: 2,
		places: {
			[cards[0]!]: [
				{ x: 1, y: 1, people: 1 },
				{ x: 3, y: 5, people: 1 }
			]
		}
	});
	await run(ben, { type: 'place', board, target: on(0), at: null });
	await until(() => theirs!.last('totals:changed')?.[1]?.[cards[0]!] === 1);
	his!.close();
	theirs!.close();
});

test('VO25 VO31 together, everybody sees the one place at once, and off is off for all', async () => {
	await set({ type: 'set-voting', way: 'placing', axes, together: true });
	const phone = await listen(server, workshop, chidi);
	const lies = () => phone.last('totals:changed')?.[2]?.places[cards[0]!];
	await run(ben, place(0, 2, 5));
	await until(() => lies()?.[0]?.x === 2);
	server.clock.advance(5);
	await run(chidi, place(0, 4, 4));
	await until(() => lies()?.length === 1 && lies()?.[0]?.x === 4);
	await run(ben, { type: 'place', board, target: on(0), at: null });
	await until(() => phone.last('totals:changed')?.[1]?.[cards[0]!] === undefined);
	expect(await totalsOn(server, board)).toEqual({});
	phone.close();
});

test('VO12 an order takes the place of the one before', async () => {
	await set({ type: 'set-voting', way: 'order' });
	await run(ben, rank(2, 0));
	await run(ben, rank(1));
	expect(await votesOf(server, board, ben.participant)).toEqual({ [cards[1]!]: 1 });
	expect(await run(ben, rank(0, 0))).toMatchObject(refused('malformed'));
	const gone: Command = { type: 'rank', board, targets: [{ card: 'no-such-card' }] };
	expect(await run(ben, gone)).toMatchObject(refused('no-such-card'));
	expect(await votesOf(server, board, ben.participant)).toEqual({ [cards[1]!]: 1 });
});

test('VO13 each two are compared once, whichever is named first', async () => {
	await set({ type: 'set-voting', way: 'pairs' });
	await run(ben, prefer(0, 1, 0));
	expect(await totalsOn(server, board)).toEqual({ [cards[0]!]: 100, [cards[1]!]: 0 });
	await run(ben, prefer(1, 0, 0));
	expect(await totalsOn(server, board)).toEqual({ [cards[0]!]: 0, [cards[1]!]: 100 });
	await run(ben, prefer(0, 1, null));
	expect(await totalsOn(server, board)).toEqual({ [cards[0]!]: 50, [cards[1]!]: 50 });
	expect(await run(ben, prefer(0, 0, 0))).toMatchObject(refused('malformed'));
	expect(
		await run(ben, {
			type: 'prefer',
			board,
			pair: [on(0), { card: 'no-such-card' }],
			better: 0
		})
	).toMatchObject(refused('no-such-card'));
});

test('VO16 dots of each column are counted where the card lies', async () => {
	await set({ type: 'new-round', perColumn: true });
	expect(await run(ben, rate(0, 3))).toMatchObject({ ok: true });
	expect(await run(ben, rate(1, 3))).toMatchObject(refused('budget'));
	expect(await run(ben, rate(1, 2))).toMatchObject({ ok: true });
	await set({ type: 'new-round', columns: ['ways-round'] });
	expect(await run(ben, rate(0, 1))).toMatchObject(refused('not-asked'));
});

describe('rounds', () => {
	test('VO33 a round that was not shown is told to nobody; one that was, also while the next is not', async () => {
		const his = await listen(server, workshop, ben);
		await run(ben, rate(0, 3));
		await set({ type: 'new-round' });
		await run(ben, rate(1, 2));
		await set({ type: 'show-votes' });
		await until(() => his.last('totals:changed')?.[1]?.[cards[1]!] === 2);
		expect(his.last('totals:changed')![2]!.earlier).toEqual([]);
		await set({ type: 'new-round' });
		await until(() => his.last('totals:changed')?.[1] === null);
		await run(ben, rate(2, 1));
		const later = await listen(server, workshop, chidi);
		await until(() => later.last('totals:changed'));
		for (const one of [his, later]) {
			const [, totals, tally] = one.last('totals:changed')!;
			expect([totals, tally!.people]).toEqual([null, 0]);
			expect(tally!.earlier.map(({ scores }) => scores)).toEqual([{ [cards[1]!]: 2 }]);
			one.close();
		}
	});

	test('VO20 VO36 with a new round everybody’s votes are empty, and those of the one before stay', async () => {
		const [his, desk] = await Promise.all([ben, ada].map((one) => listen(server, workshop, one)));
		await run(ben, rate(0, 3));
		await until(() => his!.last('ballot:changed')?.[2] === 2);
		await set({ type: 'show-votes' });
		await set({ type: 'new-round', among: [cards[0]!, cards[1]!] });
		await until(() => his!.last('ballot:changed')?.[2] === 5);
		expect(await totalsOn(server, board)).toEqual({});
		expect(await run(ben, rate(2, 1))).toMatchObject(refused('not-asked'));
		await run(ben, rate(1, 2));
		await set({ type: 'show-votes' });
		await until(() => desk!.last('totals:changed')?.[1]?.[cards[1]!] === 2);
		expect(desk!.last('totals:changed')![2]!.earlier).toMatchObject([
			{ way: 'dots', people: 1, scores: { [cards[0]!]: 3 } }
		]);
		his!.close();
		desk!.close();
	});

	test('VO22 what comes for the round before is refused', async () => {
		await set({ type: 'new-round' });
		expect(await run(ben, { ...rate(0, 1), round: 0 } as Command)).toMatchObject(
			refused('not-asked')
		);
	});

	test('VO23 VO36 a round that is taken back gives everybody what they had', async () => {
		const his = await listen(server, workshop, ben);
		await run(ben, rate(0, 3));
		await set({ type: 'new-round' });
		await run(ben, rate(1, 1));
		await until(() => his.last('ballot:changed')?.[1][cards[1]!] === 1);
		await set({ type: 'undo' });
		await until(() => his.last('ballot:changed')?.[1][cards[0]!] === 3);
		expect(await totalsOn(server, board)).toEqual({ [cards[0]!]: 3 });
		server.clock.advance(10);
		await set({ type: 'new-round' });
		expect(await totalsOn(server, board)).toEqual({});
		his.close();
	});
});

test('VO37 of somebody without a device, every way is told to who votes for them', async () => {
	const maria: ParticipantId = nanoid();
	await run(ben, { type: 'add-person', person: maria, name: 'Maria' });
	await set({ type: 'set-voting', way: 'placing', axes });
	const hearing = await listen(server, workshop, ben);
	await run(ben, { ...place(0, 2, 3), for: maria } as Command);
	await until(() => hearing.last('ballot:of')?.[4].places[cards[0]!]?.x === 2);
	expect(hearing.last('ballot:of')![1]).toBe(maria);
	await set({ type: 'new-round' });
	await until(() => Object.keys(hearing.last('ballot:of')![4].places).length === 0);
	hearing.close();
});

test('VO34 how many have voted is told to desks alone, also to one that opens later', async () => {
	const link = await server.app.workshops.screenLink(workshop, {
		role: 'facilitator',
		account: ada.account
	});
	const screen = new URL(String(link), server.url).searchParams.get('key')!;
	const [desk, phone, wall] = await Promise.all(
		[ada, ben, { screen }].map((one) => listen(server, workshop, one))
	);
	await run(ben, rate(0, 3));
	await run(ben, rate(1, 2));
	await run(chidi, rate(1, 1));
	server.clock.advance(300);
	await until(() => desk!.last('voted:changed')?.[1].some === 2);
	expect(desk!.last('voted:changed')![1]).toEqual({ some: 2, all: 1 });
	const late = await listen(server, workshop, ada);
	await until(() => late.last('voted:changed')?.[1].all === 1);
	for (const one of [phone!, wall!]) expect(one.all('voted:changed')).toEqual([]);
	for (const one of [desk!, phone!, wall!, late]) one.close();
});

test('VO38 who is removed with their cards, or erased, is in no tally any more', async () => {
	await set({ type: 'set-voting', way: 'pairs' });
	await run(ben, prefer(0, 1, 0));
	await run(chidi, prefer(0, 1, 1));
	expect(await totalsOn(server, board)).toEqual({ [cards[0]!]: 50, [cards[1]!]: 50 });
	const who = { role: 'facilitator', account: ada.account } as const;
	const erase = (person: string) =>
		server.app.workshops.run(workshop, who, {
			id: nanoid(),
			command: { type: 'erase-person', person }
		});
	expect(await erase(chidi.participant)).toMatchObject({ ok: true });
	expect(await totalsOn(server, board)).toEqual({ [cards[0]!]: 100, [cards[1]!]: 0 });
	// Ben's cards go with him, and what anybody said of them.
	expect(await erase(ben.participant)).toMatchObject({ ok: true });
	expect(await totalsOn(server, board)).toEqual({});
	expect(await server.app.stores.votes.cast(board)).toEqual([]);
});

test('VO39 while racing on two devices, each two have one row, and an order is one order', async () => {
	await set({ type: 'set-voting', way: 'pairs' });
	const devices = await Promise.all([1, 2].map(() => listen(server, workshop, ben)));
	await Promise.all(
		devices.flatMap((device) => [device.send(prefer(0, 1, 0)), device.send(prefer(1, 0, 0))])
	);
	expect(await server.app.stores.votes.cast(board)).toHaveLength(1);
	await set({ type: 'set-voting', way: 'order' });
	await Promise.all([rank(0, 1, 2), rank(2, 1)].map((one, i) => devices[i]!.send(one)));
	const mine = await votesOf(server, board, ben.participant);
	expect([3, 2]).toContain(Object.keys(mine).length);
	expect(Object.values(mine).toSorted()).toEqual([1, 2, 3].slice(0, Object.keys(mine).length));
	devices.forEach((device) => device.close());
});
