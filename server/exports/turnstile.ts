/** Work of which only so much is done at once; who asks for the same before it begins, gets the same. */
export interface Turnstile {
	/** What has begun is not shared: whoever asks later may know of something that it does not have. */
	pass<T>(key: string, work: () => Promise<T>): Promise<T>;
}

/** `most`: how many at once. */
export function createTurnstile(most: number): Turnstile {
	const waiting = new Map<string, { begin(): void; done: Promise<unknown> }>();
	let running = 0;

	async function run<T>(work: () => Promise<T>): Promise<T> {
		try {
			return await work();
		} finally {
			running--;
			next();
		}
	}

	function next(): void {
		const [first] = waiting;
		if (!first || running >= most) return;
		const [key, { begin }] = first;
		waiting.delete(key);
		running++;
		begin();
	}

	return {
		pass<T>(key: string, work: () => Promise<T>) {
			const same = waiting.get(key);
			if (same) return same.done as Promise<T>;
			const { promise, resolve } = Promise.withResolvers<void>();
			const done = promise.then(() => run(work));
			waiting.set(key, { begin: resolve, done });
			next();
			return done;
		}
	};
}
