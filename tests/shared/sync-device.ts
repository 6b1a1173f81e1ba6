/** What a browser has and Node has not: localStorage, and copies of documents, here in memory. */
import * as Y from 'yjs';
import { bringIn, type Copies } from '../../src/lib/sync/notebook-copies.ts';

/** localStorage for one test; `full` takes nothing more. The answer takes it away again. */
export class MemoryStorage implements Storage {
	full = false;
	readonly #values = new Map<string, string>();

	/** Puts it in place, until `remove`. */
	static install(): MemoryStorage {
		const storage = new MemoryStorage();
		Object.defineProperty(globalThis, 'localStorage', { value: storage, configurable: true });
		return storage;
	}
	remove(): void {
		Reflect.deleteProperty(globalThis, 'localStorage');
	}
	get length(): number {
		return this.#values.size;
	}
	get keys(): string[] {
		return [...this.#values.keys()];
	}
	key(at: number): string | null {
		return this.keys[at] ?? null;
	}
	getItem(key: string): string | null {
		return this.#values.get(key) ?? null;
	}
	setItem(key: string, value: string): void {
		if (this.full) throw new DOMException('no room', 'QuotaExceededError');
		this.#values.set(key, value);
	}
	removeItem(key: string): void {
		this.#values.delete(key);
	}
	clear(): void {
		this.#values.clear();
	}
}

/** Copies in memory, for all the tabs of a test's device; what each writes is what a browser's would. */
export class MemoryCopies implements Copies {
	readonly rows = new Map<string, Uint8Array[]>();
	/** There is no room: what is written now is lost. */
	full = false;
	/** How long each opening takes, in their order; the rest take no time. */
	slow: Promise<void>[] = [];
	/** What happens just when the rows of one have been read. */
	whenRead = () => {};

	open: Copies['open'] = async (name, doc, told, there) => {
		const had = doc.store.clients.size > 0;
		const rows = () => this.rows.get(name) ?? [];
		let known: Uint8Array[] = [];
		let kept = true;
		const write = (update: Uint8Array, old: Uint8Array[] = []) => {
			const before = kept;
			kept = !this.full;
			if (kept) this.rows.set(name, [...rows().filter((row) => !old.includes(row)), update]);
			if (kept !== before) told();
		};
		const writeWhole = () => {
			const old = known;
			known = [Y.encodeStateAsUpdate(doc)];
			write(known[0]!, old);
		};
		const follow = (update: Uint8Array, origin: unknown) => {
			if (origin === copy) return;
			if (!kept) return writeWhole();
			known.push(update);
			write(update);
		};
		const copy = {
			get kept() {
				return kept;
			},
			writeWhole,
			close: () => doc.off('update', follow)
		};
		doc.on('update', follow);
		await this.slow.shift();
		if (there === 'read') {
			const found = rows();
			const read = bringIn(doc, found, copy);
			known.push(...found.filter((_, i) => read[i]));
			this.whenRead();
		}
		if (there === 'replaced') this.rows.delete(name);
		if (had) writeWhole();
		return copy;
	};

	erase: Copies['erase'] = async (name) => {
		await Promise.resolve();
		this.rows.delete(name);
	};
}
