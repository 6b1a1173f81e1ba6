/**
 * Answers that come in before the event or after it, in people's own time: a board in `write`,
 * private, with a closing date instead of a clock. It is neither live nor done. What arrives after
 * the date is late; and what was collected is private until the room goes on with it, or until it is
 * ended.
 */
import { refuse, type Refusal } from '../refusals.ts';
import type { ExerciseOf } from './agenda.ts';
import { finishBoard, startBoard } from './board-course.ts';
import type { CommandOf } from './commands.ts';
import { collects } from './phases.ts';
import type { BoardState, WorkshopState } from './state.ts';
import { startTimer } from './timer.ts';

const DAY = 24 * 60 * 60 * 1000;
/** So far ahead a date may be, in days: one that is mistyped is not taken. */
const FARTHEST = 2 * 366;

/** An item of the agenda collects until a moment. */
export function collect(
	state: WorkshopState,
	{ exercise: index, until, board: id }: CommandOf<'collect'>,
	now: number,
	exerciseOf: ExerciseOf
): WorkshopState | Refusal {
	if (state.status === 'closed') return refuse('not-open');
	const item = state.agenda[index];
	if (item?.kind !== 'exercise') return refuse('unknown-exercise', 'the agenda has none there');
	if (until <= now || until > now + FARTHEST * DAY) return refuse('not-a-closing-date');
	const there = state.boards.find((board) => board.index === index);
	if (there && !collects(there)) return refuse('already-run');
	if (there) return withBoards(state, [{ ...there, collecting: { until } }]);
	if (!exerciseOf(item.exercise)) return refuse('unknown-exercise', item.exercise);
	if (!item.phases.some(({ phase }) => phase === 'write')) return refuse('nothing-to-write');
	if (!id) return refuse('malformed', 'the board needs an id');
	if (state.boards.some((board) => board.id === id)) return refuse('already-run');
	const board: BoardState = {
		...startBoard(item, { id, index, anonymous: state.anonymous, now }, exerciseOf(item.exercise)),
		phase: 'write',
		timer: { kind: 'none' },
		writing: 'private',
		revealed: false,
		collecting: { until }
	};
	const status = state.status === 'draft' ? 'collecting' : state.status;
	return { ...state, status, boards: [...state.boards, board] };
}

/** What was collected is revealed, and the board done. With the last one, a workshop that was over is closed. */
export function endCollecting(
	state: WorkshopState,
	{ board: id }: CommandOf<'end-collecting'>,
	now: number
): WorkshopState | Refusal {
	const board = state.boards.find((one) => one.id === id);
	if (!board) return refuse('not-found');
	if (!collects(board)) return refuse('wrong-phase');
	const ended = withBoards(state, [collected(board, now)]);
	return isOver(state) && !ended.boards.some(collects)
		? { ...ended, status: 'closed', closedAt: now }
		: ended;
}

/** All that collect are ended. */
export const endAllCollecting = (state: WorkshopState, now: number): WorkshopState =>
	withBoards(
		state,
		state.boards.filter(collects).map((board) => collected(board, now))
	);

/** Writing ended by the date, if that is past: what came since is late. */
function collected(board: BoardState, now: number): BoardState {
	const at = Math.min(now, board.collecting?.until ?? now);
	return { ...finishBoard(board, now), closing: { at, forwarded: true, arranging: 'nobody' } };
}

/**
 * The board that collected, live from now on: in `write` and private still, with the minutes of its
 * plan. It comes behind those that the room has had.
 */
export function begunWith(board: BoardState, state: WorkshopState, now: number): WorkshopState {
	const planned = board.phases.find(({ phase }) => phase === 'write');
	const live: BoardState = {
		...board,
		collecting: null,
		timer: startTimer(planned?.minutes ?? 0, now),
		startedAt: now,
		phaseStartedAt: now
	};
	const others = state.boards.filter(({ id }) => id !== board.id);
	return { ...state, boards: [...others, live], live: live.id };
}

/** Closed in the room, while answers still come in. */
const isOver = ({ status, openedAt }: Pick<WorkshopState, 'status' | 'openedAt'>): boolean =>
	status === 'collecting' && openedAt !== null;

/** When a workshop that is over closes: with the last date. Null where it does not by itself. */
export function closesAt(
	state: Pick<WorkshopState, 'status' | 'openedAt' | 'boards'>
): number | null {
	const open = isOver(state) ? state.boards.filter(collects) : [];
	return open.length > 0 ? Math.max(...open.map(({ collecting }) => collecting!.until)) : null;
}

/**
 * From when on the days count for which a workshop is kept: since it was closed. One that collected and
 * that nobody opened is closed by nobody, and kept since its last date, or since the last was ended.
 * Null while it goes on.
 */
export function keptSince({
	status,
	openedAt,
	closedAt,
	boards
}: Pick<WorkshopState, 'status' | 'openedAt' | 'closedAt'> & {
	boards: Pick<BoardState, 'phase' | 'collecting' | 'phaseStartedAt'>[];
}): number | null {
	if (status === 'closed') return closedAt;
	if (status !== 'collecting' || openedAt !== null || boards.length === 0) return null;
	const ends = boards.map((board) =>
		collects(board) ? board.collecting!.until : board.phaseStartedAt
	);
	return Math.max(...ends);
}

/** Whether anything collects still whose date is to come. */
export const goesOnCollecting = ({ boards }: WorkshopState, now: number): boolean =>
	boards.some((board) => collects(board) && board.collecting!.until > now);

const withBoards = (state: WorkshopState, changed: BoardState[]): WorkshopState => ({
	...state,
	boards: state.boards.map((board) => changed.find(({ id }) => id === board.id) ?? board)
});
