/** Work that is heavy, taken in turn: so many at once, so many waiting, and nobody beyond. */
export interface Turns {
	/** Runs the job when its turn comes; null where too many are waiting already. */
	take<T>(job: () => Promise<T>): Promise<T> | null;
}

export function createTurns(most: { atOnce: number; waiting: number }): Turns {
	const waiting: (() => void)[] = [];
	let running = 0;

	async function run<T>(job: () => Promise<T>): Promise<T> {
		try {
			return await job();
		} finally {
			const next = waiting.shift();
			// The place goes on from hand to hand: in between, nobody who has just come can take it.
			if (next) next();
			else running--;
		}
	}

	return {
		take(job) {
			if (running < most.atOnce) {
				running++;
				return run(job);
			}
			if (waiting.length >= most.waiting) return null;
			return new Promise<void>((resolve) => waiting.push(resolve)).then(() => run(job));
		}
	};
}
