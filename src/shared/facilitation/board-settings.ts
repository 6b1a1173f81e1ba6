/** What a facilitator sets on a board while it runs, its phase apart. */
import { roomView } from '../exercises/room-views.ts';
import { refuse, type Refusal } from '../refusals.ts';
import type { ExerciseOf } from './agenda.ts';
import type { CommandOf } from './commands.ts';
import { isAfter, isVoting } from './phases.ts';
import { isPoll } from './polls.ts';
import type { BoardState, Lockable, WorkshopState } from './state.ts';

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

/** Leads everybody to a card, a column or a view that they can see. A poll has its one picture, and no views. */
export function setSpotlight(
	board: BoardState,
	spotlight: BoardState['spotlight'],
	exerciseOf: ExerciseOf
): BoardState | Refusal {
	if (!board.revealed && spotlight !== null) return refuse('wrong-phase');
	if (spotlight !== null && 'view' in spotlight) {
		const exercise = exerciseOf(board.exercise);
		const none = exercise && roomView(exercise, spotlight.view) === null;
		if (board.index === null || none) return refuse('malformed');
	}
	return { ...board, spotlight };
}

/** What of a revealed board the room sees. */
export const showColumns = (
	board: BoardState,
	columnsShown: BoardState['columnsShown']
): BoardState | Refusal =>
	board.revealed || columnsShown === null ? { ...board, columnsShown } : refuse('wrong-phase');

/** Nothing new of these until it is unlocked; cards where it does not say. */
export function setLocked(
	board: BoardState,
	what: Lockable = 'cards',
	locked: boolean
): BoardState {
	if (what === 'cards') return { ...board, locked };
	const others = board.shut.filter((one) => one !== what);
	return { ...board, shut: locked ? [...others, what] : others };
}

/** From the vote on; nobody sees a total before. Of a poll: whether the room sees what it came to. */
export const showVotes = (board: BoardState, votesShown: boolean): BoardState | Refusal =>
	isPoll(board) || isVoting(board) || isAfter(board.phase, 'vote')
		? { ...board, votesShown, seen: board.seen && votesShown }
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
