/**
 * What people wrote and the database does not have yet: how much, and since when. While it is away
 * that is told to everybody on the board, without asking it anything. Past a bound nothing more is
 * read from the sockets: it waits in the network and on the devices, and nothing is lost or refused.
 */
import type { Clock } from '#shared/clock.ts';
import type { SavingView } from '#shared/wire/events.ts';
import type { Audience } from './audience.ts';
import type { Saving } from './saving.ts';

/** So long nobody notices; and so often it is told. */
const NOTICED = 2000;

/** In bytes of memory. Half of it must be saved before more is taken. */
export interface Bounds {
	board: number;
	server: number;
}

const MB = 1024 * 1024;
export const BOUNDS: Bounds = { board: 32 * MB, server: 128 * MB };

/** Of the whole server. */
export class Unsaved {
	readonly bounds: Bounds;
	/** Those that have something unsaved, or take nothing more. */
	readonly rooms = new Set<UnsavedOfRoom>();

	constructor(bounds: Bounds) {
		this.bounds = bounds;
	}

	get bytes(): number {
		let bytes = 0;
		for (const room of this.rooms) bytes += room.bytes;
		return bytes;
	}

	get weight(): number {
		let weight = 0;
		for (const room of this.rooms) weight += room.weight;
		return weight;
	}

	/** For how long the oldest of it has waited, in ms. */
	get oldest(): number {
		let oldest = 0;
		for (const room of this.rooms) oldest = Math.max(oldest, room.waited);
		return oldest;
	}

	/** Something was saved, or let go of: rooms that were full for all the others' sake may go on as well. */
	shrank(): void {
		const isServerFree = this.weight < this.bounds.server / 2;
		for (const room of this.rooms) room.look(isServerFree);
	}
}

interface RoomParts {
	saving: Saving;
	audience: Audience;
	/** The time that people know. */
	clock: Pick<Clock, 'now'>;
	/** The time in which is waited. */
	pace: Clock;
	tell(saving: SavingView | null): void;
}

/** Of one board. */
export class UnsavedOfRoom {
	readonly #all: Unsaved;
	readonly #parts: RoomParts;
	#full = false;
	#told = false;
	#cancel: (() => void) | null = null;

	constructor(all: Unsaved, parts: RoomParts) {
		this.#all = all;
		this.#parts = parts;
	}

	get bytes(): number {
		return this.#parts.saving.unsaved?.bytes ?? 0;
	}

	/** In memory. */
	get weight(): number {
		return this.#parts.saving.unsaved?.weight ?? 0;
	}

	/** In ms. */
	get waited(): number {
		const { saving, pace } = this.#parts;
		return saving.unsaved ? pace.now() - saving.unsaved.since : 0;
	}

	/** Something was gathered. */
	grew(): void {
		this.#all.rooms.add(this);
		this.#lookLater();
		const { bounds } = this.#all;
		if (this.#full || (this.weight <= bounds.board && this.#all.weight <= bounds.server)) return;
		this.#full = true;
		this.hold();
		this.#tell();
	}

	/** Who has just come is not read from either, where nobody is. */
	hold(): void {
		if (this.#full) this.#parts.audience.pause(true);
	}

	/** A batch has come to its end. */
	shrank(): void {
		this.#all.shrank();
	}

	look(isServerFree: boolean): void {
		if (this.#full && isServerFree && this.weight < this.#all.bounds.board / 2) {
			this.#full = false;
			this.#parts.audience.pause(false);
		}
		if (this.#told && !this.#full && this.waited < NOTICED) this.#tellSaved();
		if (!this.#full && !this.#parts.saving.unsaved) this.#all.rooms.delete(this);
	}

	end(): void {
		this.#cancel?.();
		this.#all.rooms.delete(this);
		if (this.#told) this.#tellSaved();
		this.#all.shrank();
	}

	#lookLater(): void {
		this.#cancel ??= this.#parts.pace.after(NOTICED - (this.waited % NOTICED), () => {
			this.#cancel = null;
			if (this.#full || this.waited >= NOTICED) this.#tell();
			if (this.#all.rooms.has(this)) this.#lookLater();
		});
	}

	#tell(): void {
		const { clock } = this.#parts;
		this.#told = true;
		const since = clock.now() - this.waited;
		this.#parts.tell({ since, bytes: this.bytes, full: this.#full });
	}

	#tellSaved(): void {
		this.#told = false;
		this.#parts.tell(null);
	}
}
