/** Cards that are kept beyond their workshop, what their authors said to that, and the public page of them. */
import { and, asc, desc, eq } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import { ideaPages, ideas, participants } from '#server/db/schema.ts';
import type { ParticipantId, WorkshopId } from '#shared/ids.ts';
import { writeAudit, type AuditRow } from './audit.ts';
import { isThere } from './rejection.ts';

export type IdeaRow = typeof ideas.$inferSelect;
export type PageRow = typeof ideaPages.$inferSelect;

/** Who answers: somebody in their seat, or a facilitator, who has an account, in any of theirs. */
export type Author = { participant: ParticipantId } | { account: string };

/** What an author said, and the copy that is kept because of it. */
export type Said = Pick<IdeaRow, 'consent' | 'idea' | 'found' | 'answeredAt'>;

/** Beyond this, only the newest are looked through. */
const MOST = 5000;

export type IdeaStore = ReturnType<typeof createIdeaStore>;

export function createIdeaStore(db: Database) {
	const kept = eq(ideas.consent, 'agreed');

	return {
		/** Those that were not asked for before. */
		async ask(rows: IdeaRow[], note: AuditRow): Promise<IdeaRow[]> {
			return await db.transaction(async (tx) => {
				const asked = await tx.insert(ideas).values(rows).onConflictDoNothing().returning();
				if (asked.length > 0) await writeAudit(tx, note);
				return asked;
			});
		},
		ofWorkshop: (workshop: WorkshopId): Promise<IdeaRow[]> =>
			db.select().from(ideas).where(eq(ideas.workshopId, workshop)),
		async ofAuthor(author: Author): Promise<IdeaRow[]> {
			const whose =
				'account' in author
					? eq(participants.accountId, author.account)
					: eq(participants.id, author.participant);
			const found = await db
				.select({ row: ideas })
				.from(ideas)
				.innerJoin(participants, eq(participants.id, ideas.participantId))
				.where(whose)
				.orderBy(asc(ideas.askedAt), asc(ideas.id));
			return found.map(({ row }) => row);
		},
		/** What its author says; what they take back is on no page any more. */
		async answer(id: string, person: ParticipantId, said: Said): Promise<boolean> {
			const answered = await db
				.update(ideas)
				.set({ ...said, ...(said.idea === null && { published: false }) })
				.where(and(eq(ideas.id, id), eq(ideas.participantId, person)))
				.returning({ id: ideas.id });
			return answered.length > 0;
		},
		/** The newest first. */
		kept: (account: string): Promise<IdeaRow[]> =>
			db
				.select()
				.from(ideas)
				.where(and(eq(ideas.accountId, account), kept))
				.orderBy(desc(ideas.answeredAt), asc(ideas.id))
				.limit(MOST),
		async publish(account: string, id: string, published: boolean, now: number): Promise<boolean> {
			return await db.transaction(async (tx) => {
				const changed = await tx
					.update(ideas)
					.set({ published })
					.where(and(eq(ideas.id, id), eq(ideas.accountId, account), kept))
					.returning({ id: ideas.id });
				await tx.update(ideaPages).set({ updatedAt: now }).where(eq(ideaPages.accountId, account));
				return changed.length > 0;
			});
		},
		async page(account: string): Promise<PageRow | null> {
			const found = await db.select().from(ideaPages).where(eq(ideaPages.accountId, account));
			return found[0] ?? null;
		},
		/** False where another page has that key. */
		async setPage(page: PageRow): Promise<boolean> {
			const { accountId: _, ...set } = page;
			try {
				await db
					.insert(ideaPages)
					.values(page)
					.onConflictDoUpdate({ target: ideaPages.accountId, set });
				return true;
			} catch (error) {
				if (isThere(error)) return false;
				throw error;
			}
		},
		/** What everybody may read; null where there is no such page, or not any more. */
		async published(key: string): Promise<{ page: PageRow; rows: IdeaRow[] } | null> {
			const [page] = await db
				.select()
				.from(ideaPages)
				.where(and(eq(ideaPages.key, key), eq(ideaPages.published, true)));
			if (!page) return null;
			const rows = await db
				.select()
				.from(ideas)
				.where(and(eq(ideas.accountId, page.accountId), kept, eq(ideas.published, true)))
				.orderBy(desc(ideas.answeredAt), asc(ideas.id))
				.limit(MOST);
			return { page, rows };
		}
	};
}
