/** What the summary that an exercise asks for would pass over. */
import type { Column, Exercise, View } from './format.ts';

/** Whether the cards of a column are told by a view, whatever stands on them. */
function tells(view: View, { id, fields, answers }: Column): boolean {
	switch (view.type) {
		case 'by-column':
		case 'themes':
		case 'table':
		case 'cloud':
			return true;
		case 'by-field':
			return fields.includes(view.field) && (view.columns?.includes(id) ?? true);
		case 'matrix':
			return fields.includes(view.x) && fields.includes(view.y);
		case 'votes':
			return answers !== undefined && (view.columns?.includes(answers) ?? true);
		default:
			return false;
	}
}

/** Columns of whose cards some could be in no part of the summary: those are told after its parts. */
export const untoldColumns = ({ columns, summary }: Exercise): Column[] =>
	columns.filter((column) => !summary.some((view) => tells(view, column)));
