/**
 * Reads one file and makes a workshop of it, in a thread of its own: it may be large, or made to be
 * hard to read. What it costs is bounded there, and nobody else waits for it.
 */
import { nanoid } from 'nanoid';
import { parentPort } from 'node:worker_threads';
import { isRefusal } from '#shared/refusals.ts';
import type { WorkshopFile } from '#shared/workshop-file.ts';
import type { Imported } from '#server/store/imports.ts';
import { compose } from './compose.ts';
import { readFile, type Wrong } from './read-file.ts';
import { renamed } from './renamed.ts';

/** First the file; once it was read, how to make it. */
export type Asked =
	| { ask: 'read'; bytes: Uint8Array }
	/** `anew`: under new ids. */
	| { ask: 'make'; now: number; anew: boolean };

/** The ids of a file that must be nobody's on this server. */
export interface Ids {
	workshop: string;
	boards: string[];
	people: string[];
}

export type Told = { wrong: Wrong } | { ids: Ids } | { imported: Imported };

let file: WorkshopFile | null = null;

function answer(asked: Asked): Told {
	switch (asked.ask) {
		case 'read': {
			const read = readFile(asked.bytes);
			if (isRefusal(read)) return { wrong: read as Wrong };
			file = read as WorkshopFile;
			return {
				ids: {
					workshop: file.workshop.id,
					boards: file.boards.map(({ id }) => id),
					people: (file.people ?? []).map(({ id }) => id)
				}
			};
		}
		case 'make': {
			const made = asked.anew ? renamed(file!, nanoid) : file!;
			return { imported: compose(made, { now: asked.now, newId: nanoid }) };
		}
		default:
			return asked satisfies never;
	}
}

parentPort?.on('message', (asked: Asked) => {
	// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
	parentPort?.postMessage(answer(asked));
});
