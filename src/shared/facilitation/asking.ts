/** Asking the room in the middle of whatever is on: a poll's board in front of the one that waits. */
import { refuse, type Refusal } from '../refusals.ts';
import type { ExerciseOf } from './agenda.ts';
import type { CommandOf } from './commands.ts';
import type { WorkshopState } from './state.ts';

/** Makes the poll's board and lets it run. */
export function ask(
	_state: WorkshopState,
	_command: CommandOf<'ask'>,
	_now: number,
	_exerciseOf: ExerciseOf
): WorkshopState | Refusal {
	return refuse('wrong-phase');
}
