/** Time as an argument: the server owns one, tests advance theirs by hand. */
export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
	/** Runs `fn` once, `ms` milliseconds from now; the answer takes it back. */
	after(ms: number, fn: () => void): () => void;
}

/** The clock of this machine. */
export const realClock: Clock = {
	now: () => Date.now(),
	after: (ms, fn) => {
		const timer = setTimeout(fn, ms);
		return () => clearTimeout(timer);
	}
};
