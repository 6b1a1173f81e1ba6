/**
 * Makes files, in a process of its own: no socket waits for one, and what is too much for Typst ends
 * this process and not the server. It gets an order and the bytes of what to make it from, and hands
 * back bytes; it reaches no network and no database.
 */
import { constants, setPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ExportFormat, ExportOptions } from '#shared/export-formats.ts';
import type { Origin } from '#shared/across/contacts.ts';
import type { BoardId } from '#shared/ids.ts';
import type { AcrossOrder } from './across.ts';
import { MAKERS } from './make.ts';
import { unpack } from './portable.ts';
import { summaryOf } from './summary/summary.ts';
import { createTypesetter, TooMuch, type Template, type Typesetter } from './typesetter.ts';
import { wordsIn } from './words.ts';

/** `input`: as `portable.ts` packs it. */
export type Order =
	| {
			make: 'file';
			format: ExportFormat;
			/** Null: the whole workshop. */
			board: BoardId | null;
			options: ExportOptions;
			input: Uint8Array;
	  }
	/** JSON of the summary. */
	| { make: 'summary'; input: Uint8Array }
	/** What several workshops have together. */
	| ({ make: 'across'; workshops: { origin: Origin; input: Uint8Array }[] } & AcrossOrder)
	/** One template with its data, as JSON: a PDF. */
	| { make: 'page'; template: Template; data: string };

export interface Job {
	id: number;
	order: Order;
	now: number;
}
export type Done =
	/** `accessible`: no letter of a PDF lacked a font. */
	| { id: number; bytes: Uint8Array; accessible: boolean }
	| { id: number; refused: 'unknown-format' | 'too-much-to-draw' | 'empty-file' }
	| { id: number; failed: string };

let typesetter: Typesetter | null = null;

/** Loads fonts with the first document; says of each whether it is accessible. */
function typesetting(): Typesetter & { accessible: boolean } {
	const typeset = {
		accessible: true,
		pdf(...asked: Parameters<Typesetter['pdf']>) {
			const set = (typesetter ??= createTypesetter()).pdf(...asked);
			typeset.accessible &&= set.accessible;
			return set;
		},
		svg: (...asked: Parameters<Typesetter['svg']>) =>
			(typesetter ??= createTypesetter()).svg(...asked),
		png: (...asked: Parameters<Typesetter['png']>) =>
			(typesetter ??= createTypesetter()).png(...asked)
	};
	return typeset;
}

async function make(order: Order, now: number, typeset: Typesetter): Promise<Uint8Array | null> {
	if (order.make === 'page')
		return typeset.pdf(order.template, JSON.parse(order.data) as object, Math.floor(now / 1000))
			.bytes;
	if (order.make === 'across') {
		const boards = order.workshops.flatMap(({ origin, input }) => {
			const read = unpack(input);
			return read.boards.map((board) => ({ workshop: origin, input: read, board }));
		});
		return (await import('./across.ts')).acrossOf(order, boards);
	}
	const input = unpack(order.input);
	const words = wordsIn(input.workshop.language);
	if (order.make === 'summary')
		return new TextEncoder().encode(JSON.stringify(summaryOf(input, words, now)));
	const { format, options } = order;
	const boards = input.boards.filter(({ id }) => order.board === null || id === order.board);
	const board = order.board === null ? null : boards[0]!;
	return MAKERS[format]({ input, boards, board, words, now, options, typeset });
}

async function done({ id, order, now }: Job): Promise<Done> {
	try {
		const typeset = typesetting();
		const made = await make(order, now, typeset);
		if (!made) return { id, refused: 'unknown-format' };
		if (made.byteLength === 0) return { id, refused: 'empty-file' };
		return { id, bytes: made, accessible: typeset.accessible };
	} catch (error) {
		if (error instanceof TooMuch) return { id, refused: 'too-much-to-draw' };
		return { id, failed: String(error).slice(0, 2000) };
	}
}

// Rooms come first.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
// Whoever stops the server may tell all of its processes: the server says when this one ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
// Or it is gone, which nothing here hears while Typst works: so a thread looks.
new Worker(
	`const { workerData: server } = require('node:worker_threads');
	setInterval(() => process.ppid === server || process.kill(process.pid, 'SIGKILL'), 1000);`,
	{ eval: true, workerData: process.ppid }
).unref();
process.on('message', async (job: Job) => {
	process.send!(await done(job));
});
