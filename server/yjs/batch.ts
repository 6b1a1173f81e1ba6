import * as Y from 'yjs';
import type { AuthorKey, CardId } from '#shared/ids.ts';
import { BOARD, type LogEntry } from '#server/store/log-entries.ts';
import type { Author, Commit, LogRow, RemovedRow } from '#server/store/updates.ts';
import type { Connection } from './connection.ts';
import type { Documents } from './documents.ts';
import { Gathered } from './gathered.ts';
import { takeSnapshot, type Taken } from './snapshot.ts';

/** What a notebook gained in one tick, for the other devices of its author. */
interface Gained {
	gathered: Gathered;
	/** Who sent it; null is the server, or somebody who is not connected any more. */
	from: Set<Connection | null>;
}

/** What each array of bytes takes in memory beside its bytes. */
const EACH = 300;

/** What is forwarded when a batch has been committed. */
export interface Forwarding {
	updates: Uint8Array[];
	authors: Set<AuthorKey>;
}

/** A batch when its tick has come: nothing that arrives later is in it. */
export interface Cut {
	commit: Commit | null;
	/** What every document gains; in a log that is written anew it is in the snapshot. */
	row: LogRow | null;
	/** The last number in the log when this is committed. */
	seq: number;
	/** To be kept beside the log, once this is committed. */
	taken: Taken | null;
	forwarding: Forwarding;
	replies: { connection: Connection; update: Uint8Array }[];
}

/**
 * Everything that one tick gathers. The documents have it already; it becomes one commit, and only
 * then does anybody hear of it.
 */
export class Batch {
	readonly authors: Author[] = [];
	readonly clientIds = new Map<number, string | null>();
	readonly removed: RemovedRow[] = [];
	readonly restored: CardId[] = [];
	/** Notebooks to be forwarded with all that they hold. */
	readonly forward = new Set<AuthorKey>();
	readonly notebooks = new Map<AuthorKey, Gained>();
	/** Step 1 of those who want to know what there is. */
	asking: { connection: Connection; stateVector: Uint8Array }[] = [];
	/** How many update frames of each connection are in the database after this. */
	readonly heard = new Map<Connection, number>();
	/** Who reads the board as it will be committed. */
	readonly readers: (() => void)[] = [];
	/** Somebody's presence changed. */
	presence = false;
	/** A snapshot is wanted; `anew`: one after which nothing earlier stays. */
	snapshot: 'beside' | 'anew' | null = null;
	/** Of what the documents gained. */
	bytes = 0;
	/** When the first of it was gathered. */
	since: number | null = null;
	/** What each document gained, in the order in which they did so first. */
	readonly #gathered = new Map<LogEntry['document'], Gathered>();
	#pieces = 0;
	readonly #settled = Promise.withResolvers<void>();

	constructor() {
		this.#settled.promise.catch(() => {}); // whoever waits for it hears of it
	}

	/** Nothing is in it, and no tick waits for it. */
	get isEmpty(): boolean {
		return (
			this.since === null &&
			this.#gathered.size +
				this.authors.length +
				this.forward.size +
				this.asking.length +
				this.heard.size +
				this.readers.length +
				this.restored.length ===
				0 &&
			!this.presence &&
			!this.snapshot
		);
	}

	/** What it takes in memory, about. */
	get weight(): number {
		return this.bytes + this.#pieces * EACH;
	}

	/** What the board's document gained, beside what is forwarded. */
	get board(): Uint8Array[] {
		return this.#gathered.get(BOARD)?.updates ?? [];
	}

	/** Committed and handed out. Rejects where it never will be. */
	get settled(): Promise<void> {
		return this.#settled.promise;
	}
	settle = (): void => this.#settled.resolve();
	fail = (error: unknown): void => this.#settled.reject(error);

	/** A document has gained this. */
	gather(document: LogEntry['document'], update: Uint8Array, from: Connection | null): void {
		const gathered = this.#gathered.get(document) ?? new Gathered();
		this.#gathered.set(document, gathered);
		const { bytes, pieces } = gathered;
		gathered.add(update);
		this.bytes += gathered.bytes - bytes;
		this.#pieces += gathered.pieces - pieces;
		if (document === BOARD) return;
		const gained = this.notebooks.get(document) ?? { gathered, from: new Set() };
		gained.from.add(from);
		this.notebooks.set(document, gained);
	}

	/** It has ended: nothing is answered to it, and nothing of it is kept. What it sent stays. */
	leave(connection: Connection): void {
		this.asking = this.asking.filter((one) => one.connection !== connection);
		this.heard.delete(connection);
		const gained = connection.notebook && this.notebooks.get(connection.notebook.key);
		if (gained?.from.delete(connection)) gained.from.add(null);
	}

	bind(clientIds: Iterable<number>, holder: string | null): void {
		for (const id of clientIds) this.clientIds.set(id, holder);
	}

	/**
	 * Closes the batch, without a pause: what the documents hold now is in this commit or an earlier
	 * one, so a notebook's whole state is what is to be forwarded, and the answer to a step 1 is
	 * what may be told once this is committed.
	 */
	cut(documents: Documents, last: number, now: number): Cut {
		const { forwarding, entries } = this.#forwarding(documents);
		const { snapshot, authors, clientIds, removed, restored } = this;
		const seq = entries.length > 0 || snapshot === 'anew' ? last + 1 : last;
		const row = entries.length > 0 ? { seq, at: now, entries } : null;
		const taken = snapshot ? takeSnapshot(documents, row, { seq, at: now }) : null;
		const anew = snapshot === 'anew' ? taken!.snapshot : null;
		const others = authors.length + clientIds.size + removed.length + restored.length;
		for (const read of this.readers) read();
		return {
			commit:
				row || anew || others > 0
					? { row: anew ? null : row, anew, authors, clientIds, removed, restored }
					: null,
			row,
			seq,
			taken,
			forwarding,
			replies: this.#replies()
		};
	}

	#forwarding(documents: Documents): { forwarding: Forwarding; entries: LogEntry[] } {
		const forwarding: Forwarding = { updates: [], authors: new Set() };
		const letIn: LogEntry[] = [];
		for (const key of this.forward) {
			const notebook = documents.notebooks.get(key);
			if (!notebook) continue;
			const gained = this.notebooks.get(key);
			if (notebook.held) forwarding.updates.push(Y.encodeStateAsUpdate(notebook.document.doc));
			else if (gained) {
				if (!documents.isOnBoard(notebook)) forwarding.updates.push(notebook.map);
				forwarding.updates.push(...gained.gathered.updates);
			} else continue;
			forwarding.authors.add(key);
			if (!gained) letIn.push({ document: key, forwarded: true, update: new Uint8Array() });
		}
		const entries = [...this.#gathered].flatMap(([document, { updates }]) =>
			updates.map((update) => ({
				document,
				forwarded: forwarding.authors.has(document),
				update
			}))
		);
		return { forwarding, entries: [...entries, ...letIn] };
	}

	/** Many ask for the same at once: after a restart, everybody does. */
	#replies(): Cut['replies'] {
		const known = new Map<Y.Doc, Map<string, Uint8Array>>();
		const asking = this.asking.filter(({ connection }) => !connection.over);
		return asking.map(({ connection, stateVector }) => {
			const { doc } = connection.document;
			const answers = known.get(doc) ?? new Map<string, Uint8Array>();
			known.set(doc, answers);
			const asked = Buffer.from(stateVector).toString('latin1');
			const update = answers.get(asked) ?? Y.encodeStateAsUpdate(doc, stateVector);
			answers.set(asked, update);
			return { connection, update };
		});
	}
}
