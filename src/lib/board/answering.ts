import type { Column, Exercise } from '#shared/exercises/format.ts';
import { takesCards } from '#shared/facilitation/phases.ts';
import type { BoardView } from '#shared/facilitation/view.ts';

/** The column in which a card of `column` can be answered now, if there is one. */
export const answeringColumn = (
	exercise: Exercise,
	board: Pick<BoardView, 'phase' | 'locked' | 'muted'>,
	column: string
): Column | undefined =>
	exercise.columns.find((one) => one.answers === column && takesCards(board, one));
