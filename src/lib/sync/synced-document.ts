/**
 * A document and everything that keeps it: its connection, and the notebook's copy on this device.
 * Where the server will not go on with it, it begins anew where that mends things; otherwise it
 * stays as it is, with its words, and says why.
 */
import * as Y from 'yjs';
import { addCard, editText, fieldText, ownAuthor } from '#shared/doc/notebook.ts';
import { observe } from '#shared/doc/observe.ts';
import { readNotebook } from '#shared/doc/read.ts';
import { cardsOf } from '#shared/doc/schema.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { BoardId } from '#shared/ids.ts';
import type { RefusalReason } from '#shared/refusals.ts';
import { eraseCopy, OfflineCopy, readStamp, writeStamp } from './offline.ts';
import type { SaveStatus } from './sent-frames.ts';
import { YjsConnection, type YjsServer } from './yjs-connection.ts';

export interface SyncedDocumentOptions {
	server: YjsServer;
	board: BoardId;
	document: 'board' | 'notebook';
	exercise: Exercise;
	/** Its content is otherwise. */
	changed: () => void;
	/** Its connection, or how much of it is saved. */
	told: () => void;
	/** Who is here and what they do, or a new place to ask. */
	presence: () => void;
	/** It began anew: whoever held on to the document takes the new one. */
	replaced: () => void;
	now: () => number;
}

/** Refused for how much there is: less of it may pass. */
const MENDED_BY_LESS = new Set<RefusalReason>(['too-large', 'too-many-cards', 'too-long']);

export class SyncedDocument {
	doc: Y.Doc = new Y.Doc();
	refusal: RefusalReason | null = null;
	/** What there was to load is here, from the server or this device; it stays when a connection goes. */
	loaded = false;
	readonly #options: SyncedDocumentOptions;
	#connection: YjsConnection | null = null;
	#copy: OfflineCopy | null = null;
	#epoch: string | null = null;
	#unobserve: () => void;
	#closed = false;
	/** Begun anew and not in step and saved since: a second refusal is an answer. */
	#begunAnew = false;
	/** The document that was given up with words in it, until the new one has them. */
	#owed: Y.Doc | null = null;

	constructor(options: SyncedDocumentOptions) {
		this.#options = options;
		this.#unobserve = observe(this.doc, this.#changed);
	}

	get synced(): boolean {
		return this.#connection?.synced ?? false;
	}

	get connected(): boolean {
		return this.#connection?.connected ?? false;
	}

	get awareness(): YjsConnection['awareness'] | null {
		return this.#connection?.awareness ?? null;
	}

	get saved(): SaveStatus | 'refused' {
		if (this.refusal) return 'refused';
		if (this.#owed) return this.connected ? 'saving' : 'device';
		return this.#connection?.status ?? 'saved';
	}

	/** Brings what this device has, then connects. */
	async open(): Promise<void> {
		const { board, document } = this.#options;
		const stamp = document === 'notebook' ? readStamp(board) : null;
		if (stamp) {
			this.#epoch = stamp.epoch;
			this.#copy = await OfflineCopy.open(board, stamp.epoch, this.doc);
			this.loaded = ownAuthor(this.doc) !== null;
		}
		// Without its copy, the document has no history yet, and is sent whole.
		const held = this.#copy !== null;
		if (!this.#closed) this.#connect(held ? this.#epoch : null, held && stamp?.savedAt === null);
	}

	/** Ends the connection; the copy on this device stays. */
	close(): void {
		this.#closed = true;
		this.#unobserve();
		this.#connection?.close();
		void this.#copy?.close();
	}

	#connect(epoch: string | null, unsaved: boolean): void {
		const { server, board, document } = this.#options;
		this.#connection = new YjsConnection({
			server,
			board,
			document,
			doc: this.doc,
			epoch,
			unsaved,
			told: () => this.#told(),
			presence: this.#options.presence,
			epochTold: (told) => void this.#epochTold(told),
			refused: (reason) => this.#refused(reason)
		});
		this.#connection.connect();
		this.#options.presence();
	}

	readonly #changed = (): void => {
		this.#options.changed();
		if (this.refusal && MENDED_BY_LESS.has(this.refusal)) {
			this.refusal = null;
			this.#connection?.connect();
		}
	};

	#told(): void {
		if (this.synced) this.loaded = true;
		if (this.synced && this.#owed) this.#payBack(this.#owed);
		if (this.synced && this.saved === 'saved') this.#begunAnew = false;
		this.#stamp();
		this.#options.told();
	}

	/** From the first connection on, the notebook is kept on this device under its history. */
	async #epochTold(epoch: string): Promise<void> {
		const known = this.#epoch;
		this.#epoch = epoch;
		if (this.#options.document !== 'notebook' || this.#copy || known === epoch) return;
		if (!this.#owed) await this.#keep();
	}

	async #keep(): Promise<void> {
		const { doc } = this;
		const copy = await OfflineCopy.open(this.#options.board, this.#epoch!, doc);
		// Meanwhile it may have been closed, or begun anew.
		if (this.#closed || doc !== this.doc) return void copy?.close();
		this.#copy = copy;
		this.#stamp();
	}

	#stamped: boolean | null = null;
	#stamp(): void {
		if (!this.#copy || this.#epoch === null) return;
		const saved = this.saved === 'saved';
		if (saved === this.#stamped) return;
		this.#stamped = saved;
		writeStamp(this.#options.board, {
			epoch: this.#epoch,
			savedAt: saved ? this.#options.now() : null
		});
	}

	#refused(reason: RefusalReason): void {
		if (this.#mayBeginAnew(reason)) return void this.#beginAnew(reason);
		this.refusal = reason;
		// Better the words that are refused than none.
		if (this.#owed) this.#take(this.#owed);
	}

	#mayBeginAnew(reason: RefusalReason): boolean {
		if (this.#begunAnew) return false;
		if (reason === 'other-epoch') return true;
		if (this.#options.document === 'board') {
			// An arrangement that came too late: the room's is loaded again.
			return reason !== 'unauthenticated' && reason !== 'not-found';
		}
		if (reason === 'client-id-taken' || reason === 'gap') return true;
		// Somebody else wrote here before, and left their copy behind.
		return reason === 'foreign-path' && cardsOf(this.doc).size > 1;
	}

	/**
	 * An empty document under a new client id. Own words that may not be saved are written into it
	 * once the server's have come; until then the old copy stays, so that a closed page loses none.
	 */
	async #beginAnew(reason: RefusalReason): Promise<void> {
		this.#begunAnew = true;
		const own = this.#options.document === 'notebook' && reason !== 'foreign-path';
		if (own && this.saved !== 'saved') this.#owed = this.doc;
		this.#connection?.close();
		const copy = this.#copy;
		this.#copy = null;
		this.#epoch = null;
		this.#take(new Y.Doc());
		if (this.#owed) await copy?.close();
		else await copy?.clear();
		if (!this.#closed) this.#connect(null, false);
	}

	#take(doc: Y.Doc): void {
		this.#unobserve();
		this.doc = doc;
		this.#unobserve = observe(doc, this.#changed);
		this.#options.replaced();
	}

	/** Every card that the new document lacks, and every text that is otherwise. */
	#payBack(owed: Y.Doc): void {
		if (ownAuthor(this.doc) === null) return;
		this.#owed = null;
		const there = new Set(readNotebook(this.doc).map(({ id }) => id));
		for (const card of readNotebook(owed)) {
			if (!there.has(card.id)) addCard(this.doc, this.#options.exercise, card);
			else
				for (const [field, value] of Object.entries(card.fields)) {
					const text = fieldText(this.doc, card.id, field);
					if (text && typeof value === 'string') editText(text, value);
				}
		}
		void this.#replaceCopy();
	}

	async #replaceCopy(): Promise<void> {
		const stamp = readStamp(this.#options.board);
		if (stamp) await eraseCopy(this.#options.board, stamp.epoch);
		await this.#keep();
	}
}
