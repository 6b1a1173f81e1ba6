import { createSubscriber } from 'svelte/reactivity';

/**
 * A value read through from something outside Svelte: a document, a connection. It is read again
 * only after it was told to be stale, always fresh for whoever asks, and effects that read it run
 * again at most once a frame, however often it changes in between.
 */
export class Reading<T> {
	readonly #read: (before: T | undefined) => T;
	readonly #subscribe: () => void;
	#notify: (() => void) | null = null;
	#scheduled = false;
	#stale = true;
	#value: T | undefined;

	/** `read` gets what it gave last, to keep what is the same. */
	constructor(read: (before: T | undefined) => T) {
		this.#read = read;
		this.#subscribe = createSubscriber((update) => {
			this.#notify = update;
			return () => (this.#notify = null);
		});
	}

	get current(): T {
		this.#subscribe();
		if (this.#stale) {
			this.#stale = false;
			this.#value = this.#read(this.#value);
		}
		return this.#value as T;
	}

	/** What is read has changed. */
	readonly invalidate = (): void => {
		this.#stale = true;
		if (this.#scheduled || !this.#notify) return;
		this.#scheduled = true;
		nextFrame(() => {
			this.#scheduled = false;
			this.#notify?.();
		});
	};
}

/** Runs once what has been changed meanwhile is read. */
export const nextFrame = (run: () => void): void => {
	// A page in the background has no frames, and still wants to be right when it is looked at.
	if (typeof requestAnimationFrame === 'undefined' || document.hidden) setTimeout(run, 16);
	else requestAnimationFrame(run);
};
