import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FacilitationCommand } from '#shared/facilitation/commands.ts';
import type { WorkshopState } from '#shared/facilitation/state.ts';
import { behindPlan, minutesOf, minutesOfPlan, savings } from '#shared/facilitation/timetable.ts';
import { isRefusal } from '#shared/refusals.ts';
import { after, boardOf, draft, give, inPhase, MINUTE, start, START } from './facilitation-room.ts';

/** In minutes from the start. */
const starts = ({ timetable }: WorkshopState) =>
	timetable!.starts.map((at) => (at - START) / MINUTE);
const end = ({ timetable }: WorkshopState) => (timetable!.end - START) / MINUTE;
const behind = (state: WorkshopState, now: number) => behindPlan(state, now)! / MINUTE;
const later = (minutes: number) => START + minutes * MINUTE;

test('TF10 the plan begins with the first item that is begun, and its end is promised', () => {
	expect(draft().timetable).toBeNull();
	expect(behindPlan(draft(), START)).toBeNull();
	const begun = inPhase('brief');
	expect([starts(begun), end(begun)]).toEqual([[0, 10, 20, 25], 30]);
	const third = after(draft(), [{ type: 'open' }, start(2, 'board-one')]);
	expect([starts(third), end(third)]).toEqual([[0, 0, 0, 5], 10]);
	const rest = after(draft(), [{ type: 'open' }, { type: 'start-break', item: 1 }]);
	expect([starts(rest), end(rest)]).toEqual([[0, 0, 10, 15], 20]);
	const moved = after(begun, [{ type: 'finish' }, start(2, 'board-two')], later(25));
	expect([starts(moved), end(moved)]).toEqual([[0, 10, 20, 25], 30]);
});

test('TF11 half of each part stays at least: of a phase a minute, of a break five', () => {
	const parts = savings(inPhase('brief'));
	expect(parts).toEqual([
		{ part: { phase: 'write' }, minutes: 2 },
		{ part: { item: 1 }, minutes: 5 },
		{ part: { item: 2 }, minutes: 2 },
		{ part: { item: 3 }, minutes: 2 }
	]);
	expect(savings(inPhase('write')).map(({ part }) => part)).toEqual([
		{ item: 1 },
		{ item: 2 },
		{ item: 3 }
	]);
	const short = after(draft(), [{ type: 'set-agenda', agenda: [{ break: 5 }] }]);
	expect(savings(short)).toEqual([]);
	expect(give(short, { type: 'replan', minutes: 1 })).toMatchObject({ refused: 'nothing-to-take' });
});

test('TF12 minutes are taken from the part that is named, or in order; the end stays', () => {
	const replan = (minutes: number, from?: { item: number } | { phase: 'write' }) =>
		after(inPhase('brief'), [{ type: 'replan', minutes, ...(from ? { from } : {}) }]);
	const fromBreak = replan(3, { item: 1 });
	expect(fromBreak.agenda[1]).toMatchObject({ minutes: 7 });
	expect([starts(fromBreak), end(fromBreak)]).toEqual([[0, 13, 20, 25], 30]);
	const fromWriting = replan(2, { phase: 'write' });
	expect(boardOf(fromWriting).phases[1]).toEqual({ phase: 'write', minutes: 2 });
	expect(fromWriting.agenda).toEqual(draft().agenda);
	const inOrder = replan(4);
	expect(minutesOfPlan(boardOf(inOrder).phases)).toBe(8);
	expect(inOrder.agenda.map(minutesOf)).toEqual([10, 8, 5, 5]);
	const all = replan(600);
	expect(all.agenda.map(minutesOf)).toEqual([10, 5, 3, 3]);
	expect(all.agenda[2]).toMatchObject({
		phases: [
			{ phase: 'write', minutes: 1 },
			{ phase: 'vote', minutes: 2 }
		]
	});
	expect(
		give(inPhase('act'), { type: 'replan', minutes: 1, from: { phase: 'write' } })
	).toMatchObject({
		refused: 'nothing-to-take'
	});
});

test('TF13 more time here may be taken from what follows, in one step or not at all', () => {
	const before = inPhase('write');
	const longer = after(before, [{ type: 'extend', minutes: 3, taken: true }], later(1));
	expect(boardOf(longer).timer).toEqual({ kind: 'running', endsAt: later(7) });
	expect(longer.agenda.map(minutesOf)).toEqual([10, 7, 5, 5]);
	expect(behind(longer, later(1))).toBe(behind(before, later(1)));
	const last = after(before, [{ type: 'set-agenda', agenda: ['barrier'] }]);
	const none = give(last, { type: 'extend', minutes: 3, taken: true });
	expect(none).toMatchObject({ refused: 'nothing-to-take' });
});

test('TF14 behind is by how much later than promised all would be over', () => {
	const begun = inPhase('brief');
	expect(behind(begun, START)).toBe(0);
	expect(behind(begun, later(1))).toBe(0);
	expect(behind(begun, later(3))).toBe(2);
	const paused = after(begun, [{ type: 'pause' }], START);
	expect(behind(paused, later(5))).toBe(5);
	const quick = after(begun, [{ type: 'go', phase: 'act' }], START);
	expect(behind(quick, START)).toBe(-9);
	const resting = after(begun, [{ type: 'start-break', minutes: 5 }], START);
	expect(behind(resting, later(2))).toBe(5);
	const caughtUp = after(paused, [{ type: 'replan', minutes: 5 }], later(5));
	expect(behind(caughtUp, later(5))).toBe(0);
	const between = after(begun, [{ type: 'finish' }], later(14));
	expect(behind(between, later(14))).toBe(4);
	const over = after(draft(), [
		{ type: 'set-agenda', agenda: ['short'] },
		{ type: 'open' },
		start(0, 'board-one'),
		{ type: 'finish' }
	]);
	expect(behind(over, later(90))).toBe(0);
});

test('TF15 another agenda moves the end by what follows', () => {
	const begun = inPhase('write');
	const fuller = after(begun, [
		{ type: 'set-agenda', agenda: ['barrier', { break: 10 }, 'short', 'short', 'short'] }
	]);
	expect([starts(fuller), end(fuller)]).toEqual([[0, 10, 20, 25, 30], 35]);
	const barer = after(begun, [{ type: 'set-agenda', agenda: ['barrier', 'short'] }]);
	expect([starts(barer), end(barer)]).toEqual([[0, 10], 15]);
});

test('TF12 however it is shortened, nothing is below its least, and what follows ends when promised', () => {
	const commands: fc.Arbitrary<FacilitationCommand> = fc.oneof(
		fc.record({
			type: fc.constant('replan' as const),
			minutes: fc.double({ min: 0.1, max: 30, noNaN: true })
		}),
		fc.record({
			type: fc.constant('extend' as const),
			minutes: fc.double({ min: 0.1, max: 30, noNaN: true }),
			taken: fc.boolean()
		}),
		fc.constantFrom<FacilitationCommand>({ type: 'next' }, { type: 'back' }, { type: 'pause' })
	);
	fc.assert(
		fc.property(fc.array(commands, { maxLength: 20 }), (sequence) => {
			let state = inPhase('brief');
			const promised = state.timetable!.end;
			for (const command of sequence) {
				const next = give(state, command);
				if (!isRefusal(next)) state = next;
			}
			expect(state.timetable!.end).toBe(promised);
			for (const item of state.agenda) {
				if (item.kind === 'break') expect(item.minutes).toBeGreaterThanOrEqual(5);
				else for (const one of item.phases) expect(one.minutes).toBeGreaterThanOrEqual(1);
			}
			for (const one of boardOf(state).phases) expect(one.minutes).toBeGreaterThanOrEqual(1);
			const following = state.agenda.slice(1).reduce((sum, item) => sum + minutesOf(item), 0);
			expect(state.timetable!.starts[1]).toBeCloseTo(promised - following * MINUTE, 0);
		}),
		{ numRuns: 200 }
	);
});
