import * as Y from 'yjs';
import {
	dissolveGroup,
	groupTitle,
	joinGroup,
	leaveGroup,
	makeGroup,
	place
} from '#shared/doc/board.ts';
import {
	changeCard,
	deleteCard,
	editText,
	fieldText,
	LOCAL,
	makeAuthorMap,
	putDown,
	setField
} from '#shared/doc/notebook.ts';
import { readBoard, readNotebook } from '#shared/doc/read.ts';
import { cardsOf, groupsOf, placementsOf } from '#shared/doc/schema.ts';
import { isRefusal } from '#shared/refusals.ts';
import type { Rights } from '#server/yjs/guard.ts';
import { Guarded, write } from './guard-support.ts';

export const AUTHORS = ['ben', 'chidi'] as const;
export type Author = (typeof AUTHORS)[number];

/** One document on one device, its connection, and the undo over it. */
class Copy {
	doc: Y.Doc;
	online = true;
	#unsent: Uint8Array[] = [];
	#undo: Y.UndoManager;
	readonly #room: Room;
	readonly server: Guarded;
	readonly author: Author;

	constructor(room: Room, server: Guarded, author: Author) {
		this.#room = room;
		this.server = server;
		this.author = author;
		this.doc = room.newDoc();
		Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(server.doc), 'server');
		this.#undo = this.#listen();
	}

	#listen(): Y.UndoManager {
		this.doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin === 'server') return;
			this.#unsent.push(update);
			if (this.online) this.#flush();
		});
		return new Y.UndoManager([cardsOf(this.doc), placementsOf(this.doc), groupsOf(this.doc)], {
			trackedOrigins: new Set([LOCAL]),
			captureTimeout: 0
		});
	}

	#flush(): void {
		for (const update of this.#unsent.splice(0)) this.#room.deliver(this, update);
	}

	/** Comes back as a device may: with what it queued, with the difference, with everything. */
	reconnect(how: number): void {
		this.online = true;
		const unsent = this.#unsent.splice(0);
		if (how % 4 === 0 && unsent.length > 0) this.#room.deliver(this, Y.mergeUpdates(unsent));
		else if (how % 4 === 1) this.#room.deliver(this, Y.encodeStateAsUpdate(this.doc));
		else if (how % 4 === 2) for (const update of unsent) this.#room.deliver(this, update);
		const seen = Y.encodeStateVector(this.server.doc);
		this.#room.deliver(this, Y.encodeStateAsUpdate(this.doc, seen));
		// What was queued is sent once more: duplicates are harmless.
		if (how % 4 === 3) for (const update of unsent) this.#room.deliver(this, update);
		const missing = Y.encodeStateAsUpdate(this.server.doc, Y.encodeStateVector(this.doc));
		Y.applyUpdate(this.doc, missing, 'server');
	}

	/** The page is closed and opened again: another client id over what the device has kept. */
	reload(): void {
		const kept = Y.encodeStateAsUpdate(this.doc);
		this.#undo.destroy();
		this.doc.destroy();
		this.doc = this.#room.newDoc();
		Y.applyUpdate(this.doc, kept, 'server');
		this.#undo = this.#listen();
	}

	undo = () => this.#undo.undo();
	redo = () => this.#undo.redo();
}

/** Two people with two devices each, their notebooks, and the board: honest clients only. */
export class Room {
	readonly refusals: unknown[] = [];
	readonly copies: Copy[] = [];
	readonly board: Guarded;
	readonly notebooks: Record<Author, Guarded>;
	/** Every update that was taken, and where. */
	readonly taken: { server: Guarded; update: Uint8Array }[] = [];
	/** Every client id of the room, over all its documents. */
	readonly #holders = new Map<number, string | null>();
	#made = 0;
	#clientIds: number;

	constructor(seed = 1) {
		this.#clientIds = seed;
		const made = { ben: makeAuthorMap('ben'), chidi: makeAuthorMap('chidi') };
		this.notebooks = {
			ben: new Guarded('notebook', made.ben),
			chidi: new Guarded('notebook', made.chidi)
		};
		this.board = new Guarded('board', made.ben, made.chidi);
		for (const server of this.servers) {
			this.#handOut(server);
			for (const client of server.holders.keys()) this.#holders.set(client, null);
		}
		for (const author of [...AUTHORS, ...AUTHORS]) {
			this.copies.push(new Copy(this, this.notebooks[author], author));
			this.copies.push(new Copy(this, this.board, author));
		}
	}

	get servers(): Guarded[] {
		return [this.notebooks.ben, this.notebooks.chidi, this.board];
	}

	/** A document whose client id is the seed's, and nobody else's here. */
	newDoc(): Y.Doc {
		const doc = new Y.Doc();
		do doc.clientID = Math.imul(++this.#clientIds, 0x9e3779b1) >>> 0;
		while (this.#holders.has(doc.clientID));
		return doc;
	}

	/** What somebody may do with a document. */
	rightsOf(author: Author, server: Guarded): Partial<Rights> {
		return {
			author: server === this.board ? null : author,
			holder: author,
			holderOf: (client) => this.#holders.get(client),
			writesElsewhere: (client) =>
				server === this.board &&
				AUTHORS.some((one) => this.notebooks[one].doc.store.clients.has(client)),
			cardTaken: (card) =>
				AUTHORS.some(
					(other) => other !== author && cardsOf(this.notebooks[other].doc).get(other)!.has(card)
				)
		};
	}

	/** The client ids that somebody has; null is the server. */
	idsOf(holder: Author | null): number[] {
		return [...this.#holders].filter(([, one]) => one === holder).map(([id]) => id);
	}

	/** Judges and applies as a room does. */
	deliver(from: Copy, update: Uint8Array): void {
		const { server, author } = from;
		const verdict = server.receive(update, this.rightsOf(author, server));
		if (isRefusal(verdict)) {
			this.refusals.push({ verdict, author, document: server.document });
			return;
		}
		this.taken.push({ server, update });
		for (const client of verdict.clientIds) this.#holders.set(client, author);
	}

	/**
	 * Hands out what a document emits, which is what it did not have. The client's own bytes may
	 * overlap with what others know, and Yjs throws where they have deleted that part.
	 */
	#handOut(server: Guarded): void {
		server.doc.on('update', (update: Uint8Array) => {
			if (server !== this.board) Y.applyUpdate(this.board.doc, update);
			for (const copy of this.copies)
				if (copy.online && copy.server === server) Y.applyUpdate(copy.doc, update, 'server');
		});
	}

	/** One thing that somebody does. */
	act(who: number, what: number, choice: number, words: string): void {
		const copy = this.copies[who % this.copies.length]!;
		const connection = what % 12;
		if (connection === 0) copy.online = false;
		else if (connection === 1) copy.reconnect(choice);
		else if (connection === 2 && choice % 5 === 0) copy.reload();
		else if (connection === 3) copy.undo();
		else if (connection === 4) copy.redo();
		else if (copy.server === this.board) this.#arrange(copy, what, choice, words);
		else this.#write(copy, what, choice, words);
	}

	#write({ doc }: Copy, what: number, choice: number, words: string): void {
		const cards = readNotebook(doc);
		const card = cards[choice % Math.max(1, cards.length)]?.id;
		if (card === undefined || (what % 7 === 0 && cards.length < 20)) {
			this.#made += 1;
			const draft = choice % 2 === 0;
			return write(doc, `card-${1000 + this.#made}`, words, { draft, fields: { main: words } });
		}
		const main = fieldText(doc, card, choice % 3 === 0 ? 'note' : 'main');
		switch (what % 7) {
			case 1:
				return deleteCard(doc, card);
			case 2:
				return setField(doc, card, 'skilled', choice % 6 === 0 ? null : (choice % 5) + 1);
			case 3:
				return putDown(doc, card);
			case 4:
				return changeCard(doc, card, {
					column: choice % 2 ? 'few' : 'all',
					order: `a${choice % 9}`
				});
			default:
				if (main) editText(main, main.toString().slice(0, choice % 9) + words);
		}
	}

	#arrange({ doc }: Copy, what: number, choice: number, words: string): void {
		const { cards } = readBoard(doc);
		const groups = [...groupsOf(doc).keys()];
		const card = cards[choice % Math.max(1, cards.length)]?.id;
		const group = groups[choice % Math.max(1, groups.length)];
		const at = { column: choice % 2 ? 'few' : 'all', order: `b${choice % 9}` };
		if (card === undefined) return;
		if (group === undefined || what % 7 === 0) {
			this.#made += 1;
			const kind = choice % 2 ? 'same' : 'theme';
			const some = cards.slice(0, 3).map(({ id }) => id);
			return makeGroup(doc, { id: `group-${this.#made}`, kind, title: words, cards: some, ...at });
		}
		switch (what % 7) {
			case 1:
				return dissolveGroup(doc, group);
			case 2:
				return joinGroup(doc, choice % 4 === 0 ? groups[0]! : card, group);
			case 3:
				return leaveGroup(doc, card, at);
			case 4:
				return editText(groupTitle(doc, group)!, words);
			default:
				return place(doc, card, at);
		}
	}
}
