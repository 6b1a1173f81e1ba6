/** The summary's pictures as tables: for formats that have no pictures, and where one cannot be had. */
import type { Block, Item, Scale } from '#shared/summary/model.ts';
import type { Words } from './words.ts';

/** A table of plain text under one row of headings. */
export interface Grid {
	head: readonly string[];
	rows: string[][];
	/** Whether its columns are of one width, as in a picture. */
	even?: true;
}

type Of<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>;

/** Each bar by its name, and how long it is. */
export const barsTable = ({ head, bars }: Of<'bars' | 'list'>): Grid => ({
	head,
	rows: bars.map(({ label, count }) => [label.text, String(count)])
});

/**
 * As it is drawn: five down to one from the top, one to five across, the cards in their cells, with
 * `between` from one to the next.
 */
export const matrixTable = ({ x, y, rows }: Of<'matrix'>, words: Words, between: string): Grid => ({
	even: true,
	head: [`${y.title.text} × ${x.title.text}`, ...(rows[0] ?? []).map((cell) => String(cell.x))],
	rows: rows.map((row) => [
		String(row[0]?.y ?? ''),
		...row.map(({ items, more }) =>
			[...items.map(named), ...(more > 0 ? [words.count('more', more)] : [])].join(between)
		)
	])
});

const named = ({ text, author, mark }: Item): string =>
	(mark ? `${mark}: ` : '') + text.text + (author ? ` (${author.text})` : '');

/** What the figures along a matrix mean, and the letters in it. */
export const scaleSentences = ({ x, y, key }: Of<'matrix'>): string[] => [
	...[y, x].map(scaleSentence),
	...(key.length > 0 ? [key.map(({ mark, title }) => `${mark}: ${title.text}`).join(' · ')] : [])
];

const scaleSentence = ({ title, low, high }: Scale): string =>
	`${title.text} · 1 = ${low.text} · 5 = ${high.text}`;

/** A row for each goal, by its name: so it fits a page, upright. */
export const coverageTable = ({ head, goals, rows }: Of<'coverage'>): Grid => ({
	head: ['', ...rows.map(({ title, set }) => (set ? `${title.text} (${set.text})` : title.text))],
	rows: [
		...goals.map(({ number, name }, i) => [
			`${number} ${name}`,
			...rows.map(({ counts }) => String(counts[i] ?? 0))
		]),
		[head.total, ...rows.map(({ total }) => String(total))]
	]
});
