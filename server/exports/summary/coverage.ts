/** Columns × all 17 goals: how many cards name a target of each, what nobody named, and how far people got. */
import type { View } from '#shared/exercises/format.ts';
import { SDG_GOALS } from '#shared/exercises/sdg.ts';
import { coverageOf, peopleByColumns } from '#shared/exercises/views/coverage.ts';
import type { Block } from '#shared/summary/model.ts';
import type { Words } from '../words.ts';
import { clothOf } from '#shared/exercises/cloth.ts';
import { asked, type Looking } from './items.ts';

type Coverage = Extract<Block, { kind: 'coverage' }>;

export function coverageBlock(
	view: Extract<View, { type: 'coverage' }>,
	looking: Looking
): Omit<Coverage, 'id' | 'title'> {
	const { contents, words } = looking;
	const goals = SDG_GOALS.map(({ id, title }) => ({ number: id, name: title }));
	const covered = coverageOf(
		view,
		contents,
		goals.map(({ number }) => number)
	);
	const rows = covered.map(({ column, counts, cards }) => ({
		title: asked(column.title, looking),
		cloth: clothOf(contents.exercise, column.id).cloth,
		...(column.set && { set: asked(column.set, looking) }),
		counts,
		total: cards
	}));
	const gaps = covered
		.filter(({ gaps }) => gaps.length > 0)
		.map(({ column, gaps }) =>
			words.say('export_gaps_of', { column: column.title, targets: gaps.join(', ') })
		);
	const unnamed = goals.filter((_, i) => rows.every(({ counts }) => counts[i] === 0));
	return {
		kind: 'coverage',
		lead: words.say('export_lead_coverage'),
		head: { column: words.view.column, total: words.say('export_cards') },
		goals,
		rows,
		notes: [
			...(unnamed.length > 0
				? [
						words.say('export_goals_unnamed', {
							goals: unnamed.map(({ number }) => number).join(', ')
						})
					]
				: []),
			...gaps,
			...peopleByColumns(contents, words.view)
		],
		alt: altOf(goals, rows, words)
	};
}

/** How many goals were named, the most named of them, and the emptiest column. */
function altOf(goals: Coverage['goals'], rows: Coverage['rows'], words: Words): string {
	const sums = goals.map((goal, i) => ({
		goal,
		sum: rows.reduce((sum, { counts }) => sum + counts[i]!, 0)
	}));
	const named = sums.filter(({ sum }) => sum > 0);
	const most = Math.max(0, ...sums.map(({ sum }) => sum));
	const top = named.filter(({ sum }) => sum === most);
	const empty = rows.filter(({ counts }) => counts.every((count) => count === 0));
	return [
		words.say('export_alt_coverage', {
			rows: rows.length,
			goals: goals.length,
			named: named.length
		}),
		...(top.length > 0
			? [
					words.say('export_alt_most_named', {
						names: words.list(top.map(({ goal }) => `${goal.number} ${goal.name}`)),
						count: most
					})
				]
			: []),
		...(empty.length > 0
			? [words.say('export_alt_empty', { names: words.list(empty.map(({ title }) => title.text)) })]
			: [])
	].join(' ');
}
