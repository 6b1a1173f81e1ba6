/**
 * A board as it looked, as the plain value that `templates/board.typ` sets: text, order and numbers,
 * no look. On pages to read, on one large page for a wall, or that page cut into tiles for a printer.
 */
import { clothOf } from '#shared/exercises/cloth.ts';
import { isRightToLeft } from '#shared/ids.ts';
import type { ExportOptions, Paper } from '#shared/export-formats.ts';
import type { Column } from '#shared/exercises/format.ts';
import { printer, type PrintedColumn } from './board-columns.ts';
import { boardInWords } from './board-words.ts';
import { cardHeight } from './card-height.ts';
import { actionRows, factsOf, frontOf, type ActionRow, type Front } from './front.ts';
import type { BoardInput, ExportInput } from './input.ts';
import { divided, type PrintedCard, type PrintedItem } from './printed-card.ts';
import { clean, oneLine, type Paragraph } from './text.ts';
import type { Alt } from './typesetter.ts';
import type { Words } from './words.ts';

export interface Band {
	set: Paragraph | null;
	columns: PrintedColumn[];
}

export interface BoardPage {
	front: Front;
	alt: Alt;
	layout: ExportOptions['layout'];
	paper: Paper;
	/** Columns run from the right. */
	rtl: boolean;
	landscape: boolean;
	/** Columns that stand side by side; the widest band decides the width of all. */
	across: number;
	/** How wide a column is, in points. */
	strip: number;
	bands: Band[];
	/** Under the columns; on a wall they are one more column. */
	actions: { title: string; head: string[]; rows: ActionRow[] } | null;
	words: Record<'noCards' | 'answers' | 'continued' | 'plan' | 'print' | 'sheet', string>;
}

/** How many columns a sheet takes side by side: two upright, three across. */
const WIDEST = 3;

/** So many lines of a card fit on a wall, a sheet of one, a page; a taller card is divided. */
const MOST_LINES = { wall: 120, tiles: 40, upright: 40, landscape: 24 };

/** In points. */
const MM = 72 / 25.4;
const SIZES: Record<Paper, [number, number]> = { a4: [210 * MM, 297 * MM], letter: [612, 792] };
const GUTTER = 7 * MM;
/** A group's cards are narrower than it. */
const IN_A_GROUP = 12;

function stripWidth(layout: ExportOptions['layout'], paper: Paper, across: number): number {
	const [short, long] = SIZES[paper];
	if (layout === 'wall') return 84 * MM;
	if (layout === 'tiles') return (short - 26 * MM) / 2 - GUTTER;
	return ((across === WIDEST ? long : short) - 30 * MM - GUTTER * (across - 1)) / across;
}

/** One board, ready to be set. */
export function boardPage(
	input: ExportInput,
	board: BoardInput,
	words: Words,
	now: number,
	options: Pick<ExportOptions, 'layout' | 'paper'> = { layout: 'pages' }
): BoardPage {
	const { layout } = options;
	const { columns } = board.contents.exercise;
	const print = printer(board, words);
	const printed = bandsOf(columns, layout === 'pages' ? WIDEST : columns.length).map(
		({ set, columns: side }) => ({
			set: set === null ? null : oneLine(set),
			columns: side.map((column) => ({
				...print(column),
				cloth: clothOf(board.contents.exercise, column.id).cloth
			}))
		})
	);
	const rows = actionRows(board, words);
	const actions =
		rows.length === 0
			? null
			: {
					title: words.say('export_actions'),
					head: [words.say('export_what'), words.say('export_who'), words.say('export_when')],
					rows
				};
	const across = Math.max(...printed.map((band) => band.columns.length));
	const landscape = layout === 'pages' && across === WIDEST;
	const paper = options.paper ?? input.summary.paper;
	const strip = stripWidth(layout, paper, across);
	const most = MOST_LINES[layout === 'pages' ? (landscape ? 'landscape' : 'upright') : layout];
	const all =
		actions && layout !== 'pages'
			? [...printed, { set: null, columns: [actionsColumn(actions)] }]
			: printed;
	const bands = all.map((band) => fitted(band, most, strip, words));
	const front = {
		...frontOf(input, words, now),
		title: oneLine(board.contents.exercise.title),
		over: oneLine(input.workshop.title),
		document: clean(`${input.workshop.title}: ${board.contents.exercise.title}`),
		facts: factsOf(board, words)
	};
	return {
		front,
		// Only a wall is a picture.
		alt: {
			title: front.document,
			text:
				layout === 'wall' ? boardInWords(front, printed, actions, words.say('export_answers')) : ''
		},
		layout,
		paper,
		rtl: isRightToLeft(input.workshop.language),
		landscape,
		across,
		strip,
		bands,
		actions: layout === 'pages' ? actions : null,
		words: {
			noCards: words.say('export_no_cards'),
			answers: words.say('export_answers'),
			continued: words.say('export_board_continued'),
			plan: words.say('export_board_plan'),
			print: words.say('export_board_print'),
			sheet: words.say('export_board_sheet')
		}
	};
}

/** Columns of one set together, at most so many side by side, as even as can be. */
function bandsOf(columns: Column[], widest: number): { set: string | null; columns: Column[] }[] {
	const sets: { set: string | null; columns: Column[] }[] = [];
	for (const column of columns) {
		const last = sets.at(-1);
		if (last && last.set === (column.set ?? null)) last.columns.push(column);
		else sets.push({ set: column.set ?? null, columns: [column] });
	}
	return sets.flatMap(({ set, columns }) => {
		const bands = Math.ceil(columns.length / widest);
		const size = Math.ceil(columns.length / bands);
		return Array.from({ length: bands }, (_, i) => ({
			set: i === 0 ? set : null,
			columns: columns.slice(i * size, (i + 1) * size)
		}));
	});
}

/** A band whose cards are divided where they are too tall, each with its height. */
function fitted(band: Band, most: number, strip: number, words: Words): Band {
	const part = (page: number, pages: number) => words.say('export_page', { page, pages });
	const answers = words.say('export_answers');
	const fit = (items: PrintedItem[], width: number): PrintedItem[] =>
		items.flatMap((item): PrintedItem[] =>
			item.kind === 'group'
				? [{ ...item, items: fit(item.items, width - IN_A_GROUP) }]
				: divided(item, most, part).map((card) => ({
						...card,
						height: cardHeight(card, width, answers)
					}))
		);
	return {
		...band,
		columns: band.columns.map((column) => ({ ...column, items: fit(column.items, strip) }))
	};
}

/** What was agreed, a card each. */
function actionsColumn({ title, head, rows }: NonNullable<BoardPage['actions']>): PrintedColumn {
	const items = rows.map(({ what, who, when }): PrintedCard => ({
		kind: 'card',
		tab: null,
		text: what,
		fields: [who, when].flatMap((value, i) =>
			value.some(({ t }) => t) ? [{ title: oneLine(head[i + 1]!), value }] : []
		),
		author: null,
		votes: null,
		reactions: null,
		answers: null,
		answered: [],
		comments: [],
		height: null,
		part: null
	}));
	return { id: 'actions', title: oneLine(title), count: items.length, cloth: 0, items };
}
