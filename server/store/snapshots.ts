/**
 * Snapshots: everything that the documents of a board hold as of a row of its log. As bytes:
 *
 *   snapshot = varUint8Array board, varUint number of notebooks, notebook…
 *   notebook = varString author, varUint last, varUint forwarded, varUint heldSince + 1 | 0,
 *              varUint8Array shown, varUint8Array held
 *
 * No struct is in it twice: `shown` is what the board has of a notebook, `held` what it does not,
 * and `board` what belongs to the room (`yjs/snapshot.ts`).
 *
 * It is kept in pieces, for the embedded database works on the thread that serves everybody: they
 * have their turn after each.
 */
import { crc32 } from 'node:zlib';
import { setImmediate as others } from 'node:timers/promises';
import { and, eq, lt, lte } from 'drizzle-orm';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { keepHouse } from '#server/db/cleaning.ts';
import type { Database } from '#server/db/connect.ts';
import { rows, snapshots } from '#server/db/schema.ts';
import type { AuthorKey, BoardId } from '#shared/ids.ts';
import type { Writer } from './journal.ts';

const PIECE = 64 * 1024;

/** Where a notebook stood when the snapshot was taken. */
export interface SnapshotNotebook {
	key: AuthorKey;
	last: number;
	forwarded: number;
	heldSince: number | null;
	shown: Uint8Array;
	held: Uint8Array;
}

export interface Snapshot {
	seq: number;
	at: number;
	board: Uint8Array;
	notebooks: SnapshotNotebook[];
}

export type StoredPiece = typeof snapshots.$inferSelect;

/** A snapshot as it is kept. */
export function piecesOf(board: BoardId, snapshot: Snapshot): StoredPiece[] {
	const bytes = writeSnapshot(snapshot);
	const { seq, at } = snapshot;
	const pieces = Math.ceil(bytes.byteLength / PIECE);
	return Array.from({ length: pieces }, (_, piece) => {
		const part = bytes.subarray(piece * PIECE, (piece + 1) * PIECE);
		return { boardId: board, seq, piece, pieces, checksum: sum(part, seq, piece), bytes: part, at };
	});
}

/** Null where anything of it is damaged or missing. */
export function readPieces(kept: StoredPiece[]): Snapshot | null {
	const ordered = kept.toSorted((a, b) => a.piece - b.piece);
	const [head] = ordered;
	if (!head || ordered.length !== head.pieces) return null;
	for (const [i, { piece, seq, checksum, bytes }] of ordered.entries())
		if (piece !== i || checksum !== sum(bytes, seq, piece)) return null;
	try {
		const bytes = Buffer.concat(ordered.map((one) => one.bytes));
		return { seq: head.seq, at: head.at, ...readSnapshot(bytes) };
	} catch {
		return null;
	}
}

/** All at once, where nothing else may see it half written. Reads back what it wrote. */
export async function putWhole(tx: Writer, pieces: StoredPiece[]): Promise<void> {
	for (const piece of pieces.toReversed()) {
		await tx.insert(snapshots).values(piece);
		await others();
	}
	const { boardId, seq } = pieces[0]!;
	const kept = await tx.select().from(snapshots).where(ofSnapshot(boardId, seq));
	if (!readPieces(kept)) throw new Error('a snapshot is not in the database as it was written');
}

/** What is done in the background of a board that is typed on. */
export const snapshotsIn = (db: Database) => ({
	/** Piece by piece, until it is not wanted any more. */
	async putSnapshot(board: BoardId, snapshot: Snapshot, wanted: () => boolean): Promise<void> {
		// What an attempt that was broken off has left.
		await db.delete(snapshots).where(ofSnapshot(board, snapshot.seq));
		for (const piece of piecesOf(board, snapshot).toReversed()) {
			if (!wanted()) return;
			await db.insert(snapshots).values(piece);
			await others();
		}
	},

	/** As the database has it now; null where that cannot be trusted. */
	async readSnapshot(board: BoardId, seq: number): Promise<Snapshot | null> {
		const kept: StoredPiece[] = [];
		for (let piece = 0; piece === 0 || piece < kept[0]!.pieces; piece++) {
			const here = and(ofSnapshot(board, seq), eq(snapshots.piece, piece));
			const [found] = await db.select().from(snapshots).where(here);
			if (!found) return null;
			kept.push(found);
			await others();
		}
		return readPieces(kept);
	},

	/** Drops what is older than this snapshot, and the rows that are in it. */
	async trimLog(board: BoardId, seq: number): Promise<void> {
		await db.transaction(async (tx) => {
			await tx.delete(snapshots).where(and(eq(snapshots.boardId, board), lt(snapshots.seq, seq)));
			await tx.delete(rows).where(and(eq(rows.boardId, board), lte(rows.seq, seq)));
		});
		await keepHouse(db, [rows, snapshots]);
	}
});

const ofSnapshot = (board: BoardId, seq: number) =>
	and(eq(snapshots.boardId, board), eq(snapshots.seq, seq));

/** Of a piece and its place. */
const sum = (bytes: Uint8Array, seq: number, piece: number): number =>
	crc32(bytes, crc32(`${seq}/${piece}`)) | 0;

function writeSnapshot({ board, notebooks }: Snapshot): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint8Array(encoder, board);
	encoding.writeVarUint(encoder, notebooks.length);
	for (const { key, last, forwarded, heldSince, shown, held } of notebooks) {
		encoding.writeVarString(encoder, key);
		encoding.writeVarUint(encoder, last);
		encoding.writeVarUint(encoder, forwarded);
		encoding.writeVarUint(encoder, heldSince === null ? 0 : heldSince + 1);
		encoding.writeVarUint8Array(encoder, shown);
		encoding.writeVarUint8Array(encoder, held);
	}
	return encoding.toUint8Array(encoder);
}

function readSnapshot(bytes: Uint8Array): Pick<Snapshot, 'board' | 'notebooks'> {
	const decoder = decoding.createDecoder(bytes);
	const board = decoding.readVarUint8Array(decoder);
	const notebooks: SnapshotNotebook[] = [];
	const readTime = (after: number) => (after === 0 ? null : after - 1);
	for (let left = decoding.readVarUint(decoder); left > 0; left--)
		notebooks.push({
			key: decoding.readVarString(decoder),
			last: decoding.readVarUint(decoder),
			forwarded: decoding.readVarUint(decoder),
			heldSince: readTime(decoding.readVarUint(decoder)),
			shown: decoding.readVarUint8Array(decoder),
			held: decoding.readVarUint8Array(decoder)
		});
	return { board, notebooks };
}
