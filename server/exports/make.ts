/**
 * Every form in which a board or a workshop leaves, and what makes it: the one table. It runs in the
 * worker (`export-worker.ts`), where nobody waits for it; the server's own thread knows its types alone.
 */
import type { ExportFormat, ExportOptions } from '#shared/export-formats.ts';
import { boardDocument, PNG_WIDTH } from './board-document.ts';
import { csvOf } from './csv.ts';
import type { BoardInput, ExportInput } from './input.ts';
import { jsonOf } from './json.ts';
import { pictureOf } from './summary/picture.ts';
import { setSummary } from './summary/print.ts';
import { summaryOf } from './summary/summary.ts';
import type { Alt, Template, Typesetter } from './typesetter.ts';
import type { Words } from './words.ts';

/** What a file is made of. */
interface Made {
	input: ExportInput;
	/** What it is of: one board, or all of the workshop's. */
	boards: BoardInput[];
	/** The board, where it is of one. */
	board: BoardInput | null;
	words: Words;
	now: number;
	options: ExportOptions;
	typeset: Typesetter;
}
/** Null: there is no such thing of this board. */
type Maker = (made: Made) => Uint8Array | null | Promise<Uint8Array | null>;

/** What takes a library of its own is loaded with the first that is asked for. */
export const MAKERS: Record<ExportFormat, Maker> = {
	pdf: (made) =>
		made.board
			? drawn(made, made.options, (_, template, data) => pdf(made, template, data))
			: setSummary(
					summaryOf(made.input, made.words, made.now),
					made.input.logo,
					made.options.paper ?? made.input.summary.paper,
					(data) => pdf(made, 'summary', data)
				),
	docx: async ({ input, words, now, options, typeset }) => {
		const summary = summaryOf(input, words, now);
		return (await import('./docx.ts')).docxOf(
			summary,
			input.logo,
			words,
			(block) => pictureOf(block, summary, typeset),
			options.paper ?? input.summary.paper
		);
	},
	md: async ({ input, words, now }) =>
		(await import('./markdown.ts')).markdownOf(summaryOf(input, words, now), words),
	csv: ({ boards, board, words }) => csvOf(boards, words, board === null),
	xlsx: async ({ input, boards, words }) =>
		(await import('./xlsx.ts')).xlsxOf(input, boards, words),
	vcf: async ({ input, boards, words }) =>
		(await import('./vcard.ts')).vcardOf(input, boards, words),
	ics: async ({ input, boards, words }) => (await import('./ical.ts')).icalOf(input, boards, words),
	json: ({ input, boards }) => jsonOf(input, boards),
	svg: (made) =>
		drawn(made, wall(made), (typeset, template, data) =>
			new TextEncoder().encode(typeset.svg(template, data))
		),
	png: (made) =>
		drawn(made, wall(made), (typeset, template, data) => typeset.png(template, data, PNG_WIDTH))
};

/** A picture is one page, however large. */
const wall = ({ options }: Made): ExportOptions => ({ ...options, layout: 'wall' });

/** One board, or its coverage. */
function drawn(
	{ input, board, words, now, typeset }: Made,
	options: ExportOptions,
	draw: (
		typeset: Typesetter,
		template: Template,
		data: { alt: Alt }
	) => Uint8Array | Promise<Uint8Array>
): Uint8Array | null | Promise<Uint8Array> {
	const document = board && boardDocument(input, board, words, now, options);
	return document && draw(typeset, document.template, document.data);
}

const pdf = ({ typeset, now }: Made, template: Template, data: object): Uint8Array =>
	typeset.pdf(template, data, Math.floor(now / 1000)).bytes;
