/** What the remote offers of a vote, beside its one next step. */
import { expect, test } from 'vitest';
import { RUNNING_PHASES, type Phase } from '#shared/exercises/format.ts';
import { plainVoting } from '#shared/facilitation/ways.ts';
import { offersOf } from '../../src/lib/remote/vote-offers.ts';

const phases = RUNNING_PHASES.map((phase) => ({ phase, minutes: 1 }));
const board = (phase: Phase, votesShown = false) => ({
	phase,
	phases,
	revealed: true,
	voting: plainVoting(),
	votesShown
});

test('DE59 voting again is offered once somebody has cast something, until the discussion is over', () => {
	const again = (...asked: Parameters<typeof offersOf>) => offersOf(...asked).again;
	expect([0, 1].map((voted) => again(board('vote'), voted))).toEqual([false, true]);
	expect(again(board('vote', true), 0)).toBe(true);
	const later = (['group', 'discuss', 'act', 'done'] as const).map((phase) =>
		again(board(phase), 3)
	);
	expect(later).toEqual([false, true, false, false]);
	const never = { ...board('discuss'), phases: phases.filter(({ phase }) => phase !== 'vote') };
	expect(offersOf(never, 3)).toEqual({ show: null, again: false });
});

test('DE60 a result is shut again until the discussion is over, and shown here only in that', () => {
	const show = (phase: Phase, shown: boolean) => offersOf(board(phase, shown), 3).show;
	expect(show('vote', false)).toBeNull();
	expect(show('discuss', false)).toBe('show-votes');
	for (const phase of ['vote', 'discuss'] as const) expect(show(phase, true)).toBe('hide-votes');
	for (const phase of ['group', 'act', 'done'] as const)
		expect([true, false].map((shown) => show(phase, shown))).toEqual([null, null]);
});
