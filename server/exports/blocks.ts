/** One view of an exercise's summary as a block that `templates/summary.typ` sets: bars, a list, a picture, a table. */
import type { Exercise, View } from '#shared/exercises/format.ts';
import {
	computeView,
	type BoardContents,
	type ViewCard,
	type ViewResult,
	type ViewSection
} from '#shared/exercises/views.ts';
import { clothOf } from './board-page.ts';
import { oneLine, paragraphs, type Paragraph } from './text.ts';
import type { Words } from './words.ts';

interface Item {
	text: Paragraph[];
	author: Paragraph | null;
	votes: string | null;
	notes: Paragraph[];
	cloth: number;
}
interface Section {
	title: Paragraph | null;
	count: number;
	rest: boolean;
	items: Item[];
	/** The same, in two columns, a part of a page at a time. */
	spreads: [Item[], Item[]][];
}
interface Bar {
	label: Paragraph;
	count: number;
	/** Of the longest bar. */
	share: number;
	rest: boolean;
}
interface Scale {
	title: Paragraph;
	low: Paragraph;
	high: Paragraph;
}
export type Block = { title: Paragraph } & (
	| { kind: 'nothing' }
	| { kind: 'bars'; bars: Bar[] }
	| { kind: 'list'; bars: Bar[]; sections: Section[] }
	/** Most votes first. */
	| { kind: 'ranking'; sections: Section[] }
	/** `rows` from 5 down to 1, in each the cells from 1 to 5. */
	| { kind: 'matrix'; x: Scale; y: Scale; rows: Item[][][]; rest: Section[]; key: Key[] }
	| { kind: 'together'; sections: Section[] }
	| { kind: 'grid'; head: Paragraph[]; rows: Paragraph[][]; notes: Paragraph[] }
	| { kind: 'table'; head: Paragraph[]; rows: Paragraph[][][] }
	/** A table too wide for a page: the first cells as a heading, the rest with their names. */
	| {
			kind: 'records';
			rows: { lead: Paragraph[]; cells: { name: Paragraph; value: Paragraph[] }[] }[];
	  }
);
interface Key {
	title: Paragraph;
	cloth: number;
}

/** A table with more columns than this is set as records. */
const WIDEST_TABLE = 5;

/** One view of the summary: which shape it is printed in follows from the view's type alone. */
export function blockOf(view: View, contents: BoardContents, words: Words): Block {
	const result = computeView(view, contents, words.view);
	const title = oneLine(view.title);
	const charted = view.type === 'by-column' || (view.type === 'by-field' && view.chart);
	if (result.empty && !charted && view.type !== 'coverage') return { kind: 'nothing', title };
	if (result.kind === 'table') return { title, ...tableBlock(result) };

	const item = itemOf(contents, words);
	const section = (one: ViewSection): Section => {
		const items = one.cards.map(item);
		const title = one.title ? oneLine(one.title) : null;
		return { title, count: one.count, rest: one.rest ?? false, items, spreads: spreadsOf(items) };
	};
	const sections = result.sections.map(section);
	const filled = sections.filter(({ items }) => items.length > 0);
	switch (view.type) {
		case 'by-field':
			if (view.chart) return { kind: 'bars', title, bars: barsOf(result.sections) };
			return { kind: 'list', title, bars: [], sections: filled };
		case 'by-column':
			return { kind: 'list', title, bars: barsOf(bySize(result.sections)), sections: filled };
		case 'votes':
			return { kind: 'ranking', title, sections };
		case 'matches':
			return { kind: 'together', title, sections };
		case 'matrix':
			return { title, ...matrixBlock(view, result.sections, contents.exercise, item, section) };
		case 'themes':
		case 'duplicates':
			return { kind: 'list', title, bars: [], sections: filled };
		default:
			// One section, whose title says what the view's already does.
			return {
				kind: 'list',
				title,
				bars: [],
				sections: filled.map((one) => ({ ...one, title: null }))
			};
	}
}

function itemOf(contents: BoardContents, words: Words): (view: ViewCard) => Item {
	const { columns } = contents.exercise;
	return ({ card, text, votes, notes }) => {
		const name = contents.names[card.author];
		const column = columns.findIndex(({ id }) => id === card.column);
		return {
			text: paragraphs(text, card.language),
			author: name ? oneLine(name) : null,
			votes: votes ? words.count('votes', votes) : null,
			notes: (notes ?? []).flatMap((note) => paragraphs(note)),
			cloth: columns[column] ? clothOf(columns[column], column) : 0
		};
	};
}

/** Lines that a spread takes in both its columns together: well under half a page. */
const SPREAD = 40;

function spreadsOf(items: Item[]): Section['spreads'] {
	const spreads: Section['spreads'] = [];
	let waiting: Item[] = [];
	let lines = 0;
	const flush = () => {
		let left = 0;
		let filled = 0;
		while (left < waiting.length && filled < lines / 2) filled += linesOf(waiting[left++]!);
		if (waiting.length > 0) spreads.push([waiting.slice(0, left), waiting.slice(left)]);
		[waiting, lines] = [[], 0];
	};
	for (const item of items) {
		if (lines > 0 && lines + linesOf(item) > SPREAD) flush();
		waiting.push(item);
		lines += linesOf(item);
	}
	flush();
	return spreads;
}

/** Roughly how many lines an item takes in a column. */
const linesOf = ({ text, notes }: Item): number =>
	2 +
	[...text, ...notes].reduce((sum, { t }) => sum + 1 + Math.floor(Buffer.byteLength(t) / 48), 0);

const bySize = (sections: ViewSection[]): ViewSection[] =>
	[...sections].sort((a, b) => b.count - a.count);

function barsOf(sections: ViewSection[]): Bar[] {
	const longest = Math.max(1, ...sections.map(({ count }) => count));
	return sections.map(({ title, count, rest }) => ({
		label: oneLine(title),
		count,
		share: count / longest,
		rest: rest ?? false
	}));
}

function matrixBlock(
	view: Extract<View, { type: 'matrix' }>,
	sections: ViewSection[],
	exercise: Exercise,
	item: (card: ViewCard) => Item,
	section: (one: ViewSection) => Section
): Omit<Extract<Block, { kind: 'matrix' }>, 'title'> {
	const cards = sections.flatMap((one) => one.cards);
	const steps = [1, 2, 3, 4, 5];
	const scale = (id: string): Scale => {
		const field = exercise.fields.find((one) => one.id === id);
		const ends = field?.type === 'scale' ? field : { low: '', high: '' };
		return { title: oneLine(field?.title ?? ''), low: oneLine(ends.low), high: oneLine(ends.high) };
	};
	const cell = (x: number, y: number) =>
		cards
			.filter(({ at }) => at?.x === x && at.y === y)
			.map((card) => ({ ...item(card), notes: [] }));
	return {
		kind: 'matrix',
		x: scale(view.x),
		y: scale(view.y),
		rows: steps.toReversed().map((y) => steps.map((x) => cell(x, y))),
		rest: sections.filter((one) => one.rest).map(section),
		key: exercise.columns.map((column, i) => ({
			title: oneLine(column.title),
			cloth: clothOf(column, i)
		}))
	};
}

type TableBlock = Extract<Block, { kind: 'grid' | 'table' | 'records' }>;

function tableBlock(
	result: Extract<ViewResult, { kind: 'table' }>
): DistributiveOmit<TableBlock, 'title'> {
	const head = result.head.map((name) => oneLine(name));
	if (result.view.type === 'coverage') {
		const rows = result.rows.map(({ cells }) => cells.map((cell) => oneLine(cell)));
		return { kind: 'grid', head, rows, notes: (result.notes ?? []).map((note) => oneLine(note)) };
	}
	const rows = result.rows.map(({ cells, card }) =>
		cells.map((cell) => paragraphs(cell, card?.language))
	);
	if (head.length <= WIDEST_TABLE) return { kind: 'table', head, rows };
	const lead = 2;
	return {
		kind: 'records',
		rows: rows.map((cells) => ({
			lead: cells
				.slice(0, lead)
				.flat()
				.filter(({ t }) => t),
			cells: cells.flatMap((value, i) =>
				i >= lead && value.some(({ t }) => t) ? [{ name: head[i]!, value }] : []
			)
		}))
	};
}

type DistributiveOmit<T, K extends keyof T> = T extends unknown ? Omit<T, K> : never;
