import type { Column } from '#shared/exercises/format.ts';
import { takesCards } from '#shared/facilitation/phases.ts';
import type { BoardView } from '#shared/facilitation/view.ts';

/** The column, of those that are seen, in which a card of `column` can be answered now, if there is one. */
export const answeringColumn = (
	columns: Column[],
	board: Pick<BoardView, 'phase' | 'locked' | 'muted'>,
	column: string
): Column | undefined => columns.find((one) => one.answers === column && takesCards(board, one));
