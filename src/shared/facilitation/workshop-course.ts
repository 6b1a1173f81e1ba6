/** A workshop's way from draft to closed: what is live, and the breaks between. */
import { refuse, type Refusal } from '../refusals.ts';
import type { ExerciseOf } from './agenda.ts';
import { finishBoard, startBoard } from './board-course.ts';
import type { CommandOf } from './commands.ts';
import type { BoardState, WorkshopState } from './state.ts';
import { startTimer } from './timer.ts';
import { liveBoard } from './view.ts';

/** Lets people in; also again, after it was closed. */
export const open = (state: WorkshopState, now: number): WorkshopState =>
	state.status === 'open'
		? state
		: { ...state, status: 'open', openedAt: state.openedAt ?? now, closedAt: null };

/** Ends the workshop, with whatever is on. */
export function close(state: WorkshopState, now: number): WorkshopState | Refusal {
	if (state.status !== 'open' && state.status !== 'collecting') return refuse('not-open');
	return { ...finish(state, now), status: 'closed', break: null, closedAt: now };
}

/** Makes a board of an agenda's item and lets it run. A break that is on is over with it. */
export function start(
	state: WorkshopState,
	command: CommandOf<'start'>,
	now: number,
	exerciseOf: ExerciseOf
): WorkshopState | Refusal {
	if (state.status !== 'open') return refuse('not-open');
	if (state.live) return refuse('board-live');
	const item = state.agenda[command.exercise];
	if (item?.kind !== 'exercise') return refuse('unknown-exercise', 'the agenda has none there');
	if (state.boards.some(({ index }) => index === command.exercise)) return refuse('already-run');
	if (!exerciseOf(item.exercise)) return refuse('unknown-exercise', item.exercise);
	if (!command.board) return refuse('malformed', 'the board needs an id');
	if (state.boards.some(({ id }) => id === command.board)) return refuse('already-run');
	const board = startBoard(item, {
		id: command.board,
		index: command.exercise,
		anonymous: state.anonymous,
		now
	});
	return { ...state, boards: [...state.boards, board], live: board.id, break: null };
}

export function startBreak(
	state: WorkshopState,
	{ item: index }: CommandOf<'start-break'>,
	now: number
): WorkshopState | Refusal {
	if (state.status !== 'open') return refuse('not-open');
	if (state.live) return refuse('board-live');
	const item = state.agenda[index];
	if (item?.kind !== 'break') return refuse('not-found', 'this item is not a break');
	return { ...state, break: { index, timer: startTimer(item.minutes, now) } };
}

export const endBreak = (state: WorkshopState): WorkshopState | Refusal =>
	state.break ? { ...state, break: null } : refuse('wrong-phase', 'no break is on');

/** The live board changed; where that ends it, nothing is live. */
export function onLive(
	state: WorkshopState,
	change: (board: BoardState) => BoardState | Refusal
): WorkshopState | Refusal {
	const live = liveBoard(state);
	if (!live) return refuse('no-board');
	const changed = change(live);
	return 'refused' in changed ? changed : withBoard(state, changed);
}

const finish = (state: WorkshopState, now: number): WorkshopState => {
	const live = liveBoard(state);
	return live ? withBoard(state, finishBoard(live, now)) : state;
};

const withBoard = (state: WorkshopState, changed: BoardState): WorkshopState => ({
	...state,
	boards: state.boards.map((board) => (board.id === changed.id ? changed : board)),
	live: changed.phase === 'done' ? null : changed.id
});
