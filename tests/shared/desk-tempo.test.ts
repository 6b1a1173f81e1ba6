import { expect, test } from 'vitest';
import type { PlannedPhase, Timer } from '#shared/facilitation/state.ts';
import { PULSE_COUNTS_FOR, stretchOf } from '#shared/facilitation/signals.ts';
import { liveBoard, viewFor, type BoardView } from '#shared/facilitation/view.ts';
import { lightOf, takeBack } from '../../src/lib/facilitation/pace.ts';
import { plannedAgenda, realMinutes } from '../../src/lib/facilitation/planned-times.ts';
import {
	handsUp,
	notWrittenYet,
	pulseCounts,
	readinessOf
} from '../../src/lib/facilitation/room-signals.ts';
import { firstTapOf, wantsSecondTap } from '../../src/lib/facilitation/second-tap.ts';
import { EndOfTime } from '../../src/lib/facilitation/time-up.ts';
import { agreed, give, inPhase, MINUTE, START } from './facilitation-room.ts';

const seen = (state: ReturnType<typeof inPhase>, now = START) =>
	viewFor({ id: 'w', code: 'K7M4PR', version: 1, state }, 'facilitator', now);
const boardIn = (phase: BoardView['phase']): BoardView =>
	liveBoard<BoardView>(seen(inPhase(phase)))!;

const PEOPLE = [
	{ id: 'ben', name: 'Ben', here: true, joinedAt: 1 },
	{ id: 'chidi', name: 'Chidi', here: true, joinedAt: 2 },
	{ id: 'olena', name: 'Olena', here: true, joinedAt: 3 },
	{ id: 'yumi', name: 'Yumi', here: false, joinedAt: 4 }
];
const told = (
	board: BoardView,
	more: { ready?: string[]; wrote?: string[]; stretch?: string }
) => ({
	people: PEOPLE,
	signals: {
		stretch: more.stretch ?? stretchOf(board),
		ready: more.ready ?? [],
		pulses: [],
		hands: []
	},
	writers: { [board.id]: more.wrote ?? [] },
	counts: { [board.id]: { people: more.wrote?.length ?? 0 } }
});

test('DE33 nobody waits for who is ready, nor in writing for who has put a card down, each counted once', () => {
	const writing = boardIn('write');
	const both = readinessOf(writing, told(writing, { ready: ['ben', 'chidi'], wrote: ['ben'] }));
	expect(both).toEqual({ here: 3, ready: 2, down: 1, settled: 2 });
	const sharing = boardIn('share');
	const ready = readinessOf(sharing, told(sharing, { ready: ['ben'], wrote: ['chidi', 'olena'] }));
	expect(ready).toMatchObject({ ready: 1, settled: 1 });
});

test('DE33 who is away counts for nothing, nor does a word for another phase', () => {
	const board = boardIn('write');
	const away = readinessOf(board, told(board, { ready: ['yumi'], wrote: ['yumi'] }));
	expect(away).toEqual({ here: 3, ready: 0, down: 0, settled: 0 });
	const before = readinessOf(board, told(board, { ready: ['ben'], stretch: 'the phase before' }));
	expect(before.ready).toBe(0);
});

test('DE33 where nobody gives a name, only how many wrote is known, and no more than are here', () => {
	const board = { ...boardIn('write'), anonymous: true };
	const some = { ...told(board, { ready: ['ben'] }), writers: {} };
	const with_ = (people: number) =>
		readinessOf(board, { ...some, counts: { [board.id]: { people } } }).settled;
	expect([0, 2, 9].map(with_)).toEqual([1, 2, 3]);
});

test('DE33 it asks only while not all who are here are ready and time is not up', () => {
	const board = boardIn('share');
	const some = { settled: 1, here: 3 };
	const end = START + MINUTE;
	expect(wantsSecondTap(board, some, end - 1)).toBe(true);
	expect(wantsSecondTap(board, some, end)).toBe(false);
	expect(wantsSecondTap(board, { settled: 3, here: 3 }, START)).toBe(false);
	expect(wantsSecondTap(board, { settled: 0, here: 0 }, START)).toBe(false);
	expect(wantsSecondTap({ ...board, timer: { kind: 'paused', left: 1 } }, some, end)).toBe(true);
	expect(wantsSecondTap({ ...board, timer: { kind: 'none' } }, some, START)).toBe(false);
	expect(wantsSecondTap(boardIn('brief'), some, START)).toBe(false);
});

test('DE34 the second press counts from when it can be none of a double press until it is forgotten, and only for the same', () => {
	const first = { of: 'next board write', at: START };
	const at = (ms: number) => firstTapOf(first, 'next board write', START + ms);
	expect([0, 599, 600, 7999, 8000].map(at)).toEqual([
		'fresh',
		'fresh',
		'waiting',
		'waiting',
		'none'
	]);
	expect(firstTapOf(first, 'next board share', START + 1000)).toBe('none');
	expect(firstTapOf(null, 'next board write', START)).toBe('none');
});

test('DE35 the pace counts for five minutes; where nothing was said there is nothing', () => {
	const pulses = [
		{ pulse: 'lost', at: START - PULSE_COUNTS_FOR },
		{ pulse: 'slower', at: START - PULSE_COUNTS_FOR + 1 },
		{ pulse: 'with-you', at: START },
		{ pulse: 'with-you', at: START }
	] as const;
	expect(pulseCounts({ pulses: [...pulses] }, START)).toEqual({
		'with-you': 2,
		faster: 0,
		slower: 1,
		lost: 0
	});
	expect(pulseCounts({ pulses: [pulses[0]] }, START)).toBeNull();
});

test('DE35 hands are in the order in which they were raised, by name or else by seat, and none of who has gone', () => {
	const hands = ['olena', 'gone', 'ben'].map((participant, at) => ({ participant, at }));
	expect(handsUp(PEOPLE, { hands }).map(({ name }) => name)).toEqual(['Olena', 'Ben']);
	const nameless = PEOPLE.map(({ name: _name, ...one }) => one);
	expect(handsUp(nameless, { hands })).toEqual([
		{ id: 'olena', name: null, seat: 3 },
		{ id: 'ben', name: null, seat: 1 }
	]);
});

test('DE36 who is here and has written nothing is named in writing, and never without names', () => {
	const names = (board: BoardView, some = told(board, { wrote: ['ben'] })) =>
		notWrittenYet(board, some).map(({ name }) => name);
	expect(names(boardIn('write'))).toEqual(['Chidi', 'Olena']);
	expect(names(boardIn('share'))).toEqual([]);
	expect(names({ ...boardIn('write'), anonymous: true })).toEqual([]);
	const board = boardIn('write');
	expect(names(board, { ...told(board, {}), writers: {} })).toEqual([]);
});

test.each([
	[-7, 'on-time'],
	[0.9, 'on-time'],
	[1, 'little'],
	[4.9, 'little'],
	[5, 'much']
])('DE38 %d minutes behind is %s', (minutes, light) => {
	expect(lightOf(minutes * MINUTE)).toBe(light);
});

const late = (minutes: number, phases?: PlannedPhase[]) => {
	const view = seen(inPhase('write'));
	const boards = phases ? view.boards.map((board) => ({ ...board, phases })) : view.boards;
	return takeBack({ ...view, boards }, minutes * MINUTE);
};
const DISCUSS_4: PlannedPhase[] = [
	{ phase: 'write', minutes: 4 },
	{ phase: 'discuss', minutes: 4 }
];

test('DE39 of what can give it all, the first two are named', () => {
	expect(late(2, DISCUSS_4)).toEqual({
		minutes: 2,
		all: 11,
		able: [{ phase: 'discuss' }, { item: 1 }]
	});
	expect(late(4)).toEqual({ minutes: 4, all: 9, able: [{ item: 1 }] });
});

test('DE39 where none can alone, what follows together can, as far as it goes', () => {
	expect(late(6)).toEqual({ minutes: 6, all: 9, able: [] });
	const { agenda, ...view } = seen(inPhase('act'));
	expect(takeBack({ ...view, agenda: agenda.slice(0, 1) }, 3 * MINUTE)).toEqual({
		minutes: 3,
		all: 0,
		able: []
	});
	expect(late(0.9)).toBeNull();
});

test('DE39 what the one press asks for, the rules agree to', () => {
	const state = inPhase('write');
	for (const behind of [1, 4, 6, 30]) {
		const { minutes, able } = takeBack(seen(state), behind * MINUTE)!;
		const [from] = able;
		const command = { type: 'replan', minutes, ...(from ? { from } : {}) } as const;
		expect(agreed(give(state, command)).agenda).not.toEqual(state.agenda);
	}
});

test('DE40 beside the plan stands what it took, or has taken so far, in minutes', () => {
	const running = inPhase('write');
	const at = START + 3.4 * MINUTE;
	const items = (state: typeof running, now: number) => plannedAgenda(seen(state, now), now).items;
	expect(items(running, at).map((one) => realMinutes(one, at))).toEqual([3, null, null, null]);
	const done = agreed(give(running, { type: 'finish' }, START + 13 * MINUTE));
	const later = START + 60 * MINUTE;
	expect(realMinutes(items(done, later)[0]!, later)).toBe(13);
});

test('DE44 the end of time is heard once, also where the next phase takes over, and no other', () => {
	const timer = { kind: 'running', endsAt: START } as const;
	const later = { kind: 'running', endsAt: START + MINUTE } as const;
	const heard = (...clock: [timer: Timer | undefined, at: number][]) => {
		const end = new EndOfTime();
		return clock.map(([one, at]) => end.hasCome(one, START + at));
	};
	expect(heard([timer, -250], [timer, 0], [timer, 250])).toEqual([false, true, false]);
	expect(heard([timer, -250], [later, 10], [later, 250])).toEqual([false, true, false]);
	// Ended by hand.
	expect(heard([later, -250], [timer, 100])).toEqual([false, true]);
	// Gone on from early; over when the desk was opened; slept through; standing still.
	expect(heard([timer, -500], [later, -250], [later, 0])).toEqual([false, false, false]);
	expect(heard([timer, 100], [timer, 350])).toEqual([false, false]);
	expect(heard([timer, -60_000], [timer, 60_000])).toEqual([false, false]);
	expect(heard([{ kind: 'paused', left: 0 }, -250], [undefined, 0])).toEqual([false, false]);
});
