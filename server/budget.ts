/** What is made up for is taken within this time, or lost; and no longer absence is made up for. */
const MAKING_UP = { within: 60_000, most: 900_000 };

/** A bucket that holds so many tokens and gains some each second: bursts pass, a flood does not. */
export class Budget {
	readonly #most: number;
	readonly #perSecond: number;
	#left: number;
	#at: number;
	/** Beside the bucket, and until when. */
	#extra = 0;
	#extraUntil = -Infinity;

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
		if (this.#left >= many) this.#left -= many;
		else if (this.#extraAt(now) >= many) this.#extra -= many;
		else return false;
		return true;
	}

	/** For so many ms nobody took anything: what was to be taken in that time comes at once. */
	makeUp(now: number, ms: number): void {
		const gained = (ms / 1000) * this.#perSecond;
		const most = (MAKING_UP.most / 1000) * this.#perSecond;
		this.#extra = Math.min(most, this.#extraAt(now) + gained);
		this.#extraUntil = now + MAKING_UP.within;
	}

	#extraAt(now: number): number {
		return now < this.#extraUntil ? this.#extra : 0;
	}
}
