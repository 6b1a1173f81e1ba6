/** What a facilitator sets on a board while it runs, its phase apart. */
import { refuse, type Refusal } from '../refusals.ts';
import type { ExerciseOf } from './agenda.ts';
import type { CommandOf } from './commands.ts';
import { isAfter } from './phases.ts';
import type { BoardState, WorkshopState } from './state.ts';

/** The reveal happens once: private to open is it, and wants to be meant. */
export function setWriting(
	board: BoardState,
	{ mode, reveal }: CommandOf<'set-writing'>
): BoardState | Refusal {
	if (board.revealed) return refuse('already-revealed');
	if (mode === 'private') return { ...board, writing: 'private' };
	if (!reveal) return refuse('would-reveal');
	return { ...board, writing: 'open', revealed: true };
}

/** Puts one of the exercise's nudges on the screens, or takes it off. */
export function showNudge(
	board: BoardState,
	{ nudge }: CommandOf<'show-nudge'>,
	exerciseOf: ExerciseOf
): BoardState | Refusal {
	const nudges = exerciseOf(board.exercise)?.nudges;
	if (nudge !== null && nudges && nudge >= nudges.length) return refuse('malformed');
	return { ...board, nudge };
}

/** From the vote on; nobody sees a total before. */
export const showVotes = (board: BoardState, votesShown: boolean): BoardState | Refusal =>
	board.phase === 'vote' || isAfter(board.phase, 'vote')
		? { ...board, votesShown }
		: refuse('wrong-phase');

/** Takes a card off the screens, or back on: on any board, also a finished one. */
export function setHidden(
	state: WorkshopState,
	command: CommandOf<'hide-card'> | CommandOf<'show-card'>
): WorkshopState | Refusal {
	if (!state.boards.some((board) => board.id === command.board)) return refuse('not-found');
	const without = (board: BoardState) => board.hidden.filter((card) => card !== command.card);
	const hidden = (board: BoardState) =>
		command.type === 'hide-card' ? [...without(board), command.card] : without(board);
	return {
		...state,
		boards: state.boards.map((board) =>
			board.id === command.board ? { ...board, hidden: hidden(board) } : board
		)
	};
}
