/**
 * What somebody is at, as it was when they last paused: what takes long to draw follows that, and
 * typing never waits for it.
 */
import { untrack } from 'svelte';
import { afterPause } from './after-pause.ts';

export class Paused<Value> {
	#shown: Value;

	/** Made where a component is; `read` is what it follows. */
	constructor(read: () => Value) {
		this.#shown = $state.raw(untrack(read));
		const follow = afterPause<Value>(
			(now) => (this.#shown = now),
			(ms, run) => {
				const timer = setTimeout(run, ms);
				return () => clearTimeout(timer);
			}
		);
		$effect(() => {
			const now = read();
			return now === untrack(() => this.#shown) ? undefined : follow(now);
		});
	}

	get shown(): Value {
		return this.#shown;
	}
}
