/** What a press on a phase means: which command it is, and whether to ask first. */
import type { Phase } from '#shared/exercises/format.ts';
import type { CommandOf } from '#shared/facilitation/commands.ts';
import { isAfter, nextPhase, previousPhase } from '#shared/facilitation/phases.ts';
import type { BoardView } from '#shared/facilitation/view.ts';

type Pressed = Pick<BoardView, 'phase' | 'phases' | 'revealed'>;

/** To the phase before it is `back`: of all ways out of `write`, the one that reveals nothing. */
export const pressedPhase = (board: Pressed, phase: Phase): CommandOf<'back'> | CommandOf<'go'> =>
	phase === previousPhase(board) ? { type: 'back' } : { type: 'go', phase };

/** Whether it would turn over cards that were written privately. */
export const reveals = (board: Pressed, phase: Phase): boolean =>
	!board.revealed &&
	pressedPhase(board, phase).type !== 'back' &&
	(board.phase === 'write' || isAfter(phase, 'write'));

/** Whether it would though it is not the next step, of which that is expected. */
export const revealsBesides = (board: Pressed, phase: Phase): boolean =>
	reveals(board, phase) && phase !== nextPhase(board);
