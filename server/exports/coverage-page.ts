/**
 * Which targets of the 17 goals a room's examples serve, column by column: what `templates/coverage.typ`
 * makes a poster of. Only for an exercise that has a `coverage` view.
 */
import { SDG_GOALS, SDG_TARGETS } from '#shared/exercises/sdg.ts';
import { cardsAsked, valuesOf } from '#shared/exercises/views/cards.ts';
import { clothOf } from '#shared/exercises/cloth.ts';
import { isRightToLeft } from '#shared/ids.ts';
import { factsOf, frontOf, type Front } from './front.ts';
import type { BoardInput, ExportInput } from './input.ts';
import { clean, oneLine, type Paragraph } from './text.ts';
import type { Alt } from './typesetter.ts';
import type { Words } from './words.ts';

interface Mark {
	/** "16.10"; "16" for the goal as a whole. */
	target: string;
	gist: string;
	/** How many cards name it; none where the column asks for it in vain. */
	count: number;
}
export interface CoveragePage {
	front: Front;
	alt: Alt;
	rtl: boolean;
	columns: { title: Paragraph; hint: Paragraph | null; cloth: number }[];
	/** All 17, each with a cell a column. */
	goals: { number: string; title: string; cells: Mark[][] }[];
	reached: string;
	words: Record<'goals' | 'legend' | 'gap', string>;
}

/** Null where the exercise has no coverage. */
export function coveragePage(
	input: ExportInput,
	board: BoardInput,
	words: Words,
	now: number
): CoveragePage | null {
	const { contents } = board;
	const { exercise } = contents;
	const view = [...exercise.summary, ...exercise.views].find(({ type }) => type === 'coverage');
	if (view?.type !== 'coverage') return null;
	const columns = exercise.columns.filter((column) => column.fields.includes(view.field));
	const named = columns.map((column) => countsOf(board, view.field, column.id));
	const offered = columns.map((column) => new Set(column.targets));
	const all = [
		...SDG_GOALS.map(({ id }) => ({ id, goal: id, gist: words.say('export_coverage_whole') })),
		...SDG_TARGETS
	];
	const goals = SDG_GOALS.map(({ id, title }) => ({
		number: id,
		title,
		cells: columns.map((_, i) =>
			all
				.filter((one) => one.goal === id && (named[i]!.has(one.id) || offered[i]!.has(one.id)))
				.map(({ id: target, gist }) => ({ target, gist, count: named[i]!.get(target) ?? 0 }))
		)
	}));
	const reached = goals.flatMap(({ cells }) => cells.flat()).filter(({ count }) => count > 0);
	const document = clean(`${input.workshop.title}: ${view.title}`);
	const front = {
		...frontOf(input, words, now),
		title: oneLine(view.title),
		over: oneLine(`${input.workshop.title} · ${exercise.title}`),
		document,
		facts: factsOf(board, words)
	};
	const page = {
		front,
		rtl: isRightToLeft(input.workshop.language),
		columns: columns.map((column) => ({
			title: oneLine(column.title),
			hint: column.hint ? oneLine(column.hint) : null,
			cloth: clothOf(exercise, column.id).cloth
		})),
		goals,
		reached: words.say('export_coverage_of', {
			targets: new Set(reached.map(({ target }) => target).filter((id) => id.includes('.'))).size,
			all: SDG_TARGETS.length,
			goals: new Set(reached.map(({ target }) => target.split('.')[0])).size
		}),
		words: {
			goals: words.say('export_coverage_goals'),
			legend: words.say('export_coverage_legend'),
			gap: words.say('export_coverage_gap')
		}
	};
	return { ...page, alt: { title: document, text: inWords(page) } };
}

/** How many cards of a column name each target. */
function countsOf({ contents }: BoardInput, field: string, column: string): Map<string, number> {
	const counts = new Map<string, number>();
	for (const card of cardsAsked(contents, field, [column]))
		for (const target of new Set(valuesOf(card, field).map(String)))
			counts.set(target, (counts.get(target) ?? 0) + 1);
	return counts;
}

/** The poster for whom it is not a picture: a line for each cell that is not empty. */
function inWords({ front, goals, columns, reached, words }: Omit<CoveragePage, 'alt'>): string {
	const mark = ({ target, gist, count }: Mark) =>
		`${target} ${gist} (${count === 0 ? words.gap : `× ${count}`})`;
	return [
		front.day,
		...front.facts.counts,
		...front.facts.left,
		reached,
		...goals.flatMap(({ number, title, cells }) =>
			cells.flatMap((marks, i) =>
				marks.length === 0
					? []
					: [`${number} ${title}, ${columns[i]!.title.t}: ${marks.map(mark).join('; ')}`]
			)
		)
	].join('\n');
}
