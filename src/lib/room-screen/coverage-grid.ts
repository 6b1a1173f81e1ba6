/** Columns × goals as the room screen draws it: a goal a row. */
import type { Column, View } from '#shared/exercises/format.ts';
import type { BoardContents, ViewWords } from '#shared/exercises/views.ts';
import { coverage, coverageOf } from '#shared/exercises/views/coverage.ts';

export interface CoverageGrid {
	columns: Column[];
	/** How many cards of each column name it. */
	goals: { number: string; counts: number[] }[];
	/** How far people got, in sentences. */
	notes: string[];
}

/** The goals that were named, or offered. */
export function coverageGrid(
	view: Extract<View, { type: 'coverage' }>,
	contents: BoardContents,
	words: ViewWords
): CoverageGrid {
	const parts = coverage(view, contents, { ...words, goal: (number) => number });
	if (!('head' in parts)) return { columns: [], goals: [], notes: [] };
	const numbers = parts.head.slice(1, -1);
	const covered = coverageOf(view, contents, numbers);
	return {
		columns: covered.map(({ column }) => column),
		goals: numbers.map((number, at) => ({
			number,
			counts: covered.map(({ counts }) => counts[at] ?? 0)
		})),
		notes: parts.notes ?? []
	};
}
