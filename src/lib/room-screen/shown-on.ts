import type { BoardValue } from '#shared/doc/contents.ts';
import type { CardId } from '#shared/ids.ts';

/** A board without its hidden cards: no projector shows one, whoever has logged in on it. */
export function shownOn(board: BoardValue, hidden: readonly CardId[]): BoardValue {
	if (hidden.length === 0) return board;
	const gone = new Set(hidden);
	return {
		cards: board.cards.filter((card) => !gone.has(card.id)),
		groups: board.groups.map((group) => ({
			...group,
			cards: group.cards.filter((card) => !gone.has(card))
		}))
	};
}
