/** Columns × goals: how many cards name a target of each, what is missing, and how far people got. */
import type { Column, View } from '../format.ts';
import type { BoardContents, ViewParts, ViewWords } from '../views.ts';
import { byName, cardsAsked, cardsOf, valuesOf } from './cards.ts';

type Coverage = Extract<View, { type: 'coverage' }>;

/** Target 16.10 belongs to goal 16. */
const goalOf = (target: string): string => target.split('.')[0]!;

export interface Covered {
	column: Column;
	/** For each goal, how many cards name a target of it. */
	counts: number[];
	/** All cards of the column. */
	cards: number;
	/** Its own targets that no card names. */
	gaps: string[];
}

/** The columns that have the field; each of their cards counts once for a goal. */
export function coverageOf(view: Coverage, contents: BoardContents, goals: string[]): Covered[] {
	return columnsWith(view, contents).map((column) => {
		const named = targetsIn(column, view, contents);
		const all = new Set(named.flat());
		return {
			column,
			counts: goals.map(
				(goal) => named.filter((targets) => targets.some((one) => goalOf(one) === goal)).length
			),
			cards: named.length,
			gaps: (column.targets ?? []).filter((target) => !all.has(target))
		};
	});
}

/** The goals that were named, or offered. */
export function coverage(view: Coverage, contents: BoardContents, words: ViewWords): ViewParts {
	const columns = columnsWith(view, contents);
	const named = columns.flatMap((column) => targetsIn(column, view, contents).flat());
	const offered = columns.flatMap((column) => column.targets ?? []);
	const goals = [...new Set([...named, ...offered].map(goalOf))].sort(byName);
	return {
		head: [words.column, ...goals.map(words.goal), words.gaps],
		rows: coverageOf(view, contents, goals).map(({ column, counts, gaps }) => ({
			cells: [column.title, ...counts.map(String), gaps.join(', ')]
		})),
		notes: peopleByColumns(contents, words)
	};
}

const columnsWith = ({ field }: Coverage, { exercise }: BoardContents): Column[] =>
	exercise.columns.filter((column) => column.fields.includes(field));

/** What each card of a column names. */
const targetsIn = (column: Column, { field }: Coverage, contents: BoardContents): string[][] =>
	cardsAsked(contents, field, [column.id]).map((card) => valuesOf(card, field).map(String));

/** How many people gave examples in how many columns, the widest first. */
export function peopleByColumns(
	contents: BoardContents,
	words: Pick<ViewWords, 'covered'>
): string[] {
	const reached = new Map<string, Set<string>>();
	for (const card of cardsOf(contents))
		reached.set(card.author, (reached.get(card.author) ?? new Set()).add(card.column));
	const people = new Map<number, number>();
	for (const { size } of reached.values()) people.set(size, (people.get(size) ?? 0) + 1);
	const of = contents.exercise.columns.length;
	return [...people]
		.sort(([a], [b]) => b - a)
		.map(([columns, count]) => words.covered(count, columns, of));
}
