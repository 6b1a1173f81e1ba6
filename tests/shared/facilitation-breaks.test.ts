/** When the breaks of an agenda began and were over, as the plan's clock and the desk have it. */
import { expect, test } from 'vitest';
import type { FacilitationCommand } from '#shared/facilitation/commands.ts';
import { behindPlan } from '#shared/facilitation/timetable.ts';
import { viewFor } from '#shared/facilitation/view.ts';
import { plannedAgenda, realMinutes } from '../../src/lib/facilitation/planned-times.ts';
import { after, draft, inPhase, MINUTE, start, START } from './facilitation-room.ts';

const later = (minutes: number) => START + minutes * MINUTE;
const rest = (minutes = 10) =>
	after(inPhase('act'), [{ type: 'finish' }, { type: 'start-break', item: 1 }], later(minutes));
const told = (
	state: ReturnType<typeof draft>,
	role: 'facilitator' | 'participant' = 'facilitator'
) => viewFor({ id: 'w', code: 'K7M4PR', version: 1, state }, role, START);

test.each<[string, FacilitationCommand]>([
	['by itself', { type: 'end-break' }],
	['by the next exercise', start(2, 'board-two')],
	['by another break', { type: 'start-break', minutes: 5 }],
	['by a question', { type: 'ask', poll: { kind: 'words', question: 'Well?' }, board: 'poll' }],
	['by the close', { type: 'close' }]
])('TF27 a break is over %s, and when it began and ended is kept', (_, command) => {
	const resting = rest();
	expect(resting.breaks).toEqual([{ index: 1, startedAt: later(10), finishedAt: null }]);
	const over = after(resting, [{ type: 'extend', minutes: 2 }, command], later(23));
	expect(over.breaks).toEqual([{ index: 1, startedAt: later(10), finishedAt: later(23) }]);
});

test('TF27 those who facilitate are told, nobody else; a break that the agenda has not is none of them', () => {
	const over = after(rest(), [{ type: 'end-break' }], later(20));
	expect(told(over).breaks).toEqual(over.breaks);
	expect(told(over, 'participant')).not.toHaveProperty('breaks');
	const needed = after(inPhase('write'), [{ type: 'start-break', minutes: 5 }]);
	expect(after(needed, [{ type: 'end-break' }])).not.toHaveProperty('breaks');
});

test('TF27 the desk has its real minutes, so far while it is on', () => {
	const minutes = (state: ReturnType<typeof draft>, now: number) => {
		const one = plannedAgenda(told(state), now).items[1]!;
		return [one.place, realMinutes(one, now)];
	};
	expect(minutes(draft(), START)).toEqual(['next', null]);
	expect(minutes(rest(), later(14))).toEqual(['now', 4]);
	const over = after(rest(), [{ type: 'end-break' }], later(23));
	expect(minutes(over, later(40))).toEqual(['past', 13]);
	const { breaks: _breaks, ...old } = over;
	expect(minutes(old, later(40))).toEqual(['next', null]);
});

test('TF28 a break that is over is behind the room', () => {
	const over = after(rest(), [{ type: 'end-break' }], later(20));
	expect(plannedAgenda(told(over), later(20)).next).toBe(2);
	// Ten minutes of exercise and as many of rest, as planned: ten are to come, and thirty promised.
	expect(behindPlan(over, later(20))).toBe(0);
	expect(behindPlan(over, later(22))).toBe(2 * MINUTE);
});
