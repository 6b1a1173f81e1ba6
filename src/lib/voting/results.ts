/** What a round came to, for those who look at it: the phone's, the wall's, and rounds before. */
import type { BoardValue, Votes } from '#shared/doc/contents.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import { meanPlace } from '#shared/facilitation/tally.ts';
import type { BoardView } from '#shared/facilitation/view.ts';
import type { Tally, Voting } from '#shared/facilitation/ways.ts';
import { ranking, votables, type Ranked } from '../room/vote-targets.ts';
import type { Lying } from './field.ts';

type OneTally = Omit<Tally, 'earlier'>;

export interface Result {
	/** 1 is the first. */
	round: number;
	voting: Voting;
	ranked: Ranked[];
	tally: OneTally | null;
}

/** The round that is on, once it is shown; null before. */
export function resultOf(
	board: Pick<BoardView, 'id' | 'voting' | 'rounds' | 'votesShown'>,
	{ totals, tallies }: Told,
	value: BoardValue,
	exercise: Exercise
): Result | null {
	const told = board.votesShown ? totals[board.id] : null;
	if (!told) return null;
	return {
		round: board.rounds.length + 1,
		voting: board.voting,
		ranked: ranking(votables(value, exercise, board.voting), told, board.voting.way),
		tally: tallies[board.id] ?? null
	};
}

interface Told {
	totals: Partial<Record<string, Votes | null>>;
	tallies: Partial<Record<string, Tally | null>>;
}

/** The rounds before that were shown and in which somebody voted, the last first; also while this one is not shown. */
export function earlierResults(
	board: Pick<BoardView, 'id' | 'rounds'>,
	{ tallies }: Pick<Told, 'tallies'>,
	value: BoardValue,
	exercise: Exercise
): Result[] {
	const told = tallies[board.id]?.earlier ?? [];
	const results = told.flatMap(({ scores, ...tally }): Result[] => {
		const at = board.rounds.findIndex(({ round }) => round === tally.round);
		if (at < 0) return [];
		const { voting } = board.rounds[at]!;
		const ranked = ranking(votables(value, exercise, voting), scores, voting.way);
		return [{ round: at + 1, voting, ranked, tally }];
	});
	return results.toReversed();
}

/** What the room has seen last: of the round that is on, or while that is not shown of one before. */
export const lastSeen = (
	board: Pick<BoardView, 'id' | 'voting' | 'rounds' | 'votesShown'>,
	told: Told,
	value: BoardValue,
	exercise: Exercise
): Result | null =>
	resultOf(board, told, value, exercise) ?? earlierResults(board, told, value, exercise)[0] ?? null;

/** What was placed, by its number, where the room has put it: in the middle of all. */
export const lyingOf = ({ ranked, tally }: Pick<Result, 'ranked' | 'tally'>): Lying[] =>
	ranked.flatMap(({ id }, at) => {
		const mean = meanPlace(tally?.places[id]);
		return mean ? [{ id, label: String(at + 1), ...mean }] : [];
	});
