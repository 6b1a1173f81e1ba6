/** What a file says of a board, written into documents: as their people would have, but all at once. */
import * as Y from 'yjs';
import { fieldsOf, type Exercise } from '../exercises/format.ts';
import type { AuthorKey } from '../ids.ts';
import type { CardValue, GroupValue } from './contents.ts';
import { makeCard } from './notebook.ts';
import { cardsOf, groupsOf, placementsOf, type Placement } from './schema.ts';

/** Fills a notebook that has its author's map. A card that was moved keeps the fields that it was written with. */
export function writeNotebook(
	notebook: Y.Doc,
	exercise: Exercise,
	author: AuthorKey,
	cards: readonly CardValue[]
): void {
	const own = cardsOf(notebook).get(author)!;
	notebook.transact(() => {
		for (const card of cards) {
			const inColumn = new Set(fieldsOf(exercise, card.column));
			const has = exercise.fields.filter(
				(field) => inColumn.has(field) || card.fields[field.id] !== undefined
			);
			own.set(card.id, makeCard(has, card));
		}
	});
}

/** Puts cards into their groups, and groups into their places. */
export function writeBoard(
	board: Y.Doc,
	cards: readonly CardValue[],
	groups: readonly GroupValue[]
): void {
	const placements = placementsOf(board);
	board.transact(() => {
		for (const { id, column, order, group } of cards)
			if (group !== undefined) placements.set(id, { column, order, group });
		for (const { id, kind, title, column, order, group } of groups) {
			const map = new Y.Map<unknown>([
				['kind', kind],
				['title', new Y.Text(title.toWellFormed())]
			]);
			groupsOf(board).set(id, map);
			const placement: Placement = { column, order, ...(group !== undefined && { group }) };
			if (column !== '') placements.set(id, placement);
		}
	});
}
