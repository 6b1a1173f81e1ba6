/** The documents of one board: its own, everybody's notebooks, and whose client ids are whose. */
import * as Y from 'yjs';
import { cardsOf } from '#shared/doc/schema.ts';
import { makeAuthorMap } from '#shared/doc/notebook.ts';
import type { AuthorKey, CardId, ParticipantId } from '#shared/ids.ts';
import { BOARD } from '#server/store/log-entries.ts';
import type { Author, LogRow, StoredBoard } from '#server/store/updates.ts';
import { Document } from './document.ts';
import { Notebook } from './notebook.ts';

export class Documents {
	readonly board = new Document();
	readonly notebooks = new Map<AuthorKey, Notebook>();
	readonly #bySeat = new Map<ParticipantId, Notebook>();
	readonly #holders: Map<number, string | null>;
	/** Which notebook a card id belongs to, also of cards that are gone. */
	readonly #cards = new Map<CardId, AuthorKey>();

	private constructor(holders: Map<number, string | null>) {
		this.#holders = new Map(holders);
	}

	/**
	 * Replays the log. A board is its own rows and everybody's notebooks as far as they stand on it.
	 * Rows that throw are answered beside: without them the rest opens.
	 */
	static load(stored: StoredBoard): { documents: Documents; poisoned: number[] } {
		const poisoned: number[] = [];
		for (;;) {
			const rows = stored.rows.filter(({ seq }) => !poisoned.includes(seq));
			const documents = new Documents(stored.clientIds);
			documents.#seatAll(stored.authors);
			const failed = documents.#replay(rows);
			if (failed === null) return { documents, poisoned };
			poisoned.push(failed);
		}
	}

	ofSeat(participant: ParticipantId): Notebook | undefined {
		return this.#bySeat.get(participant);
	}

	/** Null is the server's own, undefined free. */
	holderOf = (clientId: number): string | null | undefined => this.#holders.get(clientId);

	bind(clientId: number, holder: string | null): void {
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

	/** Gives an author a notebook, and their place on the board; answers the board's update. */
	seat(author: Author): Uint8Array | null {
		const notebook = new Notebook(author);
		notebook.document.apply([author.mapUpdate], { source: 'log' });
		this.notebooks.set(author.key, notebook);
		this.#bySeat.set(author.participant, notebook);
		return this.board.apply([author.mapUpdate], { source: 'log' });
	}

	#seatAll(authors: Author[]): void {
		for (const author of authors) this.seat(author);
	}

	/** Null where all went well, else the row that cannot be applied. */
	#replay(rows: LogRow[]): number | null {
		for (const { seq, at, entries } of rows)
			for (const { document, forwarded, update } of entries)
				this.notebooks.get(document)?.committed(seq, at, update.byteLength > 0, forwarded);
		let at = rows[0]?.seq ?? 0;
		const all = [this.board, ...[...this.notebooks.values()].map(({ document }) => document)];
		try {
			within(all, () => {
				for (const row of rows) {
					at = row.seq;
					for (const { document, update } of row.entries)
						if (update.byteLength > 0)
							for (const one of this.#documentsOf(document, row.seq))
								Y.applyUpdate(one.doc, update, { source: 'log' });
				}
			});
		} catch {
			return at;
		}
		for (const document of all) document.stopWaiting();
		for (const { key, document } of this.notebooks.values())
			for (const card of cardsOf(document.doc).get(key)?._map.keys() ?? []) this.own(card, key);
		return null;
	}

	#documentsOf(name: string, seq: number): Document[] {
		if (name === BOARD) return [this.board];
		const notebook = this.notebooks.get(name);
		if (!notebook) return []; // its person was erased
		return seq <= notebook.forwarded ? [notebook.document, this.board] : [notebook.document];
	}
}

/** One transaction in each document: a log of thousands of rows is replayed as one change. */
function within(documents: Document[], replay: () => void): void {
	const [first, ...rest] = documents;
	if (!first) return replay();
	Y.transact(first.doc, () => within(rest, replay), { source: 'log' }, false);
}

/** The client ids that an update has structs of. */
export const clientsOf = (update: Uint8Array): number[] => [
	...new Set(Y.decodeUpdate(update).structs.map(({ id }) => id.client))
];
