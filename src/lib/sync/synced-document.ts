/**
 * A document and everything that keeps it: its connection, and the notebook's copy on this device.
 * Where the server will not go on with it, it begins anew where that mends things; otherwise it
 * stays as it is, with its words, and says why.
 */
import * as Y from 'yjs';
import {
	addCard,
	editText,
	fieldText,
	ownAuthor,
	putDown,
	setField
} from '#shared/doc/notebook.ts';
import { observe } from '#shared/doc/observe.ts';
import { readNotebook } from '#shared/doc/read.ts';
import { cardsOf } from '#shared/doc/schema.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { BoardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { RefusalReason } from '#shared/refusals.ts';
import { keptName, KeptNotebook, type Keeping } from './kept-notebook.ts';
import type { Copies } from './notebook-copies.ts';
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
	/** Where this device keeps a notebook, and of which workshop; where absent, it does not. */
	kept?: { workshop: WorkshopId; copies: Copies };
	/** Of somebody without a device, whose notebook it is: kept apart from this person's own. */
	seat?: ParticipantId | undefined;
	now: () => number;
}

/** `unkept`: the server does not have all of it, nor does this device keep it. */
export type DocumentStatus = SaveStatus | 'unkept' | 'refused';

/** Refused for how much there is: less of it may pass. */
const MENDED_BY_LESS = new Set<RefusalReason>(['too-large', 'too-many-cards', 'too-long']);

/** A document that was given up, with what keeps it, until the new one has its words. */
interface Owed {
	doc: Y.Doc;
	kept: KeptNotebook | null;
	/** Something of it was never saved. */
	unsaved: boolean;
	/** Its client ids may go on; where one of them is another's, they may not. */
	joins: boolean;
}

export class SyncedDocument {
	doc: Y.Doc = new Y.Doc();
	refusal: RefusalReason | null = null;
	/** What there was to load is here, from the server or this device; it stays when a connection goes. */
	loaded = false;
	readonly #options: SyncedDocumentOptions;
	#connection: YjsConnection | null = null;
	readonly #keeping: Keeping | null;
	#kept: KeptNotebook | null = null;
	#epoch: string | null = null;
	#unobserve: () => void;
	#closed = false;
	/** Begun anew and not in step and saved since: a second refusal is an answer. */
	#begunAnew = false;
	/** What was given up with words in it, until the new document has them. */
	#owed: Owed | null = null;

	constructor(options: SyncedDocumentOptions) {
		this.#options = options;
		this.#unobserve = observe(this.doc, this.#changed);
		const { board, document, kept, seat, now, told } = options;
		const name = keptName(board, seat);
		this.#keeping = document === 'notebook' && kept ? { ...kept, board: name, now, told } : null;
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

	get saved(): DocumentStatus {
		if (this.refusal) return 'refused';
		const status = this.#owed ? this.#owing : (this.#connection?.status ?? this.#before);
		return status === 'device' && !this.kept ? 'unkept' : status;
	}

	/** Whether this device keeps what the server may not have. */
	get kept(): boolean {
		return (this.#owed ?? { kept: this.#kept }).kept?.kept ?? false;
	}

	/** Closing the page loses nothing that could still be saved. */
	get closingIsSafe(): boolean {
		if (this.saved === 'saved' || this.kept) return true;
		return this.saved === 'refused' && this.#options.document === 'board';
	}

	get #owing(): SaveStatus {
		return this.connected ? 'saving' : 'device';
	}

	/** Until there is a connection at all. */
	get #before(): SaveStatus {
		return this.#kept?.foundUnsaved ? 'device' : 'saved';
	}

	/** Brings what this device has, then connects. */
	async open(): Promise<void> {
		if (this.#keeping) this.#kept = await KeptNotebook.reopen(this.#keeping, this.doc);
		if (this.#kept) this.loaded = ownAuthor(this.doc) !== null;
		if (this.#closed) return this.#kept?.close();
		// Without its copy, the document has no history yet, and is sent whole.
		this.#epoch = this.#kept?.epoch ?? null;
		this.#connect(this.#epoch, this.#kept?.foundUnsaved ?? false);
		this.#options.told();
	}

	/** Asked every second: a connection that is silent for too long is replaced. */
	watch(): void {
		this.#connection?.watch();
	}

	/** Comes back at once, where it is waiting or has heard nothing for so many ms. */
	wake(silentFor: number): void {
		this.#connection?.wake(silentFor);
	}

	/** Ends the connection; the copy on this device stays. */
	close(): void {
		this.#closed = true;
		this.#unobserve();
		this.#connection?.close();
		this.#kept?.close();
		this.#owed?.kept?.close();
	}

	#connect(epoch: string | null, unsaved: boolean): void {
		const { server: at, board, document, seat } = this.#options;
		const server = seat === undefined ? at : { ...at, params: { ...at.params, seat } };
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
		if (this.saved === 'saved') this.#kept?.saved();
		this.#options.told();
	}

	/** From the first connection on, the notebook is kept on this device under its history. */
	async #epochTold(epoch: string): Promise<void> {
		const known = this.#epoch;
		this.#epoch = epoch;
		if (!this.#kept && !this.#owed && known !== epoch) await this.#keep(null);
	}

	/** The old copy, whose words are in the document, goes once the new one is there. */
	async #keep(old: KeptNotebook | null): Promise<void> {
		if (!this.#keeping || this.#epoch === null) return;
		const { doc } = this;
		const unsaved = this.saved !== 'saved';
		const kept = await KeptNotebook.begin(this.#keeping, this.#epoch, doc, { unsaved, old });
		// Meanwhile it may have been closed, or begun anew.
		if (this.#closed || doc !== this.doc) return kept?.close();
		this.#kept = kept;
		this.#told();
	}

	#refused(reason: RefusalReason): void {
		if (this.#mayBeginAnew(reason)) return void this.#beginAnew(reason);
		this.refusal = reason;
		// Better the words that are refused than none.
		if (this.#owed) this.#takeBack(this.#owed);
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
	 * In another history all may be missing: a backup was restored, or a damaged row is set aside.
	 */
	async #beginAnew(reason: RefusalReason): Promise<void> {
		this.#begunAnew = true;
		const own = this.#options.document === 'notebook' && reason !== 'foreign-path';
		const old = this.#kept;
		const unsaved = this.saved !== 'saved';
		if (own && (unsaved || reason === 'other-epoch'))
			this.#owed = { doc: this.doc, kept: old, unsaved, joins: reason !== 'client-id-taken' };
		this.#connection?.close();
		this.#kept = null;
		this.#epoch = null;
		this.#take(new Y.Doc());
		if (!this.#owed) await old?.erase(!own);
		if (!this.#closed) this.#connect(null, false);
	}

	#take(doc: Y.Doc): void {
		this.#unobserve();
		this.doc = doc;
		this.#unobserve = observe(doc, this.#changed);
		this.#options.replaced();
	}

	/** The words that were owed, as they were: they are shown, and what has the copy keeps them. */
	#takeBack({ doc, kept }: Owed): void {
		this.#owed = null;
		this.#kept = kept;
		this.#take(doc);
	}

	#payBack({ doc, kept, unsaved, joins }: Owed): void {
		const author = ownAuthor(this.doc);
		if (author === null) return;
		this.#owed = null;
		// Left behind by somebody else on this device: nobody's words go under another's name.
		if (ownAuthor(doc) === author && !(joins && this.#joinHistories(doc)))
			this.#copyOver(doc, unsaved);
		void this.#keep(kept);
	}

	/**
	 * A backup knows an earlier moment of the very same history: then everything that came after it
	 * is brought, edits and what was put down too, as sent by a device that was away meanwhile.
	 * Answers whether the one follows from the other.
	 */
	#joinHistories(old: Y.Doc): boolean {
		if (this.#epoch === null || !isOneHistory(old, this.doc)) return false;
		const missing = Y.encodeStateAsUpdate(old, Y.encodeStateVector(this.doc));
		// It may be more than a frame carries; what a new connection is asked for may be larger.
		this.#connection?.close();
		this.doc.transact(() => Y.applyUpdate(this.doc, missing), this);
		this.#connect(this.#epoch, true);
		return true;
	}

	/** Every card that the document lacks, and texts that are otherwise. */
	#copyOver(old: Y.Doc, unsaved: boolean): void {
		const cards = readNotebook(old);
		const there = new Set(readNotebook(this.doc).map(({ id }) => id));
		for (const card of cards) {
			if (!there.has(card.id)) {
				addCard(this.doc, this.#options.exercise, card);
				continue;
			}
			for (const [field, value] of Object.entries(card.fields)) {
				const text = fieldText(this.doc, card.id, field);
				if (!text && unsaved) setField(this.doc, card.id, field, value);
				if (!text || typeof value !== 'string') continue;
				// What was saved once may be older than what another device has brought since.
				if (unsaved || value.startsWith(text.toString())) editText(text, value);
			}
			if (unsaved && !card.draft) putDown(this.doc, card.id);
		}
	}
}

/** Whether both have the very same map of their author's, and all that either builds on. */
function isOneHistory(one: Y.Doc, other: Y.Doc): boolean {
	const [first, second] = [one, other].map((doc) => {
		const author = ownAuthor(doc);
		return author === null ? null : (cardsOf(doc).get(author)?._item?.id ?? null);
	});
	if (!Y.compareIDs(first ?? null, second ?? null)) return false;
	const joined = new Y.Doc();
	for (const doc of [other, one])
		Y.applyUpdate(joined, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(joined)));
	return joined.store.pendingStructs === null && joined.store.pendingDs === null;
}
