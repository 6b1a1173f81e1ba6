/** Forms of a download that would hold nothing: nobody is offered those, nor given them. */
import { dayOf } from './day-of.ts';
import type { ActionValue, CardValue } from './doc/contents.ts';
import { mainText } from './doc/read.ts';
import type { Exercise } from './exercises/format.ts';
import type { ExportFormat } from './export-formats.ts';

/** A board that a file would be made of. */
export interface Filling {
	exercise: Exercise;
	actions: Pick<ActionValue, 'when'>[];
	/** Absent where they are not known here: then any might be there. */
	board?: { cards: CardValue[] };
}

/** An address book without a contact, a calendar without a day. */
export const emptyForms = (boards: Filling[]): ExportFormat[] => [
	...(boards.some(mayName) ? [] : (['vcf'] as const)),
	...(boards.some(({ actions }) => actions.some(({ when }) => dayOf(when)))
		? []
		: (['ics'] as const))
];

/** Whether cards of a board name organisations or people, as far as can be told. */
function mayName({ exercise, board }: Filling): boolean {
	const naming = new Set(exercise.columns.flatMap(({ contact, id }) => (contact ? [id] : [])));
	if (!board) return naming.size > 0;
	return board.cards.some(
		(card) => naming.has(card.column) && mainText(card, exercise).trim() !== ''
	);
}
