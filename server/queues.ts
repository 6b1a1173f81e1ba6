/** One queue a key, in memory: what runs under the same key runs one after the other. */
export interface Queues {
	run<T>(key: string, job: () => Promise<T>): Promise<T>;
	/** Settles when everything that was queued has run. */
	idle(): Promise<void>;
}

export function createQueues(): Queues {
	const tails = new Map<string, Promise<unknown>>();
	return {
		run(key, job) {
			const before = tails.get(key) ?? Promise.resolve();
			const result = before.then(job, job);
			const tail = result.then(
				() => undefined,
				() => undefined // who asked hears of it
			);
			tails.set(key, tail);
			void tail.then(() => {
				if (tails.get(key) === tail) tails.delete(key);
			});
			return result;
		},
		async idle() {
			while (tails.size > 0) await Promise.all(tails.values());
		}
	};
}
