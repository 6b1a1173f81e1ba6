/** The boards' documents as they are kept: authors, client ids, and the log of updates. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import {
	authors,
	boards,
	clientIds,
	participants,
	removedCards,
	rows,
	rowsSetAside,
	type RemovedCard
} from '#server/db/schema.ts';
import type { AuthorKey, BoardId, CardId, ParticipantId } from '#shared/ids.ts';
import { checksum, readEntries, writeEntries, type LogEntry } from './log-entries.ts';

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
	/** In their order. */
	rows: LogRow[];
	/** Found damaged or missing now: to be set aside. */
	damaged: number[];
	/** The last row's, damaged ones included. */
	last: number;
}

export type RemovedRow = typeof removedCards.$inferSelect;

/** Everything that one tick commits, in one transaction. */
export interface Commit {
	/** What the log gains; where it is written anew, all that it then has. */
	rows: LogRow[];
	/** Nothing that the log had until now stays, nor what was set aside of it. */
	anew: boolean;
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
			const aside = await db
				.select({ seq: rowsSetAside.seq })
				.from(rowsSetAside)
				.where(eq(rowsSetAside.boardId, board));
			return {
				epoch: found.epoch,
				authors: seated,
				clientIds: new Map(held.map(({ clientId, holder }) => [clientId, holder])),
				...readLog(kept, new Set(aside.map(({ seq }) => seq)))
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
					await tx.delete(rows).where(eq(rows.boardId, board));
					await tx.delete(rowsSetAside).where(eq(rowsSetAside.boardId, board));
				}
				for (const row of commit.rows) {
					const entries = writeEntries(row.entries);
					const { seq, at } = row;
					await tx
						.insert(rows)
						.values({ boardId: board, seq, at, entries, checksum: checksum(entries, seq) });
				}
				for (const removed of commit.removed)
					await tx
						.insert(removedCards)
						.values(removed)
						.onConflictDoUpdate({
							target: [removedCards.boardId, removedCards.cardId],
							set: { card: removed.card, why: removed.why, at: removed.at }
						});
				if (restored.length > 0)
					await tx
						.delete(removedCards)
						.where(and(eq(removedCards.boardId, board), inArray(removedCards.cardId, restored)));
			};
			// Typing is one row, and one statement is a transaction already.
			await (isRowAlone(commit) ? write(db) : db.transaction(write));
		},

		/** Takes rows out of the log, and gives the board another history: nobody's copy is of this one. */
		async setAside(board: BoardId, seqs: number[], epoch: string, at: number): Promise<void> {
			await db.transaction(async (tx) => {
				const these = and(eq(rows.boardId, board), inArray(rows.seq, seqs));
				const there = await tx.select().from(rows).where(these);
				const entriesOf = new Map(there.map((row) => [row.seq, row.entries]));
				await tx
					.insert(rowsSetAside)
					.values(seqs.map((seq) => ({ boardId: board, seq, entries: entriesOf.get(seq), at })));
				await tx.delete(rows).where(these);
				await tx.update(boards).set({ epoch }).where(eq(boards.id, board));
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

type StoredRow = typeof rows.$inferSelect;

/** The rows that can be trusted, and the places of those that cannot. */
function readLog(
	kept: StoredRow[],
	aside: Set<number>
): Omit<StoredBoard, 'epoch' | 'authors' | 'clientIds'> {
	const read = new Map<number, LogRow>();
	for (const { seq, at, entries, checksum: sum } of kept)
		if (sum === checksum(entries, seq)) read.set(seq, { seq, at, entries: readEntries(entries) });
	const last = Math.max(kept.at(-1)?.seq ?? 0, ...aside);
	const damaged: number[] = [];
	for (let seq = 1; seq <= last; seq++) if (!read.has(seq) && !aside.has(seq)) damaged.push(seq);
	return { rows: [...read.values()], damaged, last };
}
