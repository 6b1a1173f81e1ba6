/** The history of a board: what is kept of it and when, and who sees it. */
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { dissolveGroup, makeGroup, place } from '#shared/doc/board.ts';
import type { Command } from '#shared/facilitation/commands.ts';
import type { BoardId } from '#shared/ids.ts';
import { isRefusal } from '#shared/refusals.ts';
import { moments as momentRows } from '#server/db/schema.ts';
import { MOST_MOMENTS } from '#server/history/recording.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { comeAda, type Ada } from '../support/people.ts';
import { until } from '../support/until.ts';
import { MINUTE, openHistoryRoom, type HistoryRoom } from './history-room.ts';

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

let room: HistoryRoom;
let board: BoardId;
beforeEach(async () => {
	room = await openHistoryRoom(server, ada);
	board = room.board;
	return () => room.close();
});

/** Every text that stands anywhere in a value, keys left out. */
const textsIn = (value: unknown): string[] =>
	typeof value === 'string'
		? [value]
		: typeof value === 'object' && value !== null
			? Object.values(value).flatMap(textsIn)
			: [];

describe('what is kept', () => {
	test('HI1 a moment when a phase of a revealed board begins, from the reveal on', async () => {
		await room.put(room.bens, 'No time');
		await room.minute();
		expect(await room.kept()).toEqual([]);
		await room.phase('share');
		expect(await room.kept()).toEqual(['phase share']);
		await room.run(ada, { type: 'next' });
		await room.run(ada, { type: 'back' });
		await room.run(ada, { type: 'finish' });
		expect(await room.kept()).toEqual(['phase share', 'phase group', 'phase share', 'phase done']);
		const ats = (await room.rows()).map(({ at }) => at);
		expect(new Set(ats).size).toBe(ats.length);
		expect(ats).toEqual(ats.toSorted((a, b) => a - b));
	});

	test('HI2 a minute after the board was arranged there is one more, however often it was', async () => {
		const [a, b] = await room.three();
		await room.arrange(() => place(room.bens.board, a, { column: room.columns[0]!, order: 'b1' }));
		await room.arrange(() => place(room.bens.board, a, { column: room.columns[0]!, order: 'b2' }));
		server.clock.advance(MINUTE / 2);
		expect(await room.kept()).toEqual(['phase group']);
		await room.arrange(() => place(room.bens.board, b, { column: room.columns[0]!, order: 'b3' }));
		server.clock.advance(MINUTE / 2);
		await until(async () => (await room.rows()).length === 2, { what: 'a second moment' });
		expect(
			(await room.lays())
				.at(-1)!
				.cards.map(({ order }) => order)
				.toSorted()
		).toEqual(expect.arrayContaining(['b2', 'b3']));
		await room.minute();
		await room.minute();
		expect(await room.kept()).toEqual(['phase group', 'minute group']);
	});

	test('HI2 what is hidden and what is taken off is a change; words are none, nor what was undone', async () => {
		const [a, b] = await room.three();
		await room.edit(a);
		await room.arrange(() => place(room.bens.board, a, { column: room.columns[0]!, order: 'b1' }));
		await room.arrange(() => place(room.bens.board, a, { column: room.columns[0]!, order: 'a0' }));
		await room.minute();
		const [first, undone] = await room.lays();
		expect(undone?.cards ?? first!.cards).toEqual(first!.cards);
		expect(await room.kept()).toEqual(['phase group']);
		await room.run(ada, { type: 'hide-card', board, card: a });
		await room.minute();
		await room.run(ada, { type: 'remove-card', board, card: b });
		await room.minute();
		expect(await room.kept()).toEqual(['phase group', 'minute group', 'minute group']);
		expect((await room.lays()).map(({ hidden, removed }) => ({ hidden, removed }))).toEqual([
			{ hidden: [], removed: [] },
			{ hidden: [a], removed: [] },
			{ hidden: [a], removed: [b] }
		]);
	});

	test('HI3 what changed before a restart is kept after it, though nobody does anything', async () => {
		const [a] = await room.three();
		await room.arrange(() => place(room.bens.board, a, { column: room.columns[0]!, order: 'b1' }));
		await server.restart();
		server.clock.advance(MINUTE);
		const { moments } = server.app.stores;
		await until(async () => (await moments.of(board)).length === 2, { what: 'a second moment' });
		expect((await room.lays()).at(-1)).toEqual(await room.standing());
	});

	test('HI3 while the database is away none is kept, and once it is back the board as it is then', async () => {
		const [a] = await room.three();
		expect(await room.kept()).toEqual(['phase group']); // the phase's own is not on its way
		const { moments } = server.app.stores;
		const { add } = moments;
		onTestFinished(() => void (moments.add = add));
		moments.add = async () => {
			throw Object.assign(new Error('nobody answers'), { code: 'ECONNREFUSED' });
		};
		for (const order of ['b1', 'b2']) {
			const there = { column: room.columns[0]!, order };
			await room.arrange(() => place(room.bens.board, a, there));
			await room.minute();
		}
		expect(await room.kept()).toEqual(['phase group']);
		moments.add = add;
		await room.minute();
		expect(await room.kept()).toEqual(['phase group', 'minute group']);
		expect((await room.lays()).at(-1)).toEqual(await room.standing());
	});

	test('HI4 no word of a card is in it, nor whose it is: ids, places and the groups’ titles', async () => {
		const [a, b, c] = await room.three();
		const group = nanoid();
		const at = { id: group, kind: 'theme' as const, column: room.columns[0]!, order: 'b0' };
		await room.arrange(() => makeGroup(room.bens.board, { ...at, title: 'Means', cards: [a, b] }));
		await room.run(ada, { type: 'remove-card', board, card: c });
		await room.minute();
		const said = JSON.stringify(await room.lays());
		expect(said).toContain('Means');
		for (const word of ['No time', 'No contract', 'Too far', 'Ben', 'Chidi', room.ben.participant])
			expect(said).not.toContain(word);
		const { cards } = await room.read();
		for (const { author } of cards) expect(said).not.toContain(author);
		const known = new Set([a, b, c, group, 'theme', 'Means', ...room.columns]);
		const others = textsIn(await room.lays()).filter((text) => !known.has(text));
		expect(others.filter((order) => !/^[A-Za-z0-9]{1,4}$/.test(order))).toEqual([]);
	});

	test('HI5 a board keeps so many and no more: the oldest minutes go, and beginnings of phases last', async () => {
		await room.three();
		const { moments } = server.app.stores;
		const { lay } = (await room.rows())[0]!;
		const row = (at: number, why: 'phase' | 'minute') => ({
			boardId: board,
			at,
			phase: 'group',
			why,
			lay
		});
		await moments.add(row(1, 'phase'), 5);
		for (let at = 2; at < 9; at += 1) await moments.add(row(at, 'minute'), 5);
		const left = (await moments.of(board)).map(({ at, why }) => `${why} ${at < 9 ? at : ''}`);
		expect(left).toEqual(['phase 1', 'minute 6', 'minute 7', 'minute 8', 'phase ']);
		for (let at = 10; at < 15; at += 1) await moments.add(row(at, 'phase'), 5);
		expect((await moments.of(board)).map(({ at }) => at).slice(0, 4)).toEqual([11, 12, 13, 14]);
		expect(MOST_MOMENTS).toBeGreaterThanOrEqual(240);
	});

	test('HI6 the cards of somebody who is erased go from every moment; everybody else’s stay', async () => {
		const [a, b, c] = await room.three();
		await room.run(ada, { type: 'hide-card', board, card: a });
		await room.run(ada, { type: 'remove-card', board, card: b });
		await room.minute();
		await room.run(ada, { type: 'restore-card', board, card: b });
		await room.run(ada, { type: 'remove-card', board, card: a });
		await room.minute();
		const before = JSON.stringify(await room.lays());
		expect(before).toContain(a);
		const command: Command = { type: 'erase-person', person: room.ben.participant };
		const erased = await server.app.workshops.run(room.workshop, room.facilitator, {
			id: nanoid(),
			command
		});
		expect(erased).toMatchObject({ ok: true });
		await room.minute();
		const after = JSON.stringify(await room.lays());
		expect(after).not.toContain(a);
		expect(after).toContain(b);
		expect(after).toContain(c);
	});
});

describe('what is shown', () => {
	test('HI7 those who facilitate have the list: when, in which phase, why, and what had changed', async () => {
		const [a, b, c] = await room.three();
		const group = { id: nanoid(), kind: 'theme' as const, column: room.columns[0]!, order: 'b0' };
		await room.arrange(() => makeGroup(room.bens.board, { ...group, cards: [a, b] }));
		await room.run(ada, { type: 'hide-card', board, card: c });
		await room.minute();
		await room.phase('discuss');
		await room.run(ada, { type: 'remove-card', board, card: c });
		await room.minute();
		const history = await server.app.histories.of(room.workshop, board, room.facilitator);
		if (isRefusal(history)) throw new Error(history.refused);
		const none = {
			moved: 0,
			came: 0,
			gone: 0,
			hidden: 0,
			shown: 0,
			groupsMade: 0,
			groupsGone: 0,
			groupsNamed: 0
		};
		expect(history.moments).toEqual([
			{ at: expect.any(Number), phase: 'group', why: 'phase', changes: null },
			{
				at: expect.any(Number),
				phase: 'group',
				why: 'minute',
				changes: { ...none, moved: 2, groupsMade: 1, hidden: 1 }
			},
			{ at: expect.any(Number), phase: 'discuss', why: 'phase', changes: none },
			{ at: expect.any(Number), phase: 'discuss', why: 'minute', changes: { ...none, gone: 1 } }
		]);
		expect(Object.values(history.names).toSorted()).toEqual(['Ben', 'Chidi']);
		const participant = { role: 'participant', participant: room.ben.participant } as const;
		expect(await server.app.histories.of(room.workshop, board, participant)).toMatchObject({
			refused: 'not-allowed'
		});
		expect(await server.app.histories.of(room.workshop, 'another', room.facilitator)).toMatchObject(
			{
				refused: 'not-found'
			}
		);
	});

	test('HI8 a moment has the words that cards have now; what its author took back is counted only', async () => {
		const [a, b, c] = await room.three();
		const group = { id: nanoid(), kind: 'same' as const, column: room.columns[0]!, order: 'b0' };
		await room.arrange(() => makeGroup(room.bens.board, { ...group, cards: [a, b] }));
		await room.run(ada, { type: 'hide-card', board, card: a });
		await room.minute();
		const at = await room.lastAt();
		await room.arrange(() => dissolveGroup(room.bens.board, group.id));
		await room.edit(a);
		await room.run(ada, { type: 'remove-card', board, card: b });
		await room.run(room.chidi, { type: 'withdraw-card', board, card: c });
		const later = await room.put(room.bens, 'Later');
		const shown = await server.app.histories.moment(room.workshop, board, at, room.facilitator);
		if (isRefusal(shown)) throw new Error(shown.refused);
		const cards = shown.board.cards.map(({ id, fields }) => [id, fields['stoppedUs']]);
		expect(new Map(cards as [string, unknown][])).toEqual(
			new Map([
				[a, 'Really No time'],
				[b, 'No contract']
			])
		);
		expect(shown.board.groups).toMatchObject([{ id: group.id, cards: expect.any(Array) }]);
		expect(shown.board.groups[0]!.cards.toSorted()).toEqual([a, b].toSorted());
		expect(shown).toMatchObject({ hidden: [a], lost: 1 });
		expect(shown.restoring).toMatchObject({ moved: 1, came: 1, groupsMade: 1, gone: 0 });
		expect(JSON.stringify(shown)).not.toContain(later);
		const { refused } = (await server.app.histories.moment(
			room.workshop,
			board,
			at + 1,
			room.facilitator
		)) as { refused?: string };
		expect(refused).toBe('not-found');
	});
});

test('HI6 moments go with their workshop', async () => {
	await room.three();
	expect((await room.rows()).length).toBe(1);
	await server.app.workshops.remove(room.workshop, { id: ada.account, email: '', name: '' });
	server.clock.advance(MINUTE + 1000);
	await until(async () => (await server.app.stores.workshops.byId(room.workshop)) === null);
	const all = await server.database.db.select().from(momentRows);
	expect(all.filter(({ boardId }) => boardId === board)).toEqual([]);
});
