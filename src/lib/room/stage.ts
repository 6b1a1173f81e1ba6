/** Where a workshop stands, as a participant's page and the room screen draw it. */
import type { AgendaItem, Timer } from '#shared/facilitation/state.ts';
import { doneApart, reachedOf } from '#shared/facilitation/timetable.ts';
import { liveBoard, type BoardView, type WorkshopView } from '#shared/facilitation/view.ts';

export type Stage =
	/** The doors are not open yet, or open and nothing has begun. */
	| { kind: 'doors'; open: boolean; next: AgendaItem | null }
	/** Between two items of the agenda; `last` is the board that was finished just now. */
	| { kind: 'waiting'; next: AgendaItem | null; last: BoardView }
	| { kind: 'break'; timer: Timer; next: AgendaItem | null }
	| { kind: 'board'; board: BoardView; place: number; places: number }
	| { kind: 'closed' };

type Course = Pick<WorkshopView, 'status' | 'agenda' | 'boards' | 'live' | 'break'>;

export function stageOf(view: Course): Stage {
	if (view.status === 'closed') return { kind: 'closed' };
	const live = liveBoard(view);
	if (live && live.phase !== 'done') return { kind: 'board', board: live, ...placeOf(view, live) };
	if (view.break) {
		return { kind: 'break', timer: view.break.timer, next: nextItem(view) };
	}
	const last = view.boards.findLast((board) => !board.collecting);
	if (last) return { kind: 'waiting', next: nextItem(view), last };
	return { kind: 'doors', open: view.status !== 'draft', next: nextItem(view) };
}

/** The first item of the agenda after everything that has been run; none that was collected and is done. */
function nextItem(view: Course): AgendaItem | null {
	const reached = reachedOf(view);
	const apart = doneApart(view);
	return view.agenda.find((_, index) => index > reached && !apart.has(index)) ?? null;
}

/** "2 of 7": exercises are counted, breaks are not. */
function placeOf(view: Course, board: BoardView): { place: number; places: number } {
	const isExercise = (item: AgendaItem) => item.kind === 'exercise';
	return {
		place: view.agenda.slice(0, (board.index ?? -1) + 1).filter(isExercise).length,
		places: view.agenda.filter(isExercise).length
	};
}

/** Boards that can be read again: finished, in the order in which they were run. */
export const earlierBoards = (view: Pick<WorkshopView, 'boards'>): BoardView[] =>
	view.boards.filter((board) => board.phase === 'done');

/** Whether what is written now stays with its author until the reveal. */
export const isPrivate = (board: BoardView): boolean =>
	!board.revealed && board.writing === 'private';
