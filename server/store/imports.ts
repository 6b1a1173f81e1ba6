/** A workshop that came as a file, written whole or not at all. */
import { setImmediate as others } from 'node:timers/promises';
import { eq, inArray } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import {
	actions,
	authors,
	boards,
	clientIds,
	comments,
	participants,
	rows,
	summaries,
	votes,
	workshops
} from '#server/db/schema.ts';
import type { BoardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { SummarySettings } from '#shared/summary/settings.ts';
import { writeAudit, type AuditRow } from './audit.ts';
import type { Writer } from './journal.ts';
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
export type Owned = Pick<StoredWorkshop, 'ownerId' | 'code' | 'screenSecret'> & { audit: AuditRow };

/** So many rows go in together: others have their turn after each. */
const TOGETHER = 50;

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

		async add(imported: Imported, { audit, ...owned }: Owned): Promise<void> {
			const { workshop, summary, seats } = imported;
			const workshopId = workshop.id;
			await db.transaction(async (tx) => {
				await tx.insert(workshops).values({ ...workshop, ...owned, version: 1, deletedAt: null });
				await tx.insert(summaries).values({ workshopId, settings: summary, version: 1 });
				await inTurns(seats, (some) =>
					tx
						.insert(participants)
						.values(some.map((seat) => ({ ...seat, workshopId, accountId: null })))
				);
				for (const board of imported.boards) {
					await tx.insert(boards).values({ ...board.row, workshopId });
					await addBoard(tx, board);
				}
				await writeAudit(tx, audit);
			});
		}
	};
}

async function addBoard(tx: Writer, board: ImportedBoard): Promise<void> {
	const boardId = board.row.id;
	await inTurns(board.authors, (some) =>
		tx.insert(authors).values(
			some.map(({ participant, ...author }) => ({
				...author,
				boardId,
				participantId: participant
			}))
		)
	);
	await inTurns(board.clientIds, (some) =>
		tx.insert(clientIds).values(some.map((clientId) => ({ boardId, clientId, holder: null })))
	);
	for (const { seq, at, entries } of board.log) {
		const bytes = writeEntries(entries);
		await tx
			.insert(rows)
			.values({ boardId, seq, at, entries: bytes, checksum: checksum(bytes, seq) });
		await others();
	}
	await inTurns(board.votes, (some) =>
		tx.insert(votes).values(some.map((vote) => ({ ...vote, boardId })))
	);
	await inTurns(board.comments, (some) =>
		tx.insert(comments).values(some.map((comment) => ({ ...comment, boardId, accountId: null })))
	);
	await inTurns(board.actions, (some) =>
		tx
			.insert(actions)
			.values(some.map((action) => ({ ...action, boardId, accountId: null, participantId: null })))
	);
}

/** The embedded database works on the thread that serves everybody. */
async function inTurns<T>(all: T[], write: (some: T[]) => Promise<unknown>): Promise<void> {
	for (let from = 0; from < all.length; from += TOGETHER) {
		await write(all.slice(from, from + TOGETHER));
		await others();
	}
}
