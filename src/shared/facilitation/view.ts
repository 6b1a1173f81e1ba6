/** What each role may see of a workshop's state. */
import type { BoardId, WorkshopId } from '../ids.ts';
import type { CommandType, Role } from '../permissions.ts';
import { isFacilitator } from './phases.ts';
import type { AgendaItem, BoardState, WorkshopState } from './state.ts';

/** A board without what is the server's bookkeeping. */
export type BoardView = Omit<BoardState, 'left' | 'closing' | 'ballot'>;

export interface WorkshopView extends Omit<WorkshopState, 'boards' | 'past'> {
	id: WorkshopId;
	version: number;
	role: Role;
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
	workshop: { id: WorkshopId; code: string; version: number; state: WorkshopState },
	role: Role,
	now: number
): WorkshopView {
	const { boards, past, agenda, timetable, ...rest } = workshop.state;
	const facilitates = isFacilitator(role);
	return {
		...rest,
		// Their notes, and how late it is, are for those who facilitate.
		agenda: facilitates ? agenda : agenda.map(({ note: _note, ...item }) => item as AgendaItem),
		timetable: facilitates ? timetable : null,
		undo: (facilitates && past.at(-1)?.deed) || null,
		id: workshop.id,
		version: workshop.version,
		role,
		code: role === 'visitor' ? null : workshop.code,
		boards: boards.map(({ left: _left, closing: _closing, ballot: _ballot, ...board }) => board),
		now
	};
}
