/**
 * What belongs together on a board, as far as words tell: cards that say the same idea, and themes.
 * Only suggestions: a person accepts each, or does not. Nothing outside is asked, and the same board
 * gives the same suggestions, in whatever order its cards come. Why it is done so:
 * docs/decisions/0021-suggestions.md.
 */
import { createHash } from 'node:crypto';
import type { Language } from '#shared/ids.ts';
import type { Suggestion } from '#shared/suggestions.ts';
import { setsOf, type Compared, type SuggestCard, type SuggestGroup } from './cards.ts';
import { nameOfSame, nameOfTheme } from './names.ts';
import { sameIdeas } from './same.ts';
import { themesIn } from './themes.ts';

export interface Lying {
	cards: SuggestCard[];
	groups: SuggestGroup[];
	/** Keys that a person has said yes or no to. */
	answered: ReadonlySet<string>;
	/** Of cards whose own language is not known. */
	language: Language;
	columns: { id: string; title: string }[];
}

/** Same ideas first, then themes, each of most cards first. Pauses every few milliseconds. */
export function* suggest(board: Lying): Generator<void, Suggestion[]> {
	const isOpen = ({ key }: Suggestion) => !board.answered.has(key);
	const same: Suggestion[] = [];
	const themes: Suggestion[] = [];
	for (const set of yield* setsOf(board.cards, board.groups, board)) {
		const found = yield* sameIdeas(set);
		const ideas = found
			.map((cards) => cards.map((i) => set[i]!))
			.map((cards) => suggestion('same', cards, nameOfSame(cards)))
			.filter(isOpen);
		same.push(...ideas);
		const groups = ideas.map(({ cards }) => cards);
		for (const cards of yield* themesIn(set, groups)) {
			// One idea is no theme besides.
			const isOne = groups.some((idea) => cards.every(({ card }) => idea.includes(card.id)));
			if (!isOne) themes.push(suggestion('theme', cards, nameOfTheme(cards)));
		}
	}
	return [...same.sort(byCards), ...themes.filter(isOpen).sort(byCards)];
}

function suggestion(kind: Suggestion['kind'], compared: Compared[], title: string): Suggestion {
	const cards = compared.map(({ card }) => card.id).sort();
	const hash = createHash('sha256').update(JSON.stringify(cards)).digest('base64url');
	return { key: `${kind}-${hash.slice(0, 22)}`, kind, cards, title };
}

const byCards = (a: Suggestion, b: Suggestion): number =>
	b.cards.length - a.cards.length || (a.key < b.key ? -1 : 1);
