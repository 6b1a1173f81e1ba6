/**
 * What a board is read from and written to: the room's document, this person's notebook where they
 * write, and what belongs to both: who is here, how much is saved, and the way back.
 */
import type * as Y from 'yjs';
import type { BoardValue, CardValue } from '#shared/doc/contents.ts';
import { LOCAL, ownAuthor } from '#shared/doc/notebook.ts';
import { readBoard, readNotebook } from '#shared/doc/read.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { AuthorKey, BoardId, CardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { RefusalReason } from '#shared/refusals.ts';
import { indexedCopies } from '../sync/notebook-copies.ts';
import { SyncedDocument, type DocumentStatus } from '../sync/synced-document.ts';
import { UndoHistory } from '../sync/undo-history.ts';
import type { YjsServer } from '../sync/yjs-connection.ts';
import { Presence } from './presence.ts';
import { Reading } from './reading.ts';
import { keepSame } from './shown-board.ts';

interface DocumentsOptions {
	workshop: WorkshopId;
	board: BoardId;
	exercise: Exercise;
	/** Whether this person has a notebook here. */
	writes: boolean;
	/** Somebody without a device, whose notebook it is. */
	seat?: ParticipantId | undefined;
	server: () => YjsServer;
}

interface Status {
	author: AuthorKey | null;
	loaded: boolean;
	saved: DocumentStatus;
	refusal: RefusalReason | null;
}

const NOTHING: BoardValue = { cards: [], groups: [] };

export class BoardDocuments {
	readonly undo = new UndoHistory(() => this.history.invalidate());
	readonly presence = new Presence(() => this.#room?.awareness ?? null);
	readonly inRoom = new Reading<BoardValue>((before) => {
		const read = this.#room ? readBoard(this.#room.doc) : NOTHING;
		return {
			cards: keepSame(read.cards, before?.cards),
			groups: keepSame(read.groups, before?.groups)
		};
	});
	readonly inNotebook = new Reading<CardValue[]>((before) =>
		keepSame(this.#notebook ? readNotebook(this.#notebook.doc) : [], before)
	);
	readonly status = new Reading<Status>(() => this.#readStatus());
	readonly history = new Reading(() => ({
		canUndo: this.undo.canUndo,
		canRedo: this.undo.canRedo
	}));
	readonly movers = new Reading<Record<CardId, string>>(() => this.presence.moving());

	/** Others when they began anew: then whoever holds a text of them asks again. */
	readonly #docs = new Reading(() => ({
		room: this.#room?.doc ?? null,
		notebook: this.#notebook?.doc ?? null
	}));
	readonly #options: DocumentsOptions;
	#room: SyncedDocument | null = null;
	#notebook: SyncedDocument | null = null;

	/** Opens nothing: `open` does, on the page. */
	constructor(options: DocumentsOptions) {
		this.#options = options;
	}

	get room(): Y.Doc | null {
		return this.#docs.current.room;
	}

	/** The notebook, once it can be written: once the server has made its author's map. */
	get notebook(): Y.Doc | null {
		const doc = this.#docs.current.notebook;
		return doc && ownAuthor(doc) !== null ? doc : null;
	}

	/** What is written into the notebook now is on its way to the server. */
	get notebookConnected(): boolean {
		return this.#notebook?.connected ?? false;
	}

	open(): void {
		const { workshop, board, exercise, writes, seat, server } = this.#options;
		const shared = {
			server: server(),
			board,
			exercise,
			told: this.status.invalidate,
			replaced: () => this.#follow(),
			kept: { workshop, copies: indexedCopies },
			now: Date.now
		};
		this.#room = new SyncedDocument({
			...shared,
			document: 'board',
			changed: this.inRoom.invalidate,
			presence: this.movers.invalidate
		});
		if (writes)
			this.#notebook = new SyncedDocument({
				...shared,
				document: 'notebook',
				seat,
				changed: () => {
					this.inNotebook.invalidate();
					this.status.invalidate();
				},
				presence: () => {}
			});
		this.#follow();
		void this.#room.open();
		void this.#notebook?.open();
	}

	close(): void {
		this.presence.close();
		this.undo.close();
		this.#room?.close();
		this.#notebook?.close();
	}

	get saved(): boolean {
		return this.status.current.saved === 'saved';
	}

	/** Closing the page loses nothing. */
	get closingIsSafe(): boolean {
		return this.#all.every((one) => one.closingIsSafe);
	}

	get connected(): boolean {
		return this.#all.some(({ connected }) => connected);
	}

	/** Asked every second: a connection that is silent for too long is replaced. */
	watch(): void {
		for (const one of this.#all) one.watch();
	}

	/** Connections come back at once, where they wait or have heard nothing for so many ms. */
	wake(silentFor: number): void {
		for (const one of this.#all) one.wake(silentFor);
	}

	get #all(): SyncedDocument[] {
		return [this.#notebook, this.#room].filter((one) => one !== null);
	}

	/** The documents are there, or others than before: everything is read again. */
	#follow(): void {
		const notebook = this.#notebook?.doc ?? null;
		if (this.#room) this.undo.follow(this.#room.doc, notebook);
		notebook?.on('update', (_update: Uint8Array, origin: unknown) => {
			if (origin === LOCAL) this.presence.wrote();
		});
		for (const reading of [this.#docs, this.inRoom, this.inNotebook, this.status, this.movers])
			reading.invalidate();
	}

	#readStatus(): Status {
		const documents = this.#all;
		const worst = (['refused', 'unkept', 'device', 'saving'] as const).find((status) =>
			documents.some((one) => one.saved === status)
		);
		return {
			author: this.#notebook && ownAuthor(this.#notebook.doc),
			loaded: documents.length > 0 && documents.every((one) => one.loaded),
			saved: worst ?? 'saved',
			refusal: documents.find((one) => one.refusal)?.refusal ?? null
		};
	}
}
