/** What every view begins with: the cards that count, in the board's order, and what they say. */
import type { CardValue } from '../../doc/contents.ts';
import { byOrder } from '../../doc/order.ts';
import { isPutDown, mainText } from '../../doc/read.ts';
import type { FieldValue } from '../../doc/schema.ts';
import type { Field } from '../format.ts';
import type { BoardContents, ViewCard, ViewWords } from '../views.ts';

/** The names of things are sorted by the root collation: the same for every reader. */
const collator = new Intl.Collator('en', { numeric: true });
export const byName = (a: string, b: string): number => collator.compare(a, b);

/** Cards with a main field, column by column as the exercise has them. */
export function cardsOf(
	contents: Pick<BoardContents, 'exercise' | 'board'>,
	columns?: string[]
): CardValue[] {
	const wanted = contents.exercise.columns.filter((one) => !columns || columns.includes(one.id));
	return wanted.flatMap((column) =>
		contents.board.cards
			.filter((card) => card.column === column.id && isPutDown(card, contents.exercise))
			.sort(byOrder)
	);
}

/** Cards that are asked for a field: those of the columns that have it. */
export function cardsAsked(
	contents: BoardContents,
	field: string,
	columns?: string[]
): CardValue[] {
	const asking = contents.exercise.columns
		.filter((column) => column.fields.includes(field))
		.filter((column) => !columns || columns.includes(column.id));
	return cardsOf(
		contents,
		asking.map((column) => column.id)
	);
}

export const fieldOf = (contents: BoardContents, id: string): Field | undefined =>
	contents.exercise.fields.find((field) => field.id === id);

/** A card's value of a field as a list: nothing, one, or several. */
export function valuesOf(card: CardValue, field: string): (string | number)[] {
	const value = card.fields[field];
	if (value === undefined) return [];
	const all = Array.isArray(value) ? value : [value];
	return all.filter((one) => String(one).trim() !== '');
}

/** A nanoid: what a `person` field holds where a participant was chosen. */
const PARTICIPANT_ID = /^[A-Za-z0-9_-]{21}$/;

/** One value of a field as a reader understands it. */
export function readable(
	value: string | number,
	field: Field | undefined,
	contents: Pick<BoardContents, 'people' | 'countryName'>,
	words: Pick<ViewWords, 'someone'>
): string {
	const text = String(value);
	if (field?.type === 'choice')
		return field.options.find((option) => option.id === text)?.title ?? text;
	if (field?.type === 'country') return contents.countryName(text);
	if (field?.type === 'person') {
		// In somebody's own words it may be called like what every object has.
		if (Object.hasOwn(contents.people, text)) return contents.people[text]!;
		return PARTICIPANT_ID.test(text) ? words.someone : text;
	}
	return text;
}

/** A whole value, several joined by commas. */
export const readableValue = (
	value: FieldValue | undefined,
	field: Field | undefined,
	contents: Pick<BoardContents, 'people' | 'countryName'>,
	words: Pick<ViewWords, 'someone'>
): string =>
	(value === undefined ? [] : Array.isArray(value) ? value : [value])
		.map((one) => readable(one, field, contents, words))
		.join(', ');

/** A card as it stands in a list. */
export function viewCard(
	card: CardValue,
	contents: Pick<BoardContents, 'exercise' | 'votes'>,
	notes: string[] = []
): ViewCard {
	const votes = contents.votes?.[card.id];
	return {
		card,
		text: mainText(card, contents.exercise),
		...(votes !== undefined && { votes }),
		...(notes.length && { notes })
	};
}

/** Marks beyond what any letter carries: to bring them into order takes their number's square. */
const TOO_MANY_MARKS = /(\p{M}{30})\p{M}+/gu;

/** The same words, however they are written: without case, accents, punctuation and spaces. */
export function normalised(text: string): string {
	const bare = text
		.replace(TOO_MANY_MARKS, '$1')
		.normalize('NFKD')
		.replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\p{M}]/gu, '');
	return bare || text.trim();
}
