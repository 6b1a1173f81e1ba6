import type { BoardValue } from '#shared/doc/contents.ts';
import type { CardId } from '#shared/ids.ts';

/** A board without its hidden cards: no projector shows one, whoever has logged in on it. */
export function shownOn(board: BoardValue, hidden: readonly CardId[]): BoardValue {
	if (hidden.length === 0) return board;
	const gone = new Set(hidden);
	const groups = board.groups.map((group) => ({
		...group,
		cards: group.cards.filter((card) => !gone.has(card))
	}));
	const size = (id: string) =>
		groups
			.filter((group) => group.id === id || group.group === id)
			.reduce((sum, group) => sum + group.cards.length, 0);
	return {
		cards: board.cards.filter((card) => !gone.has(card.id)),
		groups: groups.filter((group) => size(group.id) >= 2)
	};
}
