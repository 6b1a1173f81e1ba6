/** Who is connected to a board and its notebooks: frames out, pings, presence. */
import * as Y from 'yjs';
import type { Clock } from '#shared/clock.ts';
import type { AuthorKey, ParticipantId } from '#shared/ids.ts';
import type { CloseCode } from '#shared/wire/close-codes.ts';
import { writeStep2, writeUpdate } from '#shared/wire/yjs-frames.ts';
import type { Batch, Cut } from './batch.ts';
import type { Connection } from './connection.ts';
import { Presence } from './presence.ts';

const PING = 5000;
/** Every so many pings a frame, for clients that see no pings; who asked for more hears one each time. */
const FRAME_EVERY = 4;

export class Audience {
	readonly #connections = new Set<Connection>();
	readonly #presence = new Presence();
	readonly #pace: Clock;
	#stopPinging: (() => void) | null = null;
	#pings = 0;

	constructor(pace: Clock) {
		this.#pace = pace;
	}

	get isEmpty(): boolean {
		return this.#connections.size === 0;
	}

	add(connection: Connection): void {
		this.#connections.add(connection);
		this.#ping();
		this.tellPresence(connection);
	}

	/** A connection has ended. Whether the others are to be told of it. */
	remove(connection: Connection): boolean {
		this.#connections.delete(connection);
		this.#presence.leave(connection);
		if (this.isEmpty) this.#stop();
		return this.#presence.hasNews;
	}

	close(code: CloseCode, participant?: ParticipantId): void {
		for (const connection of this.#connections)
			if (
				participant === undefined ||
				connection.participant === participant ||
				connection.notebook?.participant === participant
			)
				connection.close(code);
	}

	/** Reads nothing from anybody, or goes on. */
	pause(paused: boolean): void {
		for (const connection of this.#connections) connection.pause(paused);
	}

	/** Where their name is told it is this one now. */
	rename(participant: ParticipantId, name: string): void {
		for (const connection of this.#connections) {
			if (connection.participant !== participant || connection.name === null) continue;
			connection.name = name;
			this.#presence.renamed(connection);
		}
	}

	/** Everybody's presence, to somebody who asks. */
	tellPresence(connection: Connection): void {
		const everybody = connection.notebook ? null : this.#presence.everybody();
		if (everybody) connection.send(everybody);
	}

	/** What somebody says of themselves: null where it cannot be read, else whether it is news. */
	hear(
		connection: Connection,
		update: Uint8Array,
		isFree: (clientId: number) => boolean
	): boolean | null {
		const read = this.#presence.receive(connection, update, isFree);
		return read ? this.#presence.hasNews : null;
	}

	/** What was committed goes out in the order in which it builds up: what there is, then what is new. */
	handOut(batch: Batch, { replies }: Cut, forwarded: Uint8Array | null): void {
		// Those who asked for the same have the same bytes.
		const frames = new Map<Uint8Array, Uint8Array>();
		for (const { connection, update } of replies) {
			const frame = frames.get(update) ?? writeStep2(update);
			frames.set(update, frame);
			connection.answer(frame);
		}
		const board = forwarded ? [...batch.board, forwarded] : batch.board;
		if (board.length > 0) this.#sendToBoard(writeUpdate(merged(board)));
		this.#relay(batch);
		for (const [connection, frames] of batch.heard) connection.committed(frames);
		const presence = batch.presence ? this.#presence.news() : null;
		if (presence) this.#sendToBoard(presence);
	}

	#sendToBoard(frame: Uint8Array): void {
		for (const connection of this.#connections)
			if (connection.live && !connection.notebook) connection.send(frame);
	}

	/** To the other devices of an author. */
	#relay(batch: Batch): void {
		if (batch.notebooks.size === 0) return;
		const frames = new Map<AuthorKey, Uint8Array>();
		for (const connection of this.#connections) {
			if (!connection.notebook || !connection.live) continue;
			const { key } = connection.notebook;
			const gained = batch.notebooks.get(key);
			if (!gained || (gained.from.size === 1 && gained.from.has(connection))) continue;
			const frame = frames.get(key) ?? writeUpdate(merged(gained.gathered.updates));
			frames.set(key, frame);
			connection.send(frame);
		}
	}

	#ping(): void {
		this.#stopPinging ??= this.#pace.after(PING, () => {
			this.#stopPinging = null;
			this.#pings += 1;
			for (const connection of this.#connections) {
				connection.check();
				if (connection.ack || this.#pings % FRAME_EVERY === 0) connection.signal();
			}
			if (!this.isEmpty) this.#ping();
		});
	}

	#stop(): void {
		this.#stopPinging?.();
		this.#stopPinging = null;
	}
}

const merged = (updates: Uint8Array[]): Uint8Array =>
	updates.length === 1 ? updates[0]! : Y.mergeUpdates(updates);
