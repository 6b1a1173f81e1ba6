/**
 * Cards that nobody wrote, made of an exercise itself, so that its board and its views can be drawn
 * before anybody has run it. Pure: the same exercise gives the same cards, and one that is half
 * written gives what it can.
 */
import type { BoardValue, CardValue, GroupValue, Votes } from '#shared/doc/contents.ts';
import { mainText } from '#shared/doc/read.ts';
import type { FieldValue } from '#shared/doc/schema.ts';
import type { EarlierCard } from '#shared/earlier.ts';
import { fieldsOf, type Column, type Exercise, type Field } from '#shared/exercises/format.ts';
import { isSdgTarget } from '#shared/exercises/sdg.ts';
import { votingOf } from '#shared/facilitation/rounds.ts';
import { askedOf, targetId } from '#shared/facilitation/votes.ts';
import type { Way } from '#shared/facilitation/ways.ts';

/** What the sample says in Plenary's own voice, in the reader's language. */
export interface SampleWords {
	/** "Barrier 2". */
	numbered: (name: string, number: number) => string;
	person: (number: number) => string;
	group: string;
	untitled: string;
	/** A card of an earlier exercise. */
	earlier: (exercise: string) => string;
}

export interface Sample {
	board: BoardValue;
	/** Null where nobody votes. */
	votes: Votes | null;
	names: Record<string, string>;
	/** Of the exercises that columns build on, in their order. */
	earlier: EarlierCard[];
}

/** The board that all of it lies on. */
export const SAMPLE_BOARD = 'sample';

const COUNTRIES = ['NG', 'BR', 'FI', 'IN', 'MX', 'JO'];
const TARGETS = ['16.10', '4.6', '11.4', '5.b', '9.c', '17.17'];
/** Two scales begin at different places in it, and so fill every corner of a matrix. */
const MARKS = [4, 2, 5, 3, 1];
const PEOPLE = 3;
/** What gets votes, the most first. */
const SCORES: Record<Way, number[]> = {
	dots: [7, 4, 3, 2, 1],
	rating: [4.6, 4.1, 3.4, 2.8, 2],
	placing: [6, 5, 5, 4, 3],
	order: [9, 6, 4, 2, 1],
	pairs: [83, 67, 50, 33, 17]
};

/** `others`: exercises by id and title, for what columns build on. */
export function sampleOf(
	exercise: Exercise,
	words: SampleWords,
	others: readonly { id: string; title: string }[] = []
): Sample {
	const earlier = earlierOf(exercise, words, others);
	const counts = exercise.columns.map((_, at) => countIn(exercise, at));
	const turns = turnsOf(exercise, counts);
	const cards = exercise.columns.flatMap((column, at) =>
		Array.from({ length: counts[at]! }, (_, n): CardValue => {
			const answers = answeredBy(exercise, counts, column, n);
			const from = n === 0 && earlier.find((one) => column.buildsOn?.includes(one.exercise));
			return {
				id: cardId(at, n),
				author: `person-${n + 1}`,
				column: column.id,
				order: `a${n}`,
				...(answers !== null && { answers }),
				...(from && { from: { board: from.board, card: from.card } }),
				fields: fieldsIn(exercise, at, n, turns, words)
			};
		})
	);
	const group = groupOf(exercise, cards, words);
	for (const card of cards) if (group?.cards.includes(card.id)) card.group = group.id;
	const board = { cards, groups: group ? [group] : [] };
	const people = Math.max(0, ...counts);
	return {
		board,
		votes: votesOn(exercise, board),
		names: Object.fromEntries(
			Array.from({ length: people }, (_, n) => [`person-${n + 1}`, words.person(n + 1)])
		),
		earlier
	};
}

const cardId = (column: number, n: number): string => `sample-${column + 1}-${n + 1}`;

/** The fewer columns, the more in each. Where it is looked for who names the same, one more does. */
function countIn({ columns, views, summary }: Exercise, at: number): number {
	const few = columns.length === 1 ? 5 : columns.length === 2 ? 3 : 2;
	return few + (at === 0 && [...views, ...summary].some(isOfDuplicates) ? 1 : 0);
}
const isOfDuplicates = ({ type }: { type: string }): boolean => type === 'duplicates';

/** How often each field is asked for in the columns before each, and in all. */
interface Turns {
	before: (field: string, column: number) => number;
	all: (field: string) => number;
}
function turnsOf({ columns }: Exercise, counts: number[]): Turns {
	const before = (field: string, end: number) =>
		columns
			.slice(0, end)
			.reduce((sum, { fields }, at) => sum + (fields.includes(field) ? counts[at]! : 0), 0);
	return { before, all: (field) => before(field, columns.length) };
}

function fieldsIn(
	exercise: Exercise,
	at: number,
	n: number,
	turns: Turns,
	words: SampleWords
): Record<string, FieldValue> {
	const column = exercise.columns[at]!;
	const last = countIn(exercise, at) - 1;
	const repeats = at === 0 && n === last && last >= 2;
	const isAgain = repeats && [...exercise.views, ...exercise.summary].some(isOfDuplicates);
	const values: Record<string, FieldValue> = {};
	for (const field of fieldsOf(exercise, column.id)) {
		// What is of its writer rather than of the card is the same on all of theirs.
		const turn = 'stays' in field && field.stays ? n : turns.before(field.id, at) + n;
		const value =
			field.main && (field.type === 'text' || field.type === 'paragraph')
				? words.numbered(
						named(column.singular, named(column.title, words.untitled)),
						(isAgain ? 0 : n) + 1
					)
				: isLeftOut(field, turn, turns.all(field.id))
					? null
					: valueOf(field, { exercise, column, turn, n, words });
		if (value !== null) values[field.id] = value;
	}
	return values;
}

const named = (title: string | undefined, otherwise: string): string => title?.trim() || otherwise;

/** What may stay empty does on every third card, or the second of two: views of what is missing have something too. */
const isLeftOut = ({ main, required }: Field, turn: number, all: number): boolean =>
	!main && !required && (turn % 3 === 2 || (all === 2 && turn === 1));

interface Asked {
	exercise: Exercise;
	column: Column;
	turn: number;
	n: number;
	words: SampleWords;
}

function valueOf(field: Field, { exercise, column, turn, n, words }: Asked): FieldValue | null {
	const inTurn = <T>(all: readonly T[], from: number): T | undefined => all[from % all.length];
	const oneOrTwo = (all: readonly string[], from: number, several: boolean | undefined) => {
		const chosen = [
			inTurn(all, from),
			...(several && from % 2 === 0 ? [inTurn(all, from + 1)] : [])
		];
		return [...new Set(chosen.filter((one) => one !== undefined))];
	};
	switch (field.type) {
		case 'text':
		case 'paragraph':
			return field.contact === 'reach'
				? `desk${turn + 1}@example.org`
				: words.numbered(named(field.title, words.untitled), turn + 1);
		case 'choice': {
			const ids = field.options.map(({ id }) => id);
			const chosen = oneOrTwo(ids, turn, field.several);
			return field.several && chosen.length > 0 ? chosen : (chosen[0] ?? null);
		}
		case 'scale':
			return inTurn(MARKS, turn + 2 * scalesBefore(exercise, field.id))!;
		case 'country':
			return inTurn(COUNTRIES, turn)!;
		case 'sdg-target': {
			const own = (column.targets ?? []).filter(isSdgTarget);
			return oneOrTwo(own.length > 0 ? own : TARGETS, own.length > 0 ? n : turn, field.several);
		}
		case 'link':
			return `https://example.org/${turn + 1}`;
		case 'person':
			return words.person((turn % PEOPLE) + 1);
		default:
			return field satisfies never;
	}
}

const scalesBefore = ({ fields }: Exercise, id: string): number =>
	fields.filter(({ type }) => type === 'scale').findIndex((field) => field.id === id);

/** The last of those that can be answered stays open. */
function answeredBy(
	{ columns }: Exercise,
	counts: number[],
	{ id, answers }: Column,
	n: number
): string | null {
	const at = columns.findIndex((column) => column.id === answers);
	if (at < 0 || answers === id) return null;
	return cardId(at, n % Math.max(1, counts[at]! - 1));
}

/** The first two of the first column that says something, where the room groups. */
function groupOf(exercise: Exercise, cards: CardValue[], words: SampleWords): GroupValue | null {
	if (!goesThrough(exercise, 'group')) return null;
	const column = exercise.columns.find(
		({ id }) => cards.filter((card) => card.column === id && mainText(card, exercise)).length > 1
	);
	if (!column) return null;
	const own = cards.filter((card) => card.column === column.id).slice(0, 2);
	return {
		id: 'sample-group',
		kind: 'theme',
		title: words.group,
		column: column.id,
		order: 'a',
		cards: own.map(({ id }) => id)
	};
}

const goesThrough = ({ phases }: Exercise, one: string): boolean =>
	phases.some(({ phase }) => phase === one);

/** Whether anybody votes in it. */
const isVoted = (exercise: Exercise): boolean =>
	goesThrough(exercise, 'vote') || exercise.voting?.open === 'throughout';

function votesOn(exercise: Exercise, board: BoardValue): Votes | null {
	if (!isVoted(exercise)) return null;
	const { voting } = votingOf(exercise);
	const scores = SCORES[voting.way];
	const asked = askedOf(voting, board, []);
	// From all over the board.
	const step = Math.max(1, Math.floor(asked.length / scores.length));
	const chosen = asked.filter((_, i) => i % step === 0).slice(0, scores.length);
	return Object.fromEntries(chosen.map((target, i) => [targetId(target), scores[i]!]));
}

/** Why a view has nothing to show, or nothing to tell apart, whatever people write; null where it has. */
export function hindranceOf(
	exercise: Exercise,
	view: Exercise['views'][number]
): 'vote' | 'group' | 'answers' | null {
	if (view.type === 'votes' && !isVoted(exercise)) return 'vote';
	if (view.type === 'themes' && !goesThrough(exercise, 'group')) return 'group';
	if (view.type !== 'unanswered') return null;
	return exercise.columns.every(({ answers }) => answers !== view.column) ? 'answers' : null;
}

/** One card of each exercise that a column builds on. */
function earlierOf(
	{ columns }: Exercise,
	words: SampleWords,
	others: readonly { id: string; title: string }[]
): EarlierCard[] {
	const ids = [...new Set(columns.flatMap(({ buildsOn = [] }) => buildsOn))];
	return ids.map((id) => {
		const title = others.find((one) => one.id === id)?.title ?? id;
		return {
			board: 'earlier',
			card: id,
			exercise: id,
			title,
			column: title,
			text: words.earlier(title)
		};
	});
}
