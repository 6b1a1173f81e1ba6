import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	extendTimer,
	pauseTimer,
	resumeTimer,
	startTimer,
	timeLeft
} from '#shared/facilitation/timer.ts';
import {
	after,
	agreed,
	boardOf,
	draft,
	give,
	inPhase,
	MINUTE,
	START
} from './facilitation-room.ts';

const instants = fc.integer({ min: 0, max: 10 ** 13 });

test('PH15 a phase begins with its planned minutes running', () => {
	expect(boardOf(inPhase('write')).timer).toEqual({ kind: 'running', endsAt: START + 4 * MINUTE });
	expect(boardOf(inPhase('done')).timer).toEqual({ kind: 'none' });
});

test('PH16 going back finds the minutes that were left, paused', () => {
	const shared = after(inPhase('write'), [{ type: 'next' }], START + MINUTE);
	const back = after(shared, [{ type: 'back' }], START + 1.5 * MINUTE);
	expect(boardOf(back).timer).toEqual({ kind: 'paused', left: 3 * MINUTE });
});

test('PH16 at least one minute is found, even where time had run over', () => {
	const late = after(inPhase('write'), [{ type: 'next' }], START + 9 * MINUTE);
	const back = after(late, [{ type: 'go', phase: 'write' }], START + 10 * MINUTE);
	expect(boardOf(back).timer).toEqual({ kind: 'paused', left: MINUTE });
	const unseen = inPhase('group', [{ type: 'back' }]);
	expect(boardOf(unseen).timer).toEqual({ kind: 'paused', left: MINUTE });
});

test('PH16 coming forward again finds what was left, running', () => {
	const voting = after(inPhase('write'), [{ type: 'go', phase: 'share' }], START);
	const back = after(voting, [{ type: 'extend', minutes: 4 }, { type: 'back' }], START + MINUTE);
	const again = boardOf(after(back, [{ type: 'next' }], START + 2 * MINUTE));
	expect(again.timer).toEqual({ kind: 'running', endsAt: START + 6 * MINUTE });
});

test('PH17 extend adds to the end, or to now when that is past', () => {
	const running = startTimer(1, START);
	expect(extendTimer(running, 2, START)).toEqual({ kind: 'running', endsAt: START + 3 * MINUTE });
	expect(extendTimer(running, 2, START + 5 * MINUTE)).toEqual({
		kind: 'running',
		endsAt: START + 7 * MINUTE
	});
	expect(extendTimer({ kind: 'paused', left: MINUTE }, 1, START)).toEqual({
		kind: 'paused',
		left: 2 * MINUTE
	});
	expect(extendTimer({ kind: 'paused', left: -MINUTE }, 1, START)).toEqual({
		kind: 'paused',
		left: MINUTE
	});
	expect(extendTimer({ kind: 'none' }, 1, START)).toEqual(startTimer(1, START));
});

test('PH17 extending leaves at least what it gives', () => {
	fc.assert(
		fc.property(instants, instants, fc.integer({ min: 1, max: 600 }), (end, now, minutes) => {
			const left = timeLeft(extendTimer({ kind: 'running', endsAt: end }, minutes, now), now)!;
			expect(left).toBeGreaterThanOrEqual(minutes * MINUTE);
		})
	);
});

test('PH18 pause keeps what is left, resume sets it going', () => {
	fc.assert(
		fc.property(instants, instants, instants, (end, at, later) => {
			const paused = pauseTimer({ kind: 'running', endsAt: end }, at);
			expect(timeLeft(paused, later)).toBe(end - at);
			expect(timeLeft(resumeTimer(paused, later), later)).toBe(end - at);
		})
	);
});

test('PH18 pause needs a running timer', () => {
	const paused = agreed(give(inPhase('write'), { type: 'pause' }, START + MINUTE));
	expect(boardOf(paused)).toMatchObject({ timer: { left: 3 * MINUTE }, phase: 'write' });
	expect(give(paused, { type: 'pause' })).toMatchObject({ refused: 'timer-not-running' });
	const on = agreed(give(paused, { type: 'resume' }, START + 5 * MINUTE));
	expect(boardOf(on).timer).toEqual({ kind: 'running', endsAt: START + 8 * MINUTE });
	expect(agreed(give(on, { type: 'resume' }))).toEqual(on);
});

test('PH19 a timer that is over goes below zero, running or paused', () => {
	const over = startTimer(1, START);
	expect(timeLeft(over, START + 3 * MINUTE)).toBe(-2 * MINUTE);
	expect(timeLeft(pauseTimer(over, START + 3 * MINUTE), START + 9 * MINUTE)).toBe(-2 * MINUTE);
	expect(timeLeft({ kind: 'none' }, START)).toBeNull();
});

test('PH20 a break has the timer to itself', () => {
	const on = after(draft(), [{ type: 'open' }, { type: 'start-break', item: 1 }]);
	expect(on.break).toEqual({
		index: 1,
		minutes: 10,
		timer: startTimer(10, START),
		stopped: false
	});
	const paused = after(on, [{ type: 'pause' }], START + MINUTE);
	expect(paused.break?.timer).toEqual({ kind: 'paused', left: 9 * MINUTE });
	expect(give(paused, { type: 'pause' })).toMatchObject({ refused: 'timer-not-running' });
	const longer = after(paused, [{ type: 'extend', minutes: 1 }, { type: 'resume' }]);
	expect(longer.break?.timer).toEqual(startTimer(10, START));
});
