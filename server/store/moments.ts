/** How boards lay at moments: rows of their own, beside the documents and their log. */
import { and, asc, count, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import { moments, removedCards, type RemovedCard } from '#server/db/schema.ts';
import type { BoardId, CardId, ParticipantId } from '#shared/ids.ts';

export type MomentRow = typeof moments.$inferSelect;

/** A card that a facilitator took off, as it can come back. */
export interface TakenOff {
	card: CardId;
	participant: ParticipantId;
	value: RemovedCard;
}

export type MomentStore = ReturnType<typeof createMomentStore>;

export function createMomentStore(db: Database) {
	const one = (board: BoardId, at: number) => and(eq(moments.boardId, board), eq(moments.at, at));

	return {
		/** Where there are more than `most` then, the oldest go: beginnings of phases last. */
		async add(row: MomentRow, most: number): Promise<void> {
			await db.transaction(async (tx) => {
				await tx.insert(moments).values(row);
				const ofBoard = eq(moments.boardId, row.boardId);
				const [kept] = await tx.select({ n: count() }).from(moments).where(ofBoard);
				const over = kept!.n - most;
				if (over <= 0) return;
				const oldest = await tx
					.select({ at: moments.at })
					.from(moments)
					.where(ofBoard)
					.orderBy(sql`${moments.why} = 'phase'`, asc(moments.at))
					.limit(over);
				const gone = oldest.map(({ at }) => at);
				await tx.delete(moments).where(and(ofBoard, inArray(moments.at, gone)));
			});
		},
		/** The oldest first. */
		of: (board: BoardId): Promise<MomentRow[]> =>
			db.select().from(moments).where(eq(moments.boardId, board)).orderBy(asc(moments.at)),
		async last(board: BoardId): Promise<MomentRow | null> {
			const found = await db
				.select()
				.from(moments)
				.where(eq(moments.boardId, board))
				.orderBy(desc(moments.at))
				.limit(1);
			return found[0] ?? null;
		},
		async at(board: BoardId, at: number): Promise<MomentRow | null> {
			return (await db.select().from(moments).where(one(board, at)))[0] ?? null;
		},
		async setLay(board: BoardId, at: number, lay: Uint8Array): Promise<void> {
			await db.update(moments).set({ lay }).where(one(board, at));
		},

		/** What facilitators took off; what its author took back, or was left out as late, is not in here. */
		takenOff: (board: BoardId): Promise<TakenOff[]> =>
			db
				.select({
					card: removedCards.cardId,
					participant: removedCards.participantId,
					value: removedCards.card
				})
				.from(removedCards)
				.where(and(eq(removedCards.boardId, board), eq(removedCards.why, 'removed')))
				.orderBy(asc(removedCards.cardId))
	};
}
