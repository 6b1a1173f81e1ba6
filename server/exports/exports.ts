/**
 * What leaves a board or a workshop as a file. It is given everything and decides nothing: who may
 * have it, and what has been revealed, was settled by whoever gathered the input.
 */
import { realClock } from '#shared/clock.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { BoardId } from '#shared/ids.ts';
import type { ExportFile, ExportFormat } from '#server/app.ts';
import { boardPage } from './board-page.ts';
import { csvOf } from './csv.ts';
import type { ExportInput } from './input.ts';
import { jsonOf } from './json.ts';
import { createPdf, type PdfOptions } from './pdf.ts';
import { summaryPage } from './summary.ts';
import { wordsIn } from './words.ts';

export interface Exports {
	board(input: ExportInput, board: BoardId, format: ExportFormat): Promise<ExportFile | Refusal>;
	workshop(input: ExportInput, format: ExportFormat): Promise<ExportFile | Refusal>;
	stop(): Promise<void>;
}

const CONTENT_TYPES: Record<ExportFormat, string> = {
	pdf: 'application/pdf',
	csv: 'text/csv; charset=utf-8',
	json: 'application/json; charset=utf-8'
};

/** The PDF worker starts with the first PDF, and ends with `stop`. */
export function createExports({
	log,
	now
}: {
	log: PdfOptions['log'];
	now: () => number;
}): Exports {
	const pdf = createPdf({ log, clock: { now, after: realClock.after } });

	async function file(
		title: string,
		format: ExportFormat,
		body: Uint8Array | Refusal | Promise<Uint8Array | Refusal>
	): Promise<ExportFile | Refusal> {
		const bytes = await body;
		if (isRefusal(bytes)) return bytes;
		return {
			filename: `${fileName(title)}.${format}`,
			contentType: CONTENT_TYPES[format],
			body: bytes
		};
	}

	return {
		async board(input, id, format) {
			const board = input.boards.find((one) => one.id === id);
			if (!board) return refuse('not-found');
			const words = wordsIn(input.workshop.language);
			const title = `${input.workshop.title} ${board.contents.exercise.title}`;
			switch (format) {
				case 'pdf':
					return file(title, format, pdf.set('board', boardPage(input, board, words, now())));
				case 'csv':
					return file(title, format, csvOf([board], words, false));
				case 'json':
					return file(title, format, jsonOf(input, [board]));
				default:
					format satisfies never;
					return refuse('unknown-format');
			}
		},
		async workshop(input, format) {
			const words = wordsIn(input.workshop.language);
			const { title } = input.workshop;
			switch (format) {
				case 'pdf':
					return file(title, format, pdf.set('summary', summaryPage(input, words, now())));
				case 'csv':
					return file(title, format, csvOf(input.boards, words, true));
				case 'json':
					return file(title, format, jsonOf(input, input.boards));
				default:
					format satisfies never;
					return refuse('unknown-format');
			}
		},
		stop: () => pdf.stop()
	};
}

/** Windows has devices by these names, and keeps no file under them. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** A name that every system and header takes: Latin letters and digits; `plenary` where none is left. */
function fileName(title: string): string {
	const name = title
		.slice(0, 200)
		.normalize('NFKD')
		.replace(/[^\w\s-]/g, '')
		.trim()
		.replace(/[\s_-]+/g, '-')
		.toLowerCase()
		.slice(0, 80)
		.replace(/^-|-$/g, '');
	return DEVICE.test(name) ? `plenary-${name}` : name || 'plenary';
}
