/**
 * What a round of voting came to. Pure, and whatever order the rows come in it is the same. What
 * reads the same is tied: means are kept to one decimal and shares to whole percent, as they are
 * shown.
 */
import type { Votes } from '../doc/contents.ts';
import type { ParticipantId } from '../ids.ts';
import type { BoardState } from './state.ts';
import { mostPairs, mostRanked, votesLeft } from './votes.ts';
import { pairKey, type Choices, type Tally } from './ways.ts';

/** One row of what somebody cast; what each number is says the table. */
export interface Cast {
	participant: ParticipantId;
	round: number;
	target: string;
	against: string;
	count: number;
	x: number | null;
	y: number | null;
	at: number;
}

/** What one person cast in a round: numbers by target, and what numbers do not say. */
export interface OwnVotes {
	mine: Votes;
	choices: Choices;
}

/** A round, as its board has it while it is on and afterwards. */
type Round = Omit<BoardState['rounds'][number], 'shown'>;
type OneTally = Omit<Tally, 'earlier'> & { scores: Votes };

/** What these rows, of one person, say of a round. */
export function ownVotes(
	rows: Cast[],
	{ round, voting }: Pick<Round, 'round' | 'voting'>
): OwnVotes {
	const own: OwnVotes = { mine: {}, choices: { places: {}, better: {} } };
	const cast = rows.filter((row) => row.round === round).sort(byRank);
	for (const [i, { target, against, count, x, y }] of cast.entries())
		if (voting.way === 'pairs')
			own.choices.better[pairKey(target, against)] = count > 0 ? target : count < 0 ? against : '';
		else if (voting.way === 'placing') {
			// Placed together, each thing has the room's place, and nobody's own.
			if (!voting.together && x !== null && y !== null) own.choices.places[target] = { x, y };
		} else own.mine[target] = voting.way === 'order' ? i + 1 : count;
	return own;
}

/** The scores of the round that is on, and what there is to say beside them; the rounds before that were shown too. */
export function tallyOf(
	board: Pick<BoardState, 'round' | 'rounds' | 'voting' | 'dots' | 'dotsOnOne'>,
	rows: Cast[]
): { totals: Votes; tally: Tally } {
	const byRound = Map.groupBy(rows, ({ round }) => round);
	const of = (round: Round) => counted(round, byRound.get(round.round) ?? []);
	const { scores, ...now } = of(board);
	const earlier = board.rounds
		.filter(({ shown }) => shown)
		.map(of)
		.filter(({ people }) => people > 0);
	return { totals: scores, tally: { ...now, earlier } };
}

/** What the room may know while the round that is on is not shown: the rounds before; null where there is none. */
export const beforeShown = ({ round, way, earlier }: Tally): Tally | null =>
	earlier.length === 0 ? null : { round, way, people: 0, spread: {}, places: {}, earlier };

function counted(round: Round, rows: Cast[]): OneTally {
	const { way, together } = round.voting;
	const placed = together ? latest(rows) : rows;
	return {
		round: round.round,
		way,
		people: new Set(rows.map(({ participant }) => participant)).size,
		scores: scoresOf(round, placed),
		spread: way === 'rating' ? byTarget(rows, spread) : {},
		places: way === 'placing' ? byTarget(placed, places) : {}
	};
}

function scoresOf(round: Round, rows: Cast[]): Votes {
	switch (round.voting.way) {
		case 'dots':
			return byTarget(rows, (on) => sum(on.map(({ count }) => count)));
		case 'rating':
			return byTarget(rows, (on) => mean(on.map(({ count }) => count)));
		case 'placing':
			return byTarget(rows, (on) => on.length);
		case 'order':
			return points(rows, mostRanked(round));
		case 'pairs':
			return shares(rows);
		default:
			return round.voting.way satisfies never;
	}
}

/** As many for the first as may be put in order, one less for the second, and so on: truncated Borda. */
function points(rows: Cast[], most: number): Votes {
	const all: Votes = {};
	for (const own of Map.groupBy(rows, ({ participant }) => participant).values())
		for (const [i, { target }] of own.sort(byRank).entries())
			all[target] = (all[target] ?? 0) + Math.max(0, most - i);
	return all;
}

/** Of all that something was compared with, how much it won, in percent; what is neither counts half. */
function shares(rows: Cast[]): Votes {
	const all = new Map<string, { halves: number; of: number }>();
	const add = (id: string, halves: number) => {
		const one = all.get(id) ?? { halves: 0, of: 0 };
		all.set(id, { halves: one.halves + halves, of: one.of + 1 });
	};
	for (const { target, against, count } of rows) {
		add(target, 1 + Math.sign(count));
		add(against, 1 - Math.sign(count));
	}
	return Object.fromEntries(
		[...all].map(([id, { halves, of }]) => [id, Math.round((halves * 50) / of)])
	);
}

/** Where each was put last, by whomever. */
const latest = (rows: Cast[]): Cast[] =>
	[...Map.groupBy(rows, ({ target }) => target).values()].map((on) =>
		on.reduce((one, other) => (isLater(other, one) ? other : one))
	);
const isLater = (one: Cast, other: Cast) =>
	one.at === other.at ? one.participant > other.participant : one.at > other.at;

const spread = (rows: Cast[]): number[] =>
	[1, 2, 3, 4, 5].map((rating) => rows.filter(({ count }) => count === rating).length);

function places(rows: Cast[]): Tally['places'][string] {
	const there = Map.groupBy(rows, ({ x, y }) => `${x} ${y}`);
	return [...there.values()]
		.map((some) => ({ x: some[0]!.x ?? 1, y: some[0]!.y ?? 1, people: some.length }))
		.sort((a, b) => a.x - b.x || a.y - b.y);
}

const byTarget = <T>(rows: Cast[], of: (rows: Cast[]) => T): Record<string, T> =>
	Object.fromEntries(
		[...Map.groupBy(rows, ({ target }) => target)].map(([target, on]) => [target, of(on)])
	);

/** What has gone closes the gap. */
const byRank = (a: Cast, b: Cast) => a.count - b.count || (a.target < b.target ? -1 : 1);
const sum = (counts: number[]) => counts.reduce((all, count) => all + count, 0);
const mean = (counts: number[]) => Math.round((10 * sum(counts)) / counts.length) / 10;

/** The middle of where something was placed, to one decimal; null where it was not. */
export function meanPlace(placed: Tally['places'][string] = []): { x: number; y: number } | null {
	if (placed.length === 0) return null;
	const of = (axis: 'x' | 'y') =>
		mean(placed.flatMap((one) => Array.from({ length: one.people }, () => one[axis])));
	return { x: of('x'), y: of('y') };
}

/** The same as a cell of the field: whole, from 1 to 5. */
export function middleOf(placed: Tally['places'][string]): { x: number; y: number } {
	const { x, y } = meanPlace(placed) ?? { x: 1, y: 1 };
	return { x: Math.round(x), y: Math.round(y) };
}

/** The place of each by its score, the highest first. Equals share one: 1, 2, 2, 4. */
export function standings(scores: Votes): Record<string, { place: number; tied: boolean }> {
	const all = Object.entries(scores).sort(([, a], [, b]) => b - a);
	let place = 0;
	return Object.fromEntries(
		all.map(([id, score], i) => {
			const tied = score === all[i - 1]?.[1];
			if (!tied) place = i + 1;
			return [id, { place, tied: tied || score === all[i + 1]?.[1] }];
		})
	);
}

/**
 * How many have cast something in the round that is on, and how many all that they can: every dot
 * or place in the order that there is something for, or each of the `targets`, or each two of them.
 * Placed together, everybody has once each target is placed, by whomever.
 */
export function votedOf(
	board: Round,
	rows: Cast[],
	targets: string[]
): { some: number; all: number } {
	const there = new Set(targets);
	const cast = rows.filter(({ round }) => round === board.round);
	const people = [...Map.groupBy(cast, ({ participant }) => participant).values()];
	const some = people.length;
	if (!board.voting.together)
		return { some, all: people.filter((own) => isAll(board, own, there)).length };
	const placed = new Set(cast.map(({ target }) => target));
	return { some, all: targets.every((id) => placed.has(id)) ? some : 0 };
}

function isAll(board: Round, rows: Cast[], targets: ReadonlySet<string>): boolean {
	const there = rows.filter((row) => targets.has(row.target));
	switch (board.voting.way) {
		case 'dots': {
			const { mine } = ownVotes(rows, board);
			const most = targets.size * board.dotsOnOne;
			return votesLeft(board, mine) <= 0 || sum(Object.values(mine)) >= most;
		}
		case 'order':
			return there.length >= Math.min(mostRanked(board), targets.size);
		case 'pairs': {
			const both = there.filter(({ against }) => targets.has(against));
			return both.length >= mostPairs(targets.size);
		}
		case 'rating':
		case 'placing':
			return there.length >= targets.size;
		default:
			return board.voting.way satisfies never;
	}
}
