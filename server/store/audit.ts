/** The audit list: what was done in a workshop, by whom. */
import { and, desc, eq, gt } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import { audit } from '#server/db/schema.ts';
import type { ParticipantId, WorkshopId } from '#shared/ids.ts';

export type AuditRow = typeof audit.$inferSelect;

export async function writeAudit(tx: Pick<Database, 'insert'>, row: AuditRow): Promise<void> {
	await tx.insert(audit).values(row);
}

/** What is saved at every pause in typing is one line for as long as this. */
const A_SITTING = 10 * 60 * 1000;

/** Unless the same account has a line of the same deed there, of this sitting. */
export async function writeAuditOnce(
	tx: Pick<Database, 'insert' | 'select'>,
	row: AuditRow
): Promise<void> {
	const said = await tx
		.select({ id: audit.id })
		.from(audit)
		.where(
			and(
				eq(audit.workshopId, row.workshopId),
				eq(audit.deed, row.deed),
				eq(audit.accountId, row.accountId ?? ''),
				gt(audit.at, row.at - A_SITTING)
			)
		)
		.limit(1);
	if (said.length === 0) await writeAudit(tx, row);
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
				.limit(most),
		/** To which people a deed was done. */
		async doneTo(workshop: WorkshopId, deed: string): Promise<Set<ParticipantId>> {
			const rows = await db
				.select({ about: audit.about })
				.from(audit)
				.where(and(eq(audit.workshopId, workshop), eq(audit.deed, deed)));
			return new Set(rows.map(({ about }) => String(about['person'])));
		}
	};
}
