/** What comes while a start is being taken back: it keeps the board, or is told that there is none. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Poll } from '#shared/facilitation/polls.ts';
import type { BoardId, WorkshopId } from '#shared/ids.ts';
import type { Outcome } from '#shared/wire/events.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { comeAda, give, join, write, type Ada, type Person } from '../support/people.ts';
import { until } from '../support/until.ts';

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

let workshop: WorkshopId;
let ben: Person;
beforeEach(async () => {
	const made = await ada.open();
	workshop = made.id;
	ben = await join(server, made.code, 'Ben');
});

const HANDS: Poll = { kind: 'hands', question: 'Tea?', options: ['Tea', 'Coffee'] };
async function asks(): Promise<BoardId> {
	const outcome = await give(server, workshop, ada, { type: 'ask', poll: HANDS });
	if (!outcome.ok || !outcome.board) throw new Error('it was not asked');
	return outcome.board;
}
const vote = (board: BoardId) =>
	give(server, workshop, ben, { type: 'vote', board, target: { option: 'option-1' }, count: 1 });
const undo = () => give(server, workshop, ada, { type: 'undo' });
const live = async () => (await server.app.stored.load(workshop))!.state.live;

/** `first`, once, before this is done; what it is done with stays. */
function before<Store extends object>(
	store: Store,
	name: keyof Store,
	first: () => Promise<unknown>
): void {
	const does = store[name];
	const once = async (...asked: unknown[]): Promise<unknown> => {
		store[name] = does;
		await first();
		return (does as (...asked: unknown[]) => Promise<unknown>)(...asked);
	};
	store[name] = once as Store[keyof Store];
}

test('TF23 a vote that is committed between the look and the undo keeps the board', async () => {
	const board = await asks();
	let voted: Outcome | null = null;
	before(server.app.stores.workshops, 'commit', async () => (voted = await vote(board)));
	expect(await undo()).toMatchObject({ refusal: 'already-written' });
	expect(voted).toMatchObject({ ok: true });
	expect(await live()).toBe(board);
	expect(await server.app.stores.votes.cast(board)).toHaveLength(1);
	// Its room is open again, and the next command finds the workshop as it is.
	expect(await server.app.rooms.notebooks(board)).toEqual([]);
	expect(await give(server, workshop, ada, { type: 'show-votes' })).toMatchObject({ ok: true });
});

test('TF23 a vote that comes to its commit after the undo is told that there is no board', async () => {
	const board = await asks();
	let taken: Outcome | null = null;
	before(server.app.stores.votes, 'change', async () => (taken = await undo()));
	expect(await vote(board)).toMatchObject({ refusal: 'not-found' });
	expect(taken).toMatchObject({ ok: true });
	expect(await live()).toBeNull();
});

test('TF23 what is written while it is looked whether anybody has voted keeps the board', async () => {
	const board = await ada.run(workshop, 'brief');
	const writing = await write(server, board, ben.token);
	before(server.app.stores.workshops, 'isUntouched', async () => {
		writing.put('In between');
		await until(async () => (await server.app.rooms.notebooks(board)).length === 1);
	});
	expect(await undo()).toMatchObject({ refusal: 'already-written' });
	expect(await live()).toBe(board);
	expect(writing.providers.notebook.wsconnected).toBe(true);
	writing.close();
});

test('TF23 who comes while it is taken back waits, and is told that there is no board', async () => {
	const board = await ada.run(workshop, 'brief');
	const other = await ada.run((await ada.open()).id, 'brief');
	// No room is in memory.
	await server.restart();
	let came: Promise<string> | null = null;
	before(server.app.stores.workshops, 'commit', async () => {
		const { rooms } = server.app;
		came = rooms.counts(board).then(
			() => 'they may write',
			(error: Error) => error.message
		);
		// Whoever may come in is in before those who ask for another one later.
		await rooms.counts(other);
	});
	expect(await undo()).toMatchObject({ ok: true });
	expect(await came).toBe(`There is no board ${board}`);
});
