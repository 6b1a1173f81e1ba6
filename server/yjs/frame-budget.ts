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

	/** Takes one; false where there is none. */
	take(now: number): boolean {
		const gained = (Math.max(0, now - this.#at) / 1000) * this.#perSecond;
		this.#left = Math.min(this.#most, this.#left + gained);
		this.#at = now;
		if (this.#left < 1) return false;
		this.#left -= 1;
		return true;
	}
}
