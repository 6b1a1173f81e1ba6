/**
 * What a page must keep right beside the news: that closing it loses nothing, that connections are
 * alive, and that a participant's room can be opened without a network.
 */
import type { WorkshopId } from '#shared/ids.ts';
import { forgetDevice, sweepDevice } from '../sync/device.ts';
import { readRemembered, remember, type Remembered } from '../sync/remembered.ts';
import {
	browserSurroundings,
	deviceClocks,
	listenForWaking,
	type Surroundings,
	type Waking
} from '../sync/waking.ts';

/** In ms: how long nobody typed before a page is quiet, and until news of a new state has come behind it. */
const QUIET = 30_000;
const TOLD_BEHIND = 1000;

/** A board's documents, as far as this is about them. */
export interface OpenBoard {
	readonly saved: boolean;
	readonly closingIsSafe: boolean;
	readonly connected: boolean;
	watch(): void;
	wake(silentFor: number): void;
}

/** What is heard here beside waking. */
export interface Hearing extends Waking {
	/** The server is there again: one of the boards has found it. */
	reached(): void;
}

/** What there is to remember; `seen` of another view is the same as before. */
export type Room = Omit<Remembered, 'seat' | 'at'>;

export class Safekeeping {
	readonly #workshop: WorkshopId;
	/** Null where nothing is remembered: on the pages of facilitators, and the room screen's. */
	readonly #seat: { seat: string | null } | null;
	readonly #boards = new Set<OpenBoard>();
	/** A board was connected at the last tick. */
	#reached = false;
	#clocks: Pick<Surroundings, 'steady'> = deviceClocks;
	#typedAt = -QUIET;
	#remembering: ReturnType<typeof setTimeout> | undefined;
	#room: (() => Room | null) | null = null;
	#stops: (() => void)[] = [];

	constructor(workshop: WorkshopId, seat: { seat: string | null } | null) {
		this.#workshop = workshop;
		this.#seat = seat;
	}

	/** A board is open until the answer is called. */
	opened(board: OpenBoard): () => void {
		this.#boards.add(board);
		return () => this.#boards.delete(board);
	}

	get closingIsSafe(): boolean {
		return [...this.#boards].every((board) => board.closingIsSafe);
	}

	/** Everything is saved, and nobody has typed anything for a while. */
	get isQuiet(): boolean {
		const typed = this.#clocks.steady() - this.#typedAt < QUIET;
		return !typed && [...this.#boards].every((board) => board.saved);
	}

	/** What this device remembers of the room; of another person's, nothing, and that goes. */
	async remembered(): Promise<Remembered | null> {
		if (!this.#seat) return null;
		const found = readRemembered(this.#workshop);
		const { seat } = this.#seat;
		if (!found || seat === null || found.seat === null || found.seat === seat) return found;
		await this.forget();
		return null;
	}

	/** Begins to listen, in the browser. */
	start(waking: Hearing, room: () => Room | null, from = browserSurroundings()): void {
		this.#room = room;
		this.#clocks = from;
		const heard: Waking = {
			...waking,
			tick: () => {
				for (const board of this.#boards) board.watch();
				const before = this.#reached;
				this.#reached = [...this.#boards].some(({ connected }) => connected);
				if (this.#reached && !before) waking.reached();
				waking.tick();
			},
			woke: (silentFor) => {
				waking.woke(silentFor);
				for (const board of this.#boards) board.wake(silentFor);
			},
			lost: () => {
				waking.lost();
				for (const board of this.#boards) board.wake(0);
			}
		};
		const typed = () => (this.#typedAt = from.steady());
		typed();
		from.window.addEventListener('input', typed, { capture: true });
		from.window.addEventListener('pagehide', this.#rememberNow);
		this.#stops = [
			listenForWaking(heard, from),
			() => from.window.removeEventListener('input', typed, { capture: true }),
			() => from.window.removeEventListener('pagehide', this.#rememberNow)
		];
		void sweepDevice(Date.now());
	}

	/** The room is otherwise: remembered at once, as a page may crash, and with what is told behind it. */
	changed(): void {
		if (!this.#seat || !this.#room) return;
		this.#remember();
		this.#remembering ??= setTimeout(this.#rememberNow, TOLD_BEHIND);
	}

	/** Nothing of the room stays on this device. */
	async forget(): Promise<void> {
		clearTimeout(this.#remembering);
		this.#remembering = undefined;
		await forgetDevice(this.#workshop);
	}

	stop(): void {
		for (const stop of this.#stops) stop();
		if (this.#remembering !== undefined) this.#rememberNow();
		this.#room = null;
	}

	readonly #rememberNow = (): void => {
		clearTimeout(this.#remembering);
		this.#remembering = undefined;
		this.#remember();
	};

	#remember(): void {
		const room = this.#seat && this.#room?.();
		if (room) remember({ ...room, seat: this.#seat!.seat, at: Date.now() });
	}
}
