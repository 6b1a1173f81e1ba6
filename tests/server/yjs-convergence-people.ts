/** Who takes part in a random course of events: raw sockets, and our own engine beside them. */
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { ownAuthor } from '#shared/doc/notebook.ts';
import { SyncedDocument } from '../../src/lib/sync/synced-document.ts';
import { until } from '../support/until.ts';
import { exercise, type Device } from './yjs-device.ts';
import { BOARD, type TestRoom } from './yjs-room.ts';

/** Somebody with both documents, who brings along what they wrote whenever they come back. */
export interface Person {
	readonly notes: Y.Doc;
	readonly board: Y.Doc;
	readonly isHere: boolean;
	come(): Promise<void>;
	/** Cut off. What is written from then on is on this device only. */
	leave(): void;
	saved(): Promise<unknown>;
	close(): void;
}

/** A socket that speaks by hand: whatever it is told to send, it sends. */
export class RawPerson implements Person {
	readonly #room: TestRoom;
	readonly #as: string;
	#notebook: Device | null = null;
	#board: Device | null = null;

	constructor(room: TestRoom, as: string) {
		this.#room = room;
		this.#as = as;
	}

	get notes(): Y.Doc {
		return this.#notebook!.doc;
	}
	get board(): Y.Doc {
		return this.#board!.doc;
	}
	get isHere(): boolean {
		return !this.#notebook!.closed && !this.#board!.closed;
	}

	async come(): Promise<void> {
		const notes = this.#notebook?.doc;
		this.leave();
		this.#notebook = await this.#room.device(this.#as, 'notebook');
		this.#board = await this.#room.device(this.#as, 'board');
		if (notes) Y.applyUpdate(this.notes, Y.encodeStateAsUpdate(notes));
	}

	leave(): void {
		this.#notebook?.cut();
		this.#board?.cut();
	}

	saved = (): Promise<unknown> => this.#notebook!.saved();
	close(): void {
		this.leave();
	}
}

/** Our own engine, on a device whose clock is hours away, and whose network comes and goes. */
export class EnginePerson implements Person {
	readonly #documents: Record<'notebook' | 'board', SyncedDocument>;
	readonly #sockets = new Set<WebSocket>();
	#away = false;

	constructor(room: TestRoom, as: string) {
		const isAway = () => this.#away;
		const sockets = this.#sockets;
		class Network extends WebSocket {
			constructor(url: string | URL, protocols?: string | string[]) {
				super(isAway() ? 'ws://127.0.0.1:9/' : url, protocols);
				sockets.add(this);
				this.once('close', () => sockets.delete(this));
			}
		}
		const open = (document: 'notebook' | 'board') =>
			new SyncedDocument({
				server: {
					url: room.url,
					params: { as },
					WebSocket: Network as unknown as typeof globalThis.WebSocket
				},
				board: BOARD,
				document,
				exercise,
				changed: () => {},
				told: () => {},
				presence: () => {},
				replaced: () => {},
				now: () => Date.now() - 5 * 60 * 60 * 1000
			});
		this.#documents = { notebook: open('notebook'), board: open('board') };
		for (const document of Object.values(this.#documents)) void document.open();
	}

	get notes(): Y.Doc {
		return this.#documents.notebook.doc;
	}
	get board(): Y.Doc {
		return this.#documents.board.doc;
	}
	get isHere(): boolean {
		return !this.#away;
	}

	async come(): Promise<void> {
		this.#away = false;
		const { notebook, board } = this.#documents;
		await until(() => notebook.synced && board.synced && ownAuthor(notebook.doc), {
			what: 'our engine to be in step'
		});
	}

	leave(): void {
		this.#away = true;
		this.#sockets.forEach((socket) => socket.terminate());
	}

	saved(): Promise<unknown> {
		const { notebook } = this.#documents;
		return until(() => notebook.saved === 'saved' && notebook.synced, {
			what: `our engine to be saved (${notebook.saved}, ${notebook.refusal})`
		});
	}

	close(): void {
		Object.values(this.#documents).forEach((document) => document.close());
		this.leave();
	}
}
