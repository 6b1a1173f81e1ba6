/** What people said of cards with one tap: a row for each person and card. */
import { and, eq, inArray, sum } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import { boards, reactions } from '#server/db/schema.ts';
import type { Reaction, Reactions } from '#shared/facilitation/reactions.ts';
import type { BoardId, CardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import { writeJournal, type JournalEntry } from './journal.ts';

export type ReactionRow = typeof reactions.$inferSelect;

/** How many said what, by board and card. */
type CountedReactions = Map<BoardId, Record<CardId, Reactions>>;

export type ReactionStore = ReturnType<typeof createReactionStore>;

export function createReactionStore(db: Database) {
	const people = sum(reactions.count).mapWith(Number);
	return {
		/** One person's on one card; null takes it away. */
		async set(
			row: Omit<ReactionRow, 'reaction' | 'count'> & { reaction: Reaction | null },
			journal: JournalEntry
		): Promise<void> {
			const { boardId, cardId, participantId, reaction } = row;
			await db.transaction(async (tx) => {
				if (reaction === null)
					await tx
						.delete(reactions)
						.where(
							and(
								eq(reactions.boardId, boardId),
								eq(reactions.cardId, cardId),
								eq(reactions.participantId, participantId)
							)
						);
				else
					await tx
						.insert(reactions)
						.values({ ...row, reaction })
						.onConflictDoUpdate({
							target: [reactions.boardId, reactions.cardId, reactions.participantId],
							set: { reaction }
						});
				await writeJournal(tx, journal);
			});
		},
		/** Those of a workshop, summed. */
		async counts(workshop: WorkshopId): Promise<CountedReactions> {
			const rows = await db
				.select({
					board: reactions.boardId,
					card: reactions.cardId,
					reaction: reactions.reaction,
					people
				})
				.from(reactions)
				.innerJoin(boards, eq(boards.id, reactions.boardId))
				.where(eq(boards.workshopId, workshop))
				.groupBy(reactions.boardId, reactions.cardId, reactions.reaction);
			return counted(rows);
		},
		/** Of these cards of a board; one of which nothing is said is there, and empty. */
		async countsOf(board: BoardId, cards: CardId[]): Promise<Record<CardId, Reactions>> {
			const rows = await db
				.select({ card: reactions.cardId, reaction: reactions.reaction, people })
				.from(reactions)
				.where(and(eq(reactions.boardId, board), inArray(reactions.cardId, cards)))
				.groupBy(reactions.cardId, reactions.reaction);
			const none = Object.fromEntries(cards.map((card) => [card, {}]));
			return { ...none, ...counted(rows.map((row) => ({ ...row, board }))).get(board) };
		},
		async mine(board: BoardId, person: ParticipantId): Promise<Record<CardId, Reaction>> {
			const rows = await db
				.select()
				.from(reactions)
				.where(and(eq(reactions.boardId, board), eq(reactions.participantId, person)));
			return byCard(rows);
		},
		/** Whose is which, on all boards of a workshop. */
		async all(workshop: WorkshopId): Promise<ReactionRow[]> {
			const rows = await db
				.select({ row: reactions })
				.from(reactions)
				.innerJoin(boards, eq(boards.id, reactions.boardId))
				.where(eq(boards.workshopId, workshop));
			return rows.map(({ row }) => row);
		}
	};
}

/** One person's on a board. */
export const byCard = (rows: ReactionRow[]): Record<CardId, Reaction> =>
	Object.fromEntries(rows.map(({ cardId, reaction }) => [cardId, reaction]));

/** By board and card. */
export function counted(
	rows: { board: BoardId; card: CardId; reaction: Reaction; people: number }[]
): CountedReactions {
	const boards: CountedReactions = new Map();
	for (const { board, card, reaction, people } of rows) {
		const cards = boards.get(board) ?? {};
		const said = (cards[card] ??= {});
		said[reaction] = (said[reaction] ?? 0) + people;
		boards.set(board, cards);
	}
	return boards;
}
