/** What was voted, in words: how it was asked, what each got, and how that spread. */
import type { Votes } from '#shared/doc/contents.ts';
import { mainText } from '#shared/doc/read.ts';
import type { BoardContents } from '#shared/exercises/views.ts';
import { groupTitle } from '#shared/exercises/views/groups.ts';
import { standings } from '#shared/facilitation/tally.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import type { Tally, Voting } from '#shared/facilitation/ways.ts';
import type { Words } from './words.ts';

type Voted = Pick<BoardContents, 'votes' | 'voted'>;
type OneTally = Omit<Tally, 'earlier'>;

/** What something got. */
export interface Score {
	/** "5 votes", "mean 3.4", "67 %". */
	votes: string;
	count: number;
	/** "12 ratings: 2, 0, 3, 5, 2 · shares place 2". */
	standing?: string;
	/** How many gave 1, 2, 3, 4, 5. */
	spread?: number[];
}

/** What a card, a group or an option got; null where nothing, or where that was not shown. */
export function scoreOf({ votes, voted }: Voted, id: string, words: Words): Score | null {
	const score = votes?.[id];
	if (score === undefined || votes === null) return null;
	const { place, tied } = standingsOf(votes)[id]!;
	const spread = voted?.tally.spread[id];
	const standing = [
		spread && words.say('export_spread', { count: sum(spread), spread: spread.join(', ') }),
		tied && words.say('export_tied', { place })
	].filter(Boolean);
	return {
		votes: scoreWords(voted?.voting.way ?? 'dots', score, words),
		count: score,
		...(standing.length > 0 && { standing: standing.join(' · ') }),
		...(spread && { spread })
	};
}

/** Made once of the same scores: each card of a board asks. */
function standingsOf(votes: Votes): ReturnType<typeof standings> {
	const known = made.get(votes) ?? standings(votes);
	made.set(votes, known);
	return known;
}
const made = new WeakMap<Votes, ReturnType<typeof standings>>();

/** A score as it is said. */
export function scoreWords(way: Voting['way'], score: number, words: Words): string {
	switch (way) {
		case 'dots':
			return words.count('votes', score);
		case 'rating':
			return words.say('export_score_mean', { mean: score });
		case 'placing':
			return words.count('placed', score);
		case 'order':
			return words.count('points', score);
		case 'pairs':
			return words.say('export_score_share', { share: score });
		default:
			return way satisfies never;
	}
}

/** How it was asked, and of how many: over what it came to. */
export function askedHow({ votes, voted }: Voted, words: Words): string {
	if (!voted || votes === null) return words.say('export_lead_votes');
	const { voting, tally } = voted;
	const people = words.count('people', tally.people);
	if (voting.together) return words.say('export_lead_together', { people });
	return words.say(voting.way === 'dots' ? 'export_lead_votes' : `export_lead_${voting.way}`, {
		people
	});
}

/** What everything that can be voted for, be it in a round before, is called. */
function namesOf(contents: BoardContents, words: Words, rounds: RoundBefore[] = []) {
	const { board, exercise, voted } = contents;
	const options = [voted?.voting, ...rounds.map(({ voting }) => voting)].flatMap(
		(voting) => voting?.options ?? []
	);
	return new Map([
		...board.groups.map((group) => [group.id, groupTitle(group, contents, words.view)] as const),
		...board.cards.map((card) => [card.id, mainText(card, exercise)] as const),
		...options.map(({ id, title }) => [id, title] as const)
	]);
}

/** A round before the one that is on, that was shown and in which somebody voted. */
export interface RoundBefore {
	/** As the room counts them: 1 is the first, be it shown or not. */
	number: number;
	voting: Voting | undefined;
	tally: Tally['earlier'][number];
}

/** `rounds`: as the board has them. */
export const roundsBefore = ({ voted }: Voted, rounds: BoardState['rounds'] = []): RoundBefore[] =>
	(voted?.tally.earlier ?? []).map((tally, i) => {
		const at = rounds.findIndex(({ round }) => round === tally.round);
		return { number: (at < 0 ? i : at) + 1, voting: rounds[at]?.voting, tally };
	});

/** What something got in them, one a line: "1 dots 8". */
export const scoresBefore = (rounds: RoundBefore[], id: string): string =>
	rounds
		.flatMap(({ number, tally: { way, scores } }) =>
			scores[id] === undefined ? [] : [`${number} ${way} ${scores[id]}`]
		)
		.join('\n');

/** The best of each round before, as rows: the round, what, and its score. */
export function earlierRows(
	contents: BoardContents,
	words: Words,
	rounds?: BoardState['rounds']
): string[][] {
	const before = roundsBefore(contents, rounds);
	const names = namesOf(contents, words, before);
	return before.flatMap(({ number, tally: round }) =>
		Object.entries(round.scores)
			.filter(([id]) => names.has(id))
			.sort(([, a], [, b]) => b - a)
			.slice(0, BEST)
			.map(([id, score]) => [
				roundName(round, number, words),
				names.get(id)!,
				scoreWords(round.way, score, words)
			])
	);
}
const BEST = 5;

const roundName = ({ way, people }: OneTally, number: number, words: Words): string =>
	words.say('export_round', {
		number,
		way: words.say(`export_way_${way}`),
		people: words.count('people', people)
	});

/** Where each was placed, as rows: what, by how many, and from where to where on both axes. */
export function placedRows(contents: BoardContents, words: Words): string[][] {
	const names = namesOf(contents, words);
	const range = (all: number[]) => {
		const [low, high] = [Math.min(...all), Math.max(...all)];
		return low === high ? String(low) : `${low}–${high}`;
	};
	return Object.entries(contents.voted?.tally.places ?? {})
		.filter(([id]) => names.has(id))
		.map(([id, placed]) => [
			names.get(id)!,
			String(sum(placed.map(({ people }) => people))),
			range(placed.map(({ x }) => x)),
			range(placed.map(({ y }) => y))
		]);
}

const sum = (all: number[]) => all.reduce((so, one) => so + one, 0);
