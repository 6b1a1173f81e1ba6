/** What a browser has and Node has not: localStorage, and copies of documents, here in memory. */
import * as Y from 'yjs';
import type { Copies } from '../../src/lib/sync/notebook-copies.ts';

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

/** Copies in memory, for all the tabs of a test's device. */
export class MemoryCopies implements Copies {
	readonly rows = new Map<string, Uint8Array[]>();
	/** There is no room: what is written now is lost. */
	full = false;

	open: Copies['open'] = async (name, doc, told, there) => {
		await Promise.resolve();
		const rows = () => this.rows.get(name) ?? [];
		const write = (update: Uint8Array) => this.rows.set(name, [...rows(), update]);
		const copy = {
			kept: true,
			close: () => doc.off('update', follow)
		};
		const follow = (update: Uint8Array, origin: unknown) => {
			if (origin === copy) return;
			const before = copy.kept;
			copy.kept = !this.full;
			if (!this.full) write(before ? update : Y.encodeStateAsUpdate(doc));
			if (copy.kept !== before) told();
		};
		if (there === 'read') for (const row of rows()) Y.applyUpdate(doc, row, copy);
		if (there === 'replaced') this.rows.delete(name);
		write(Y.encodeStateAsUpdate(doc));
		doc.on('update', follow);
		return copy;
	};

	erase: Copies['erase'] = async (name) => {
		await Promise.resolve();
		this.rows.delete(name);
	};
}
