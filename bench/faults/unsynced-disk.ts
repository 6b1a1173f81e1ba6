/**
 * What would be on the disk if the power went now: a shadow of a folder that follows fsync, and
 * nothing else. The model is that of a journaling file system at its worst:
 *
 * - Bytes are on the disk when their file was synced after they were written, and not before: a new
 *   file that was not synced is empty, however long ago it was made.
 * - Names (files made, renamed, taken away, folders) and lengths cut off keep their order. They are on
 *   the disk at once (`at-once`: before any of the bytes that they are about), or not before the next
 *   sync of any file, which writes the journal (`at-sync`). Both are tried, as a real one is between them.
 *
 * Postgres also syncs a folder after it has renamed something in it, which PGlite's file layer leaves out:
 * so a file system that keeps names back beyond the sync of another file is not covered.
 */
import { closeSync, copyFileSync, fstatSync, ftruncateSync, mkdirSync, openSync } from 'node:fs';
import { readdirSync, readSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type Names = 'at-once' | 'at-sync';

/** A file, whatever its name is by now. */
interface Inode {
	/** Where the shadow keeps what is on the disk of it. */
	kept: string;
	/** Written and not synced: from, to. */
	dirty: [number, number][];
}

/** Null is a folder. */
type Tree = Map<string, Inode | null>;

export class UnsyncedDisk {
	readonly #shadow: string;
	readonly #names: Names;
	/** As the process sees it, and as the disk has it. */
	readonly #seen: Tree = new Map();
	readonly #durable: Tree = new Map();
	readonly #open = new Map<number, Inode>();
	#pending: (() => void)[] = [];
	#made = 0;

	/** `folder` as it is now is on the disk; `shadow` is an empty one. */
	constructor(folder: string, shadow: string, names: Names) {
		this.#shadow = shadow;
		this.#names = names;
		mkdirSync(shadow, { recursive: true });
		mkdirSync(folder, { recursive: true });
		for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
			const path = join(entry.parentPath, entry.name);
			const inode = entry.isDirectory() ? null : this.#newInode();
			if (inode) copyFileSync(path, inode.kept);
			this.#seen.set(path, inode);
			this.#durable.set(path, inode);
		}
	}

	opened(path: string, fd: number, how: { writes: boolean; truncates: boolean }): void {
		const inode = how.writes ? this.#fileAt(path) : this.#seen.get(path);
		if (!inode) return;
		this.#open.set(fd, inode);
		if (how.truncates) this.#cut(inode, 0);
	}

	closed(fd: number): void {
		this.#open.delete(fd);
	}

	/** `from` null: wherever its end was. */
	written(fd: number, from: number | null, bytes: number): void {
		const inode = this.#open.get(fd);
		if (!inode) return;
		const last = inode.dirty.at(-1);
		if (from === null) inode.dirty.push([0, Infinity]);
		else if (last && last[1] === from) last[1] += bytes;
		else inode.dirty.push([from, from + bytes]);
	}

	rewritten(path: string): void {
		const inode = this.#fileAt(path);
		if (!inode) return;
		this.#cut(inode, 0);
		inode.dirty.push([0, Infinity]);
	}

	cut(file: number | string, length: number): void {
		const inode = typeof file === 'number' ? this.#open.get(file) : this.#seen.get(file);
		if (inode) this.#cut(inode, length);
	}

	madeFolder(path: string): void {
		this.#seen.set(path, null);
		this.#later(() => this.#durable.set(path, null));
	}

	removed(path: string): void {
		this.#seen.delete(path);
		this.#later(() => this.#durable.delete(path));
	}

	renamed(from: string, to: string): void {
		rename(this.#seen, from, to);
		this.#later(() => rename(this.#durable, from, to));
	}

	/** Its bytes are on the disk now, and every name that was given until now. */
	synced(fd: number): void {
		this.#journal();
		const inode = this.#open.get(fd);
		if (!inode) return;
		// It may have been opened for writing alone.
		const source = openSync(`/proc/self/fd/${fd}`, 'r');
		const kept = openSync(inode.kept, 'r+');
		const { size } = fstatSync(source);
		for (const [from, to] of inode.dirty) copyRange(source, kept, from, Math.min(to, size));
		ftruncateSync(kept, size);
		inode.dirty = [];
		closeSync(kept);
		closeSync(source);
	}

	/** The folder as it would be found, under another name. */
	photograph(folder: string, as: string): void {
		mkdirSync(as, { recursive: true, mode: 0o700 });
		const place = (path: string) => join(as, path.slice(folder.length));
		const sorted = [...this.#durable].sort(([a], [b]) => (a < b ? -1 : 1));
		for (const [path, inode] of sorted) {
			const isThere = dirname(path) === folder || this.#durable.has(dirname(path));
			if (!isThere) continue;
			if (inode) copyFileSync(inode.kept, place(path));
			else mkdirSync(place(path), { recursive: true, mode: 0o700 });
		}
	}

	/** Null where it is a folder. */
	#fileAt(path: string): Inode | null {
		const known = this.#seen.get(path);
		if (known !== undefined) return known;
		const inode = this.#newInode();
		this.#seen.set(path, inode);
		this.#later(() => this.#durable.set(path, inode));
		return inode;
	}

	#newInode(): Inode {
		const kept = join(this.#shadow, String((this.#made += 1)));
		writeFileSync(kept, '');
		return { kept, dirty: [] };
	}

	#cut(inode: Inode, length: number): void {
		inode.dirty = inode.dirty
			.filter(([from]) => from < length)
			.map(([from, to]) => [from, Math.min(to, length)]);
		this.#later(() => truncateSync(inode.kept, length));
	}

	#later(change: () => void): void {
		if (this.#names === 'at-once') change();
		else this.#pending.push(change);
	}

	#journal(): void {
		const pending = this.#pending;
		this.#pending = [];
		for (const change of pending) change();
	}
}

function rename(tree: Tree, from: string, to: string): void {
	for (const [path, inode] of Array.from(tree))
		if (path === from || path.startsWith(`${from}/`)) {
			tree.delete(path);
			tree.set(to + path.slice(from.length), inode);
		}
}

const BLOCK = Buffer.alloc(1 << 20);

function copyRange(source: number, to: number, from: number, end: number): void {
	for (let at = from; at < end;) {
		const read = readSync(source, BLOCK, 0, Math.min(BLOCK.byteLength, end - at), at);
		if (read === 0) return;
		writeSync(to, BLOCK, 0, read, at);
		at += read;
	}
}
