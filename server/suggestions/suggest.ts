/**
 * What belongs together on a board, as far as words tell: cards that say the same idea, and themes.
 * Only suggestions: a person accepts each, or does not. Nothing outside is asked, and the same board
 * gives the same suggestions, in whatever order its cards come. Why it is done so:
 * docs/decisions/0021-suggestions.md.
 */
import { createHash } from 'node:crypto';
import type { Language } from '#shared/ids.ts';
import type { Suggested, Suggestion } from '#shared/suggestions.ts';
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
export function* suggest(board: Lying): Generator<void, Suggested> {
	const isOpen = ({ key }: Suggestion) => !board.answered.has(key);
	const same: Suggestion[] = [];
	const themes: Suggestion[] = [];
	for (const set of yield* setsOf(board.cards, board.groups, board)) {
		const found = yield* sameIdeas(set);
		const ideas = found
			.map((cards) => cards.map((i) => set[i]!))
			.map((cards) => suggestion('same', cards, nameOfSame(cards)));
		same.push(...ideas);
		const standing = ideas.filter(isOpen);
		const groups = standing.map(({ cards }) => cards);
		for (const cards of yield* themesIn(set, groups)) {
			const theme = suggestion('theme', cards, nameOfTheme(cards));
			// One idea is no theme besides. What was set aside would come again beside all ideas.
			if (!isOneOf(isOpen(theme) ? standing : ideas, theme)) themes.push(theme);
		}
	}
	const all = [...same.sort(byCards), ...themes.sort(byCards)];
	const open = all.filter(isOpen);
	return { open, setAside: all.length - open.length };
}

const isOneOf = (ideas: Suggestion[], { cards }: Suggestion): boolean =>
	ideas.some((idea) => cards.every((card) => idea.cards.includes(card)));

function suggestion(kind: Suggestion['kind'], compared: Compared[], title: string): Suggestion {
	const cards = compared.map(({ card }) => card.id).sort();
	const hash = createHash('sha256').update(JSON.stringify(cards)).digest('base64url');
	return { key: `${kind}-${hash.slice(0, 22)}`, kind, cards, title };
}

const byCards = (a: Suggestion, b: Suggestion): number =>
	b.cards.length - a.cards.length || (a.key < b.key ? -1 : 1);
