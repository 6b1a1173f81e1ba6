/** How the room votes, and voting once more. */
import { refuse, type Refusal } from '../refusals.ts';
import type { CommandOf } from './commands.ts';
import type { BoardState } from './state.ts';

export function setVoting(
	_board: BoardState,
	_command: CommandOf<'set-voting'>,
	_now: number
): BoardState | Refusal {
	return refuse('wrong-phase');
}

export function newRound(
	_board: BoardState,
	_command: CommandOf<'new-round'>,
	_now: number
): BoardState | Refusal {
	return refuse('wrong-phase');
}
