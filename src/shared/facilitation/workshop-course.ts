/** A workshop's way from draft to closed: what is live, and the breaks between. */
import { isRefusal, refuse, type Refusal } from '../refusals.ts';
import type { ExerciseOf } from './agenda.ts';
import { backFromPoll } from './asking.ts';
import { finishBoard, startBoard } from './board-course.ts';
import { begunWith, endAllCollecting, goesOnCollecting } from './collecting.ts';
import type { CommandOf } from './commands.ts';
import { collects } from './phases.ts';
import type { BoardState, Timer, WorkshopState } from './state.ts';
import { pauseTimer, resumeTimer, startTimer } from './timer.ts';
import { begin, doneApart } from './timetable.ts';
import { liveBoard } from './view.ts';

/** Lets people in; also again, after it was closed. */
export const open = (state: WorkshopState, now: number): WorkshopState =>
	state.status === 'open'
		? state
		: { ...state, status: 'open', openedAt: state.openedAt ?? now, closedAt: null };

/**
 * Ends the workshop, with whatever is on. What collects goes on until its date, and the workshop with
 * it; closed once more, that ends as well.
 */
export function close(state: WorkshopState, now: number): WorkshopState | Refusal {
	if (state.status !== 'open' && state.status !== 'collecting') return refuse('not-open');
	const over = { ...finish(state, now), atTables: false, break: null, text: null };
	return state.status === 'open' && goesOnCollecting(over, now)
		? { ...over, status: 'collecting' }
		: { ...endAllCollecting(over, now), status: 'closed', closedAt: now };
}

/** Makes a board of an agenda's item, or takes the one that it has collected, and lets it run. A break that is on is over with it. */
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
	const there = state.boards.find(({ index }) => index === command.exercise);
	if (there && !collects(there)) return refuse('already-run');
	if (there)
		return {
			...begunWith(there, begun(state, command.exercise, now), now),
			break: null,
			text: null
		};
	if (!exerciseOf(item.exercise)) return refuse('unknown-exercise', item.exercise);
	if (!command.board) return refuse('malformed', 'the board needs an id');
	if (state.boards.some(({ id }) => id === command.board)) return refuse('already-run');
	const { anonymous } = state;
	const at = { id: command.board, index: command.exercise, anonymous, now };
	const board = startBoard(item, at, exerciseOf(item.exercise));
	return {
		...begun(state, command.exercise, now),
		boards: [...state.boards, board],
		live: board.id,
		break: null,
		text: null
	};
}

/** The plan's clock runs from the first item on that is begun. */
const begun = (state: WorkshopState, index: number, now: number): WorkshopState =>
	state.timetable
		? state
		: { ...state, timetable: begin(state.agenda, index, now, doneApart(state)) };

/** The agenda's break where no board is live; or one that is needed, for which a live board's clock waits. */
export function startBreak(
	state: WorkshopState,
	{ item: index, minutes }: CommandOf<'start-break'>,
	now: number
): WorkshopState | Refusal {
	if (state.status !== 'open') return refuse('not-open');
	if ((index === undefined) === (minutes === undefined)) return refuse('malformed');
	if (index === undefined) return rest(state, minutes!, now);
	if (state.live) return refuse('board-live');
	const item = state.agenda[index];
	if (item?.kind !== 'break') return refuse('not-found', 'this item is not a break');
	const timer = startTimer(item.minutes, now);
	return {
		...begun(state, index, now),
		break: { index, minutes: item.minutes, timer, stopped: false },
		text: null
	};
}

function rest(state: WorkshopState, minutes: number, now: number): WorkshopState {
	const live = liveBoard(state);
	const running = live?.timer.kind === 'running';
	const stopped = running
		? withBoard(state, { ...live!, timer: pauseTimer(live!.timer, now) })
		: state;
	return {
		...stopped,
		break: {
			index: null,
			minutes,
			timer: startTimer(minutes, now),
			stopped: running || (state.break?.stopped ?? false)
		},
		text: null
	};
}

/** A board's clock that the break has stopped goes on. */
export function endBreak(state: WorkshopState, now: number): WorkshopState | Refusal {
	if (!state.break) return refuse('wrong-phase', 'no break is on');
	const over = { ...state, break: null };
	const live = liveBoard(state);
	return state.break.stopped && live
		? withBoard(over, { ...live, timer: resumeTimer(live.timer, now) })
		: over;
}

/** When breaks of the agenda began and were over, whatever has led to that. */
export function withBreaksTaken(
	before: WorkshopState,
	after: WorkshopState,
	now: number
): WorkshopState {
	const [was, is] = [before.break?.index ?? null, after.break?.index ?? null];
	if (was === is) return after;
	const over = (after.breaks ?? []).map((one) =>
		one.finishedAt === null ? { ...one, finishedAt: now } : one
	);
	const begun = is === null ? [] : [{ index: is, startedAt: now, finishedAt: null }];
	return { ...after, breaks: [...over, ...begun] };
}

/** The timer of the break that is on, else of the live board. */
export function onTimer(
	state: WorkshopState,
	change: (timer: Timer) => Timer | false
): WorkshopState | Refusal {
	if (state.break) {
		const timer = change(state.break.timer);
		return timer ? { ...state, break: { ...state.break, timer } } : refuse('timer-not-running');
	}
	return onLive(state, (board) => {
		const timer = change(board.timer);
		return timer ? { ...board, timer } : refuse('timer-not-running');
	});
}

/** The live board in another phase: a break is over with it, and what was put on the screens. */
export function onCourse(
	state: WorkshopState,
	change: (board: BoardState) => BoardState | Refusal
): WorkshopState | Refusal {
	const moved = onLive(state, change);
	return isRefusal(moved) ? moved : { ...moved, break: null, text: null };
}

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

/** What is live, and what waits behind it. */
function finish(state: WorkshopState, now: number): WorkshopState {
	const live = liveBoard(state);
	return live ? finish(withBoard(state, finishBoard(live, now)), now) : state;
}

function withBoard(state: WorkshopState, changed: BoardState): WorkshopState {
	const boards = state.boards.map((board) => (board.id === changed.id ? changed : board));
	const { finishedAt } = changed;
	return finishedAt === null
		? { ...state, boards, live: changed.id }
		: backFromPoll({ ...state, boards }, finishedAt);
}
