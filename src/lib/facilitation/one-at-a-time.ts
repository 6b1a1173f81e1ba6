export type Keeping = 'saved' | 'saving' | 'refused';

/**
 * Sends what is given one after another: while one is on its way the latest waits, and those between
 * are not sent at all. `send` answers whether it was taken; `tell` hears how it stands.
 */
export function oneAtATime<T>(
	send: (value: T) => Promise<boolean>,
	tell: (keeping: Keeping) => void
): (value: T) => Promise<void> {
	let waiting: { value: T } | null = null;
	let busy = false;
	return async (value) => {
		waiting = { value };
		if (busy) return;
		busy = true;
		tell('saving');
		let taken = true;
		while (waiting && taken) {
			const next: T = waiting.value;
			waiting = null;
			taken = await send(next);
		}
		busy = false;
		tell(taken ? 'saved' : 'refused');
	};
}
