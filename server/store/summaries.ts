/** What facilitators made of their workshops' summaries, and the links that show them. */
import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import * as v from 'valibot';
import type { Database } from '#server/db/connect.ts';
import { summaries, summaryLinks } from '#server/db/schema.ts';
import type { SummaryLink } from '#server/app.ts';
import type { WorkshopId } from '#shared/ids.ts';
import {
	summarySettingsSchema,
	WHOLE_SUMMARY,
	type Logo,
	type SummarySettings
} from '#shared/summary/settings.ts';
import { writeAudit, writeAuditOnce, type AuditRow } from './audit.ts';

/** Settings as they stand, and which they are: 0 where nothing was ever changed. */
interface Standing {
	version: number;
	settings: SummarySettings;
}

export type SummaryStore = ReturnType<typeof createSummaryStore>;

/** Settings that an older version wrote get what it did not know of. */
const read = (settings: unknown): SummarySettings => v.parse(summarySettingsSchema, settings);

const link = {
	id: summaryLinks.id,
	createdAt: summaryLinks.createdAt,
	expiresAt: summaryLinks.expiresAt
};

export function createSummaryStore(db: Database) {
	const of = (workshop: WorkshopId) => eq(summaries.workshopId, workshop);

	return {
		async settings(workshop: WorkshopId): Promise<Standing & { logo: boolean }> {
			const [found] = await db
				.select({
					version: summaries.version,
					settings: summaries.settings,
					logo: sql<boolean>`${summaries.logo} is not null`
				})
				.from(summaries)
				.where(of(workshop));
			if (!found) return { version: 0, settings: WHOLE_SUMMARY, logo: false };
			return { ...found, settings: read(found.settings) };
		},
		/** Null where another version than `from` stands there: then nothing is written. */
		async set(
			workshop: WorkshopId,
			from: number,
			settings: SummarySettings,
			note: AuditRow
		): Promise<Standing | null> {
			return await db.transaction(async (tx) => {
				// A row may be there from the beginning, for a logo alone.
				if (from === 0)
					await tx
						.insert(summaries)
						.values({ workshopId: workshop, settings, version: 0 })
						.onConflictDoNothing();
				const [set] = await tx
					.update(summaries)
					.set({ settings, version: from + 1 })
					.where(and(of(workshop), eq(summaries.version, from)))
					.returning({ version: summaries.version, settings: summaries.settings });
				if (!set) return null;
				await writeAuditOnce(tx, note);
				return { version: set.version, settings: read(set.settings) };
			});
		},

		async logo(workshop: WorkshopId): Promise<Logo | null> {
			const [found] = await db
				.select({ bytes: summaries.logo, type: summaries.logoType })
				.from(summaries)
				.where(of(workshop));
			return found?.bytes && found.type ? { type: found.type, bytes: found.bytes } : null;
		},
		/** Whoever comes last decides it; the settings stay as they are. */
		async setLogo(workshop: WorkshopId, logo: Logo | null, note: AuditRow): Promise<void> {
			const set = { logo: logo?.bytes ?? null, logoType: logo?.type ?? null };
			await db.transaction(async (tx) => {
				await tx
					.insert(summaries)
					.values({ workshopId: workshop, settings: WHOLE_SUMMARY, version: 0, ...set })
					.onConflictDoUpdate({ target: summaries.workshopId, set });
				await writeAudit(tx, note);
			});
		},

		/** Those that are good; the newest last. */
		links: (workshop: WorkshopId, now: number): Promise<SummaryLink[]> =>
			db
				.select(link)
				.from(summaryLinks)
				.where(and(eq(summaryLinks.workshopId, workshop), gt(summaryLinks.expiresAt, now)))
				.orderBy(asc(summaryLinks.createdAt), asc(summaryLinks.id)),
		/** Those that have run out make room for it. */
		async addLink(row: typeof summaryLinks.$inferSelect, note: AuditRow): Promise<void> {
			await db.transaction(async (tx) => {
				await tx
					.delete(summaryLinks)
					.where(
						and(
							eq(summaryLinks.workshopId, row.workshopId),
							lte(summaryLinks.expiresAt, row.createdAt)
						)
					);
				await tx.insert(summaryLinks).values(row);
				await writeAudit(tx, note);
			});
		},
		/** One that is not there, or another workshop's, is not there afterwards either. */
		async removeLink(workshop: WorkshopId, id: string, note: AuditRow): Promise<void> {
			await db.transaction(async (tx) => {
				const gone = await tx
					.delete(summaryLinks)
					.where(and(eq(summaryLinks.workshopId, workshop), eq(summaryLinks.id, id)))
					.returning({ id: summaryLinks.id });
				if (gone.length > 0) await writeAudit(tx, note);
			});
		},
		/** Whose summary a link shows now. */
		async workshopOfLink(hash: string, now: number): Promise<WorkshopId | null> {
			const [found] = await db
				.select({ workshop: summaryLinks.workshopId })
				.from(summaryLinks)
				.where(and(eq(summaryLinks.hash, hash), gt(summaryLinks.expiresAt, now)));
			return found?.workshop ?? null;
		}
	};
}
