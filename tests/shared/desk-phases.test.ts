import { expect, test } from 'vitest';
import { RUNNING_PHASES, type Phase } from '#shared/exercises/format.ts';
import { nextPhase } from '#shared/facilitation/phases.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import { liveBoard, viewFor } from '#shared/facilitation/view.ts';
import { pressedPhase, reveals, revealsBesides } from '../../src/lib/facilitation/phase-press.ts';
import { clockRuns } from '../../src/lib/facilitation/room-clock.ts';
import { after, agreed, boardOf, draft, give, inPhase, LATER, start } from './facilitation-room.ts';

const PHASES: Phase[] = [...RUNNING_PHASES, 'done'];
/** The first board, as whoever presses sees it, and where a press leads. */
const seen = (state: ReturnType<typeof inPhase>) =>
	viewFor({ id: 'w', code: 'K7M4PR', version: 1, state }, 'facilitator', LATER).boards[0]!;
const pressed = (state: ReturnType<typeof inPhase>, phase: Phase): BoardState =>
	boardOf(agreed(give(state, pressedPhase(seen(state), phase), LATER)));
const privately = () => inPhase('brief', [{ type: 'next' }]);

test('DE30 a press on the phase right before private writing goes back, and reveals nothing', () => {
	expect(pressedPhase(seen(privately()), 'brief')).toEqual({ type: 'back' });
	expect(pressed(privately(), 'brief')).toMatchObject({ phase: 'brief', revealed: false });
	expect(revealsBesides(seen(privately()), 'brief')).toBe(false);
});

test('DE30 a press on any other phase goes there', () => {
	expect(pressedPhase(seen(privately()), 'group')).toEqual({ type: 'go', phase: 'group' });
	expect(pressedPhase(seen(inPhase('vote')), 'share')).toEqual({ type: 'go', phase: 'share' });
	expect(pressed(inPhase('vote'), 'group')).toMatchObject({ phase: 'group' });
});

test.each(PHASES.filter((phase) => phase !== 'done'))(
	'DE30 from %s, what it says of a reveal is what happens, and only the next step does not ask',
	(from) => {
		const state = from === 'write' ? privately() : inPhase(from);
		const board = seen(state);
		for (const phase of PHASES.filter((one) => one !== from)) {
			const turned = !board.revealed && pressed(state, phase).revealed;
			expect([phase, reveals(board, phase)]).toEqual([phase, turned]);
			expect([phase, revealsBesides(board, phase)]).toEqual([
				phase,
				turned && phase !== nextPhase(board)
			]);
		}
	}
);

test('DE30 it asks in private writing before a phase further on, and before one past writing', () => {
	const asks = (state: ReturnType<typeof inPhase>) =>
		PHASES.filter((phase) => phase !== seen(state).phase && revealsBesides(seen(state), phase));
	expect(asks(privately())).toEqual(['group', 'vote', 'discuss', 'act', 'done']);
	expect(asks(inPhase('brief'))).toEqual(['share', 'group', 'vote', 'discuss', 'act', 'done']);
	expect(asks(inPhase('share', [{ type: 'back' }]))).toEqual([]);
});

test('DE31 the room goes on by a clock that runs, the board’s or the break’s, and by no other', () => {
	const runs = (state: ReturnType<typeof inPhase>) =>
		clockRuns(viewFor({ id: 'w', code: 'K7M4PR', version: 1, state }, 'facilitator', LATER));
	expect(runs(privately())).toBe(true);
	expect(runs(inPhase('write', [{ type: 'pause' }]))).toBe(false);
	expect(runs(inPhase('write', [{ type: 'pause' }, { type: 'resume' }]))).toBe(true);
	expect(runs(after(draft(), [{ type: 'open' }]))).toBe(false);
	const onBreak = after(draft(), [
		{ type: 'open' },
		start(0, 'board-one'),
		{ type: 'finish' },
		{ type: 'start-break', item: 1 }
	]);
	expect(liveBoard(onBreak)).toBeUndefined();
	expect(runs(onBreak)).toBe(true);
	expect(runs(after(onBreak, [{ type: 'pause' }]))).toBe(false);
});
