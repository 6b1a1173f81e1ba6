/** PDFs, made one at a time in a worker thread that is replaced when it fails or hangs. */
import { Worker } from 'node:worker_threads';
import type { Clock } from '#shared/clock.ts';
import { refuse, type Refusal } from '#shared/refusals.ts';
import type { Done, Job } from './typst-worker.ts';

interface Pdf {
	set(template: Job['template'], data: unknown): Promise<Uint8Array | Refusal>;
	/** Ends the worker; what still waits is refused. */
	stop(): Promise<void>;
}

export interface PdfOptions {
	log: { warn(about: object, message: string): void; error(about: object, message: string): void };
	clock: Pick<Clock, 'now' | 'after'>;
	/** The worker's file; another one only to see how failures are met. */
	script?: URL;
	/** How long one document may take, in ms. */
	patience?: number;
}

interface Waiting {
	job: Job;
	answer: (outcome: Uint8Array | Refusal) => void;
}

/** A roomful may press "Take the PDF home" at once; more than this are asked to try again. */
const LONGEST_QUEUE = 100;

export function createPdf({ log, clock, script, patience = 30_000 }: PdfOptions): Pdf {
	const file = script ?? new URL('./typst-worker.ts', import.meta.url);
	const queue: Waiting[] = [];
	let current: (Waiting & { giveUp: () => void }) | null = null;
	let worker: Worker | null = null;
	let stopped = false;
	let jobs = 0;

	function start(): Worker {
		const fresh = new Worker(file);
		fresh.on('message', (done: Done) => {
			if (fresh === worker) finish(done);
		});
		fresh.on('error', (error) => fail(fresh, String(error)));
		fresh.on('exit', (code) => fail(fresh, `the worker ended with ${code}`));
		// An idle worker keeps no process alive.
		fresh.unref();
		return fresh;
	}

	function next(): void {
		if (current || stopped) return;
		const waiting = queue.shift();
		if (!waiting) return;
		worker ??= start();
		const of = worker;
		const giveUp = clock.after(patience, () => {
			fail(of, `nothing after ${patience} ms`);
			void of.terminate();
		});
		current = { ...waiting, giveUp };
		worker.ref();
		// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
		worker.postMessage(waiting.job);
	}

	function finish(done: Done): void {
		if (current?.job.id !== done.id) return;
		const { template } = current.job;
		if ('failed' in done) {
			log.error({ template, why: done.failed }, 'a PDF could not be set');
			settle(refuse('server-fault', done.failed));
			return;
		}
		if (!done.accessible)
			log.warn({ template }, 'a PDF lacks PDF/UA: no font has some letters of it');
		settle(done.pdf);
	}

	/** Answers who waits for the document at hand, and goes on to the next. */
	function settle(outcome: Uint8Array | Refusal): void {
		const waiting = current;
		current = null;
		waiting?.giveUp();
		worker?.unref();
		waiting?.answer(outcome);
		next();
	}

	/** Leaves a worker behind; the document that it was at is refused, the next gets a new worker. */
	function fail(of: Worker, why: string): void {
		if (of !== worker) return;
		worker = null;
		if (stopped) return;
		log.error({ why }, 'the PDF worker is replaced');
		settle(refuse('server-fault', why));
	}

	return {
		set(template, data) {
			if (stopped || queue.length >= LONGEST_QUEUE) return Promise.resolve(refuse('try-again'));
			const job: Job = {
				id: ++jobs,
				template,
				data: JSON.stringify(data),
				at: Math.floor(clock.now() / 1000)
			};
			return new Promise((answer) => {
				queue.push({ job, answer });
				next();
			});
		},
		async stop() {
			stopped = true;
			const ended = worker?.terminate();
			current?.giveUp();
			for (const { answer } of [...(current ? [current] : []), ...queue])
				answer(refuse('try-again'));
			current = null;
			queue.length = 0;
			await ended;
		}
	};
}
