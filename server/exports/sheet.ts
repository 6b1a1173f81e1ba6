/** One sheet of a workbook, with what every sheet has, and with what spreadsheets cannot hold met. */
import type { CellStyle, WriteSheet } from 'hucre';
import type { Paper } from '#shared/export-formats.ts';
import { clean } from './text.ts';

export type Cell = string | number | Date | null;

export interface Column {
	/** Where no column has one, there is no head. */
	head: string;
	kind: 'text' | 'number' | 'date';
	/** In letters. */
	width: number;
}

export interface Table {
	name: string;
	columns: Column[];
	rows: Cell[][];
}

export const text = (head: string, width: number): Column => ({ head, kind: 'text', width });
export const number = (head: string): Column => ({ head, kind: 'number', width: 12 });

const TOP = { vertical: 'top', wrapText: true, readingOrder: 'context' } as const;
const STYLES: Record<Column['kind'], CellStyle> = {
	// Cells "as text": what looks like a formula or a date stays what it is when somebody edits it.
	text: { alignment: TOP, numFmt: '@' },
	// A mean keeps its decimal.
	number: { alignment: { vertical: 'top' }, numFmt: 'General' },
	date: { alignment: { vertical: 'top' }, numFmt: 'yyyy-mm-dd' }
};
const HEAD: CellStyle = {
	font: { bold: true },
	fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'EDE8DA' } },
	alignment: TOP,
	numFmt: '@'
};

/** As `hucre` takes it. Widths, filters, a head that stays, one page wide when it is printed. */
export function sheetOf(
	table: Table,
	{ paper, rightToLeft }: { paper: Paper; rightToLeft: boolean }
): WriteSheet {
	const { columns, rows: body } = divided(table);
	const hasHead = columns.some(({ head }) => head !== '');
	const rows = hasHead ? [columns.map(({ head }) => head), ...body] : body;
	const cells: NonNullable<WriteSheet['cells']> = new Map();
	if (hasHead)
		columns.forEach(({ head }, at) => cells.set(`0,${at}`, { value: head, style: HEAD }));
	rows.forEach((row, down) =>
		row.forEach((cell, at) => {
			if (typeof cell === 'string' && ERROR.test(cell))
				cells.set(`${down},${at}`, { style: STYLES.text, richText: [{ text: cell }] });
		})
	);
	return {
		name: table.name,
		columns: columns.map(({ kind, width }) => ({ width, style: STYLES[kind] })),
		rows,
		cells,
		view: { rightToLeft },
		pageSetup: {
			paperSize: paper,
			orientation: 'landscape',
			fitToPage: true,
			fitToWidth: 1,
			fitToHeight: 0
		},
		...(hasHead && {
			freezePane: { rows: 1 },
			autoFilter: { range: `A1:${letters(columns.length)}${rows.length}` }
		})
	};
}

/** What a cell may hold; the rest goes on in the cell beside it. */
const LONGEST = 32_000;

/** As many columns for a text as its longest needs, each called like it. */
function divided({ columns, rows }: Table): { columns: Column[]; rows: Cell[][] } {
	const pieces = rows.map((row) => row.map((cell) => piecesOf(cell)));
	const wide = columns.map((_, at) =>
		pieces.reduce((most, row) => Math.max(most, row[at]?.length ?? 1), 1)
	);
	return {
		columns: columns.flatMap((column, at) =>
			Array.from({ length: wide[at]! }, (_, i) =>
				i === 0
					? { ...column, head: written(column.head) }
					: { ...column, head: written(`${column.head} (${i + 1})`) }
			)
		),
		rows: pieces.map((row) =>
			row.flatMap((cell, at) => [
				...cell,
				...Array.from({ length: wide[at]! - cell.length }, () => null)
			])
		)
	};
}

function piecesOf(cell: Cell): Cell[] {
	if (typeof cell !== 'string') return [cell];
	const text = clean(cell);
	if (text === '') return [null];
	const pieces: Cell[] = [];
	for (let from = 0; from < text.length;) {
		let to = Math.min(from + LONGEST, text.length);
		// Not within a letter of two halves.
		if (to < text.length && /[\udc00-\udfff]/.test(text[to]!)) to--;
		pieces.push(written(text.slice(from, to)));
		from = to;
	}
	return pieces;
}

/** `_x0041_` is how a workbook writes letters by number: what only looks so says that it does not. */
const written = (text: string): string => clean(text).replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');

/** Words that the library would write as a failed formula. */
const ERROR = /^#[A-Z_/0]+[!?A]?$/;

/** A column's name: A … Z, AA … */
const letters = (count: number): string =>
	(count > 26 ? letters(Math.floor((count - 1) / 26)) : '') +
	String.fromCharCode(65 + ((count - 1) % 26));

const NAME = 31;

/** Names that sheets may have: short, without what stands in references, no two alike. */
export function sheetNames(wanted: string[]): string[] {
	const taken = new Set<string>();
	return wanted.map((title) => {
		const plain = short(
			clean(title)
				.replace(/[[\]:*?/\\\s]+/g, ' ')
				.replace(/^[' ]+|[' ]+$/gu, ''),
			NAME
		);
		const base = plain === '' || plain.toLowerCase() === 'history' ? `${plain} 1`.trim() : plain;
		for (let i = 1; ; i++) {
			const end = i === 1 ? '' : ` (${i})`;
			const name = short(base, NAME - end.length) + end;
			if (taken.has(name.toLowerCase())) continue;
			taken.add(name.toLowerCase());
			return name;
		}
	});
}

/** Cut between letters, not within one, and not behind an apostrophe. */
const short = (text: string, most: number): string =>
	text
		.slice(0, most)
		.replace(/[\ud800-\udbff]$/, '')
		.replace(/[' ]+$/, '');
