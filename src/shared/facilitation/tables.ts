/** The room split into small groups, and together again. */
import type { ParticipantId } from '../ids.ts';
import { refuse, type Refusal } from '../refusals.ts';
import type { CommandOf } from './commands.ts';
import type { Table, WorkshopState } from './state.ts';

/** Tables are for whoever is in the room: before and after there is nobody to split. */
const isRunning = ({ status }: WorkshopState): boolean =>
	status === 'open' || status === 'collecting';

/** Other tables than before; null: none any more, and everybody is together. */
export function setTables(
	state: WorkshopState,
	{ tables }: CommandOf<'set-tables'>
): WorkshopState | Refusal {
	if (!isRunning(state)) return refuse('not-open');
	if (tables === null) return { ...state, tables: null, atTables: false };
	const seats = tables.flatMap(({ people }) => people);
	if (new Set(seats).size < seats.length) return refuse('malformed', 'somebody sits twice');
	if (new Set(tables.map(({ id }) => id)).size < tables.length)
		return refuse('malformed', 'two tables have one id');
	return { ...state, tables };
}

/** One person at another table, or at none. */
export function seatPerson(
	state: WorkshopState,
	{ person, table }: CommandOf<'seat-person'>
): WorkshopState | Refusal {
	if (!isRunning(state)) return refuse('not-open');
	if (!state.tables) return refuse('no-tables');
	if (table !== null && !state.tables.some(({ id }) => id === table))
		return refuse('not-found', 'no such table');
	return { ...state, tables: seatedAt(state.tables, person, table) };
}

/** Everybody to their tables, or back together. */
export function sitDown(state: WorkshopState, atTables: boolean): WorkshopState | Refusal {
	if (!isRunning(state)) return refuse('not-open');
	if (!state.tables) return refuse('no-tables');
	return { ...state, atTables };
}

/** Where somebody sits; undefined: at none. */
export const tableOf = (
	tables: readonly Table[] | null,
	person: ParticipantId
): Table | undefined => tables?.find(({ people }) => people.includes(person));

/** With this person at that table alone, or at none. */
export const seatedAt = (tables: Table[], person: ParticipantId, table: string | null): Table[] =>
	tables.map((one) => {
		const others = one.people.filter((id) => id !== person);
		if (one.id === table) return { ...one, people: [...others, person] };
		return others.length === one.people.length ? one : { ...one, people: others };
	});

/** Somebody who comes while the room is split; `keptBy`: who writes for them, and sits beside them. */
export interface Newcomer {
	id: ParticipantId;
	keptBy?: ParticipantId | null;
}

/** With a newcomer beside who writes for them, else at the smallest table; who sits already stays. */
export function withNewcomer(tables: Table[], { id, keptBy }: Newcomer): Table[] {
	if (tableOf(tables, id)) return tables;
	const beside = keptBy ? tableOf(tables, keptBy) : undefined;
	const smallest = tables.reduce((least, one) =>
		one.people.length < least.people.length ? one : least
	);
	return seatedAt(tables, id, (beside ?? smallest).id);
}

/** Without everybody who is not among these any more. */
export const withOnly = (tables: Table[], here: ReadonlySet<ParticipantId>): Table[] =>
	tables.map((table) => ({ ...table, people: table.people.filter((id) => here.has(id)) }));
