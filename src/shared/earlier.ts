/**
 * What one exercise of a workshop gives the next: cards that everybody in it has seen, to be chosen
 * from and spoken of. A card's `from` says which of them it is for; the same words say that it was
 * carried over. A `from` that leads to none of these is nothing, wherever it is read.
 */
import type { CardValue } from './doc/contents.ts';
import { mainText } from './doc/read.ts';
import type { CardFrom } from './doc/schema.ts';
import type { Column, Exercise } from './exercises/format.ts';
import type { BoardContents } from './exercises/views.ts';
import { cardsOf } from './exercises/views/cards.ts';
import { scoreOfCards } from './facilitation/votes.ts';
import type { BoardId, CardId } from './ids.ts';

/** A card as it is told to everybody, without who wrote it. */
export interface EarlierCard {
	board: BoardId;
	card: CardId;
	/** The exercise's id and title. */
	exercise: string;
	title: string;
	/** What one card of its column is called. */
	column: string;
	/** Its main field, whole: a copy says the same. */
	text: string;
	language?: string;
	/** It names somebody to work with. */
	contact?: Column['contact'];
	/** One of several that say the same, and not their first: spoken of, not offered. */
	behind?: true;
	from?: CardFrom;
}

/** A board and what of it was revealed, hidden cards left out. */
export interface EarlierBoard {
	id: BoardId;
	contents: Pick<BoardContents, 'exercise' | 'board' | 'votes'>;
}

export const keyOf = ({ board, card }: CardFrom): string => `${board}/${card}`;

/** What one card of a column is called. */
export const nameOfOne = ({ columns }: Exercise, id: string): string => {
	const column = columns.find((one) => one.id === id);
	return column?.singular ?? column?.title ?? id;
};

/** The first of those that say the same, where a card is one of several. */
export function leadOf({ board }: Pick<BoardContents, 'board'>, card: CardValue): CardId {
	const group = board.groups.find(({ id }) => id === card.group);
	return group?.kind === 'same' ? (group.cards[0] ?? card.id) : card.id;
}

/** Every card of these boards, the most voted first; else as they were started, and as they lie. */
export function earlierCards(boards: readonly EarlierBoard[]): EarlierCard[] {
	const all = boards.flatMap(({ id, contents }) => {
		const { exercise, board, votes } = contents;
		const score = scoreOfCards(board.groups, votes ?? {});
		return cardsOf(contents).map((card) => ({
			votes: score(card.id),
			card: {
				board: id,
				card: card.id,
				exercise: exercise.id,
				title: exercise.title,
				column: nameOfOne(exercise, card.column),
				text: mainText(card, exercise),
				...optional(
					card,
					exercise.columns.find((column) => column.id === card.column)
				),
				...(leadOf(contents, card) !== card.id && { behind: true as const })
			}
		}));
	});
	return all.sort((a, b) => b.votes - a.votes).map(({ card }) => card);
}

const optional = ({ language, from }: CardValue, column: Column | undefined) => ({
	...(language !== undefined && { language }),
	...(column?.contact && { contact: column.contact }),
	...(from && { from })
});

/** What a card is for, and whether it only says the same: then it was carried over. */
export interface Source {
	of: EarlierCard;
	carried: boolean;
}

/** What a card of this board is for; null where it is for nothing, or for what is not there. */
export function sourceOf(
	board: BoardId,
	{ from, text }: { from?: CardFrom | undefined; text: string },
	find: (key: string) => EarlierCard | undefined
): Source | null {
	const of = from && from.board !== board ? find(keyOf(from)) : undefined;
	return of ? { of, carried: of.text.trim() === text.trim() } : null;
}

/** What was carried over names somebody only where it did so before. */
export const namesNobody = (source: Source | null | undefined): boolean =>
	source?.carried === true && source.of.contact === undefined;

/** What may be chosen in a column of a board: what its exercise builds on, each idea once. */
export const offeredTo = (
	board: BoardId,
	column: Pick<Column, 'buildsOn'>,
	earlier: readonly EarlierCard[]
): EarlierCard[] =>
	earlier.filter(
		(one) =>
			one.board !== board && !one.behind && (column.buildsOn?.includes(one.exercise) ?? false)
	);
