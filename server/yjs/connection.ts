/** One socket at a document: frames in, frames out, and what it may cost. */
import * as decoding from 'lib0/decoding';
import type { RawData, WebSocket } from 'ws';
import * as Y from 'yjs';
import type { Clock } from '#shared/clock.ts';
import { LIMITS } from '#shared/doc/schema.ts';
import type { ParticipantId } from '#shared/ids.ts';
import { refuse, REFUSALS, type Refusal } from '#shared/refusals.ts';
import { CLOSE, type CloseCode } from '#shared/wire/close-codes.ts';
import {
	NOTHING_NEW,
	readClientFrame,
	writeCommitted,
	type ClientFrame
} from '#shared/wire/yjs-frames.ts';
import { Budget } from '#server/budget.ts';
import type { Document } from './document.ts';
import type { Notebook } from './notebook.ts';
import { Outbox } from './outbox.ts';
import type { Connecting } from './ports.ts';

/** What a socket may send: typing is ten frames a second, dragging thirty. */
const FRAMES = { most: 200, perSecond: 50 };
/** To judge a large frame takes long: a notebook or two that were written offline, and typing. */
const BYTES = { most: 4 * LIMITS.syncBytes, perSecond: LIMITS.updateBytes };
/** Each step 1 may cost a whole board. */
const STEPS = { most: 10, perSecond: 0.5 };
const PRESENCE = { most: 60, perSecond: 30, bytes: 4096 };

const SILENT_FOR = 15_000;

/** Of one person on one board: all their sockets share it. */
export const byteBudget = (now: number): Budget => new Budget(BYTES.most, BYTES.perSecond, now);

interface Listener {
	received(connection: Connection, frame: ClientFrame): void;
	refused(connection: Connection, refusal: Refusal): void;
	closed(connection: Connection): void;
	/** It did not take what it was owed, and has been ended. */
	slow(connection: Connection): void;
	/** Something threw: a bug, or an attack that the guard does not know. */
	failed(connection: Connection, error: unknown): void;
}

export class Connection {
	readonly who: Connecting['who'];
	readonly ack: boolean;
	/** Null where it is the board's. */
	readonly notebook: Notebook | null;
	readonly document: Document;
	/** Whose its client ids are. */
	readonly holder: string;
	/** Stamped on its presence; null on an anonymous board. */
	name: string | null;
	/** It has been told what there is, and hears of what is new. */
	live = false;
	/** Update frames that were taken. */
	frames = 0;
	/** The client id of its presence. */
	presence: number | null = null;
	readonly #socket: WebSocket;
	readonly #pace: Clock;
	readonly #listener: Listener;
	readonly #budgets: Record<'frames' | 'signals' | 'bytes' | 'steps' | 'presence', Budget>;
	readonly #outbox: Outbox;
	#heardAt: number;
	/** Update frames of which it was told that they are in the database. */
	#committed = 0;
	/** Since when nothing is read of it. */
	#pausedAt: number | null = null;
	/** Of its step 1 so many are not answered: there is no database to say what is in it. */
	#asked = 0;
	#over = false;

	constructor(options: {
		socket: WebSocket;
		connecting: Connecting;
		document: Document;
		notebook: Notebook | null;
		holder: string;
		name: string | null;
		/** What this person may still send here, by whatever socket: a new one renews nothing. */
		bytes: Budget;
		pace: Clock;
		listener: Listener;
	}) {
		const { socket, connecting, pace } = options;
		this.who = connecting.who;
		this.ack = connecting.ack;
		this.notebook = options.notebook;
		this.document = options.document;
		this.holder = options.holder;
		this.name = options.name;
		this.#socket = socket;
		this.#pace = pace;
		this.#listener = options.listener;
		const now = pace.now();
		this.#budgets = {
			frames: new Budget(FRAMES.most, FRAMES.perSecond, now),
			signals: new Budget(FRAMES.most, FRAMES.perSecond, now),
			bytes: options.bytes,
			steps: new Budget(STEPS.most, STEPS.perSecond, now),
			presence: new Budget(PRESENCE.most, PRESENCE.perSecond, now)
		};
		this.#heardAt = now;
		this.#outbox = new Outbox(socket, pace, () => {
			this.#over = true;
			options.listener.slow(this);
		});
		socket.on('message', (data: RawData, isBinary: boolean) => this.#read(data, isBinary));
		socket.on('ping', this.#signalled);
		socket.on('pong', this.#signalled);
		socket.once('close', () => {
			this.#over = true;
			this.#outbox.end();
			options.listener.closed(this);
		});
	}

	get participant(): ParticipantId | null {
		return this.who.role === 'participant' ? this.who.participant : null;
	}

	/** Nothing is taken from it any more, and nothing reaches it. */
	get over(): boolean {
		return this.#over;
	}

	/** The answer to a step 1: from here on it hears of what is new. */
	answer(frame: Uint8Array): void {
		this.#asked -= 1;
		this.live = true;
		this.send(frame);
	}

	send(frame: Uint8Array): void {
		if (!this.#over) this.#outbox.send(frame);
	}

	/** So many of its update frames are in the database. */
	committed(frames: number): void {
		this.#committed = frames;
		if (this.ack) this.send(writeCommitted(frames));
	}

	/** A sign of life, for clients that see no pings. What has other things to read needs none. */
	signal(): void {
		if (!this.#outbox.isIdle) return;
		this.send(this.ack ? writeCommitted(this.#committed) : NOTHING_NEW);
	}

	refuse({ refused }: Refusal): void {
		const refusal = REFUSALS[refused];
		this.close('close' in refusal ? refusal.close : CLOSE.malformed, refused);
	}

	/** Reads no more of it, or goes on: what it sends meanwhile waits in the network. */
	pause(paused: boolean): void {
		if (this.#over) return;
		const now = this.#pace.now();
		this.#heardAt = now;
		if (paused) {
			this.#pausedAt ??= now;
			return this.#socket.pause();
		}
		if (this.#pausedAt !== null) {
			const { frames, signals } = this.#budgets;
			for (const budget of [frames, signals]) budget.makeUp(now, now - this.#pausedAt);
		}
		this.#pausedAt = null;
		this.#socket.resume();
	}

	/** Nothing is taken from it any more. */
	close(code: CloseCode, reason = ''): void {
		if (this.#over) return;
		this.#over = true;
		this.#outbox.end();
		this.#socket.close(code, reason);
	}

	/** Asks whether it is there; ends it where it has not answered, or does not take what it is owed. */
	check(): void {
		this.#outbox.check();
		// Where nothing is read, its answers wait in the network with the rest.
		if (this.#socket.isPaused) this.#heardAt = this.#pace.now();
		// On a slow line an answer waits behind a board: what moves is alive.
		const lastSign = Math.max(this.#heardAt, this.#outbox.takenAt);
		if (this.#pace.now() - lastSign > SILENT_FOR) this.#socket.terminate();
		else if (!this.#over) this.#socket.ping();
	}

	/** A ping or a pong: they cost as any frame does. */
	readonly #signalled = (): void => {
		if (this.#over) return;
		this.#heardAt = this.#pace.now();
		if (!this.#budgets.signals.take(this.#heardAt)) this.close(CLOSE.tryAgain, 'try-again');
	};

	/** From here to the document there is no pause: frames count in the order in which they came. */
	#read(data: RawData, isBinary: boolean): void {
		if (this.#over) return;
		this.#heardAt = this.#pace.now();
		try {
			const refusal = this.#take(data, isBinary);
			if (refusal) this.#listener.refused(this, refusal);
		} catch (error) {
			this.#listener.failed(this, error);
		}
	}

	#take(data: RawData, isBinary: boolean): Refusal | null {
		if (!isBinary) return refuse('malformed', 'text');
		const bytes = asBytes(data);
		if (bytes.byteLength > LIMITS.syncBytes + 16) return refuse('too-large', 'the frame');
		const frame = readClientFrame(bytes);
		if (!frame) return refuse('malformed', 'the frame');
		const now = this.#pace.now();
		switch (frame.type) {
			case 'awareness':
				// What is lost of it comes again. A large one is as much to read as many small ones.
				if (this.#budgets.presence.take(now, Math.ceil(bytes.byteLength / PRESENCE.bytes)))
					this.#listener.received(this, frame);
				return null;
			case 'step1':
				if (!isStateVector(frame.stateVector, this.document.doc))
					return refuse('malformed', 'the state vector');
				if (this.#asked >= STEPS.most || !this.#budgets.steps.take(now))
					return refuse('try-again', 'too many step 1');
				this.#asked += 1;
				break;
			case 'update':
				if (!this.#budgets.frames.take(now)) return refuse('try-again', 'too many frames');
				if (!this.#budgets.bytes.take(now, bytes.byteLength))
					return refuse('try-again', 'too many bytes');
				if (!frame.whole && frame.update.byteLength > LIMITS.updateBytes)
					return refuse('too-large', 'the update');
				break;
			case 'query-awareness':
				if (!this.#budgets.steps.take(now)) return refuse('try-again', 'too many queries');
				break;
		}
		this.#listener.received(this, frame);
		return null;
	}
}

function asBytes(data: RawData): Uint8Array {
	if (Array.isArray(data)) return Buffer.concat(data);
	return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

/** Who has the document has its clients, however many have written in it. */
function isStateVector(bytes: Uint8Array, { store }: Y.Doc): boolean {
	const most = store.clients.size + LIMITS.stateVectorEntries;
	try {
		// What is announced first: no more is read than is allowed.
		if (decoding.readVarUint(decoding.createDecoder(bytes)) > most) return false;
		Y.decodeStateVector(bytes);
		return true;
	} catch {
		return false;
	}
}
