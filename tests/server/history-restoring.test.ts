/** A board is put back to how it lay. */
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { dissolveGroup, joinGroup, makeGroup, place } from '#shared/doc/board.ts';
import { deleteCard } from '#shared/doc/notebook.ts';
import type { BoardId } from '#shared/ids.ts';
import { isRefusal } from '#shared/refusals.ts';
import { commands } from '#server/db/schema.ts';
import { unpack } from '#server/history/lay-bytes.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { comeAda, listen, write, type Ada } from '../support/people.ts';
import { until } from '../support/until.ts';
import { totalsOn } from '../support/votes.ts';
import { openHistoryRoom, type HistoryRoom } from './history-room.ts';

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

test('HI9 what stood where, what was hidden and what was off the board is so again, and no word is another', async () => {
	const [a, b, c] = await room.three();
	const group = { id: nanoid(), kind: 'theme' as const, column: room.columns[0]!, order: 'b0' };
	await room.arrange(() => makeGroup(room.bens.board, { ...group, title: 'Means', cards: [a, b] }));
	await room.run(ada, { type: 'hide-card', board, card: a });
	await room.run(ada, { type: 'remove-card', board, card: c });
	await room.minute();
	const then = await room.standing();
	const at = await room.lastAt();

	await room.arrange(() => dissolveGroup(room.bens.board, group.id));
	await room.arrange(() =>
		place(room.bens.board, a, { column: room.columns.at(-1)!, order: 'c0' })
	);
	await room.run(ada, { type: 'show-card', board, card: a });
	await room.run(ada, { type: 'hide-card', board, card: b });
	await room.run(ada, { type: 'restore-card', board, card: c });
	await room.run(ada, { type: 'remove-card', board, card: b });
	await room.edit(a);
	expect(await room.standing()).not.toEqual(then);

	expect(await room.restore(at)).toMatchObject({ ok: true });
	expect(await room.standing()).toEqual(then);
	expect((await room.read()).groups).toMatchObject([{ id: group.id, title: 'Means' }]);
	expect(await room.words()).toEqual(
		new Map([
			[a, 'Really No time'],
			[b, 'No contract']
		])
	);
	await server.restart();
	expect(await room.standing()).toEqual(then);
});

test('HI10 cards that came later stay where they are, out of groups that came later', async () => {
	const [a, b, c] = await room.three();
	const at = await room.lastAt();
	const later = await room.put(room.bens, 'Later');
	await until(() => room.bens.seen().cards.some(({ id }) => id === later));
	const group = { id: nanoid(), kind: 'theme' as const, column: room.columns[0]!, order: 'b0' };
	await room.arrange(() => makeGroup(room.bens.board, { ...group, cards: [a, b, c] }));
	await room.arrange(() =>
		place(room.bens.board, later, { column: room.columns[0]!, order: 'q1' })
	);
	await room.arrange(() => joinGroup(room.bens.board, later, group.id));
	await room.run(ada, { type: 'hide-card', board, card: later });
	expect(await room.restore(at)).toMatchObject({ ok: true });
	const { cards, groups } = await room.read();
	expect(groups).toEqual([]);
	expect(cards.find(({ id }) => id === later)).toMatchObject({
		column: room.columns[0]!,
		order: 'q1'
	});
	expect((await room.standing()).hidden).toEqual([later]);
});

test('HI11 the present is kept first, so that restoring can be taken back', async () => {
	const [a, b] = await room.three();
	const at = await room.lastAt();
	const group = { id: nanoid(), kind: 'theme' as const, column: room.columns[0]!, order: 'b0' };
	await room.arrange(() => makeGroup(room.bens.board, { ...group, title: 'Means', cards: [a, b] }));
	await room.run(ada, { type: 'hide-card', board, card: b });
	const before = await room.standing();
	await room.restore(at);
	expect(await room.standing()).not.toEqual(before);
	expect(await room.kept()).toEqual(['phase group', 'restored group', 'minute group']);
	const there = (await room.rows()).find(({ why }) => why === 'restored')!;
	expect(await unpack(there.lay)).toEqual(before);
	await room.restore(there.at);
	expect(await room.standing()).toEqual(before);
});

test('HI12 what its author took back since does not come back', async () => {
	const [, b] = await room.three();
	const at = await room.lastAt();
	await room.run(room.chidi, { type: 'withdraw-card', board, card: b });
	const own = room.bens.seen().cards.length;
	expect(own).toBeGreaterThan(1);
	expect(await room.restore(at)).toMatchObject({ ok: true });
	expect((await room.read()).cards.map(({ id }) => id)).not.toContain(b);
	const third = (await room.read()).cards.find(
		({ fields }) => fields['stoppedUs'] === 'Too far away'
	)!;
	deleteCard(room.chidis.notebook, third.id);
	await until(async () => (await room.read()).cards.length === 1);
	expect(await room.restore(at)).toMatchObject({ ok: true });
	expect((await room.read()).cards.length).toBe(1);
});

test('HI13 it is done on a board that was revealed, a finished one too, but not while people vote', async () => {
	await room.put(room.bens, 'No time');
	expect(await room.restore(1)).toMatchObject({ refusal: 'wrong-phase' });
	await room.phase('group');
	const at = await room.lastAt();
	expect(await room.restore(at + 1)).toMatchObject({ refusal: 'not-found' });
	await room.phase('vote');
	expect(await room.restore(at)).toMatchObject({ refusal: 'wrong-phase' });
	for (const to of ['share', 'group', 'discuss', 'act'] as const) {
		await room.phase(to);
		expect([to, await room.restore(at)]).toMatchObject([to, { ok: true }]);
	}
	await room.run(ada, { type: 'finish' });
	expect(await room.restore(at)).toMatchObject({ ok: true });
	expect(await room.run(room.ben, { type: 'restore-moment', board, at })).toMatchObject({
		refusal: 'not-allowed'
	});
});

test('HI14 a group that comes back has the votes that were given to it', async () => {
	const [a, b] = await room.three();
	const group = { id: nanoid(), kind: 'theme' as const, column: room.columns[0]!, order: 'b0' };
	await room.arrange(() => makeGroup(room.bens.board, { ...group, title: 'Means', cards: [a, b] }));
	await room.phase('vote');
	server.clock.advance(4000);
	await room.quiet();
	const target = { group: group.id };
	await until(async () => (await room.run(room.ben, { type: 'vote', board, target, count: 2 })).ok);
	await room.phase('discuss');
	const at = await room.lastAt();
	const adas = await write(server, board, ada.token);
	await room.arrange(() => dissolveGroup(adas.board, group.id));
	adas.close();
	expect((await room.read()).groups).toEqual([]);
	await room.restore(at);
	expect((await room.read()).groups).toMatchObject([{ id: group.id, title: 'Means' }]);
	expect(await totalsOn(server, board)).toEqual({ [group.id]: 2 });
	// Nobody's votes return when the room votes again: it is the same group.
	await room.phase('group');
	await room.phase('vote');
	server.clock.advance(4000);
	await room.quiet();
	expect(await totalsOn(server, board)).toEqual({ [group.id]: 2 });
});

test('HI15 a command that was broken off is given again, and does what is left', async () => {
	const [a, b] = await room.three();
	const at = await room.lastAt();
	const then = await room.standing();
	await room.run(ada, { type: 'hide-card', board, card: a });
	await room.run(ada, { type: 'remove-card', board, card: b });
	await room.arrange(() =>
		place(room.bens.board, a, { column: room.columns.at(-1)!, order: 'c0' })
	);
	// As it stands where the server died after the cards and before the places.
	await room.run(ada, { type: 'restore-card', board, card: b });
	const id = nanoid();
	expect(await room.restore(at, id)).toMatchObject({ ok: true });
	expect(await room.standing()).toEqual(then);
	await room.arrange(() =>
		place(room.bens.board, a, { column: room.columns.at(-1)!, order: 'c1' })
	);
	const after = await room.standing();
	expect(await room.restore(at, id)).toMatchObject({ ok: true });
	expect(await room.standing()).toEqual(after);
	// The journal is all that tells: without it, it is done again, to the same end.
	await server.database.db.delete(commands);
	expect(await room.restore(at, id)).toMatchObject({ ok: true });
	expect(await room.standing()).toEqual(then);
	const lines = await server.app.workshops.audit(room.workshop, room.facilitator);
	if (isRefusal(lines)) throw new Error(lines.refused);
	expect(lines.filter(({ deed }) => deed === 'restore-moment')).toMatchObject([
		{ about: { board, moment: at } },
		{ about: { board, moment: at } }
	]);
});

test('HI16 everybody there sees it, and goes on arranging on the connection that they have', async () => {
	const [a, b] = await room.three();
	const at = await room.lastAt();
	const desk = await listen(server, room.workshop, { token: ada.token });
	const group = { id: nanoid(), kind: 'theme' as const, column: room.columns[0]!, order: 'b0' };
	await room.arrange(() => makeGroup(room.bens.board, { ...group, cards: [a, b] }));
	await room.run(ada, { type: 'hide-card', board, card: b });
	let closed = 0;
	for (const { board: to } of [room.bens.providers, room.chidis.providers])
		to.on('connection-close', () => (closed += 1));
	await room.restore(at);
	await until(() => room.chidis.seen().groups.length === 0, { what: 'the board at Chidi’s' });
	await until(() => desk.state().boards[0]!.hidden.length === 0, { what: 'the desk' });
	await until(() => room.bens.seen().groups.length === 0, { what: 'the board at Ben’s' });
	await room.arrange(() => makeGroup(room.bens.board, { ...group, id: nanoid(), cards: [a, b] }));
	await until(() => room.chidis.seen().groups.length === 1, { what: 'the next group at Chidi’s' });
	expect(closed).toBe(0);
	desk.close();
});

test('HI18 what was commanded before is not undone any more, where that would show what is hidden', async () => {
	const [a] = await room.three();
	await room.run(ada, { type: 'hide-card', board, card: a });
	await room.minute();
	const at = await room.lastAt();
	await room.run(ada, { type: 'show-card', board, card: a });
	await room.phase('discuss');
	await room.restore(at);
	expect((await room.standing()).hidden).toEqual([a]);
	expect(await room.run(ada, { type: 'undo' })).toMatchObject({ refusal: 'nothing-to-undo' });
	await room.phase('act');
	expect(await room.run(ada, { type: 'undo' })).toMatchObject({ ok: true });
	expect((await room.standing()).hidden).toEqual([a]);
});
