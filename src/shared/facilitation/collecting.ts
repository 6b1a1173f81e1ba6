/** Answers that come in before the event or after it, in people's own time. */
import { refuse, type Refusal } from '../refusals.ts';
import type { ExerciseOf } from './agenda.ts';
import type { CommandOf } from './commands.ts';
import type { WorkshopState } from './state.ts';

/** An item of the agenda collects until a moment. */
export function collect(
	_state: WorkshopState,
	_command: CommandOf<'collect'>,
	_now: number,
	_exerciseOf: ExerciseOf
): WorkshopState | Refusal {
	return refuse('wrong-phase');
}

/** What was collected is revealed, and the board done. */
export function endCollecting(
	_state: WorkshopState,
	_command: CommandOf<'end-collecting'>,
	_now: number
): WorkshopState | Refusal {
	return refuse('wrong-phase');
}
