/** What accepting a suggestion does to the board: one step, in which no card and no author is lost. */
import type { BoardValue, CardValue } from '#shared/doc/contents.ts';
import type { CardId, GroupId } from '#shared/ids.ts';
import type { Suggestion } from '#shared/suggestions.ts';
import type { Board } from '$lib/state/board.svelte.ts';

export interface Gathered {
	readonly value: BoardValue;
	makeGroup: Board['makeGroup'];
	joinAll: Board['joinAll'];
}

/** A suggestion's cards that are still there, in the board's order. */
export const cardsOf = (board: BoardValue, { cards }: Suggestion): CardValue[] =>
	board.cards.filter(({ id }) => cards.includes(id));

/** Whether it was done: the room may have put these cards elsewhere meanwhile. */
export function bringTogether(board: Gathered, suggestion: Suggestion): boolean {
	const cards = cardsOf(board.value, suggestion);
	return suggestion.kind === 'same'
		? asOneIdea(board, cards, suggestion.title)
		: asTheme(board, cards, suggestion.title);
}

function asOneIdea(board: Gathered, cards: CardValue[], title: string): boolean {
	const { groups } = board.value;
	const groupOf = ({ group }: CardValue) => groups.find(({ id }) => id === group);
	const own = distinct(cards.map(groupOf).filter((group) => group?.kind === 'same'));
	const themes = distinct(
		cards.map((card) => {
			const group = groupOf(card);
			return group?.kind === 'same' ? groups.find(({ id }) => id === group.group) : group;
		})
	);
	const [into] = own;
	const [theme] = themes;
	if (cards.length < 2 || own.length > 1 || themes.length > 1) return false;
	// A group outside the theme that others stand in was set apart by somebody.
	if (into && theme && into.group !== theme.id) return false;

	if (into) {
		const others = cards.filter(({ group }) => group !== into.id).map(({ id }) => id);
		if (others.length > 0) board.joinAll(others, into.id);
		return others.length > 0;
	}
	const { column, order } = cards[0]!;
	const within = theme ? { title, theme: theme.id } : { title };
	const ids = cards.map(({ id }) => id);
	board.makeGroup(ids, { column, order }, 'same', within);
	return true;
}

/** Groups of the same idea go into the theme as they are. */
function asTheme(board: Gathered, cards: CardValue[], title: string): boolean {
	const { groups } = board.value;
	const parts = new Map<CardId | GroupId, { column: string; order: string }>();
	for (const card of cards) {
		const group = groups.find(({ id }) => id === card.group);
		if (group?.kind === 'theme' || group?.group) continue;
		parts.set(group?.id ?? card.id, group ?? card);
	}
	const [first] = parts.values();
	if (!first || parts.size < 2) return false;
	const { column, order } = first;
	board.makeGroup([...parts.keys()], { column, order }, 'theme', { title });
	return true;
}

const distinct = <T>(all: (T | undefined)[]): T[] => [
	...new Set(all.filter((one): one is T => one !== undefined))
];
