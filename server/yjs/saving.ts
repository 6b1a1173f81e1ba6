/**
 * The tick: gather, commit, and only then hand out. One batch is on its way at a time, so rows are
 * committed in their order; what arrives meanwhile gathers for the next.
 */
import type { Clock } from '#shared/clock.ts';
import { isRejection } from '#server/store/rejection.ts';
import type { Commit } from '#server/store/updates.ts';
import { Batch, type Cut } from './batch.ts';

/** A room in which everybody types sends this often; when it was quiet, at once. */
const SHORTEST = 33;
const LONGEST = 1000;
/** How long to wait for a database that is away. */
const PATIENCE = { first: 100, most: 2000 };

interface Steps {
	/** Closes the batch. Without a pause. */
	cut(batch: Batch): Cut;
	commit(commit: Commit): Promise<void>;
	/** It is in the database: tells everybody. Without a pause. */
	handOut(batch: Batch, cut: Cut): void;
	/** Something was gathered, and waits. */
	grew(): void;
	/** A batch has come to its end, whichever. */
	shrank(): void;
	/** The database does not answer: nothing is lost, and nobody is told anything. */
	away(error: unknown): void;
	/** Rejected, or something threw: the documents are not what the log says. */
	failed(error: unknown): void;
}

export class Saving {
	/** What gathers now. */
	current = new Batch();
	#underWay: Batch | null = null;
	#over = false;
	#run: Promise<void> = Promise.resolve();
	#scheduled: (() => void) | null = null;
	#nextAt = 0;
	readonly #pace: Clock;
	readonly #steps: Steps;

	constructor(pace: Clock, steps: Steps) {
		this.#pace = pace;
		this.#steps = steps;
	}

	/** Something was gathered: it goes with the next tick. */
	touch(): void {
		if (this.#over || this.current.isEmpty) return;
		this.current.since ??= this.#pace.now();
		this.#steps.grew();
		if (this.#underWay || this.#scheduled) return;
		const wait = Math.max(0, this.#nextAt - this.#pace.now());
		this.#scheduled = this.#pace.after(wait, () => {
			this.#scheduled = null;
			this.#run = this.#tick();
		});
	}

	/** Everything gathered until now, committed and handed out: without waiting for the tick. */
	now(): Promise<void> {
		if (this.current.isEmpty) return this.#underWay?.settled ?? Promise.resolve();
		const { settled } = this.current;
		this.#nextAt = 0;
		if (this.#scheduled) {
			this.#scheduled();
			this.#scheduled = null;
		}
		this.touch();
		return settled;
	}

	/** Reads where everything that is there belongs to a batch, and answers when that is committed. */
	async atCut<T>(read: () => T): Promise<T> {
		if (this.isIdle) return read();
		const batch = this.current;
		const value = new Promise<T>((resolve) => batch.readers.push(() => resolve(read())));
		await this.now();
		return value;
	}

	/** Everything is committed and handed out. Only where nothing more is taken in. */
	async idle(): Promise<void> {
		while (this.#underWay || !this.current.isEmpty)
			await (this.#underWay ? this.#underWay.settled : this.now());
	}

	/** Whether there is anything that is not in the database. */
	get isIdle(): boolean {
		return !this.#underWay && this.current.isEmpty;
	}

	/**
	 * What the database does not have: since when the oldest of it waits, how much it is, and what it
	 * takes in memory.
	 */
	get unsaved(): { since: number; bytes: number; weight: number } | null {
		const { since } = this.#underWay ?? this.current;
		const bytes = this.current.bytes + (this.#underWay?.bytes ?? 0);
		const weight = this.current.weight + (this.#underWay?.weight ?? 0);
		return since === null ? null : { since, bytes, weight };
	}

	/** Whether what this notebook holds is about to stand on the board. */
	isForwarding(author: string): boolean {
		return this.current.forward.has(author) || (this.#underWay?.forward.has(author) ?? false);
	}

	/** No more ticks. Settles when the commit that is under way has come to its end. */
	async end(reason: unknown): Promise<void> {
		this.#over = true;
		this.#scheduled?.();
		this.#scheduled = null;
		this.current.fail(reason);
		await this.#run;
	}

	async #tick(): Promise<void> {
		const batch = this.current;
		this.current = new Batch();
		this.#underWay = batch;
		let took = 0;
		try {
			const started = performance.now();
			const cut = this.#steps.cut(batch);
			took += performance.now() - started;
			if (cut.commit) took += await this.#commit(cut.commit);
			if (this.#over) return batch.fail(new Error('the room was dropped'));
			const committed = performance.now();
			this.#underWay = null;
			this.#steps.handOut(batch, cut);
			took += performance.now() - committed;
			batch.settle();
		} catch (error) {
			batch.fail(error);
			if (!this.#over) this.#steps.failed(error);
		} finally {
			this.#underWay = null;
			if (!this.#over) this.#steps.shrank();
			// Twice as long as it took: a busy room gets larger ticks, not a longer queue.
			this.#nextAt = this.#pace.now() + Math.min(Math.max(SHORTEST, 2 * took), LONGEST);
			this.touch();
		}
	}

	/** Until the database has it or rejects it. Answers how long the commit itself took. */
	async #commit(commit: Commit): Promise<number> {
		for (let wait = PATIENCE.first; ; wait = Math.min(wait * 2, PATIENCE.most)) {
			const started = performance.now();
			try {
				await this.#steps.commit(commit);
				return performance.now() - started;
			} catch (error) {
				if (this.#over || isRejection(error)) throw error;
				this.#steps.away(error);
				await new Promise<void>((resolve) => this.#pace.after(wait, resolve));
				if (this.#over) throw error;
			}
		}
	}
}
