/**
 * Documents in IndexedDB: every change of one is a row, written as it is made, and read back when
 * the page is opened again, by whichever tab. What cannot be written (no room, a database that the
 * browser took away) is told, and tried again whole; a copy never throws into the document.
 */
import * as Y from 'yjs';

/** A document's copy on this device, following it until it is closed. */
export interface Copy {
	/** Everything that the document has is written down here, or is being so. */
	readonly kept: boolean;
	/** Writes all of it once more: what was written may have been taken away. */
	writeWhole(): void;
	/** Follows no longer; the copy stays. */
	close(): void;
}

/** What becomes of what is there already: brought into the document, left beside it, or replaced by it. */
export type There = 'read' | 'left' | 'replaced';

/** Where copies are: this browser's, or a test's. */
export interface Copies {
	/** Has a copy follow the document. Null where nothing can be kept; `told` when `kept` is otherwise. */
	open(name: string, doc: Y.Doc, told: () => void, there: There): Promise<Copy | null>;
	erase(name: string): Promise<void>;
}

const DATABASE = 'plenary-notebooks';
const ROWS = 'rows';
/** In ms: how long the browser may take to open its database, and until a failed write is tried again. */
const PATIENCE = { open: 4000, again: 5000 };
/** So many rows become one. */
const MANY = 200;

/** The database is one for all copies; the browser may close it, and it is opened again. */
let database: Promise<IDBDatabase> | null = null;
function open(): Promise<IDBDatabase> {
	database ??= new Promise<IDBDatabase>((resolve, reject) => {
		const late = setTimeout(() => reject(new Error('no answer')), PATIENCE.open);
		const asked = indexedDB.open(DATABASE);
		asked.addEventListener('upgradeneeded', () => asked.result.createObjectStore(ROWS));
		asked.addEventListener('error', () => reject(asked.error ?? new Error('not opened')));
		asked.addEventListener('success', () => {
			clearTimeout(late);
			asked.result.addEventListener('close', again);
			asked.result.addEventListener('versionchange', () => {
				asked.result.close();
				again();
			});
			resolve(asked.result);
		});
	}).catch((error: unknown) => {
		again();
		throw error;
	});
	return database;
}
const again = (): void => {
	database = null;
};

const rowsOf = (name: string) => IDBKeyRange.bound([name], [name, []]);

/** Rejects where it did not come to be; what is asked in `work` is asked at once. */
function inTransaction<T>(
	db: IDBDatabase,
	mode: IDBTransactionMode,
	work: (rows: IDBObjectStore) => T
): Promise<T> {
	return new Promise((resolve, reject) => {
		const transaction = db.transaction(ROWS, mode);
		const asked = work(transaction.objectStore(ROWS));
		// Not when its answers have come: a page that crashes meanwhile has written it all the same.
		if (mode === 'readwrite') transaction.commit();
		transaction.addEventListener('complete', () => resolve(asked));
		// Where there is no room, it may be the whole that fails, after each of its parts was taken.
		transaction.addEventListener('abort', () =>
			reject(transaction.error ?? new Error('not written'))
		);
	});
}

/** Brings rows into a document; answers of each whether it could be read. */
export function bringIn(doc: Y.Doc, rows: Uint8Array[], origin: unknown): boolean[] {
	const bring = (row: Uint8Array) => {
		try {
			Y.decodeUpdate(row); // all of it, before the first of it is there
			Y.applyUpdate(doc, row);
			return true;
		} catch {
			return false;
		}
	};
	return Y.transact(doc, () => rows.map(bring), origin);
}

class IndexedCopy implements Copy {
	readonly #name: string;
	readonly #doc: Y.Doc;
	readonly #told: () => void;
	#db: IDBDatabase;
	/** Rows that say nothing but what the document has; one that cannot be read is left where it is. */
	#rows: IDBValidKey[] = [];
	#count = 0;
	#behind = false;
	#closed = false;
	#retrying: ReturnType<typeof setTimeout> | undefined;

	constructor(name: string, doc: Y.Doc, told: () => void, db: IDBDatabase) {
		this.#name = name;
		this.#doc = doc;
		this.#told = told;
		this.#db = db;
	}

	async begin(there: There): Promise<void> {
		const had = !isEmpty(this.#doc);
		// Before anything is waited for: what the document gains meanwhile is written as well.
		this.#doc.on('update', this.#changed);
		if (there === 'read') await this.#read();
		if (had || this.#rows.length > MANY) this.#writeWhole(there === 'replaced');
	}

	get kept(): boolean {
		return !this.#behind;
	}

	close(): void {
		this.#closed = true;
		clearTimeout(this.#retrying);
		this.#doc.off('update', this.#changed);
	}

	async #read(): Promise<void> {
		const [keys, rows] = await inTransaction(
			this.#db,
			'readonly',
			(store) =>
				[
					store.getAllKeys(rowsOf(this.#name)),
					store.getAll(rowsOf(this.#name)) as IDBRequest<Uint8Array[]>
				] as const
		);
		const read = bringIn(this.#doc, rows.result, this);
		this.#rows.push(...keys.result.filter((_, i) => read[i]));
	}

	writeWhole(): void {
		this.#writeWhole(false);
	}

	readonly #changed = (update: Uint8Array, origin: unknown): void => {
		if (origin === this) return;
		if (this.#behind || this.#rows.length > MANY) this.#writeWhole(false);
		else this.#write((store) => store.put(update, this.#key()), false);
	};

	/** One row that says it all, in place of those that this tab knows (alone: of all). */
	#writeWhole(alone: boolean): void {
		const old = this.#rows;
		this.#rows = [];
		this.#write((store) => {
			if (alone) store.delete(rowsOf(this.#name));
			for (const row of old) store.delete(row);
			store.put(Y.encodeStateAsUpdate(this.#doc), this.#key());
		}, true);
	}

	/** Every tab writes under keys of its own. */
	#key(): IDBValidKey {
		const key = [this.#name, this.#doc.clientID, (this.#count += 1)];
		this.#rows.push(key);
		return key;
	}

	/** After a failure, only what says it all makes good. */
	#write(work: (store: IDBObjectStore) => void, whole: boolean): void {
		let written: Promise<unknown>;
		try {
			written = inTransaction(this.#db, 'readwrite', work);
		} catch (error) {
			written = Promise.reject(error as Error); // the browser took the database away
		}
		written.then(
			() => whole && this.#is(false),
			() => this.#is(true)
		);
	}

	#is(behind: boolean): void {
		const before = this.#behind;
		this.#behind = behind;
		if (before !== behind) this.#told();
		clearTimeout(this.#retrying);
		if (behind && !this.#closed)
			this.#retrying = setTimeout(() => void this.#again(), PATIENCE.again);
	}

	async #again(): Promise<void> {
		try {
			this.#db = await open();
		} catch {
			return this.#is(true);
		}
		if (!this.#closed) this.#writeWhole(false);
	}
}

const isEmpty = (doc: Y.Doc): boolean => doc.store.clients.size === 0;

/** This browser's. */
export const indexedCopies: Copies = {
	async open(name, doc, told, there) {
		if (typeof indexedDB === 'undefined') return null;
		try {
			const copy = new IndexedCopy(name, doc, told, await open());
			await copy.begin(there).catch((error: unknown) => {
				copy.close();
				throw error;
			});
			return copy;
		} catch {
			return null; // some browsers forbid it in a private window
		}
	},
	async erase(name) {
		if (typeof indexedDB === 'undefined') return;
		try {
			await inTransaction(await open(), 'readwrite', (store) => store.delete(rowsOf(name)));
		} catch {
			// There is nothing, or nothing that this browser lets us reach.
		}
	}
};
