import * as fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { RUNNING_PHASES } from '#shared/exercises/format.ts';
import { commandSchema, type FacilitationCommand } from '#shared/facilitation/commands.ts';
import type { BoardState, WorkshopState } from '#shared/facilitation/state.ts';
import { step } from '#shared/facilitation/step.ts';
import { remembering, undone } from '#shared/facilitation/undo.ts';
import { isRefusal } from '#shared/refusals.ts';
import { ada, after, ben, draft, exerciseOf, POLLS, START } from './facilitation-room.ts';

const simple = fc.constantFrom<FacilitationCommand>(
	{ type: 'open' },
	{ type: 'close' },
	{ type: 'next' },
	{ type: 'back' },
	{ type: 'finish' },
	{ type: 'pause' },
	{ type: 'resume' },
	{ type: 'end-break' },
	{ type: 'end-timer' },
	{ type: 'set-going-on', by: 'clock' },
	{ type: 'show-text', text: 'Look up' },
	{ type: 'blank-screen' },
	{ type: 'spotlight', on: { card: 'card-one' } },
	{ type: 'show-columns', columns: ['barriers'] },
	{ type: 'lock', what: 'votes' },
	{ type: 'set-dots', dots: 3, onOne: 2 },
	{ type: 'set-voting', way: 'order' },
	{ type: 'new-round', way: 'pairs', among: ['card-one', 'card-two'] },
	{ type: 'set-note', item: 0, note: 'Ask' },
	{
		type: 'set-tables',
		tables: [
			{ id: 'table-one', name: 'One', people: ['ben-participant'] },
			{ id: 'table-two', name: 'Two', people: [] }
		]
	},
	{ type: 'set-tables', tables: null },
	{ type: 'seat-person', person: 'ben-participant', table: 'table-two' },
	{ type: 'to-tables' },
	{ type: 'to-plenary' },
	{ type: 'lock' },
	{ type: 'unlock' },
	{ type: 'mute' },
	{ type: 'unmute' },
	{ type: 'show-votes' },
	{ type: 'hide-votes' },
	{ type: 'undo' }
);
const boards = fc.constantFrom('board-one', 'board-two', 'board-three');
const command: fc.Arbitrary<FacilitationCommand> = fc.oneof(
	{ weight: 4, arbitrary: simple },
	fc.record({
		type: fc.constant('start' as const),
		exercise: fc.integer({ min: 0, max: 4 }),
		board: boards
	}),
	{
		weight: 2,
		arbitrary: fc.record({
			type: fc.constant('ask' as const),
			poll: fc.constantFrom(...POLLS),
			board: fc.constantFrom('poll-one', 'poll-two', 'poll-three')
		})
	},
	fc.record({ type: fc.constant('start-break' as const), item: fc.integer({ min: 0, max: 4 }) }),
	fc.record({ type: fc.constant('start-break' as const), minutes: fc.integer({ min: 1, max: 9 }) }),
	fc.record({ type: fc.constant('replan' as const), minutes: fc.integer({ min: 1, max: 12 }) }),
	fc.record({
		type: fc.constant('go' as const),
		phase: fc.constantFrom(...RUNNING_PHASES, 'done' as const)
	}),
	fc.record({
		type: fc.constant('extend' as const),
		minutes: fc.double({ min: 0.1, max: 600, noNaN: true }),
		taken: fc.boolean()
	}),
	fc.record({
		type: fc.constant('set-writing' as const),
		mode: fc.constantFrom('private' as const, 'open' as const),
		reveal: fc.boolean()
	}),
	fc.record({
		type: fc.constant('set-agenda' as const),
		agenda: fc.array(
			fc.constantFrom<'barrier' | 'short' | { break: number }>('barrier', 'short', { break: 10 }),
			{ maxLength: 5 }
		)
	}),
	fc.record({
		type: fc.constantFrom('hide-card' as const, 'show-card' as const),
		board: boards,
		card: fc.constantFrom('card-one', 'card-two')
	})
);
/** Half of all runs begin in the midst of an exercise. */
const begun = fc.constantFrom<FacilitationCommand[]>(
	[],
	[{ type: 'open' }, { type: 'start', exercise: 0, board: 'board-one' }]
);
const steps = fc.array(
	fc.record({ command, later: fc.integer({ min: 0, max: 900_000 }), mayNot: fc.nat(9) }),
	{ maxLength: 60 }
);

/** What never changes once it is so, told from one state to the next. */
function checkStep(before: WorkshopState, now: WorkshopState): void {
	for (const old of before.boards) {
		const board = now.boards.find(({ id }) => id === old.id);
		if (!board) throw new Error('a board is gone');
		if (old.revealed) expect(board.revealed).toBe(true);
		if (old.finishedAt !== null) expect({ ...board, hidden: [] }).toEqual({ ...old, hidden: [] });
	}
}

function checkState(state: WorkshopState): void {
	const seated = state.tables?.flatMap(({ people }) => people) ?? [];
	expect(new Set(seated).size).toBe(seated.length);
	if (state.atTables) expect(state.tables).not.toBeNull();
	if (state.status === 'closed') expect(state.atTables).toBe(false);
	const running = state.boards.filter((board) => board.phase !== 'done');
	const live = state.boards.find(({ id }) => id === state.live);
	const { waiting } = state;
	// What waits is never done and is not what is live; and it waits for a poll.
	expect(running.map(({ id }) => id)).toEqual(
		[waiting?.board, state.live].filter((id) => id !== undefined && id !== null)
	);
	if (waiting) expect(live?.index).toBeNull();
	const waits = state.boards.find(({ id }) => id === waiting?.board);
	expect(waits?.index).not.toBeNull();
	expect(waits?.timer.kind).not.toBe('running');
	if (state.live) expect(state.status).toBe('open');
	if (state.live && state.break) expect(state.break.index).toBeNull();
	if (state.break?.stopped) expect(live?.timer.kind).toBe('paused');
	const planned = state.boards.flatMap(({ index }) => index ?? []);
	expect(new Set(planned).size).toBe(planned.length);
	for (const board of state.boards) checkBoard(board, state);
	if (state.break && state.break.index !== null)
		expect(state.agenda[state.break.index]?.kind).toBe('break');
}

function checkBoard(board: BoardState, state: WorkshopState): void {
	if (board.index === null) expect(board.phases).toHaveLength(1);
	else
		expect(state.agenda[board.index]).toMatchObject({
			kind: 'exercise',
			exercise: board.exercise
		});
	expect(board.finishedAt !== null).toBe(board.phase === 'done');
	if (board.writing === 'open') expect(board.revealed).toBe(true);
	if (board.phase === 'write' && board.revealed) expect(board.writing).toBe('open');
	if (board.phase !== 'brief' && board.phase !== 'write') expect(board.revealed).toBe(true);
	expect(new Set(board.hidden).size).toBe(board.hidden.length);
	for (const at of [...timesOf(board), ...Object.values(board.left)])
		expect(Number.isFinite(at)).toBe(true);
}

const timesOf = ({ timer, startedAt, phaseStartedAt }: BoardState) =>
	timer.kind === 'running'
		? [startedAt, phaseStartedAt, timer.endsAt]
		: timer.kind === 'paused'
			? [startedAt, phaseStartedAt, timer.left]
			: [startedAt, phaseStartedAt];

test('CO11 PO2 whatever is commanded, the workshop stays whole', () => {
	fc.assert(
		fc.property(begun, steps, (first, sequence) => {
			let state = after(draft(), first);
			let now = START;
			let version = 1;
			/** How it stood before each command, as the server keeps it. */
			const former = new Map<number, WorkshopState>();
			for (const one of sequence) {
				v.assert(commandSchema, one.command);
				now += one.later;
				const frozen = JSON.stringify(state);
				const by = one.mayNot === 0 ? ben : ada;
				const before = former.get(state.past.at(-1)?.version ?? 0);
				const back = one.command.type === 'undo' && by === ada && before;
				const next = back
					? undone(before, state, now)
					: step(state, one.command, by, now, exerciseOf);
				expect(JSON.stringify(state)).toBe(frozen);
				if (isRefusal(next)) continue;
				expect(by).toBe(ada);
				if (!back) checkStep(state, next);
				checkState(next);
				version += 1;
				former.set(version, state);
				state = back ? next : remembering(state, next, one.command, version);
			}
		}),
		{ numRuns: 400 }
	);
});
