/** What people said to suggestions of what belongs together. */
import { and, eq } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import { suggestionAnswers } from '#server/db/schema.ts';
import type { BoardId } from '#shared/ids.ts';

export type SuggestionStore = ReturnType<typeof createSuggestionStore>;

export function createSuggestionStore(db: Database) {
	return {
		/** The keys that have an answer. */
		async answered(board: BoardId): Promise<Set<string>> {
			const rows = await db
				.select({ key: suggestionAnswers.key })
				.from(suggestionAnswers)
				.where(eq(suggestionAnswers.boardId, board));
			return new Set(rows.map(({ key }) => key));
		},
		/** The last answer counts. */
		async answer(row: typeof suggestionAnswers.$inferInsert): Promise<void> {
			await db
				.insert(suggestionAnswers)
				.values(row)
				.onConflictDoUpdate({
					target: [suggestionAnswers.boardId, suggestionAnswers.key],
					set: { accepted: row.accepted, at: row.at }
				});
		},
		/** Takes back what was said to one of them, or to all; answers how many had an answer. */
		async takeBack(board: BoardId, key?: string): Promise<number> {
			const ofBoard = eq(suggestionAnswers.boardId, board);
			const gone = await db
				.delete(suggestionAnswers)
				.where(key === undefined ? ofBoard : and(ofBoard, eq(suggestionAnswers.key, key)))
				.returning({ key: suggestionAnswers.key });
			return gone.length;
		}
	};
}
