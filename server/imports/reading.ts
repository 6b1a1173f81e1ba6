/** The thread that one file is read in: it lives as long as that, and has so much memory and time. */
import { Worker } from 'node:worker_threads';
import type { Clock } from '#shared/clock.ts';
import type { Asked, Told } from './import-worker.ts';

export interface Reading {
	/** What the thread says; null where it could not: it took too long, or a fault of ours. */
	ask(asked: Asked): Promise<Told | null>;
	end(): Promise<void>;
}

export interface ReadingOptions {
	clock: Pick<Clock, 'after'>;
	/** Why a thread said nothing: for the log. */
	failed(why: unknown): void;
	/** In ms, for each question. */
	patience?: number;
}

const MEGABYTES = 768;

export function createReading({ clock, failed, patience = 60_000 }: ReadingOptions): Reading {
	const worker = new Worker(new URL('./import-worker.ts', import.meta.url), {
		resourceLimits: { maxOldGenerationSizeMb: MEGABYTES }
	});
	let hear: ((told: Told | null) => void) | null = null;
	let ended = false;

	const settle = (told: Told | null) => {
		hear?.(told);
		hear = null;
	};
	const fail = (why: unknown) => {
		if (ended) return;
		ended = true;
		failed(why);
		void worker.terminate();
		settle(null);
	};
	worker.on('message', settle);
	worker.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return fail(error);
		ended = true;
		settle({ wrong: { refused: 'too-large', where: '' } });
	});
	worker.on('exit', (code) => fail(`the thread ended with ${code}`));

	return {
		async ask(asked) {
			if (ended) return null;
			const told = new Promise<Told | null>((resolve) => (hear = resolve));
			const giveUp = clock.after(patience, () => fail(`nothing after ${patience} ms`));
			// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
			worker.postMessage(asked);
			return told.finally(giveUp);
		},
		async end() {
			ended = true;
			settle(null);
			await worker.terminate();
		}
	};
}
