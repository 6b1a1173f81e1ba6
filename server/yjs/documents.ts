/** The documents of one board: its own, everybody's notebooks, and whose client ids are whose. */
import * as Y from 'yjs';
import { cardsOf } from '#shared/doc/schema.ts';
import { makeAuthorMap } from '#shared/doc/notebook.ts';
import type { AuthorKey, CardId, ParticipantId } from '#shared/ids.ts';
import { BOARD } from '#server/store/log-entries.ts';
import type { Snapshot } from '#server/store/snapshots.ts';
import type { Author, LogRow, StoredBoard } from '#server/store/updates.ts';
import { Document } from './document.ts';
import { Notebook } from './notebook.ts';

export class Documents {
	readonly board = new Document();
	readonly notebooks = new Map<AuthorKey, Notebook>();
	readonly #bySeat = new Map<ParticipantId, Notebook>();
	readonly #holders = new Map<number, string | null>();
	/** How many client ids each holder has. */
	readonly #held = new Map<string, number>();
	/** Which notebook a card id belongs to, also of cards that are gone. */
	readonly #cards = new Map<CardId, AuthorKey>();
	#waited = false;

	private constructor(holders: Map<number, string | null>) {
		for (const [id, holder] of holders) this.bind(id, holder);
	}

	/**
	 * Replays the newest snapshot that can be read, and the rows since. A board is its own part and
	 * everybody's notebooks as far as they stand on it. What throws is answered beside: without it the
	 * rest opens.
	 */
	static load(stored: Replayed): Loaded {
		const poisoned = { rows: [] as number[], snapshots: [] as number[] };
		for (let careful = false; ; careful = true) {
			const base = stored.snapshots.find(({ seq }) => !poisoned.snapshots.includes(seq)) ?? null;
			const from = base?.seq ?? 0;
			const rows = stored.rows.filter(({ seq }) => seq > from && !poisoned.rows.includes(seq));
			const documents = new Documents(stored.clientIds);
			for (const author of stored.authors) documents.seat(author);
			const failed = documents.#replay(base, rows, careful);
			if (failed === null) return { documents, base, poisoned, waited: documents.#waited };
			if (careful) poisoned[failed === base?.seq ? 'snapshots' : 'rows'].push(failed);
		}
	}

	ofSeat(participant: ParticipantId): Notebook | undefined {
		return this.#bySeat.get(participant);
	}

	/** Null is the server's own, undefined free. */
	holderOf = (clientId: number): string | null | undefined => this.#holders.get(clientId);

	/**
	 * Whether a client id was begun in another document than a notebook, or than the board (null).
	 * What a notebook has written is on the board as well, once it was forwarded.
	 */
	writesElsewhere(clientId: number, notebook: Notebook | null): boolean {
		const wroteIn = ({ document }: { document: Document }) =>
			document.doc.store.clients.has(clientId);
		if (notebook) return wroteIn({ document: this.board }) && !wroteIn(notebook);
		return [...this.notebooks.values()].some(wroteIn);
	}

	/** How many client ids somebody has on this board and in its notebooks. */
	heldBy = (holder: string): number => this.#held.get(holder) ?? 0;

	bind(clientId: number, holder: string | null): void {
		if (holder !== null && !this.#holders.has(clientId))
			this.#held.set(holder, this.heldBy(holder) + 1);
		this.#holders.set(clientId, holder);
	}

	ownerOf(card: CardId): Notebook | undefined {
		const key = this.#cards.get(card);
		return key === undefined ? undefined : this.notebooks.get(key);
	}

	own(card: CardId, author: AuthorKey): void {
		this.#cards.set(card, author);
	}

	/** A client id that nobody has on this board, nor in any of its notebooks. */
	freeClientId(): number {
		for (;;) {
			const id = new Y.Doc().clientID;
			if (!this.#holders.has(id)) return id;
		}
	}

	/** A new author. What it answers has to be committed before anybody hears of it. */
	newAuthor(
		key: AuthorKey,
		participant: ParticipantId,
		account: string | null
	): { author: Author; clientIds: number[] } {
		for (;;) {
			const mapUpdate = makeAuthorMap(key);
			const clientIds = clientsOf(mapUpdate);
			if (clientIds.every((id) => !this.#holders.has(id)))
				return { author: { key, participant, account, mapUpdate }, clientIds };
		}
	}

	/**
	 * Gives an author a notebook. Their place on the board comes with their first words: it would tell
	 * an anonymous room who has just sat down.
	 */
	seat(author: Author): Notebook {
		const notebook = new Notebook(author);
		notebook.document.apply([author.mapUpdate], { source: 'log' });
		this.notebooks.set(author.key, notebook);
		this.#bySeat.set(author.participant, notebook);
		return notebook;
	}

	isOnBoard(notebook: Notebook): boolean {
		return cardsOf(this.board.doc).has(notebook.key);
	}

	/**
	 * Null where all went well, else the row or the snapshot that cannot be applied: surely that one
	 * where `careful`.
	 */
	#replay(base: Snapshot | null, rows: LogRow[], careful: boolean): number | null {
		for (const { key, ...standing } of base?.notebooks ?? [])
			this.notebooks.get(key)?.stands(standing);
		for (const row of rows)
			for (const { document, forwarded, update } of row.entries)
				this.notebooks.get(document)?.committed(row, { gained: update.byteLength > 0, forwarded });
		for (const { forwarded, map } of this.notebooks.values())
			if (forwarded > 0) this.board.apply([map], { source: 'log' });

		for (const [document, replays] of this.#sort(base, rows)) {
			let at = 0;
			const apply = ({ seq, update }: Replay) => {
				at = seq;
				Y.applyUpdate(document.doc, update, { source: 'log' });
			};
			try {
				// One transaction: a log of thousands of rows is replayed as one change.
				if (careful) replays.forEach(apply);
				else Y.transact(document.doc, () => replays.forEach(apply), { source: 'log' }, false);
			} catch {
				return at;
			}
			this.#waited ||= document.waits;
			document.stopWaiting();
		}
		for (const notebook of this.notebooks.values()) {
			notebook.behind = notebook.held;
			const { key, document } = notebook;
			for (const card of cardsOf(document.doc).get(key)?._map.keys() ?? []) this.own(card, key);
		}
		return null;
	}

	/** What each document has to replay, in order. */
	#sort(base: Snapshot | null, rows: LogRow[]): Map<Document, Replay[]> {
		const replays = new Map<Document, Replay[]>();
		const put = (document: Document, replay: Replay) => {
			if (replay.update.byteLength === 0) return;
			const list = replays.get(document);
			if (list) list.push(replay);
			else replays.set(document, [replay]);
		};
		for (const { key, shown, held } of base?.notebooks ?? []) {
			const notebook = this.notebooks.get(key);
			if (!notebook) continue;
			const { seq } = base!;
			for (const update of [shown, held]) put(notebook.document, { seq, update });
			const here = seq <= notebook.forwarded ? [shown, held] : [shown];
			if (notebook.forwarded > 0) for (const update of here) put(this.board, { seq, update });
		}
		if (base) put(this.board, { seq: base.seq, update: base.board });
		for (const { seq, entries } of rows)
			for (const { document, update } of entries) {
				const notebook = this.notebooks.get(document);
				if (notebook) put(notebook.document, { seq, update });
				// What stands in neither was written by somebody who has been erased since.
				if (document === BOARD || (notebook && seq <= notebook.forwarded))
					put(this.board, { seq, update });
			}
		return replays;
	}
}

/** What documents are made of. */
type Replayed = Pick<StoredBoard, 'authors' | 'clientIds' | 'snapshots' | 'rows'>;

interface Loaded {
	documents: Documents;
	/** The snapshot that they were made from. */
	base: Snapshot | null;
	/** What throws. */
	poisoned: { rows: number[]; snapshots: number[] };
	/** Something builds on what was not there. */
	waited: boolean;
}

interface Replay {
	seq: number;
	update: Uint8Array;
}

/** The client ids that an update has structs of. */
const clientsOf = (update: Uint8Array): number[] => [
	...new Set(Y.decodeUpdate(update).structs.map(({ id }) => id.client))
];
