import * as v from 'valibot';
import { expect, test } from 'vitest';
import { exerciseSchema } from '#shared/exercises/format.ts';
import {
	pollExercise,
	pollOf,
	pollSchema,
	sameAsked,
	type Poll
} from '#shared/facilitation/polls.ts';
import type { BoardState, WorkshopState } from '#shared/facilitation/state.ts';
import { behindPlan, savings } from '#shared/facilitation/timetable.ts';
import { undone } from '#shared/facilitation/undo.ts';
import { isRefusal } from '#shared/refusals.ts';
import {
	agreed,
	draft,
	give,
	inPhase,
	MINUTE,
	POLLS,
	pollWords,
	START
} from './facilitation-room.ts';

const LONG: Poll[] = [
	{ kind: 'words', question: 'x'.repeat(200) },
	{ kind: 'hands', question: 'x', options: Array.from({ length: 8 }, (_, i) => `${i}`.repeat(80)) },
	{ kind: 'scale', question: 'x'.repeat(200), low: 'y'.repeat(40), high: 'z'.repeat(40) },
	{ kind: 'questions', question: 'x'.repeat(200) }
];

test.each([...POLLS, ...LONG])(
	'PO1 a poll of $kind is an exercise, and can be read back',
	(poll) => {
		v.assert(pollSchema, poll);
		const exercise = pollExercise(poll, 'fr', pollWords);
		expect(v.safeParse(exerciseSchema, exercise).issues).toBeUndefined();
		expect(exercise).toMatchObject({ language: 'fr', title: poll.question, prompt: poll.question });
		expect(pollOf(exercise)).toEqual(poll);
	}
);

test('PO1 what is no poll is not read as one', () => {
	const [words] = POLLS;
	expect(pollOf({ ...pollExercise(words!, 'en', pollWords), id: 'barrier' })).toBeUndefined();
	for (const wrong of [
		{ kind: 'hands', question: 'Who?', options: ['One'] },
		{ kind: 'hands', question: 'Who?', options: Array.from({ length: 9 }, () => 'x') },
		{ kind: 'words', question: '  ' },
		{ kind: 'scale', question: 'How?', low: 'Low' },
		{ kind: 'quiz', question: 'What?' }
	])
		expect(v.is(pollSchema, wrong)).toBe(false);
});

test('PO8 only the same question, asked in the same way, stands beside an earlier one', () => {
	const scale: Poll = { kind: 'scale', question: 'How are you?', low: 'Weary', high: 'Awake' };
	expect(sameAsked(scale, { ...scale })).toBe(true);
	expect(sameAsked(scale, { ...scale, high: 'Wide awake' })).toBe(false);
});

const ask = (poll = POLLS[0]!, board = 'poll-one') => ({ type: 'ask' as const, poll, board });

test('PO2 a poll is live in front of the board that waits, with its clock stopped', () => {
	const before = inPhase('write');
	const asked = agreed(give(before, ask(), START + 2 * MINUTE));
	expect(asked).toMatchObject({
		live: 'poll-one',
		waiting: { board: before.live, ran: true }
	});
	const waits = boardNamed(asked, before.live!);
	expect(waits).toMatchObject({ phase: 'write', timer: { kind: 'paused' } });
	const poll = boardNamed(asked, 'poll-one');
	expect(poll).toMatchObject({ index: null, revealed: true, timer: { kind: 'none' } });
	expect(refusalOf(give(asked, ask(POLLS[1], 'poll-two')))).toBe('poll-live');
	expect(refusalOf(give(asked, { type: 'start', exercise: 2, board: 'b' }))).toBe('board-live');
});

test('PO3 when it is over the board is back with the time that it had', () => {
	const before = inPhase('write');
	const left = timeLeftOf(before, before.live!, START + 2 * MINUTE);
	const asked = agreed(give(before, ask(), START + 2 * MINUTE));
	const later = START + 7 * MINUTE;
	for (const command of [{ type: 'finish' }, { type: 'next' }] as const) {
		const back = agreed(give(asked, command, later));
		expect(back).toMatchObject({ live: before.live, waiting: null });
		expect(boardNamed(back, before.live!).timer).toEqual({ kind: 'running', endsAt: later + left });
		expect(boardNamed(back, 'poll-one')).toMatchObject({ phase: 'done', finishedAt: later });
	}
});

test('PO3 a clock that stood still before stands still afterwards', () => {
	const paused = inPhase('write', [{ type: 'pause' }]);
	const back = agreed(give(agreed(give(paused, ask())), { type: 'finish' }, START + 9 * MINUTE));
	expect(boardNamed(back, paused.live!).timer).toEqual(boardNamed(paused, paused.live!).timer);
});

test('PO3 a break is over by it, and the clock that the break had stopped goes on afterwards', () => {
	const resting = inPhase('write', [{ type: 'start-break', minutes: 5 }]);
	const asked = agreed(give(resting, ask()));
	expect(asked).toMatchObject({ break: null, waiting: { ran: true } });
	const back = agreed(give(asked, { type: 'finish' }, START + 9 * MINUTE));
	expect(boardNamed(back, resting.live!).timer.kind).toBe('running');
});

test('PO2 it needs an open workshop, and nothing else: it may be first or last', () => {
	expect(refusalOf(give(draft(), ask()))).toBe('not-open');
	const open = agreed(give(draft(), { type: 'open' }));
	const asked = agreed(give(open, ask()));
	expect(asked).toMatchObject({ live: 'poll-one', waiting: null, timetable: null });
	expect(agreed(give(asked, { type: 'finish' }))).toMatchObject({ live: null, waiting: null });
	expect(refusalOf(give(asked, ask()))).toBe('poll-live');
});

test('PO4 closing ends the poll and what waits', () => {
	const closed = agreed(give(agreed(give(inPhase('write'), ask())), { type: 'close' }));
	expect(closed).toMatchObject({ status: 'closed', live: null, waiting: null });
	expect(closed.boards.map(({ phase }) => phase)).toEqual(['done', 'done']);
});

test('PO4 taken back, the board has the time that it had when it was asked', () => {
	const before = inPhase('write');
	const left = timeLeftOf(before, before.live!, START + 2 * MINUTE);
	const asked = agreed(give(before, ask(), START + 2 * MINUTE));
	const later = START + 8 * MINUTE;
	const back = undone(before, asked, later);
	expect(back).toMatchObject({ live: before.live, waiting: null });
	expect(back.boards).toHaveLength(before.boards.length);
	expect(boardNamed(back, before.live!).timer).toEqual({ kind: 'running', endsAt: later + left });
});

test('PO5 a question box is anonymous in any workshop, the others as the workshop is', () => {
	const state = inPhase('write');
	expect(state.anonymous).toBe(false);
	const anonymous = POLLS.map(
		(poll) => boardNamed(agreed(give(state, ask(poll))), 'poll-one').anonymous
	);
	expect(anonymous).toEqual([false, false, false, true]);
});

test('PO6 what is written is shown as it comes, what is voted when the facilitator says', () => {
	const shown = POLLS.map((poll) => {
		const asked = agreed(give(inPhase('write'), ask(poll)));
		const toggled = agreed(give(asked, { type: 'hide-votes' }));
		expect(boardNamed(toggled, 'poll-one').votesShown).toBe(false);
		return boardNamed(asked, 'poll-one').votesShown;
	});
	expect(shown).toEqual([true, false, false, true]);
});

test('PO7 the minutes that a poll takes show as behind, and what can be shorter is of the board that waits', () => {
	const before = inPhase('write');
	const asked = agreed(give(before, ask(), START + 2 * MINUTE));
	const behind = (now: number) => behindPlan(asked, now) ?? NaN;
	expect(behind(START + 12 * MINUTE) - behind(START + 2 * MINUTE)).toBe(10 * MINUTE);
	expect(behind(START + 2 * MINUTE)).toBe(behindPlan(before, START + 2 * MINUTE));
	expect(savings(asked)).toEqual(savings(before));
	const shorter = agreed(give(asked, { type: 'replan', minutes: 1 }, START + 3 * MINUTE));
	expect(behindPlan(shorter, START + 3 * MINUTE)).toBe(behind(START + 3 * MINUTE) - MINUTE);
	const agenda = agreed(
		give(asked, { type: 'set-agenda', agenda: ['barrier', { break: 20 }, 'short'] })
	);
	expect(agenda.live).toBe('poll-one');
});

const refusalOf = (answer: ReturnType<typeof give>) =>
	isRefusal(answer) ? answer.refused : undefined;

function boardNamed({ boards }: WorkshopState, id: string): BoardState {
	const board = boards.find((one) => one.id === id);
	if (!board) throw new Error('there is no such board');
	return board;
}

function timeLeftOf(state: WorkshopState, board: string, now: number): number {
	const { timer } = boardNamed(state, board);
	if (timer.kind !== 'running') throw new Error('its clock stands still');
	return timer.endsAt - now;
}
