import type { CardValue } from '#shared/doc/contents.ts';
import type { Column, Exercise } from '#shared/exercises/format.ts';
import { takesCards } from '#shared/facilitation/phases.ts';
import type { BoardView } from '#shared/facilitation/view.ts';

/**
 * Where this person can write now: the columns that take cards and are seen, as is what they answer.
 * One in which somebody has begun stays with them, so that nothing goes from under what they type.
 */
export function openColumns(
	exercise: Exercise,
	board: Pick<BoardView, 'phase' | 'locked' | 'muted'>,
	seen: Column[],
	own: CardValue[]
): Column[] {
	const isSeen = (id: string) => seen.some((column) => column.id === id);
	const isBegun = (id: string) => own.some((card) => card.draft && card.column === id);
	return exercise.columns.filter(
		(column) =>
			takesCards(board, column) &&
			((isSeen(column.id) && (!column.answers || isSeen(column.answers))) || isBegun(column.id))
	);
}
