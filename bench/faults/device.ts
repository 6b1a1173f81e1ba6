/**
 * A device at a board with the product's own engine, or with the stock provider of y-websocket:
 * both documents, what went out of each, and what of it is committed.
 */
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { Exercise } from '#shared/exercises/format.ts';
import type { BoardId } from '#shared/ids.ts';
import { CLOSE } from '#shared/wire/close-codes.ts';
import { FRAME } from '#shared/wire/yjs-frames.ts';
import { SyncedDocument } from '../../src/lib/sync/synced-document.ts';
import { countingSocket, type Counting } from './counting-socket.ts';
import type { Ledger } from './ledger.ts';

export interface Seat {
	name: string;
	/** The proxy's, as all devices come through it. */
	url: string;
	token: string;
	board: BoardId;
	exercise: Exercise;
	/** The device's own clock. */
	now: () => number;
}

export type Kind = 'own' | 'stock';

/** One of a device's two documents. */
export interface Half {
	readonly doc: Y.Doc;
	readonly sockets: Counting;
	/** It is in step with the server. */
	readonly synced: boolean;
	/** Everything is saved, as far as the engine says. */
	readonly saved: boolean;
	/** Why the server does not take it, where it does not. */
	readonly refusal: string | null;
	/** How often a new document took the old one's place. */
	readonly renewals: number;
	close(): void;
}

type Which = 'board' | 'notebook';

/** Over a server that may not be there yet. `isWhole`: whether a document has all that was written. */
export function openHalf(
	kind: Kind,
	seat: Seat,
	which: Which,
	ledger: Ledger,
	isWhole: (doc: Y.Doc) => boolean
): Half {
	return kind === 'own'
		? new OwnHalf(seat, which, ledger, isWhole)
		: new StockHalf(seat, which, ledger);
}

class OwnHalf implements Half {
	readonly sockets: Counting;
	renewals = 0;
	readonly #document: SyncedDocument;
	readonly #watching: NodeJS.Timeout;

	constructor(seat: Seat, which: Which, ledger: Ledger, isWhole: (doc: Y.Doc) => boolean) {
		let incomplete = false;
		// A document that has just been begun anew owes what the old one had.
		this.sockets = countingSocket(ledger, () => {
			incomplete &&= !isWhole(this.doc);
			return incomplete ? ledger.acknowledged : ledger.made;
		});
		const saved = () => {
			if (this.#document?.saved === 'saved' && !incomplete) ledger.hears(ledger.made);
		};
		this.#document = new SyncedDocument({
			server: {
				url: `${seat.url}/yjs`,
				params: { token: seat.token },
				WebSocket: this.sockets.WebSocket
			},
			board: seat.board,
			document: which,
			exercise: seat.exercise,
			changed: () => {},
			told: () => queueMicrotask(saved),
			presence: () => {},
			replaced: () => {
				this.renewals += 1;
				if (which === 'board') ledger.givesUp();
				else incomplete = true;
			},
			now: seat.now
		});
		void this.#document.open();
		// As a page does.
		this.#watching = setInterval(() => this.#document.watch(), 1000);
	}

	get doc(): Y.Doc {
		return this.#document.doc;
	}

	get synced(): boolean {
		return this.#document.synced;
	}

	get saved(): boolean {
		return this.#document.saved === 'saved';
	}

	get refusal(): string | null {
		return this.#document.refusal;
	}

	close(): void {
		clearInterval(this.#watching);
		this.#document.close();
	}
}

/** Comes back a while after a closing that is final to it: as a person does who presses "reload". */
const RELOADED_AFTER = 500;

class StockHalf implements Half {
	readonly doc = new Y.Doc();
	readonly sockets: Counting;
	readonly renewals = 0;
	readonly saved = true;
	readonly refusal = null;
	readonly #provider: WebsocketProvider;
	#reload: NodeJS.Timeout | null = null;

	constructor(seat: Seat, which: Which, ledger: Ledger) {
		this.sockets = countingSocket(ledger, () => ledger.made);
		const room = which === 'board' ? seat.board : `${seat.board}/notebook`;
		const provider = new WebsocketProvider(`${seat.url}/yjs`, room, this.doc, {
			params: { token: seat.token, ack: '1' },
			WebSocketPolyfill: this.sockets.WebSocket,
			disableBc: true
		});
		for (const type of [FRAME.committed, FRAME.epoch]) provider.messageHandlers[type] = () => {};
		provider.on('closed', ({ code }) => {
			if (code !== CLOSE.noSuchBoard)
				this.#reload = setTimeout(() => provider.connect(), RELOADED_AFTER);
		});
		this.#provider = provider;
	}

	get synced(): boolean {
		return this.#provider.synced;
	}

	close(): void {
		if (this.#reload) clearTimeout(this.#reload);
		this.#provider.destroy();
	}
}
