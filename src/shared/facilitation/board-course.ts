/** A board's way through its phases: how it starts, goes on, back and ends. */
import type { Exercise, Phase, RunningPhase } from '../exercises/format.ts';
import type { BoardId } from '../ids.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { boardBefore } from './beginnings.ts';
import { arranging, forwards, isAfter, nextPhase, previousPhase } from './phases.ts';
import type { AgendaItem, BoardState, Timer } from './state.ts';
import { votingOf, wasShown } from './rounds.ts';
import { LEAST_LEFT, startTimer, timeLeft } from './timer.ts';

/** A board of this item, in its first phase with the time running; the room votes as its exercise says. */
export function startBoard(
	item: Extract<AgendaItem, { kind: 'exercise' }>,
	at: { id: BoardId; index: number | null; anonymous: boolean; now: number },
	exercise?: Exercise
): BoardState {
	const first = item.phases[0]!;
	return {
		id: at.id,
		index: at.index,
		exercise: item.exercise,
		title: item.title,
		anonymous: at.anonymous,
		phases: item.phases,
		phase: first.phase,
		timer: startTimer(first.minutes, at.now),
		...boardBefore(),
		...votingOf(exercise),
		writing: item.writing,
		revealed: item.writing === 'open' || isAfter(first.phase, 'write'),
		startedAt: at.now,
		phaseStartedAt: at.now,
		finishedAt: null
	};
}

/** On to the next phase; done after the last. */
export const goOn = (board: BoardState, now: number): BoardState =>
	enter(board, nextPhase(board) ?? 'done', now, REVEALS);

/** Back to the phase before. From `write` this is the one way that reveals nothing. */
export function goBack(board: BoardState, now: number): BoardState | Refusal {
	const previous = previousPhase(board);
	return previous ? enter(board, previous, now, 'reveals nothing') : refuse('wrong-phase');
}

/** Straight to a planned phase, before or after this one. */
export function goTo(board: BoardState, phase: Phase, now: number): BoardState | Refusal {
	const planned = phase === 'done' || board.phases.some((one) => one.phase === phase);
	return planned && phase !== board.phase
		? enter(board, phase, now, REVEALS)
		: refuse('wrong-phase');
}

export const finishBoard = (board: BoardState, now: number): BoardState =>
	enter(board, 'done', now, REVEALS);

const REVEALS = 'reveals what was written';

/**
 * The board in another phase. What was on its way when the last one ended counts for the grace: at
 * the reveal all that was written does, whatever phase follows.
 */
function enter(
	board: BoardState,
	phase: Phase,
	now: number,
	leavingWrite: typeof REVEALS | 'reveals nothing'
): BoardState {
	const reveals = board.phase === 'write' && leavingWrite === REVEALS;
	const revealed = board.revealed || reveals || isAfter(phase, 'write');
	return {
		...board,
		phase,
		timer: timerFor(board, phase, now),
		left: leaving(board, now),
		writing: phase === 'write' && revealed ? 'open' : board.writing,
		revealed,
		muted: false,
		shut: [],
		nudge: null,
		spotlight: null,
		columnsShown: null,
		...(phase === 'vote'
			? { votesShown: board.voting.together, seen: wasShown(board), ballot: null }
			: {}),
		closing: {
			at: now,
			forwarded: reveals || forwards(board, now),
			arranging: arranging(board, now)
		},
		phaseStartedAt: now,
		finishedAt: phase === 'done' ? now : null
	};
}

/** The planned time, or what was left of it; and on the way back, standing still. */
function timerFor(board: BoardState, phase: Phase, now: number): Timer {
	const planned = board.phases.find((one) => one.phase === phase);
	if (!planned) return { kind: 'none' };
	const before = board.left[planned.phase];
	const fresh = startTimer(planned.minutes, now);
	const left = Math.max(before ?? timeLeft(fresh, now) ?? 0, LEAST_LEFT);
	if (isAfter(board.phase, phase)) return { kind: 'paused', left };
	return before === undefined ? fresh : { kind: 'running', endsAt: now + left };
}

function leaving(board: BoardState, now: number): Partial<Record<RunningPhase, number>> {
	const left = timeLeft(board.timer, now);
	if (board.phase === 'done' || left === null) return board.left;
	return { ...board.left, [board.phase]: left };
}
