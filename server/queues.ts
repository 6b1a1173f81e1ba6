/** One queue a key, in memory: what runs under the same key runs one after the other. */
export interface Queues {
	run<T>(key: string, job: () => Promise<T>): Promise<T>;
	/** How much has come under this key and has not run to its end. */
	length(key: string): number;
	/** Settles when everything that was queued has run. */
	idle(): Promise<void>;
}

export function createQueues(): Queues {
	const tails = new Map<string, Promise<unknown>>();
	const lengths = new Map<string, number>();
	const length = (key: string) => lengths.get(key) ?? 0;
	return {
		run(key, job) {
			lengths.set(key, length(key) + 1);
			const before = tails.get(key) ?? Promise.resolve();
			const result = before.then(job, job);
			const tail = result.then(
				() => undefined,
				() => undefined // who asked hears of it
			);
			tails.set(key, tail);
			void tail.then(() => {
				lengths.set(key, length(key) - 1);
				if (tails.get(key) !== tail) return;
				tails.delete(key);
				lengths.delete(key);
			});
			return result;
		},
		length,
		async idle() {
			while (tails.size > 0) await Promise.all(tails.values());
		}
	};
}
