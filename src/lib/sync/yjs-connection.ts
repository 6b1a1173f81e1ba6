/**
 * One Yjs document over `/yjs/…`: the stock provider, told to count its frames, to listen for what
 * is committed and which history this is, to notice that a connection is dead, and to come back at
 * moments of its own, so that a room does not return all at once.
 */
import * as decoding from 'lib0/decoding';
import { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import type { BoardId } from '#shared/ids.ts';
import { REFUSALS, type RefusalReason } from '#shared/refusals.ts';
import { FRAME } from '#shared/wire/yjs-frames.ts';
import { SentFrames, type SaveStatus } from './sent-frames.ts';
import { LastHeard } from './waking.ts';

/** Where documents live: `ws://…/yjs`, and what a client without a cookie shows. */
export interface YjsServer {
	url: string;
	params?: Record<string, string>;
	/** Node's, in tests. */
	WebSocket?: typeof WebSocket;
}

export interface ConnectionOptions {
	server: YjsServer;
	board: BoardId;
	document: 'board' | 'notebook';
	doc: Y.Doc;
	/** The history that the document already has. */
	epoch: string | null;
	/** Whether it begins with words that may not be saved yet. */
	unsaved: boolean;
	/** Something about the connection is otherwise: read it again. */
	told: () => void;
	/** Others' presence, or one's own. */
	presence: () => void;
	/** Which history the server has: the first frame of every connection. */
	epochTold: (epoch: string) => void;
	/** The server will not have this document as it is: it stays closed until `connect` is called. */
	refused: (reason: RefusalReason) => void;
}

/** In ms. A live connection is heard every 5 s. */
const SILENCE = 12_000;
/** In ms. While a large first state comes over a slow line, nothing else can be heard. */
const FIRST_STATE = 60_000;
/** In ms: pauses before coming back lie between the least and, more and more, the longest. */
const PAUSE = { least: 200, first: 2000, longest: 5000 };
/** So many failures that the provider's own doubling is beyond every pause of ours. */
const ENOUGH = 20;

/** How long to stay away after so many failures, by a chance from 0 to 1: a room comes back spread out. */
export function pauseAfter(failures: number, chance: number): number {
	const most = Math.min(PAUSE.first * 2 ** failures, PAUSE.longest);
	return PAUSE.least + chance * (most - PAUSE.least);
}

/** How long a connection may be silent, in ms, before it is taken for dead. */
export const silenceOf = (open: boolean, synced: boolean): number =>
	open && !synced ? FIRST_STATE : SILENCE;

export class YjsConnection {
	readonly awareness: Awareness;
	readonly #provider: WebsocketProvider;
	readonly #frames: SentFrames;
	readonly #heard = new LastHeard();
	readonly #options: ConnectionOptions;
	#failures = 0;

	constructor(options: ConnectionOptions) {
		const { server, doc, told } = options;
		this.#options = options;
		this.#frames = new SentFrames(options.unsaved);
		// Before the provider's own listener: a change is unsent until its frame goes out.
		doc.on('update', this.#changed);
		this.awareness = new Awareness(doc);
		this.awareness.on('change', options.presence);
		if (options.document === 'notebook') this.awareness.setLocalState(null);

		const path = options.document === 'board' ? options.board : `${options.board}/notebook`;
		const provider = new WebsocketProvider(server.url, path, doc, {
			awareness: this.awareness,
			connect: false,
			// Between tabs, a channel of the browser's would carry what the server refuses.
			disableBc: true,
			params: this.#params(options.epoch),
			WebSocketPolyfill: watched(server.WebSocket ?? WebSocket, {
				lets: (frame) => this.#frames.lets(frame),
				heard: (socket) => {
					if (socket === provider.ws) this.#heard.now();
				}
			})
		});
		provider.messageHandlers[FRAME.committed] = (_encoder, decoder) => {
			this.#frames.committed(decoding.readVarUint(decoder));
			told();
		};
		provider.messageHandlers[FRAME.epoch] = (_encoder, decoder) => {
			const epoch = decoding.readVarString(decoder);
			provider.params = this.#params(epoch);
			options.epochTold(epoch);
		};
		provider.on('status', ({ status }) => {
			if (status === 'connected') this.#frames.opened();
			if (status !== 'disconnected') this.#heard.now();
			told();
		});
		provider.on('sync', (synced: boolean) => {
			if (synced) this.#failures = 0;
			told();
		});
		provider.on('connection-close', () => {
			this.#frames.closed();
			provider.wsUnsuccessfulReconnects = ENOUGH;
			provider.maxBackoffTime = pauseAfter(this.#failures, Math.random());
			this.#failures += 1;
		});
		provider.on('closed', ({ code, reason }) => {
			options.refused(reasonOf(code, reason));
			told();
		});
		this.#provider = provider;
	}

	get connected(): boolean {
		return this.#provider.wsconnected;
	}

	/** The document has everything that the server had when this connection began. */
	get synced(): boolean {
		return this.#provider.synced;
	}

	get status(): SaveStatus {
		return this.#frames.status;
	}

	connect(): void {
		this.#provider.connect();
	}

	/** Replaces a connection that is silent for longer than a live one ever is; asked every second. */
	watch(): void {
		const { ws, wsconnected, synced } = this.#provider;
		if (ws !== null) this.wake(silenceOf(wsconnected, synced));
	}

	/** Comes back at once, where it is waiting or has heard nothing for so many ms. */
	wake(silentFor: number): void {
		const { ws, shouldConnect } = this.#provider;
		if (!shouldConnect) return; // refused: it stays away
		if (ws !== null && this.#heard.ago < silentFor) return;
		if (ws !== null) this.#provider.disconnect();
		this.#provider.connect();
	}

	/** Ends it for good; the document stays. */
	close(): void {
		this.#options.doc.off('update', this.#changed);
		this.#provider.destroy();
		this.awareness.destroy();
	}

	readonly #changed = (_update: Uint8Array, origin: unknown): void => {
		if (origin === this.#provider) return;
		this.#frames.changed();
		this.#options.told();
	};

	#params(epoch: string | null): Record<string, string> {
		return { ...this.#options.server.params, ack: '1', ...(epoch === null ? {} : { epoch }) };
	}
}

/** The browser's socket, with every frame shown to the counter before it goes out. */
function watched(
	Base: typeof WebSocket,
	by: { lets: (frame: Uint8Array) => boolean; heard: (socket: WebSocket) => void }
): typeof WebSocket {
	return class extends Base {
		constructor(...given: ConstructorParameters<typeof WebSocket>) {
			super(...given);
			this.addEventListener('message', () => by.heard(this));
		}
		override send(data: string | Blob | BufferSource): void {
			if (!(data instanceof Uint8Array) || by.lets(data)) super.send(data);
		}
	};
}

/** A closing frame names its refusal; what does not is known by its code. */
function reasonOf(code: number, reason: string): RefusalReason {
	if (reason in REFUSALS) return reason as RefusalReason;
	const known = Object.entries(REFUSALS).find(([, one]) => 'close' in one && one.close === code);
	return known ? (known[0] as RefusalReason) : 'malformed';
}
