/**
 * The server's time on this device: how far its own count is from it, learned from a few questions.
 * The one with the shortest way there and back is the surest. The count only goes forward: a device
 * whose clock is wrong, or is set while the page is open, shows the time as before.
 */
const QUESTIONS = 5;

export class ServerTime {
	#offset = 0;
	/** Whether a question was answered yet. */
	learned = false;
	readonly #local: () => number;

	constructor(local: () => number = () => performance.now()) {
		this.#local = local;
	}

	/** The server's time now, as far as it is known. */
	now(): number {
		return this.#local() + this.#offset;
	}

	/** What the server told with something else: sure only to the way it took. */
	heard(server: number): void {
		this.#offset = server - this.#local();
	}

	/** Asks a few times. A question that is not answered ends it: the next connection asks again. */
	async learn(ask: () => Promise<number>): Promise<void> {
		let shortest = Infinity;
		for (let i = 0; i < QUESTIONS; i += 1) {
			const asked = this.#local();
			let server: number;
			try {
				server = await ask();
			} catch {
				return;
			}
			const way = this.#local() - asked;
			if (way >= shortest || way < 0) continue;
			shortest = way;
			this.learned = true;
			this.#offset = server - (asked + way / 2);
		}
	}
}
