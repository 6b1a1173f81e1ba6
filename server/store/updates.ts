/** The boards' documents as they are kept: authors, client ids, and the log of updates. */
import { and, asc, eq, inArray, notInArray } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import {
	authors,
	boards,
	clientIds,
	participants,
	removedCards,
	rows,
	rowsSetAside,
	snapshots,
	type RemovedCard
} from '#server/db/schema.ts';
import type { AuthorKey, BoardId, CardId, ParticipantId } from '#shared/ids.ts';
import { isThere } from './rejection.ts';
import { checksum, readEntries, writeEntries, type LogEntry } from './log-entries.ts';
import {
	piecesOf,
	putWhole,
	readPieces,
	snapshotsIn,
	type Snapshot,
	type StoredPiece
} from './snapshots.ts';

export interface Author {
	key: AuthorKey;
	participant: ParticipantId;
	/** Whose seat it is, where it is a facilitator's own. */
	account: string | null;
	mapUpdate: Uint8Array;
}

export interface LogRow {
	seq: number;
	at: number;
	entries: LogEntry[];
}

export interface StoredBoard {
	epoch: string;
	authors: Author[];
	clientIds: Map<number, string | null>;
	/** That can be trusted, the newest first. */
	snapshots: Snapshot[];
	/** Found damaged now, the newest first: to be set aside. */
	damagedSnapshots: number[];
	/** That can be trusted, in their order. */
	rows: LogRow[];
	/** What was set aside before. */
	aside: { rows: Set<number>; snapshots: Set<number> };
	/** The last row's, damaged ones included. */
	last: number;
}

/** What cannot be read, and what follows from it. */
export interface Broken {
	rows: number[];
	snapshots: number[];
	/** Another history, where words are lost; null where an older snapshot has them all. */
	epoch: string | null;
	/** There are rows that build on what is lost. */
	waiting: boolean;
}

export type RemovedRow = typeof removedCards.$inferSelect;

/** Taken off. A card whose late words were left out, or stand there now, is not away. */
export const isAway = notInArray(removedCards.why, ['left', 'replaced']);

/** Everything that one tick commits, in one transaction. */
export interface Commit {
	/** What the log gains. */
	row: LogRow | null;
	/** In place of everything that the log had until now, and of what was set aside of it. */
	anew: Snapshot | null;
	authors: Author[];
	clientIds: Map<number, string | null>;
	removed: RemovedRow[];
	restored: CardId[];
}

export type UpdateStore = ReturnType<typeof createUpdateStore>;

export function createUpdateStore(db: Database) {
	return {
		/** Null where there is no such board. */
		async load(board: BoardId): Promise<StoredBoard | null> {
			const [found] = await db
				.select({ epoch: boards.epoch })
				.from(boards)
				.where(eq(boards.id, board));
			if (!found) return null;
			const seated = await db
				.select({
					key: authors.key,
					participant: authors.participantId,
					account: participants.accountId,
					mapUpdate: authors.mapUpdate
				})
				.from(authors)
				.innerJoin(participants, eq(participants.id, authors.participantId))
				.where(eq(authors.boardId, board));
			const held = await db.select().from(clientIds).where(eq(clientIds.boardId, board));
			const kept = await db
				.select()
				.from(rows)
				.where(eq(rows.boardId, board))
				.orderBy(asc(rows.seq));
			const pieces = await db.select().from(snapshots).where(eq(snapshots.boardId, board));
			const aside = await db
				.select({ seq: rowsSetAside.seq, piece: rowsSetAside.piece })
				.from(rowsSetAside)
				.where(eq(rowsSetAside.boardId, board));
			return {
				epoch: found.epoch,
				authors: seated,
				clientIds: new Map(held.map(({ clientId, holder }) => [clientId, holder])),
				...readLog(kept, pieces, aside)
			};
		},

		async commit(board: BoardId, commit: Commit): Promise<void> {
			const { restored } = commit;
			const write = async (tx: Database) => {
				if (commit.authors.length > 0)
					await tx.insert(authors).values(
						commit.authors.map(({ key, participant, mapUpdate }) => ({
							boardId: board,
							key,
							participantId: participant,
							mapUpdate
						}))
					);
				if (commit.clientIds.size > 0)
					await tx.insert(clientIds).values(
						[...commit.clientIds].map(([id, holder]) => ({
							boardId: board,
							clientId: id,
							holder
						}))
					);
				if (commit.anew) {
					for (const table of [rows, snapshots, rowsSetAside])
						await tx.delete(table).where(eq(table.boardId, board));
					await putWhole(tx, piecesOf(board, commit.anew));
				}
				if (commit.row) {
					const { seq, at } = commit.row;
					const entries = writeEntries(commit.row.entries);
					await tx
						.insert(rows)
						.values({ boardId: board, seq, at, entries, checksum: checksum(entries, seq) });
				}
				// First: a copy too many is no loss.
				if (restored.length > 0)
					await tx
						.delete(removedCards)
						.where(and(eq(removedCards.boardId, board), inArray(removedCards.cardId, restored)));
				for (const removed of commit.removed)
					await tx
						.insert(removedCards)
						.values(removed)
						.onConflictDoUpdate({
							target: [removedCards.boardId, removedCards.cardId],
							set: { card: removed.card, why: removed.why, at: removed.at }
						});
			};
			// Typing is one row, and one statement is a transaction already.
			const written = isRowAlone(commit) ? write(db) : db.transaction(write);
			await written.catch(async (error: unknown) => {
				// An earlier try may have been carried out, and its answer lost on the way.
				if (!isThere(error) || !(await hasAll(db, board, commit))) throw error;
			});
		},

		...snapshotsIn(db),

		/**
		 * Takes rows and snapshots out of the log. Where words are lost with them the board gets another
		 * history, for nobody's copy is of this one; and rows that wait for what is lost are kept beside,
		 * since the log will not keep them for ever.
		 */
		async setAside(board: BoardId, broken: Broken, at: number): Promise<void> {
			await db.transaction(async (tx) => {
				const ofBoard = eq(rows.boardId, board);
				const these = and(ofBoard, inArray(rows.seq, broken.rows));
				const there = await tx
					.select({ seq: rows.seq, entries: rows.entries })
					.from(rows)
					.where(broken.waiting ? ofBoard : these);
				const seqs = new Map<number, Uint8Array | null>(broken.rows.map((seq) => [seq, null]));
				for (const { seq, entries } of there) seqs.set(seq, entries);
				for (const [seq, entries] of seqs)
					await tx
						.insert(rowsSetAside)
						.values({ boardId: board, seq, entries, at })
						.onConflictDoNothing();
				await tx.delete(rows).where(these);
				const snapshot = and(
					eq(snapshots.boardId, board),
					inArray(snapshots.seq, broken.snapshots)
				);
				for (const { seq, piece, bytes } of await tx.select().from(snapshots).where(snapshot))
					await tx
						.insert(rowsSetAside)
						.values({ boardId: board, seq, piece, entries: bytes, at })
						.onConflictDoNothing();
				await tx.delete(snapshots).where(snapshot);
				if (broken.epoch !== null)
					await tx.update(boards).set({ epoch: broken.epoch }).where(eq(boards.id, board));
			});
		},

		/** The copy of a card that can come back. */
		async removed(
			board: BoardId,
			card: CardId
		): Promise<{ participant: ParticipantId; card: RemovedCard; why: string } | null> {
			const found = await db
				.select({
					participant: removedCards.participantId,
					card: removedCards.card,
					why: removedCards.why
				})
				.from(removedCards)
				.where(and(eq(removedCards.boardId, board), eq(removedCards.cardId, card)));
			return found[0] ?? null;
		}
	};
}

const isRowAlone = ({ anew, authors, clientIds, removed, restored }: Commit) =>
	!anew && authors.length + clientIds.size + removed.length + restored.length === 0;

/** Whether exactly this is committed. It is one transaction: what names it stands for all of it. */
async function hasAll(db: Database, board: BoardId, commit: Commit): Promise<boolean> {
	if (commit.anew) {
		const wanted = piecesOf(board, commit.anew);
		const itself = and(eq(snapshots.boardId, board), eq(snapshots.seq, commit.anew.seq));
		const there = await db.select().from(snapshots).where(itself).orderBy(asc(snapshots.piece));
		return (
			there.length === wanted.length &&
			wanted.every(
				({ at, bytes }, i) => there[i]!.at === at && Buffer.compare(there[i]!.bytes, bytes) === 0
			)
		);
	}
	if (commit.row) {
		const { seq, at } = commit.row;
		const entries = writeEntries(commit.row.entries);
		const itself = and(eq(rows.boardId, board), eq(rows.seq, seq));
		const [there] = await db.select().from(rows).where(itself);
		return there?.at === at && Buffer.compare(there.entries, entries) === 0;
	}
	const { authors: seated } = commit;
	if (seated.length === 0) return false;
	const keys = seated.map(({ key }) => key);
	const itself = and(eq(authors.boardId, board), inArray(authors.key, keys));
	const there = await db.select().from(authors).where(itself);
	const mapOf = new Map(there.map(({ key, mapUpdate }) => [key, mapUpdate]));
	return seated.every(({ key, mapUpdate }) => {
		const map = mapOf.get(key);
		return map !== undefined && Buffer.compare(map, mapUpdate) === 0;
	});
}

/** What can be trusted, and the places of what cannot. */
function readLog(
	kept: (typeof rows.$inferSelect)[],
	pieces: StoredPiece[],
	aside: { seq: number; piece: number }[]
): Omit<StoredBoard, 'epoch' | 'authors' | 'clientIds'> {
	const read: LogRow[] = [];
	for (const { seq, at, entries, checksum: sum } of kept)
		if (sum === checksum(entries, seq)) read.push({ seq, at, entries: readEntries(entries) });
	const whole: Snapshot[] = [];
	const damagedSnapshots: number[] = [];
	for (const [seq, its] of [...Map.groupBy(pieces, ({ seq }) => seq)].toSorted(
		([a], [b]) => b - a
	)) {
		const snapshot = readPieces(its);
		if (snapshot) whole.push(snapshot);
		else if (its.some(({ piece }) => piece === 0)) damagedSnapshots.push(seq);
	}
	const seqsOf = (isRow: boolean) =>
		new Set(aside.filter(({ piece }) => piece < 0 === isRow).map(({ seq }) => seq));
	const asides = { rows: seqsOf(true), snapshots: seqsOf(false) };
	const all = [kept, whole, aside].flatMap((some) => some.map(({ seq }) => seq));
	const last = Math.max(0, ...damagedSnapshots, ...all);
	return { snapshots: whole, damagedSnapshots, rows: read, aside: asides, last };
}
