/**
 * How answers to one exercise differ between workshops, or between what people said of themselves: a
 * country, a type of library. Pure; the few words of Plenary's own come in as `CompareWords`.
 */
import * as v from 'valibot';
import type { CardValue } from '../doc/contents.ts';
import { isPutDown, mainText } from '../doc/read.ts';
import type { Exercise, Field } from '../exercises/format.ts';
import { byName, fieldOf, readable, valuesOf } from '../exercises/views/cards.ts';
import type { BoardContents, ViewWords } from '../exercises/views.ts';
import type { CardId } from '../ids.ts';
import type { Origin } from './contacts.ts';
import { alike } from './returning.ts';

/** A revealed board of the exercise, hidden cards left out. */
export interface Source {
	workshop: Origin;
	contents: BoardContents;
}

export interface CompareWords extends Pick<ViewWords, 'someone' | 'without' | 'column'> {
	workshop: string;
	/** "A day in Dakar, 24 November 2026": two workshops may be called alike. */
	origin: (workshop: Origin) => string;
	/** Own words, where a list was given. */
	ownWords: string;
}

/** What can be asked, or divided by: a field, the column, the workshop. */
export interface Question {
	id: string;
	title: string;
}

/** Not fields: no field's id has a colon. */
const COLUMN = 'of:column';
const WORKSHOP = 'of:workshop';
const OWN_WORDS = 'of:own';

/** What answers can be counted: choices, scales, countries, and where cards lie. */
export function questionsOf(exercise: Exercise, words: CompareWords): Question[] {
	const counted = exercise.fields.filter(({ type }) => COUNTED.has(type));
	return [
		...counted.map(({ id, title }) => ({ id, title })),
		...(exercise.columns.length > 1 ? [{ id: COLUMN, title: words.column }] : [])
	];
}

/** What they can be divided by. */
export const divisionsOf = (exercise: Exercise, words: CompareWords): Question[] => [
	{ id: WORKSHOP, title: words.workshop },
	...exercise.fields
		.filter(({ type }) => type === 'country' || type === 'choice')
		.map(({ id, title }) => ({ id, title }))
];

const COUNTED: ReadonlySet<Field['type']> = new Set(['choice', 'scale', 'country']);

export interface Comparison {
	question: Question;
	by: Question;
	/** In the exercise's order, or the most given first. */
	answers: Question[];
	/** The largest first; `rest`: those of whom it is not known. */
	groups: { id: string; title: string; cards: number; counts: number[]; rest: boolean }[];
}

/** `cards` of a group: those that answer the question, be it with several answers. */
export function compare(
	sources: Source[],
	question: Question,
	by: Question,
	words: CompareWords
): Comparison {
	const known = sources[0] ? answersOf(sources[0].contents.exercise, question.id) : [];
	const answers = new Map(known.map(({ id, title }) => [id, { id, title, count: 0 }]));
	const groups = new Map<string, { title: string; cards: number; counts: Map<string, number> }>();
	for (const source of sources)
		for (const card of source.contents.board.cards) {
			if (!isPutDown(card, source.contents.exercise)) continue;
			const said = saidOf(source, card, question.id, words);
			if (said.length === 0) continue;
			for (const { id, title } of said) {
				const answer = answers.get(id) ?? { id, title, count: 0 };
				answers.set(id, { ...answer, count: answer.count + 1 });
			}
			const of = saidOf(source, card, by.id, words);
			for (const { id, title } of of.length > 0
				? of
				: [{ id: '', title: words.without(by.title) }]) {
				const group = groups.get(id) ?? { title, cards: 0, counts: new Map<string, number>() };
				group.cards += 1;
				for (const answer of said)
					group.counts.set(answer.id, (group.counts.get(answer.id) ?? 0) + 1);
				groups.set(id, group);
			}
		}

	const order = [...answers.values()];
	if (known.length === 0) order.sort((a, b) => b.count - a.count || byName(a.title, b.title));
	return {
		question,
		by,
		answers: order.map(({ id, title }) => ({ id, title })),
		groups: [...groups]
			.map(([id, { title, cards, counts }]) => ({
				id,
				title,
				cards,
				counts: order.map((answer) => counts.get(answer.id) ?? 0),
				rest: id === ''
			}))
			.sort(
				(a, b) => Number(a.rest) - Number(b.rest) || b.cards - a.cards || byName(a.title, b.title)
			)
	};
}

/** Answers that are there to be given, with those that nobody gave; none where they are open. */
function answersOf(exercise: Exercise, id: string): Question[] {
	if (id === COLUMN) return exercise.columns;
	const field = exercise.fields.find((one) => one.id === id);
	if (field?.type === 'choice') return field.options;
	if (field?.type === 'scale') return [5, 4, 3, 2, 1].map((step) => scaleStep(field, step));
	return [];
}

const scaleStep = ({ low, high }: Extract<Field, { type: 'scale' }>, step: number): Question => ({
	id: String(step),
	title: step === 5 ? `5 · ${high}` : step === 1 ? `1 · ${low}` : String(step)
});

/** What a card says to a question, each answer once. */
function saidOf(
	{ workshop, contents }: Source,
	card: CardValue,
	id: string,
	words: CompareWords
): Question[] {
	const { exercise } = contents;
	if (id === WORKSHOP) return [{ id: workshop.id, title: words.origin(workshop) }];
	if (id === COLUMN) return exercise.columns.filter((column) => column.id === card.column);
	const field = fieldOf(contents, id);
	const said = valuesOf(card, id).map((value): Question => {
		if (field?.type === 'scale') return scaleStep(field, Number(value));
		if (field?.type === 'choice' && !field.options.some((option) => option.id === value))
			return { id: OWN_WORDS, title: words.ownWords };
		return { id: String(value), title: readable(value, field, contents, words) };
	});
	return [...new Map(said.map((one) => [one.id, one])).values()];
}

/** A card that says what others said elsewhere. */
export interface Returning {
	card: CardId;
	text: string;
	language?: string;
	workshop: Origin;
}

/**
 * What comes back: cards of at least two workshops that say the same, what most workshops said
 * first. Answers to other cards are left aside.
 */
export function returningIn(sources: Source[]): Returning[][] {
	const cards = sources.flatMap(({ workshop, contents }) => {
		const { exercise } = contents;
		const answering = new Set(exercise.columns.filter((one) => one.answers).map(({ id }) => id));
		return contents.board.cards
			.filter((card) => isPutDown(card, exercise) && !answering.has(card.column))
			.map((card): Returning => {
				const { id, language } = card;
				const text = mainText(card, exercise);
				return { card: id, text, workshop, ...(language !== undefined && { language }) };
			});
	});
	return alike(cards, ({ text }) => text)
		.filter((group) => workshopsIn(group) > 1)
		.sort((a, b) => workshopsIn(b) - workshopsIn(a) || b.length - a.length);
}

export const workshopsIn = (group: Returning[]): number =>
	new Set(group.map(({ workshop }) => workshop.id)).size;

/** Of what the page's address asks. */
const asked = v.fallback(v.optional(v.pipe(v.string(), v.maxLength(100)), ''), '');
export const comparedSchema = v.object({ exercise: asked, question: asked, by: asked });

/** The page: what there is to choose from, what is chosen, and what it shows. */
export interface AcrossView {
	/** Exercises that were done in at least one workshop. */
	exercises: { id: string; title: string; workshops: number }[];
	exercise: string;
	questions: Question[];
	divisions: Question[];
	/** Null where there is nothing to compare. */
	comparison: Comparison | null;
	returning: Returning[][];
	cut: boolean;
}
