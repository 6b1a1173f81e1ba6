/**
 * When a page must not trust what it has: after a sleep, when it is shown again, when the network
 * went or came. A device that sleeps tells nobody; its page finds out by a tick that comes late.
 */

/** In ms: between ticks, how late one comes after a sleep, and what a clock may jump unnoticed. */
const TICK = 1000;
const SLEPT = 5000;
const JUMP = 250;
/** Live connections are heard every 5 s; after the network came back, nothing before it counts. */
const SILENT = { shown: 7000, network: 1000 };

/** The clock that people set, and the one that only goes forward (and may stand still in a sleep). */
interface Clocks {
	wall(): number;
	steady(): number;
}

export const deviceClocks: Clocks = {
	wall: () => Date.now(),
	steady: () => performance.now()
};

/** Where all this is heard: the browser's, or a test's. */
export interface Surroundings extends Clocks {
	page: EventTarget & { readonly visibilityState: string };
	window: EventTarget;
	every(ms: number, run: () => void): () => void;
}

export interface Waking {
	/** Whatever has heard nothing for so many ms is to be replaced at once; the time may be wrong. */
	woke(silentFor: number): void;
	/** The device says that it has no network. */
	lost(): void;
	/** Its clock was set. */
	clockSet(): void;
	/** Every second, as long as nothing else is. */
	tick(): void;
}

/** Listens until the answer is called. */
export function listenForWaking(heard: Waking, from: Surroundings): () => void {
	let [wall, steady] = [from.wall(), from.steady()];
	const tick = (): void => {
		const passed = { wall: from.wall() - wall, steady: from.steady() - steady };
		[wall, steady] = [from.wall(), from.steady()];
		if (Math.abs(passed.wall - passed.steady) > JUMP) heard.clockSet();
		const late = Math.max(passed.wall, passed.steady) - TICK > SLEPT;
		// In a tab that nobody looks at, ticks are late without a sleep, and connections live on.
		if (late) heard.woke(from.page.visibilityState === 'visible' ? 0 : SILENT.shown);
		else heard.tick();
	};
	const listeners: [EventTarget, string, (event: Event) => void][] = [
		[from.page, 'visibilitychange', () => isShown() && heard.woke(SILENT.shown)],
		[from.page, 'resume', () => heard.woke(SILENT.network)],
		[from.window, 'pageshow', (event) => isFromCache(event) && heard.woke(0)],
		[from.window, 'online', () => heard.woke(SILENT.network)],
		[from.window, 'offline', () => heard.lost()]
	];
	const isShown = () => from.page.visibilityState === 'visible';
	for (const [target, event, listener] of listeners) target.addEventListener(event, listener);
	const stop = from.every(TICK, tick);
	return () => {
		stop();
		for (const [target, event, listener] of listeners) target.removeEventListener(event, listener);
	};
}

/** The browser's own. */
export const browserSurroundings = (): Surroundings => ({
	...deviceClocks,
	page: document,
	window,
	every(ms, run) {
		const ticking = setInterval(run, ms);
		return () => clearInterval(ticking);
	}
});

/** How long ago something was heard, by whichever clock says longer. */
export class LastHeard {
	readonly #clocks: Clocks;
	#wall = 0;
	#steady = 0;

	constructor(clocks: Clocks = deviceClocks) {
		this.#clocks = clocks;
		this.now();
	}

	/** Something was. */
	now(): void {
		this.#wall = this.#clocks.wall();
		this.#steady = this.#clocks.steady();
	}

	get ago(): number {
		return Math.max(this.#clocks.wall() - this.#wall, this.#clocks.steady() - this.#steady);
	}
}

const isFromCache = (event: Event): boolean => 'persisted' in event && event.persisted === true;
