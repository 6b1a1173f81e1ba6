import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { collectable, collecting, lastDate } from '../../src/lib/collecting/collected.ts';
import { asField, fromField, inAWeek, whenSaid } from '../../src/lib/collecting/when.ts';
import { plannedAgenda } from '../../src/lib/facilitation/planned-times.ts';
import { nextStep } from '../../src/lib/remote/next-step.ts';
import { screenStage } from '../../src/lib/room-screen/screen-stage.ts';
import { stageOf } from '../../src/lib/room/stage.ts';
import { completed } from '#shared/facilitation/beginnings.ts';
import { closesAt } from '#shared/facilitation/collecting.ts';
import type { FacilitationCommand } from '#shared/facilitation/commands.ts';
import { collects, forwards } from '#shared/facilitation/phases.ts';
import type { WorkshopState } from '#shared/facilitation/state.ts';
import { step } from '#shared/facilitation/step.ts';
import { behindPlan, reachedOf } from '#shared/facilitation/timetable.ts';
import { remembering, undone } from '#shared/facilitation/undo.ts';
import { viewFor } from '#shared/facilitation/view.ts';
import { isRefusal } from '#shared/refusals.ts';
import { ada, agreed, ben, draft, exerciseOf, MINUTE, START } from './facilitation-room.ts';

const DAY = 24 * 60 * MINUTE;
const FRIDAY = START + 4 * DAY;
const give = (state: WorkshopState, command: FacilitationCommand, now = START) =>
	step(state, command, ada, now, exerciseOf);
const given = (state: WorkshopState, ...commands: FacilitationCommand[]) =>
	commands.reduce((before, command) => agreed(give(before, command)), state);
const refused = (state: WorkshopState, command: FacilitationCommand, now = START) => {
	const outcome = give(state, command, now);
	return isRefusal(outcome) ? outcome.refused : null;
};
const collect = (exercise = 0, until = FRIDAY, board = `board-${exercise}`) =>
	({ type: 'collect', exercise, until, board }) as const;
const viewOf = (state: WorkshopState, now = START) =>
	viewFor({ id: 'a-workshop', code: 'ABCDEF', version: 1, state }, 'facilitator', now);

test('CB1 an item collects from a draft on: in writing, private, with a date and no clock', () => {
	const state = given(draft(), collect());
	expect(state).toMatchObject({
		status: 'collecting',
		live: null,
		openedAt: null,
		timetable: null
	});
	expect(state.boards).toMatchObject([
		{
			id: 'board-0',
			index: 0,
			phase: 'write',
			timer: { kind: 'none' },
			writing: 'private',
			revealed: false,
			collecting: { until: FRIDAY }
		}
	]);
	expect(forwards(state.boards[0]!, START)).toBe(false);
	expect(given(draft(), { type: 'open' }, collect()).status).toBe('open');
	expect(step(draft(), collect(), ben, START, exerciseOf)).toMatchObject({
		refused: 'not-allowed'
	});
});

test('CB1 what the agenda has people write openly is collected privately all the same', () => {
	const agenda = [{ exercise: 'barrier', writing: 'open' as const }];
	const state = given(draft(), { type: 'set-agenda', agenda }, collect());
	expect(state.boards[0]).toMatchObject({ writing: 'private', revealed: false });
});

test('CB2 asked again the date is another one; what is past, too far, run, closed or without writing is refused', () => {
	const state = given(draft(), collect(), collect(0, FRIDAY + DAY, 'another-board'));
	expect(state.boards).toMatchObject([{ id: 'board-0', collecting: { until: FRIDAY + DAY } }]);
	expect(refused(draft(), collect(0, START))).toBe('not-a-closing-date');
	expect(refused(draft(), collect(0, START + 800 * DAY))).toBe('not-a-closing-date');
	expect(refused(draft(), collect(9))).toBe('unknown-exercise');
	expect(refused(draft(), collect(1))).toBe('unknown-exercise'); // the break
	expect(
		refused(given(state, { type: 'open' }, { type: 'close' }, { type: 'close' }), collect())
	).toBe('not-open');
	const started = given(state, { type: 'open' }, { type: 'start', exercise: 0 });
	expect(refused(started, collect())).toBe('already-run');
	const agenda = [{ exercise: 'barrier', phases: [{ phase: 'vote' as const, minutes: 3 }] }];
	expect(refused(given(draft(), { type: 'set-agenda', agenda }), collect())).toBe(
		'nothing-to-write'
	);
});

test('CB3 to start an item that collects makes that very board live: in writing, private, with its minutes', () => {
	const waiting = given(draft(), collect());
	expect(refused(waiting, { type: 'start', exercise: 0 })).toBe('not-open');
	const state = given(waiting, { type: 'open' }, { type: 'start', exercise: 0, board: 'another' });
	expect(state.live).toBe('board-0');
	expect(state.boards).toMatchObject([
		{
			id: 'board-0',
			collecting: null,
			phase: 'write',
			revealed: false,
			timer: { kind: 'running', endsAt: START + 4 * MINUTE }
		}
	]);
	expect(state.timetable?.starts[0]).toBe(START);
	expect(refused(given(state, collect(2)), { type: 'start', exercise: 2 })).toBe('board-live');
	const shared = given(state, { type: 'go', phase: 'share' });
	expect(shared.boards[0]).toMatchObject({ phase: 'share', revealed: true });
});

test('CB4 ended it is revealed and done; what came after the date is late, and after the end as ever', () => {
	const state = given(draft(), collect(), { type: 'open' });
	const ended = given(state, { type: 'end-collecting', board: 'board-0' });
	expect(ended.boards[0]).toMatchObject({ phase: 'done', revealed: true, finishedAt: START });
	expect(forwards(ended.boards[0]!, START + 3000)).toBe(true);
	expect(ended).toMatchObject({ status: 'open', live: null });
	const command = { type: 'end-collecting', board: 'board-0' } as const;
	const late = agreed(give(state, command, FRIDAY + DAY));
	expect(late.boards[0]?.closing?.at).toBe(FRIDAY);
	expect(forwards(late.boards[0]!, FRIDAY + DAY)).toBe(false);
	expect(refused(late, command)).toBe('wrong-phase');
	expect(refused(late, { type: 'end-collecting', board: 'no-board' })).toBe('not-found');
	expect(refused(late, { type: 'start', exercise: 0 })).toBe('already-run');
});

test('CB5 closed, the room is over and what collects goes on; with the last date the workshop is closed', () => {
	const both = given(draft(), { type: 'open' }, collect(0), collect(2, FRIDAY + DAY));
	const over = given(both, { type: 'close' });
	expect(over).toMatchObject({ status: 'collecting', closedAt: null, live: null });
	expect(over.boards.every(collects)).toBe(true);
	expect(closesAt(over)).toBe(FRIDAY + DAY);
	const closed = agreed(give(over, { type: 'close' }, FRIDAY + DAY));
	expect(closed).toMatchObject({ status: 'closed', closedAt: FRIDAY + DAY });
	expect(closed.boards).toMatchObject([
		{ phase: 'done', revealed: true },
		{ phase: 'done', revealed: true }
	]);
	expect(given(over, { type: 'close' }).status).toBe('closed');
	expect(given(over, { type: 'open' })).toMatchObject({ status: 'open' });
});

test('CB5 whoever ends the last one closes it; before the day, and while the room is open, nothing closes by itself', () => {
	const end = { type: 'end-collecting', board: 'board-0' } as const;
	const over = given(draft(), { type: 'open' }, collect(), { type: 'close' });
	expect(given(over, end)).toMatchObject({ status: 'closed', closedAt: START });
	expect(given(draft(), collect(), end)).toMatchObject({ status: 'collecting', closedAt: null });
	expect(closesAt(given(draft(), collect()))).toBeNull();
	expect(closesAt(given(draft(), collect(), { type: 'open' }))).toBeNull();
	// Where every date is past there is nothing to wait for.
	const open = given(draft(), { type: 'open' }, collect());
	expect(agreed(give(open, { type: 'close' }, FRIDAY))).toMatchObject({ status: 'closed' });
});

test('CB6 what collects is neither reached nor behind: the plan goes on before it', () => {
	const state = given(draft(), collect(2), { type: 'open' });
	expect(reachedOf(state)).toBe(-1);
	expect(completed({ ...state, timetable: null }).timetable).toBeNull();
	const plan = plannedAgenda(viewOf(state), START);
	expect(plan).toMatchObject({ next: 0, behind: null });
	expect(plan.items.map(({ place }) => place)).toEqual(['next', 'next', 'next', 'next']);
	const first = given(state, { type: 'start', exercise: 0, board: 'board-0' });
	expect(behindPlan(first, START)).toBe(0);
	const finished = given(first, { type: 'finish' });
	expect(nextStep(viewOf(finished), START)).toMatchObject({ kind: 'break', index: 1 });
});

test('CB6 what was collected and is done needs no time of the room, and is not what comes next', () => {
	const collected = given(draft(), collect(0), { type: 'end-collecting', board: 'board-0' });
	const state = given(collected, { type: 'open' });
	expect(plannedAgenda(viewOf(state), START).next).toBe(1);
	expect(stageOf(viewOf(state))).toMatchObject({ kind: 'doors', next: { kind: 'break' } });
	const last = given(state, { type: 'start', exercise: 3, board: 'board-3' });
	expect(last.timetable).toMatchObject({ end: START + 5 * MINUTE });
	const all = given(last, { type: 'finish' });
	expect(behindPlan(all, START + 90 * MINUTE)).toBe(0);
	expect(plannedAgenda(viewOf(all), START).items[0]).toMatchObject({ place: 'past' });

	// In the midst of it: the end is what was promised, and the room is ahead by what is done.
	const begun = given(
		draft(),
		collect(2),
		{ type: 'open' },
		{ type: 'start', exercise: 0, board: 'b' }
	);
	expect(behindPlan(begun, START)).toBe(0);
	const ahead = given(begun, { type: 'end-collecting', board: 'board-2' });
	expect(behindPlan(ahead, START)).toBe(-5 * MINUTE);
	expect(ahead.timetable).toEqual(begun.timetable);
});

test('CB7 what was revealed does not collect again: taken back, it stays done', () => {
	const open = given(draft(), collect(), { type: 'open' });
	const ended = given(open, { type: 'end-collecting', board: 'board-0' });
	expect(undone(open, ended, START).boards).toMatchObject([{ phase: 'done', revealed: true }]);
	const started = given(open, { type: 'start', exercise: 0 });
	const back = undone(open, started, START);
	expect(back).toMatchObject({ live: null, timetable: null });
	expect(back.boards.every(collects)).toBe(true);
	const over = given(open, { type: 'close' });
	const closed = given(over, { type: 'close' });
	expect(closesAt(undone(over, closed, FRIDAY + DAY))).toBeNull();
	expect(given(draft(), collect()).past).toEqual([]);
});

test('CB8 the room screen shows nothing of it; the lists have what collects, first that closes first', () => {
	const state = given(draft(), { type: 'open' }, collect(2), collect(0, FRIDAY + DAY));
	expect(screenStage({ ...viewOf(state), blank: false })).toMatchObject({
		kind: 'doors',
		open: true
	});
	expect(collecting(viewOf(state)).map(({ index }) => index)).toEqual([2, 0]);
	expect(lastDate(viewOf(state), START)).toBe(FRIDAY + DAY);
	expect(lastDate(viewOf(state), FRIDAY + DAY)).toBeNull();
	const one = given(draft(), collect(2));
	expect(collectable(viewOf(one)).map(({ index, board }) => [index, board?.id])).toEqual([
		[0, undefined],
		[2, 'board-2'],
		[3, undefined]
	]);
});

test('CB9 a date is said in the language and on the clock of its reader, and names that clock', () => {
	const at = Date.UTC(2026, 11, 4, 18);
	expect(whenSaid(at, 'en')).toMatch(/^Friday,? 4 December.* \d\d:\d\d .+$/u);
	expect(whenSaid(at, 'fr')).toContain('vendredi 4 décembre');
	expect(fromField(asField(at))).toBe(at);
	expect(fromField('')).toBeNull();
	expect(fromField('soon')).toBeNull();
	expect(asField(inAWeek(at))).toMatch(/T18:00$/u);
});

const command: fc.Arbitrary<FacilitationCommand> = fc.oneof(
	fc.record({
		type: fc.constant('collect' as const),
		exercise: fc.constantFrom(0, 1, 2, 3),
		until: fc.integer({ min: START - DAY, max: START + 30 * DAY }),
		board: fc.constantFrom('board-a', 'board-b', 'board-c')
	}),
	fc.record({
		type: fc.constant('end-collecting' as const),
		board: fc.constantFrom('board-a', 'board-b', 'board-c')
	}),
	fc.record({
		type: fc.constant('start' as const),
		exercise: fc.constantFrom(0, 1, 2),
		board: fc.constantFrom('board-a', 'board-b', 'board-c')
	}),
	fc.record({
		type: fc.constant('go' as const),
		phase: fc.constantFrom('brief' as const, 'write' as const, 'share' as const, 'done' as const)
	}),
	fc.constantFrom<FacilitationCommand>(
		{ type: 'open' },
		{ type: 'close' },
		{ type: 'next' },
		{ type: 'back' },
		{ type: 'finish' },
		{ type: 'start-break', minutes: 5 },
		{ type: 'pause' },
		{ type: 'extend', minutes: 3 },
		{ type: 'set-agenda', agenda: ['barrier', { break: 10 }, 'short', 'short'] },
		{ type: 'undo' }
	)
);

test('CB10 whatever is done, one board at most is live, and what collects is private and has no clock', () => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(command, fc.integer({ min: 0, max: 2 * DAY })), { maxLength: 40 }),
			(sequence) => {
				let state = draft();
				let now = START;
				let version = 1;
				const former = new Map<number, WorkshopState>();
				for (const [one, later] of sequence) {
					now += later;
					const before = former.get(state.past.at(-1)?.version ?? 0);
					const back = one.type === 'undo' && before;
					const next = back ? undone(before, state, now) : step(state, one, ada, now, exerciseOf);
					if (isRefusal(next)) continue;
					check(next);
					version += 1;
					former.set(version, state);
					state = back ? next : remembering(state, next, one, version);
				}
			}
		),
		{ numRuns: 400 }
	);
});

function check(state: WorkshopState): void {
	const open = state.boards.filter(({ phase }) => phase !== 'done');
	const running = open.filter((board) => !collects(board));
	expect(running.map(({ id }) => id)).toEqual(state.live ? [state.live] : []);
	for (const board of open.filter(collects)) {
		expect(board).toMatchObject({
			phase: 'write',
			revealed: false,
			writing: 'private',
			timer: { kind: 'none' }
		});
		expect(forwards(board, board.startedAt)).toBe(false);
	}
	const indexes = state.boards.map(({ index }) => index);
	expect(new Set(indexes).size).toBe(indexes.length);
	if (state.status === 'draft') expect(state.boards).toEqual([]);
	if (state.status === 'closed') expect(open).toEqual([]);
	if (state.status === 'collecting') expect(state.live).toBeNull();
}
