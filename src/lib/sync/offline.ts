/**
 * The notebook on this device: small, one's own, and here until the server has said that it is
 * saved. A stamp in localStorage says which copy there is and since when it is saved, so that a
 * shared computer is swept a week later, and at once when its person leaves.
 */
import * as v from 'valibot';
import { clearDocument, IndexeddbPersistence } from 'y-indexeddb';
import type * as Y from 'yjs';
import type { BoardId } from '#shared/ids.ts';

const KEEP = 7 * 24 * 60 * 60 * 1000;
const PREFIX = 'plenary:notebook:';

const stampSchema = v.object({ epoch: v.string(), savedAt: v.nullable(v.number()) });
type Stamp = v.InferOutput<typeof stampSchema>;

const nameOf = (board: BoardId, epoch: string) => `plenary-notebook-${board}-${epoch}`;

/** A notebook's copy in IndexedDB, following its document until it is closed. */
export class OfflineCopy {
	readonly #board: BoardId;
	readonly #epoch: string;
	readonly #persistence: IndexeddbPersistence;

	private constructor(board: BoardId, epoch: string, doc: Y.Doc) {
		this.#board = board;
		this.#epoch = epoch;
		this.#persistence = new IndexeddbPersistence(nameOf(board, epoch), doc);
	}

	/** Brings the copy's words into the document. Null where this browser keeps nothing. */
	static async open(board: BoardId, epoch: string, doc: Y.Doc): Promise<OfflineCopy | null> {
		if (!(await canKeep())) return null;
		const copy = new OfflineCopy(board, epoch, doc);
		await copy.#persistence.whenSynced;
		return copy;
	}

	/** Follows no longer; the copy stays. */
	async close(): Promise<void> {
		await this.#persistence.destroy();
	}

	async clear(): Promise<void> {
		await this.close();
		await eraseCopy(this.#board, this.#epoch);
	}
}

/** Takes a copy off this device, and the stamp that told of it. */
export async function eraseCopy(board: BoardId, epoch: string): Promise<void> {
	if (!(await canKeep())) return;
	localStorage.removeItem(PREFIX + board);
	await clearDocument(nameOf(board, epoch));
}

/** What is known of this device's copy of a notebook. */
export function readStamp(board: BoardId): Stamp | null {
	if (typeof localStorage === 'undefined') return null;
	try {
		const stored = localStorage.getItem(PREFIX + board);
		const read = v.safeParse(stampSchema, JSON.parse(stored ?? 'null'));
		return read.success ? read.output : null;
	} catch {
		return null; // not ours, or storage is forbidden here
	}
}

export function writeStamp(board: BoardId, stamp: Stamp): void {
	try {
		localStorage.setItem(PREFIX + board, JSON.stringify(stamp));
	} catch {
		// No room, or storage is forbidden: the server's copy is the one that counts.
	}
}

/** Clears the copies that have been saved for a week. */
export async function sweepNotebooks(now: number): Promise<void> {
	if (typeof localStorage === 'undefined') return;
	const boards = Object.keys(localStorage)
		.filter((key) => key.startsWith(PREFIX))
		.map((key) => key.slice(PREFIX.length));
	for (const board of boards) {
		const stamp = readStamp(board);
		if (stamp && stamp.savedAt !== null && now - stamp.savedAt > KEEP)
			await eraseCopy(board, stamp.epoch);
	}
}

/** Clears the copies of these boards, for a person who leaves this device. */
export async function forgetNotebooks(boards: BoardId[]): Promise<void> {
	for (const board of boards) {
		const stamp = readStamp(board);
		if (stamp) await eraseCopy(board, stamp.epoch);
	}
}

/** Some browsers have no IndexedDB, or forbid it in a private window: asked once. */
let keeping: Promise<boolean> | undefined;
function canKeep(): Promise<boolean> {
	keeping ??= new Promise((resolve) => {
		if (typeof indexedDB === 'undefined' || typeof localStorage === 'undefined')
			return resolve(false);
		try {
			const asked = indexedDB.open('plenary');
			asked.addEventListener('error', () => resolve(false));
			asked.addEventListener('success', () => {
				asked.result.close();
				resolve(true);
			});
		} catch {
			resolve(false);
		}
	});
	return keeping;
}
