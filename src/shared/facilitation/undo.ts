/** Taking a command of facilitation back: how it stood before is stored under each version. */
import type { FacilitationCommand } from './commands.ts';
import { arranging, collects, forwards, isAfter } from './phases.ts';
import type { BoardState, WorkshopState } from './state.ts';
import { LEAST_LEFT, resumeTimer, timeLeft } from './timer.ts';

/** So many commands can be taken back, one after the other. */
export const PAST = 20;

/** What stands in no state cannot be put back; and nobody is sent out of a room that was opened. */
export const isUndoable = ({ type }: FacilitationCommand, before: WorkshopState): boolean =>
	type !== 'undo' && type !== 'change-code' && before.status !== 'draft';

/** `after`, which `command` led to as this version, with that remembered. */
export function remembering(
	before: WorkshopState,
	after: WorkshopState,
	command: FacilitationCommand,
	version: number
): WorkshopState {
	if (!isUndoable(command, before)) return after;
	return { ...after, past: [...before.past, { version, deed: command.type }].slice(-PAST) };
}

/** What tells people where they sit. */
const SEATS_PEOPLE = new Set(['set-tables', 'seat-person']);

/**
 * The state as it was `before` the last command that led to `after`. What people have seen they
 * have seen: a board that was revealed stays so. A board that was started since is in it no more.
 */
export function undone(before: WorkshopState, after: WorkshopState, now: number): WorkshopState {
	const deed = after.past.at(-1)?.deed;
	return {
		...before,
		// By anything else nobody was seated but who came late, and they stay.
		tables: deed === undefined || SEATS_PEOPLE.has(deed) ? before.tables : after.tables,
		past: after.past.slice(0, -1),
		boards: before.boards.map((board) => {
			const left = after.boards.find(({ id }) => id === board.id);
			if (!left) return board;
			const back = openOrDone(resting(cameBack(board, left, now), before, now), left, now);
			// Its clock stood still while it waited.
			const waited = before.live === board.id && after.waiting?.board === board.id;
			return waited && board.timer.kind === 'running'
				? { ...back, timer: resumeTimer(left.timer, now) }
				: back;
		})
	};
}

/** What was revealed does not collect again, which is private: it is done. */
const openOrDone = (board: BoardState, left: BoardState, now: number): BoardState =>
	collects(board) && board.revealed
		? { ...board, phase: 'done', finishedAt: left.finishedAt ?? now }
		: board;

/** Where phases go on by themselves, one that is over would do so at once. */
const resting = (board: BoardState, { goesOn }: WorkshopState, now: number): BoardState =>
	goesOn === 'by-clock' && (timeLeft(board.timer, now) ?? LEAST_LEFT) <= 0
		? { ...board, timer: { kind: 'paused', left: LEAST_LEFT } }
		: board;

function cameBack(board: BoardState, left: BoardState, now: number): BoardState {
	const revealed = board.revealed || left.revealed;
	const moved = board.phase !== left.phase;
	return {
		...board,
		revealed,
		writing: revealed && !isAfter(board.phase, 'write') ? 'open' : board.writing,
		// What was recorded meanwhile is the ballot; who comes back to a vote finds other groups, perhaps.
		ballot: moved && board.phase === 'vote' ? null : left.ballot,
		// Two commands of one moment begin two rounds, also where one was taken back.
		lastRound: Math.max(left.round, left.lastRound),
		...(board.round === left.round ? mostDots(board, left) : {}),
		closing: moved
			? { at: now, forwarded: forwards(left, now), arranging: arranging(left, now) }
			: left.closing
	};
}

/** In one round there are never fewer dots than some may have placed. */
const mostDots = (one: BoardState, other: BoardState): Pick<BoardState, 'dots' | 'dotsOnOne'> => ({
	dots: Math.max(one.dots, other.dots),
	dotsOnOne: Math.max(one.dotsOnOne, other.dotsOnOne)
});
