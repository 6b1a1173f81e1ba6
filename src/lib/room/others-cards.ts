import type { BoardValue, CardValue } from '#shared/doc/contents.ts';
import type { BoardView } from '#shared/facilitation/view.ts';
import type { AuthorKey } from '#shared/ids.ts';
import { isPrivate } from './stage.ts';

/** What others have put down while everyone writes openly, newest first; in private writing nothing. */
export const othersCards = (
	board: BoardView,
	value: BoardValue,
	author: AuthorKey | null,
	/** Of whom; null: of everybody. */
	authors: ReadonlySet<AuthorKey> | null = null
): CardValue[] =>
	isPrivate(board)
		? []
		: value.cards
				.filter((card) => card.author !== author && (authors?.has(card.author) ?? true))
				.reverse();
