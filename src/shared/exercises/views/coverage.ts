/** Columns × goals: how many cards name a target of each, what is missing, and how far people got. */
import type { View } from '../format.ts';
import type { BoardContents, ViewParts, ViewWords } from '../views.ts';
import { byName, cardsAsked, cardsOf, valuesOf } from './cards.ts';

/** Target 16.10 belongs to goal 16. */
const goalOf = (target: string): string => target.split('.')[0]!;

export function coverage(
	view: Extract<View, { type: 'coverage' }>,
	contents: BoardContents,
	words: ViewWords
): ViewParts {
	const columns = contents.exercise.columns.filter((one) => one.fields.includes(view.field));
	const targets = (column: string) =>
		cardsAsked(contents, view.field, [column]).map((card) =>
			valuesOf(card, view.field).map(String)
		);
	const named = columns.flatMap((column) => targets(column.id).flat());
	const offered = columns.flatMap((column) => column.targets ?? []);
	const goals = [...new Set([...named, ...offered].map(goalOf))].sort(byName);

	const rows = columns.map((column) => {
		const ofColumn = targets(column.id);
		const all = new Set(ofColumn.flat());
		const counts = goals.map((goal) =>
			String(ofColumn.filter((card) => card.some((target) => goalOf(target) === goal)).length)
		);
		const gaps = (column.targets ?? []).filter((target) => !all.has(target));
		return { cells: [column.title, ...counts, gaps.join(', ')] };
	});
	return {
		head: [words.column, ...goals.map(words.goal), words.gaps],
		rows,
		notes: peopleByColumns(contents, words)
	};
}

/** How many people gave examples in how many columns, the widest first. */
function peopleByColumns(contents: BoardContents, words: ViewWords): string[] {
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
