/** What the next card of a person begins with. */
import type { CardValue } from '#shared/doc/contents.ts';
import type { FieldValue } from '#shared/doc/schema.ts';
import { fieldsOf, type Exercise } from '#shared/exercises/format.ts';

/**
 * Of the fields of `column` that are about whoever writes (`stays`), what the last of `own` that
 * answers them says, by field. Drafts do not count.
 */
export function standingOf(
	exercise: Exercise,
	column: string,
	own: readonly CardValue[]
): Record<string, FieldValue> {
	const down = own.filter(({ draft }) => !draft);
	return Object.fromEntries(
		fieldsOf(exercise, column).flatMap((field) => {
			if (!('stays' in field) || !field.stays) return [];
			const said = down.findLast(({ fields }) => field.id in fields);
			return said ? [[field.id, said.fields[field.id]!]] : [];
		})
	);
}
