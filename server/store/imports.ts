/**
 * A workshop that came as a file. It is written a piece at a time, so that nobody waits for all of it,
 * and stands as deleted until the last: what was broken off is there for nobody, and goes as such.
 */
import { setImmediate as others } from 'node:timers/promises';
import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import {
	actions,
	authors,
	boards,
	clientIds,
	comments,
	participants,
	reactions,
	rows,
	summaries,
	votes,
	workshops
} from '#server/db/schema.ts';
import type { BoardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { SummarySettings } from '#shared/summary/settings.ts';
import { writeAudit, type AuditRow } from './audit.ts';
import { checksum, writeEntries } from './log-entries.ts';
import type { Author, LogRow } from './updates.ts';
import type { BoardRow, StoredWorkshop } from './workshops.ts';

type Row<T extends { $inferSelect: object }, K extends PropertyKey> = Omit<T['$inferSelect'], K>;

export interface ImportedBoard {
	row: Omit<BoardRow, 'workshopId'>;
	authors: Omit<Author, 'account'>[];
	/** The server's own, all of them. */
	clientIds: number[];
	log: LogRow[];
	votes: Row<typeof votes, 'boardId'>[];
	reactions: Row<typeof reactions, 'boardId'>[];
	comments: Row<typeof comments, 'boardId' | 'accountId'>[];
	actions: Row<typeof actions, 'boardId' | 'accountId' | 'participantId'>[];
}

/** Everything of one workshop. */
export interface Imported {
	workshop: Pick<StoredWorkshop, 'id' | 'state' | 'createdAt'>;
	summary: SummarySettings;
	seats: Row<typeof participants, 'workshopId' | 'accountId'>[];
	boards: ImportedBoard[];
}

/** Whose it is, and by what it is found. */
export interface Owned extends Pick<StoredWorkshop, 'ownerId' | 'code' | 'screenSecret'> {
	/** When it was deleted, as long as it is not whole: from so long ago nothing comes back. */
	deletedAt: number;
	audit: AuditRow;
}

/** So many rows are a piece, about 20 ms of the embedded database. */
const PIECE = 200;

export type ImportStore = ReturnType<typeof createImportStore>;

export function createImportStore(db: Database) {
	return {
		/** Whether any of these ids is somebody's already, of whatever workshop. */
		async areTaken(ids: {
			workshop: WorkshopId;
			boards: BoardId[];
			people: ParticipantId[];
		}): Promise<boolean> {
			const found = await Promise.all([
				db.select({ id: workshops.id }).from(workshops).where(eq(workshops.id, ids.workshop)),
				db.select({ id: boards.id }).from(boards).where(inArray(boards.id, ids.boards)),
				db
					.select({ id: participants.id })
					.from(participants)
					.where(inArray(participants.id, ids.people))
			]);
			return found.some((rows) => rows.length > 0);
		},

		/** Throws where an id or the code is somebody's. Whatever it throws at may be there in part. */
		async add(imported: Imported, { audit, ...owned }: Owned): Promise<void> {
			const { workshop, summary, seats } = imported;
			const workshopId = workshop.id;
			await db.insert(workshops).values({ ...workshop, ...owned, version: 1 });
			await db.insert(summaries).values({ workshopId, settings: summary, version: 1 });
			await inPieces(seats, (some) =>
				db
					.insert(participants)
					.values(some.map((seat) => ({ ...seat, workshopId, accountId: null })))
			);
			for (const board of imported.boards) {
				await db.insert(boards).values({ ...board.row, workshopId });
				await addBoard(db, board);
			}
			await db.transaction(async (tx) => {
				const whole = await tx
					.update(workshops)
					.set({ deletedAt: null })
					.where(and(eq(workshops.id, workshopId), eq(workshops.deletedAt, owned.deletedAt)))
					.returning({ id: workshops.id });
				if (whole.length === 0)
					throw new Error(`workshop ${workshopId} went while it was imported`);
				await writeAudit(tx, audit);
			});
		}
	};
}

async function addBoard(db: Database, board: ImportedBoard): Promise<void> {
	const boardId = board.row.id;
	await inPieces(board.authors, (some) =>
		db.insert(authors).values(
			some.map(({ participant, ...author }) => ({
				...author,
				boardId,
				participantId: participant
			}))
		)
	);
	await inPieces(board.clientIds, (some) =>
		db.insert(clientIds).values(some.map((clientId) => ({ boardId, clientId, holder: null })))
	);
	for (const { seq, at, entries } of board.log) {
		const bytes = writeEntries(entries);
		await db
			.insert(rows)
			.values({ boardId, seq, at, entries: bytes, checksum: checksum(bytes, seq) });
		await others();
	}
	await inPieces(board.votes, (some) =>
		db.insert(votes).values(some.map((vote) => ({ ...vote, boardId })))
	);
	await inPieces(board.reactions, (some) =>
		db.insert(reactions).values(some.map((said) => ({ ...said, boardId })))
	);
	await inPieces(board.comments, (some) =>
		db.insert(comments).values(some.map((comment) => ({ ...comment, boardId, accountId: null })))
	);
	await inPieces(board.actions, (some) =>
		db
			.insert(actions)
			.values(some.map((action) => ({ ...action, boardId, accountId: null, participantId: null })))
	);
}

/** The embedded database works on the thread that serves everybody: they have their turn after each. */
async function inPieces<T>(all: T[], write: (some: T[]) => Promise<unknown>): Promise<void> {
	for (let from = 0; from < all.length; from += PIECE) {
		await write(all.slice(from, from + PIECE));
		await others();
	}
}
