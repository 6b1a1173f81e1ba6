/** The audit list: what was done in a workshop, by whom. */
import { desc, eq } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import { audit } from '#server/db/schema.ts';
import type { WorkshopId } from '#shared/ids.ts';

export type AuditRow = typeof audit.$inferSelect;

export async function writeAudit(tx: Pick<Database, 'insert'>, row: AuditRow): Promise<void> {
	await tx.insert(audit).values(row);
}

export type AuditStore = ReturnType<typeof createAuditStore>;

export function createAuditStore(db: Database) {
	return {
		write: (row: AuditRow): Promise<void> => writeAudit(db, row),
		/** The newest first. */
		last: (workshop: WorkshopId, most: number): Promise<AuditRow[]> =>
			db
				.select()
				.from(audit)
				.where(eq(audit.workshopId, workshop))
				.orderBy(desc(audit.at), desc(audit.id))
				.limit(most)
	};
}
