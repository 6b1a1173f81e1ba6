/** Themes: cards that talk about the same, whatever each of them says of it. */
import type { CardId } from '#shared/ids.ts';
import type { Compared } from './cards.ts';
import { clustersOf } from './clusters.ts';
import { cosine } from './vectors.ts';

/** From here on cards talk about the same, on average. */
const THEME = 0.21;
/** What common concepts count beside common words. */
const CONCEPTS = 0.4;
/** They are one idea, and go together. */
const ONE = 2;

/** Cards of which no theme has been made; those alike most first. `ideas`: what says the same. */
export function* themesIn(all: Compared[], ideas: CardId[][]): Generator<void, Compared[][]> {
	const set = all.filter(({ lies }) => lies.theme === undefined);
	const ideaOf = new Map(ideas.flatMap((cards, i) => cards.map((card) => [card, i] as const)));
	const found = yield* clustersOf(
		set.length,
		(a, b) => {
			const [one, other] = [set[a]!, set[b]!];
			if (one.lies.same && one.lies.same === other.lies.same) return ONE;
			const idea = ideaOf.get(one.card.id);
			if (idea !== undefined && idea === ideaOf.get(other.card.id)) return ONE;
			return cosine(one.words, other.words) + CONCEPTS * cosine(one.concepts, other.concepts);
		},
		THEME
	);
	return found
		.map((cards) => cards.map((i) => set[i]!))
		.filter((cards) => {
			const { same } = cards[0]!.lies;
			return same === undefined || cards.some(({ lies }) => lies.same !== same);
		});
}
