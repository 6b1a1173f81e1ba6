/** Goes through the moments of a history: by hand, or playing one after the other. */
import { realClock, type Clock } from '#shared/clock.ts';
import type { MomentBoard, MomentView } from '#shared/history.ts';

/** In ms: how long each is looked at. */
export const EACH = 1500;

/** What a page shows of it; the page makes it, so that it can see it change. */
export interface Playing {
	/** The place in the list that was asked for last. */
	index: number;
	playing: boolean;
	/** It could not be loaded. */
	failed: boolean;
}

interface Sources {
	moments: () => readonly MomentView[];
	load: (at: number) => Promise<MomentBoard>;
	/** What is to be drawn: until then the one before stays. */
	show: (moment: MomentBoard) => void;
}

export class Player {
	readonly #state: Playing;
	readonly #sources: Sources;
	readonly #clock: Pick<Clock, 'after'>;
	#cancel = () => {};

	constructor(state: Playing, sources: Sources, clock: Pick<Clock, 'after'> = realClock) {
		this.#state = state;
		this.#sources = sources;
		this.#clock = clock;
	}

	get #last(): number {
		return this.#sources.moments().length - 1;
	}
	get #atLast(): boolean {
		return this.#state.index >= this.#last;
	}

	/** To a place in the list, by hand: playing stops. Whether it could be loaded. */
	go(index: number): Promise<boolean> {
		this.pause();
		return this.#show(Math.min(Math.max(index, 0), this.#last));
	}

	/** From the beginning again where it is at the end. */
	async play(): Promise<void> {
		if (this.#last < 1 || this.#state.playing) return;
		this.#state.playing = true;
		await this.#show(this.#atLast ? 0 : this.#state.index);
		this.#goOn();
	}

	pause(): void {
		this.#state.playing = false;
		this.#cancel();
	}

	#goOn(): void {
		if (!this.#state.playing) return;
		if (this.#atLast || this.#state.failed) return this.pause();
		this.#cancel();
		this.#cancel = this.#clock.after(EACH, async () => {
			await this.#show(this.#state.index + 1);
			this.#goOn();
		});
	}

	async #show(index: number): Promise<boolean> {
		const moment = this.#sources.moments()[index];
		if (!moment) return false;
		this.#state.index = index;
		this.#state.failed = false;
		// Somebody may have gone on when it comes.
		const isWanted = () => this.#state.index === index;
		try {
			const shown = await this.#sources.load(moment.at);
			if (isWanted()) this.#sources.show(shown);
			return isWanted();
		} catch {
			if (isWanted()) this.#state.failed = true;
			return false;
		}
	}
}
