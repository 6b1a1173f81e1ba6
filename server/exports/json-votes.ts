/** What was voted, as data: the dots by themselves, and any other way with all of its rounds. */
import type { Votes } from '#shared/doc/contents.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import { plainVoting, type Tally } from '#shared/facilitation/ways.ts';
import type { FileBoard, FileRound } from '#shared/workshop-file.ts';
import type { BoardInput } from './input.ts';

/** `there`: the cards and groups that are in the file. */
export function votesData(
	{ state, contents }: BoardInput,
	there: Set<string>
): Pick<FileBoard, 'votes' | 'voted'> {
	const { votes, voted } = contents;
	// What is not shown goes out as nothing, after the rounds that were.
	if (votes === null) return { votes, ...(voted && { voted: roundsOf(state, voted, {}, there) }) };
	const way = voted?.voting.way ?? 'dots';
	const dots = way === 'dots' ? dotsOn(votes, there) : {};
	if (!voted || (isPlain(state) && voted.tally.earlier.length === 0)) return { votes: dots };
	return { votes: dots, voted: roundsOf(state, voted, votes, there) };
}

function roundsOf(
	state: BoardState,
	{ tally }: NonNullable<BoardInput['contents']['voted']>,
	votes: Votes,
	there: Set<string>
): FileRound[] {
	const rounds = tally.earlier.flatMap((one) => {
		const round = state.rounds.find(({ round }) => round === one.round);
		return round ? [roundData(round, one, one.scores, there)] : [];
	});
	return [...rounds, roundData(state, tally, votes, there)];
}

const isPlain = ({ voting }: BoardState): boolean => {
	const plain = plainVoting();
	return Object.entries(plain).every(
		([key, value]) => JSON.stringify(voting[key as keyof typeof plain]) === JSON.stringify(value)
	);
};

const dotsOn = (votes: Votes, there: Set<string>): Votes =>
	Object.fromEntries(Object.entries(votes).filter(([id, count]) => count > 0 && there.has(id)));

function roundData(
	{ voting, dots, dotsOnOne }: Pick<BoardState, 'voting' | 'dots' | 'dotsOnOne'>,
	{ people, spread, places }: Omit<Tally, 'earlier'>,
	scores: Votes,
	there: Set<string>
): FileRound {
	const options = new Set(voting.options.map(({ id }) => id));
	const known = <T>(all: Record<string, T>): Record<string, T> =>
		Object.fromEntries(Object.entries(all).filter(([id]) => there.has(id) || options.has(id)));
	return {
		...voting,
		among: voting.among && voting.among.filter((id) => there.has(id) || options.has(id)),
		dots,
		onOne: dotsOnOne,
		people,
		scores: known(scores),
		spread: known(spread),
		places: known(places)
	};
}
