/** The room split into small groups, and together again. */
import { refuse, type Refusal } from '../refusals.ts';
import type { CommandOf } from './commands.ts';
import type { WorkshopState } from './state.ts';

export function setTables(
	_state: WorkshopState,
	_command: CommandOf<'set-tables'>
): WorkshopState | Refusal {
	return refuse('wrong-phase');
}

export function seatPerson(
	_state: WorkshopState,
	_command: CommandOf<'seat-person'>
): WorkshopState | Refusal {
	return refuse('wrong-phase');
}

/** Everybody to their tables, or back together. */
export function sitDown(_state: WorkshopState, _atTables: boolean): WorkshopState | Refusal {
	return refuse('wrong-phase');
}
