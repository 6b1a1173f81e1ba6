/** A table whose headings stand again on every page that it goes over. */
import {
	BorderStyle,
	Paragraph,
	Table,
	TableCell,
	TableLayoutType,
	TableRow,
	WidthType
} from 'docx';
import { paragraph, saidBy, type Words } from './paragraphs.ts';
import { NOTE } from './styles.ts';

/** `across`: how wide the page is, in twentieths of a point. `rtl`: its first column is at the right. */
export interface Sheet {
	across: number;
	rtl: boolean;
}

interface TableOfWords {
	head: readonly Words[];
	rows: readonly (readonly Words[])[];
	even?: true;
}

export function tableOf({ head, rows, even }: TableOfWords, { across, rtl }: Sheet): Table {
	const widths = even
		? head.map(() => Math.floor(across / head.length))
		: widthsOf([head, ...rows], across);
	const look = { spacing: { after: 0 }, ...(head.length > WIDE && { style: NOTE }) };
	const row = (cells: readonly Words[], isHead: boolean): TableRow =>
		new TableRow({
			tableHeader: isHead,
			cantSplit: isHead || cells.every((cell) => saidBy(cell).text.length < LONG),
			children: widths.map((size, i) => {
				const said = paragraph(cells[i] ?? '', look, { bold: isHead });
				return new TableCell({
					width: { size, type: WidthType.DXA },
					margins: { top: 50, bottom: 50, left: 80, right: 80 },
					...(isHead && { shading: { fill: 'eef0e6' } }),
					// A cell holds a paragraph, if only an empty one.
					children: said.length > 0 ? said : [new Paragraph({ spacing: { after: 0 } })]
				});
			})
		});
	const line = { style: BorderStyle.SINGLE, size: 4, color: 'b8bcae' };
	return new Table({
		width: { size: across, type: WidthType.DXA },
		columnWidths: widths,
		layout: TableLayoutType.FIXED,
		visuallyRightToLeft: rtl,
		borders: {
			top: line,
			bottom: line,
			left: line,
			right: line,
			insideHorizontal: line,
			insideVertical: line
		},
		rows: [row(head, true), ...rows.map((cells) => row(cells, false))]
	});
}

/** In letters: a row that has more of them in a cell may be longer than a page. */
const LONG = 600;

/** A table of more columns is set small. */
const WIDE = 5;

/** In letters: a word that is longer than the last is broken. */
const LEAST = 8;
const MOST = 40;
const WORD = 17;
/** Heads are bold. */
const WIDER = 1.3;

/** A column has room for its words, and more of it the more they are, within reason. */
function widthsOf(rows: readonly (readonly Words[])[], across: number): number[] {
	const wanted = (rows[0] ?? []).map((_, i) =>
		rows.reduce((most, row) => Math.max(most, roomFor(saidBy(row[i] ?? '').text)), LEAST)
	);
	const all = wanted.reduce((sum, one) => sum + one, 0);
	return wanted.map((one) => Math.floor((across * one) / all));
}

function roomFor(text: string): number {
	const longest = text.split(/\s/u).reduce((most, word) => Math.max(most, word.length), 0);
	return Math.max(Math.min(longest * WIDER, WORD) + 2, Math.min(text.length, MOST) / 2);
}
