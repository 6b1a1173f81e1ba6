/**
 * What leaves a board or a workshop as a file. It is given everything and decides nothing: who may
 * have it, and what has been revealed, was settled by whoever gathered the input.
 */
import { createHash, randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { realClock } from '#shared/clock.ts';
import { emptyForms } from '#shared/empty-forms.ts';
import {
	EXPORT_FORMATS,
	exportOptionsSchema,
	type ExportFormat,
	type ExportOptions
} from '#shared/export-formats.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { Origin } from '#shared/across/contacts.ts';
import type { BoardId } from '#shared/ids.ts';
import type { Summary } from '#shared/summary/model.ts';
import type { ExportFile } from '#server/app.ts';
import type { AcrossOrder, AcrossWorkshop } from './across.ts';
import { fileName } from './file-name.ts';
import type { ExportInput } from './input.ts';
import { leftOut } from './left-out.ts';
import { pack, type Packed } from './portable.ts';
import type { Template } from './typesetter.ts';
import { wordsIn } from './words.ts';
import { createWorkerQueue, type QueueOptions, type Waiting } from './worker-queue.ts';

export interface Exports {
	board(
		input: ExportInput,
		board: BoardId,
		format: ExportFormat,
		options?: ExportOptions,
		waiting?: Waiting
	): Promise<ExportFile | Refusal>;
	workshop(
		input: ExportInput,
		format: ExportFormat,
		options?: ExportOptions,
		waiting?: Waiting
	): Promise<ExportFile | Refusal>;
	summary(input: ExportInput, waiting?: Waiting): Promise<Summary | Refusal>;
	/** A PDF of one template with its data. */
	page(template: Template, data: object, waiting?: Waiting): Promise<Uint8Array | Refusal>;
	/** What several workshops have together, in one form. */
	across(
		asked: AcrossOrder,
		workshops: AcrossWorkshop[],
		waiting?: Waiting
	): Promise<Pick<ExportFile, 'body' | 'etag'> | Refusal>;
	stop(): Promise<void>;
}

const USUAL: ExportOptions = v.parse(exportOptionsSchema, {});

/** The worker starts with the first file, and ends with `stop`. */
export function createExports({
	log,
	now,
	script
}: Pick<QueueOptions, 'log' | 'script'> & { now: () => number }): Exports {
	const queue = createWorkerQueue({ log, clock: { now, after: realClock.after }, script });
	/** The same code makes the same of the same content: this process's, as another may be newer. */
	const version = randomUUID();
	/** Many may ask for what was gathered once. */
	const packing = new WeakMap<ExportInput, Promise<Packed>>();

	function packed(input: ExportInput): Promise<Packed> {
		const known = packing.get(input) ?? pack(input);
		packing.set(input, known);
		return known;
	}

	const keyOf = (...of: unknown[]): string =>
		createHash('sha256')
			.update(JSON.stringify([version, ...of]))
			.digest('base64url');

	async function file(
		input: ExportInput,
		board: BoardId | null,
		format: ExportFormat,
		options = USUAL,
		waiting?: Waiting
	): Promise<ExportFile | Refusal> {
		const boards = input.boards.filter(({ id }) => board === null || id === board);
		if (board !== null && !boards[0]) return refuse('not-found');
		if (emptyForms(boards.map(({ contents }) => contents)).includes(format))
			return refuse('empty-file');
		const { hash, bytes } = await packed(input);
		const key = keyOf(hash, board, format, options);
		const order = { make: 'file', format, board, options, input: bytes } as const;
		const body = await queue.make(key, order, waiting);
		if (isRefusal(body)) return body;
		const exercise = board === null ? '' : ` ${boards[0]!.contents.exercise.title}`;
		return {
			filename: `${fileName(input.workshop.title + exercise)}.${format}`,
			contentType: EXPORT_FORMATS[format].type,
			body,
			etag: `"${key}"`,
			leftOut: leftOut(input, boards, wordsIn(input.workshop.language), format)
		};
	}

	return {
		board: file,
		workshop: (input, format, options, waiting) => file(input, null, format, options, waiting),
		async summary(input, waiting) {
			const { hash, bytes } = await packed(input);
			const made = await queue.make(keyOf(hash), { make: 'summary', input: bytes }, waiting);
			return isRefusal(made) ? made : (JSON.parse(Buffer.from(made).toString()) as Summary);
		},
		page(template, data, waiting) {
			const text = JSON.stringify(data);
			return queue.make(keyOf(template, text), { make: 'page', template, data: text }, waiting);
		},
		async across(asked, workshops, waiting) {
			const hashes: unknown[] = [];
			const carried: { origin: Origin; input: Uint8Array }[] = [];
			for (const { origin, input } of workshops) {
				const { hash, bytes } = await packed(input);
				hashes.push(origin, hash);
				carried.push({ origin, input: bytes });
			}
			const key = keyOf(asked, hashes);
			const body = await queue.make(key, { make: 'across', ...asked, workshops: carried }, waiting);
			return isRefusal(body) ? body : { body, etag: `"${key}"` };
		},
		stop: () => queue.stop()
	};
}
