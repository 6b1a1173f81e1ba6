/** What each role may see of a workshop's state. */
import type { BoardId, WorkshopId } from '../ids.ts';
import { mayGive, type CommandType, type Role } from '../permissions.ts';
import { isFacilitator } from './phases.ts';
import type { AgendaItem, BoardState, Table, WorkshopState } from './state.ts';

/** A board without what is the server's bookkeeping. */
export type BoardView = Omit<BoardState, 'left' | 'closing' | 'ballot' | 'lastRound'>;

export interface WorkshopView extends Omit<WorkshopState, 'boards' | 'past'> {
	id: WorkshopId;
	version: number;
	role: Role;
	/** The workshop that it rehearses; null: it is none of these. */
	rehearsalOf: WorkshopId | null;
	/** Not told to visitors. */
	code: string | null;
	boards: BoardView[];
	/** For facilitators: what `undo` would take back; null where there is nothing. */
	undo: CommandType | null;
	/** The server's time when it was told. */
	now: number;
}

export const liveBoard = <B extends { id: BoardId }>(view: {
	boards: B[];
	live: BoardId | null;
}): B | undefined => view.boards.find((board) => board.id === view.live);

/** The state as `role` may see it. */
export function viewFor(
	workshop: {
		id: WorkshopId;
		code: string;
		version: number;
		state: WorkshopState;
		rehearsalOf?: WorkshopId | null;
	},
	role: Role,
	now: number
): WorkshopView {
	const { boards, past, agenda, timetable, breaks, tables, imported, ...rest } = workshop.state;
	const facilitates = isFacilitator(role);
	const deed = past.at(-1)?.deed;
	return {
		...rest,
		// What was voted is told with the votes.
		...(imported && { imported: { ...imported, results: {} } }),
		// Their notes, and how late it is, are for those who facilitate.
		agenda: facilitates ? agenda : agenda.map(({ note: _note, ...item }) => item as AgendaItem),
		timetable: facilitates ? timetable : null,
		...(facilitates && breaks && { breaks }),
		tables: tables && tables.map((table) => seenTable(table, role, rest.anonymous)),
		// What they may not do they may not take back.
		undo: facilitates && deed && mayGive({ role }, deed) ? deed : null,
		id: workshop.id,
		version: workshop.version,
		rehearsalOf: workshop.rehearsalOf ?? null,
		role,
		code: role === 'visitor' ? null : workshop.code,
		boards: boards.map(
			({ left: _left, closing: _closing, ballot: _ballot, lastRound: _lastRound, ...board }) =>
				board
		),
		now
	};
}

/**
 * Who sits where is for those who facilitate, and where people have names for the room screen; in an
 * anonymous room it is told how many. A participant is told of their own table, by `table:changed`.
 */
function seenTable(table: Table, role: Role, anonymous: boolean): Table {
	if (isFacilitator(role) || (role === 'screen' && !anonymous)) return table;
	const seats = role === 'screen' ? table.people.map((_, at) => `seat-${at + 1}`) : [];
	return { ...table, people: seats };
}
