/**
 * How the room votes, and voting once more. A round is known by when it began, and no two are the
 * same: what was cast in a round that was taken back never counts in another.
 */
import type { Exercise } from '../exercises/format.ts';
import { refuse, type Refusal } from '../refusals.ts';
import type { ExerciseOf } from './agenda.ts';
import type { CommandOf } from './commands.ts';
import { isAfter, isVoting } from './phases.ts';
import type { BoardState } from './state.ts';
import { DOTS, DOTS_ON_ONE, plainVoting, type Axis, type Voting } from './ways.ts';

const MOST_ROUNDS = 50;

/** How an exercise lets the room vote: with dots where it does not say. */
export function votingOf(
	exercise: Pick<Exercise, 'voting' | 'fields' | 'columns' | 'views'> | undefined
): Pick<BoardState, 'voting' | 'dots' | 'dotsOnOne' | 'votesShown'> {
	const { dots = DOTS, onOne, axes: _axes, ...said } = exercise?.voting ?? {};
	const voting = settled({ ...plainVoting(), ...said, axes: null }, exercise);
	return {
		voting,
		dots,
		dotsOnOne: onOne ?? Math.min(DOTS_ON_ONE, dots),
		votesShown: voting.together
	};
}

/** What goes with the way, and nothing else. Where the exercise has no axes a placing has none. */
function settled(voting: Voting, exercise: Parameters<typeof votingOf>[0]): Voting {
	const placing = voting.way === 'placing';
	const options = voting.on === 'options' ? voting.options : [];
	const perColumn = voting.way === 'dots' && voting.perColumn && voting.on !== 'options';
	const every = exercise?.columns.map(({ id }) => id) ?? null;
	return {
		...voting,
		options,
		columns: voting.on === 'options' ? null : (voting.columns ?? (perColumn ? every : null)),
		perColumn,
		axes: placing ? (voting.axes ?? axesOf(exercise)) : null,
		together: placing && voting.together
	};
}

/** Two scales that the exercise has: those that it is voted by, else those of its matrix. */
function axesOf(exercise: Parameters<typeof votingOf>[0]): Voting['axes'] {
	const matrix = exercise?.views.find((view) => view.type === 'matrix');
	const named = exercise?.voting?.axes ?? matrix;
	const x = axis(named?.x, exercise);
	const y = axis(named?.y, exercise);
	return x && y ? { x, y } : null;
}

function axis(id: string | undefined, exercise: Parameters<typeof votingOf>[0]): Axis | null {
	const field = exercise?.fields.find((one) => one.id === id);
	return field?.type === 'scale' ? { title: field.title, low: field.low, high: field.high } : null;
}

/** Whether something may have been cast in the round that is on. */
const hasBegun = (board: Pick<BoardState, 'phase' | 'left' | 'revealed' | 'voting'>): boolean =>
	isVoting(board) || board.left.vote !== undefined;

/** Whether nobody votes here any more. */
export const isOver = (board: Pick<BoardState, 'phase' | 'voting'>): boolean =>
	board.voting.open === 'throughout' ? board.phase === 'done' : isAfter(board.phase, 'vote');

/** Whether the room has seen what the round that is on came to: going back to vote shuts it, and they know. */
export const wasShown = (board: Pick<BoardState, 'votesShown' | 'seen'>): boolean =>
	board.votesShown || board.seen;

/** The way, and all that goes with it, until the vote is over. Once it has begun, in a new round. */
export function setVoting(
	board: BoardState,
	{ type: _type, dots, onOne, ...asked }: CommandOf<'set-voting'>,
	now: number,
	exerciseOf: ExerciseOf
): BoardState | Refusal {
	if (isOver(board)) return refuse('wrong-phase');
	const { among } = board.voting;
	return inNewRound(board, { ...asked, among }, { dots, onOne }, now, exerciseOf);
}

/** The same once more, but for what is said; about everything, where it is not said about what. */
export function newRound(
	board: BoardState,
	{ type: _type, among = null, dots, onOne, ...asked }: CommandOf<'new-round'>,
	now: number,
	exerciseOf: ExerciseOf
): BoardState | Refusal {
	if (isOver(board) || !hasBegun(board)) return refuse('wrong-phase');
	if (among && new Set(among).size < among.length) return refuse('malformed', 'twice the same');
	return inNewRound(board, { ...asked, among }, { dots, onOne }, now, exerciseOf);
}

function inNewRound(
	board: BoardState,
	asked: Partial<Voting>,
	{ dots = board.dots, onOne }: Pick<CommandOf<'new-round'>, 'dots' | 'onOne'>,
	now: number,
	exerciseOf: ExerciseOf
): BoardState | Refusal {
	const exercise = exerciseOf(board.exercise);
	const said = Object.entries(asked).filter(([, value]) => value !== undefined);
	const voting = settled({ ...board.voting, ...Object.fromEntries(said) }, exercise);
	if (voting.way === 'placing' && !voting.axes)
		return refuse('malformed', 'placing needs two axes');
	const known = new Set(exercise?.columns.map(({ id }) => id));
	if (exercise && voting.columns?.some((id) => !known.has(id)))
		return refuse('malformed', 'no such column');
	const dotsOnOne = onOne ?? Math.min(board.dotsOnOne, dots);
	if (dotsOnOne > dots) return refuse('malformed', 'more on one than there are');
	return anew(board, { voting, dots, dotsOnOne }, now);
}

/**
 * Until the vote is over; while people vote there may be more, never fewer than some have placed.
 * Else fewer are for a round of their own, and so are any before the vote: one that was taken back
 * may have been voted in.
 */
export function setDots(
	board: BoardState,
	{ dots, onOne: dotsOnOne }: CommandOf<'set-dots'>,
	now: number
): BoardState | Refusal {
	if (dotsOnOne > dots) return refuse('malformed', 'more on one than there are');
	const fewer = dots < board.dots || dotsOnOne < board.dotsOnOne;
	if (isOver(board) || (isVoting(board) && fewer)) return refuse('wrong-phase');
	const changed = { dots, dotsOnOne };
	return hasBegun(board) && !fewer ? { ...board, ...changed } : anew(board, changed, now);
}

/** A round of its own. What was on stays, where something may have been cast in it. */
function anew(
	board: BoardState,
	changed: Partial<Pick<BoardState, 'voting' | 'dots' | 'dotsOnOne'>>,
	now: number
): BoardState | Refusal {
	const { round, lastRound, rounds, voting, dots, dotsOnOne } = board;
	if (rounds.length >= MOST_ROUNDS) return refuse('malformed', 'too many rounds');
	const before = { round, voting, dots, dotsOnOne, shown: wasShown(board) };
	return {
		...board,
		...changed,
		round: Math.max(now, round + 1, lastRound + 1),
		rounds: hasBegun(board) ? [...rounds, before] : rounds,
		votesShown: (changed.voting ?? voting).together,
		seen: false
	};
}
