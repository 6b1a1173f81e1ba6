/**
 * One Yjs document over `/yjs/…`: the stock provider, told to count its frames, to listen for what
 * is committed and which history this is, and to come back at moments of its own, so that a room
 * does not return all at once.
 */
import * as decoding from 'lib0/decoding';
import { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import type { BoardId } from '#shared/ids.ts';
import { REFUSALS, type RefusalReason } from '#shared/refusals.ts';
import { FRAME } from '#shared/wire/yjs-frames.ts';
import { SentFrames, type SaveStatus } from './sent-frames.ts';

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

const LONGEST_PAUSE = 5000;

export class YjsConnection {
	readonly awareness: Awareness;
	readonly #provider: WebsocketProvider;
	readonly #frames: SentFrames;
	readonly #options: ConnectionOptions;

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
			WebSocketPolyfill: counting(server.WebSocket ?? WebSocket, this.#frames)
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
			told();
		});
		provider.on('sync', told);
		provider.on('connection-close', () => {
			this.#frames.closed();
			const longest = Math.min(2 ** (provider.wsUnsuccessfulReconnects + 2) * 100, LONGEST_PAUSE);
			provider.maxBackoffTime = 100 + Math.random() * longest;
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
function counting(Base: typeof WebSocket, frames: SentFrames): typeof WebSocket {
	return class extends Base {
		override send(data: string | Blob | BufferSource): void {
			if (!(data instanceof Uint8Array) || frames.lets(data)) super.send(data);
		}
	};
}

/** A closing frame names its refusal; what does not is known by its code. */
function reasonOf(code: number, reason: string): RefusalReason {
	if (reason in REFUSALS) return reason as RefusalReason;
	const known = Object.entries(REFUSALS).find(([, one]) => 'close' in one && one.close === code);
	return known ? (known[0] as RefusalReason) : 'malformed';
}
