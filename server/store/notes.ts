/** What is said about cards and decided from them: comments and actions, and the cards removed. */
import { and, asc, eq, inArray, ne, notExists } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import {
	actions,
	boards,
	comments,
	participants,
	removedCards,
	type RemovedCard
} from '#server/db/schema.ts';
import type { BoardId, CardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import { writeJournal, type JournalEntry } from './journal.ts';
import { isAway } from './updates.ts';

/** A comment with the name of who wrote it, where that is a participant. */
export type CommentRow = typeof comments.$inferSelect & { name: string | null };
export type ActionRow = typeof actions.$inferSelect;

/** A late card that was left out, and whose it is. */
export interface LeftRow {
	boardId: BoardId;
	participant: ParticipantId;
	card: CardId;
	value: RemovedCard;
	at: number;
}

export type NoteStore = ReturnType<typeof createNoteStore>;

export function createNoteStore(db: Database) {
	const isComment = (board: BoardId, id: string) =>
		and(eq(comments.boardId, board), eq(comments.id, id));
	const isAction = (board: BoardId, id: string) =>
		and(eq(actions.boardId, board), eq(actions.id, id));
	const ofWorkshop = (workshop: WorkshopId) =>
		db.select({ id: boards.id }).from(boards).where(eq(boards.workshopId, workshop));

	/** A card that was taken away takes what was said of it along, until it comes back. */
	const itsCardRemoved = db
		.select({ card: removedCards.cardId })
		.from(removedCards)
		.where(
			and(
				eq(removedCards.boardId, comments.boardId),
				eq(removedCards.cardId, comments.cardId),
				isAway
			)
		);

	return {
		async comments(workshop: WorkshopId): Promise<CommentRow[]> {
			const rows = await db
				.select({ comment: comments, name: participants.name })
				.from(comments)
				.leftJoin(participants, eq(participants.id, comments.participantId))
				.where(and(inArray(comments.boardId, ofWorkshop(workshop)), notExists(itsCardRemoved)))
				.orderBy(asc(comments.at), asc(comments.id));
			return rows.map(({ comment, name }) => ({ ...comment, name }));
		},
		async comment(board: BoardId, id: string): Promise<Omit<CommentRow, 'name'> | null> {
			return (await db.select().from(comments).where(isComment(board, id)))[0] ?? null;
		},
		async addComment(row: Omit<CommentRow, 'name'>, journal: JournalEntry): Promise<void> {
			await db.transaction(async (tx) => {
				await tx.insert(comments).values(row);
				await writeJournal(tx, journal);
			});
		},
		async removeComment(board: BoardId, id: string, journal: JournalEntry): Promise<void> {
			await db.transaction(async (tx) => {
				await tx.delete(comments).where(isComment(board, id));
				await writeJournal(tx, journal);
			});
		},

		actions: (workshop: WorkshopId): Promise<ActionRow[]> =>
			db
				.select()
				.from(actions)
				.where(inArray(actions.boardId, ofWorkshop(workshop)))
				.orderBy(asc(actions.at), asc(actions.id)),
		async action(board: BoardId, id: string): Promise<ActionRow | null> {
			return (await db.select().from(actions).where(isAction(board, id)))[0] ?? null;
		},
		/** Adds it, or changes the one of this id. */
		async setAction(row: ActionRow, journal: JournalEntry): Promise<void> {
			await db.transaction(async (tx) => {
				await tx
					.insert(actions)
					.values(row)
					.onConflictDoUpdate({
						target: [actions.boardId, actions.id],
						set: {
							what: row.what,
							who: row.who,
							when: row.when,
							cardId: row.cardId,
							accountId: row.accountId
						}
					});
				await writeJournal(tx, journal);
			});
		},
		async removeAction(board: BoardId, id: string, journal: JournalEntry): Promise<void> {
			await db.transaction(async (tx) => {
				await tx.delete(actions).where(isAction(board, id));
				await writeJournal(tx, journal);
			});
		},

		/** What facilitators took off a board or left outside, and can bring back. */
		removed: (board: BoardId): Promise<{ card: string; value: RemovedCard }[]> =>
			db
				.select({ card: removedCards.cardId, value: removedCards.card })
				.from(removedCards)
				.where(and(eq(removedCards.boardId, board), ne(removedCards.why, 'withdrawn')))
				.orderBy(asc(removedCards.at)),
		/** What was left out as late on all boards of a workshop, for who wrote it. */
		left: (workshop: WorkshopId): Promise<LeftRow[]> =>
			db
				.select({
					boardId: removedCards.boardId,
					participant: removedCards.participantId,
					card: removedCards.cardId,
					value: removedCards.card,
					at: removedCards.at
				})
				.from(removedCards)
				.where(
					and(inArray(removedCards.boardId, ofWorkshop(workshop)), eq(removedCards.why, 'left'))
				)
				.orderBy(asc(removedCards.at), asc(removedCards.cardId))
	};
}
