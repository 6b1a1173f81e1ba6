/** Cards to look through, and what is found among them. */
import type { Suggestion } from '#shared/suggestions.ts';
import type { SuggestCard } from '#server/suggestions/cards.ts';
import { suggest, type Lying } from '#server/suggestions/suggest.ts';
import { run } from '../../bench/suggestions/measured.ts';

const COLUMNS = [
	{ id: 'barriers', title: 'Barriers' },
	{ id: 'ways-round', title: 'Ways round it' }
];
export const board = (cards: SuggestCard[], more: Partial<Lying> = {}): Lying => ({
	cards,
	groups: [],
	answered: new Set(),
	language: 'en',
	columns: COLUMNS,
	...more
});
export const look = (cards: SuggestCard[], more?: Partial<Lying>): Suggestion[] =>
	run(suggest(board(cards, more))).open;
/** Cards of one column, by the letters a, b, c… */
export const cards = (texts: string[], more: Partial<SuggestCard> = {}): SuggestCard[] =>
	texts.map((text, i) => ({ id: `card-${'abcdefghij'[i]}`, column: 'barriers', text, ...more }));
export const found = (suggestions: Suggestion[], kind: Suggestion['kind']): string[] =>
	suggestions
		.filter((one) => one.kind === kind)
		.map((one) => one.cards.map((id) => id.slice(5)).join(''));
