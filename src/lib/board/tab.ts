import type { CardValue } from '#shared/doc/contents.ts';
import { fieldsOf, type Exercise, type Field } from '#shared/exercises/format.ts';

/** What an option is called; the person's own words where it is none of the list. */
const optionTitle = (field: Field, id: string): string =>
	(field.type === 'choice' && field.options.find((option) => option.id === id)?.title) || id;

/**
 * The word on a card's tab: what it chose in the exercise's tab field. Where its column has no such
 * field, the column's name, if `column` asks for it (under the column's own heading it would only
 * repeat it). Null: no tab, the head line stays.
 */
export function tabOf(card: CardValue, exercise: Exercise, column: boolean): string | null {
	const field = fieldsOf(exercise, card.column).find(({ id }) => id === exercise.tab);
	if (field) {
		const value = card.fields[field.id];
		const first = Array.isArray(value) ? value[0] : value;
		return typeof first === 'string' ? optionTitle(field, first) : null;
	}
	if (!column || exercise.columns.length < 2) return null;
	const own = exercise.columns.find(({ id }) => id === card.column);
	return own ? (own.singular ?? own.title) : null;
}
