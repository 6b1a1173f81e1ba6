import type { FieldValue } from '#shared/doc/schema.ts';
import { fieldsOf, type Exercise, type Field } from '#shared/exercises/format.ts';

/** What a card still needs before it is put down. */
export type Missing =
	{ kind: 'letters'; count: number } | { kind: 'field'; field: Field } | { kind: 'answer' };

/** "UN" and "?!" are answers; a single letter is more often a slip than one. */
const LEAST = 2;
const WHOLE_WORDS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Letters as a person counts them; one that is a word of its own counts twice. */
function letters(text: string): number {
	let count = 0;
	for (const letter of text.replace(/\s/gu, '')) count += WHOLE_WORDS.test(letter) ? 2 : 1;
	return count;
}

const blank = (value: FieldValue | undefined): boolean =>
	value === undefined || (typeof value !== 'number' && value.length === 0);

/** The first thing that is missing, or null. Asked for here, never enforced on the wire. */
export function missingIn(
	exercise: Exercise,
	column: string,
	card: { fields: Record<string, FieldValue>; answers?: string | undefined }
): Missing | null {
	const fields = fieldsOf(exercise, column);
	const main = fields.find((field) => field.main);
	const words = main && card.fields[main.id];
	const count = LEAST - letters(typeof words === 'string' ? words : '');
	if (count > 0) return { kind: 'letters', count };
	const field = fields.find((one) => one.required && !one.main && blank(card.fields[one.id]));
	if (field) return { kind: 'field', field };
	const answers = exercise.columns.find(({ id }) => id === column)?.answers;
	return answers && !card.answers ? { kind: 'answer' } : null;
}
