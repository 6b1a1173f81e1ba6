/**
 * The worker that makes files, and who waits for one: one file at a time, for one person after the
 * other, the same file once for all who ask for it. A worker that fails, hangs, or works for nobody
 * any more is replaced.
 */
import { fork, type ChildProcess } from 'node:child_process';
import type { Clock } from '#shared/clock.ts';
import { refuse, type Refusal } from '#shared/refusals.ts';
import type { Done, Job, Order } from './export-worker.ts';
import { createFileCache } from './file-cache.ts';

export interface WorkerQueue {
	/** `key`: what is the same has the same. */
	make(key: string, order: Order, asker?: Waiting): Promise<Uint8Array | Refusal>;
	/** Ends the worker; what still waits is refused. */
	stop(): Promise<void>;
}

/** Who waits for a file. */
export interface Waiting {
	/** All that ask under one name take one turn together. */
	person?: string;
	/** Whoever asks has left. */
	gone?: AbortSignal;
}

export interface QueueOptions {
	log: { warn(about: object, message: string): void; error(about: object, message: string): void };
	clock: Pick<Clock, 'now' | 'after'>;
	/** The worker's file; another one only to see how failures are met. */
	script?: URL;
	/** How long one file may take, in ms. */
	patience?: number;
}

interface Task {
	job: Job;
	key: string;
	/** Everybody who waits for it, and who that is. */
	waiting: Map<(outcome: Uint8Array | Refusal) => void, string>;
}

/** Different files that may wait; more are asked to try again. */
const LONGEST_QUEUE = 100;
/** In bytes: what these are made from, all together. */
const HEAVIEST_QUEUE = 100e6;
/** How long a file that nobody waits for any more may still take, in ms: it is kept for the next. */
const MOMENT = 1000;
/** In seconds. */
const COME_BACK = 5;
/** In ms, for which a worker waits for work. What it holds goes back to the machine with it. */
const IDLE = 60_000;
/** Its heap is bounded: one that is full fails like any other. What Typst takes is beside it. */
const MEGABYTES = 640;

function weightOf({ job: { order } }: Task): number {
	if (order.make === 'page') return order.data.length;
	if (order.make === 'across')
		return order.workshops.reduce((sum, { input }) => sum + input.length, 0);
	return order.input.length;
}
const about = ({ make, ...order }: Order): object => ({
	make,
	...('format' in order && { format: order.format }),
	...('template' in order && { template: order.template }),
	...('asked' in order && { of: order.asked.of, format: order.form })
});

export function createWorkerQueue({
	log,
	clock,
	script = new URL('./export-worker.ts', import.meta.url),
	patience = 30_000
}: QueueOptions): WorkerQueue {
	/** In the order in which they came; the one that is being made is no longer among them. */
	const queue = new Map<string, Task>();
	/** Who is next: whoever has just had a turn is last. */
	const people = new Set<string>();
	let current: (Task & { giveUp: () => void }) | null = null;
	const made = createFileCache();
	let worker: ChildProcess | null = null;
	let rest = () => {};
	let stopped = false;
	let jobs = 0;

	function start(): ChildProcess {
		const fresh = fork(script, {
			serialization: 'advanced',
			execArgv: [`--max-old-space-size=${MEGABYTES}`, '--expose-gc'],
			// It reaches no database and no network, and is not told of any.
			env: {},
			// What it says as it dies is for whoever runs the server.
			stdio: ['ignore', 'ignore', 'inherit', 'ipc']
		});
		fresh.on('message', (done: Done) => {
			if (fresh === worker) finish(done);
		});
		fresh.on('error', (error) => fail(fresh, String(error)));
		fresh.on('exit', (code, signal) => fail(fresh, `the worker ended with ${code ?? signal}`));
		// An idle worker keeps no process alive.
		fresh.unref();
		fresh.channel?.unref();
		return fresh;
	}

	/** Lets go of it, whatever it is at. */
	function end(of: ChildProcess): Promise<unknown> | undefined {
		if (of === worker) worker = null;
		if (of.exitCode !== null || of.signalCode !== null) return undefined;
		const ended = new Promise((resolve) => of.once('exit', resolve));
		of.ref();
		of.kill('SIGKILL');
		return ended;
	}

	/** The oldest file that the next person waits for. Who waits for none is forgotten. */
	function nextTask(): Task | undefined {
		for (const person of people) {
			people.delete(person);
			const task = [...queue.values()].find(({ waiting }) =>
				[...waiting.values()].includes(person)
			);
			if (!task) continue;
			people.add(person);
			return task;
		}
		return undefined;
	}

	function next(): void {
		if (current || stopped) return;
		const task = nextTask();
		if (!task) return;
		queue.delete(task.key);
		rest();
		const giveUp = clock.after(patience, () => fail(worker, `nothing after ${patience} ms`));
		current = { ...task, giveUp };
		try {
			worker ??= start();
			worker.channel?.ref();
			worker.send(task.job);
		} catch (error) {
			// The machine has no process or no channel to give.
			fail(worker, String(error));
		}
	}

	function finish(done: Done): void {
		if (current?.job.id !== done.id) return;
		const what = about(current.job.order);
		if ('failed' in done) {
			log.error({ ...what, why: done.failed }, 'a file could not be made');
			settle(refuse('server-fault', done.failed));
		} else if ('refused' in done) settle(refuse(done.refused));
		else {
			if (!done.accessible) log.warn(what, 'a PDF lacks PDF/UA: no font has some letters of it');
			made.set(current.key, done.bytes);
			settle(done.bytes);
		}
	}

	/** Answers who waits for the file at hand, and goes on to the next. */
	function settle(outcome: Uint8Array | Refusal): void {
		const task = current;
		current = null;
		task?.giveUp();
		for (const answer of task?.waiting.keys() ?? []) answer(outcome);
		next();
		const idle = worker;
		if (current || !idle) return;
		idle.channel?.unref();
		rest = clock.after(IDLE, () => void end(idle));
	}

	/** Leaves a worker behind; the file that it was at is refused, the next gets a new worker. */
	function fail(of: ChildProcess | null, why: string): void {
		if (of !== worker) return;
		if (of) void end(of);
		if (stopped) return;
		log.error({ why }, 'the worker that makes files is replaced');
		settle(refuse('server-fault', why));
	}

	/** Nobody waits for this any more. */
	function abandon(task: Task): void {
		if (queue.delete(task.key) || current?.job !== task.job) return;
		const of = worker!;
		clock.after(MOMENT, () => {
			if (current?.job !== task.job || task.waiting.size > 0 || of !== worker) return;
			void end(of);
			settle(refuse('try-again'));
		});
	}

	const isFull = (): boolean =>
		queue.size >= LONGEST_QUEUE ||
		[...queue.values()].reduce((sum, task) => sum + weightOf(task), 0) >= HEAVIEST_QUEUE;

	return {
		make(key, order, { person = '', gone } = {}) {
			const there = made.get(key);
			if (there && !stopped) return Promise.resolve(there);
			const same = current?.key === key ? current : queue.get(key);
			if (stopped || gone?.aborted || (!same && isFull()))
				return Promise.resolve({ ...refuse('try-again'), after: COME_BACK });
			const task = same ?? {
				job: { id: ++jobs, order, now: clock.now() },
				key,
				waiting: new Map()
			};
			if (!same) queue.set(key, task);
			return new Promise((resolve) => {
				const answer = (outcome: Uint8Array | Refusal) => {
					gone?.removeEventListener('abort', leave);
					resolve(outcome);
				};
				const leave = () => {
					task.waiting.delete(answer);
					answer(refuse('try-again', 'gone'));
					if (task.waiting.size === 0) abandon(task);
				};
				task.waiting.set(answer, person);
				people.add(person);
				gone?.addEventListener('abort', leave, { once: true });
				next();
			});
		},
		async stop() {
			stopped = true;
			const ended = worker && end(worker);
			rest();
			current?.giveUp();
			for (const task of [...(current ? [current] : []), ...queue.values()])
				for (const answer of task.waiting.keys()) answer(refuse('try-again'));
			current = null;
			queue.clear();
			await ended;
		}
	};
}
