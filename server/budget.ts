/** A bucket that holds so many tokens and gains some each second: bursts pass, a flood does not. */
export class Budget {
	readonly #most: number;
	readonly #perSecond: number;
	#left: number;
	#at: number;

	constructor(most: number, perSecond: number, now: number) {
		this.#most = most;
		this.#perSecond = perSecond;
		this.#left = most;
		this.#at = now;
	}

	/** Takes so many; false, and takes none, where there are not as many. */
	take(now: number, many = 1): boolean {
		const gained = (Math.max(0, now - this.#at) / 1000) * this.#perSecond;
		this.#left = Math.min(this.#most, this.#left + gained);
		this.#at = now;
		if (this.#left < many) return false;
		this.#left -= many;
		return true;
	}
}
