/** Who facilitates a workshop beside its owner, and the one-time links that make somebody one. */
import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import { accounts, cofacilitatorInvites, cofacilitators, workshops } from '#server/db/schema.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { writeAudit, type AuditRow } from './audit.ts';

export interface Cofacilitator {
	account: string;
	name: string;
	email: string;
	addedAt: number;
}

export type CofacilitatorStore = ReturnType<typeof createCofacilitatorStore>;

export function createCofacilitatorStore(db: Database) {
	const isOne = (workshop: WorkshopId, account: string) =>
		and(eq(cofacilitators.workshopId, workshop), eq(cofacilitators.accountId, account));

	return {
		async has(workshop: WorkshopId, account: string): Promise<boolean> {
			const found = await db
				.select({ account: cofacilitators.accountId })
				.from(cofacilitators)
				.where(isOne(workshop, account));
			return found.length > 0;
		},
		/**
		 * False where they are none. With `screenSecret` the room screen's links are signed from now on,
		 * and with `invitesToo` no invitation that is out is good any more.
		 */
		async remove(
			workshop: WorkshopId,
			account: string,
			{
				note,
				screenSecret,
				invitesToo
			}: { note: AuditRow; screenSecret: string; invitesToo: boolean }
		): Promise<boolean> {
			return await db.transaction(async (tx) => {
				const gone = await tx
					.delete(cofacilitators)
					.where(isOne(workshop, account))
					.returning({ account: cofacilitators.accountId });
				if (gone.length === 0) return false;
				if (invitesToo)
					await tx
						.delete(cofacilitatorInvites)
						.where(eq(cofacilitatorInvites.workshopId, workshop));
				await tx.update(workshops).set({ screenSecret }).where(eq(workshops.id, workshop));
				await writeAudit(tx, note);
				return true;
			});
		},
		list: (workshop: WorkshopId): Promise<Cofacilitator[]> =>
			db
				.select({
					account: accounts.id,
					name: accounts.name,
					email: accounts.email,
					addedAt: cofacilitators.addedAt
				})
				.from(cofacilitators)
				.innerJoin(accounts, eq(accounts.id, cofacilitators.accountId))
				.where(eq(cofacilitators.workshopId, workshop))
				.orderBy(asc(cofacilitators.addedAt), asc(accounts.id)),
		/** Whoever facilitates one workshop facilitates the other as well. */
		async copy(from: WorkshopId, to: WorkshopId): Promise<void> {
			const rows = await db
				.select()
				.from(cofacilitators)
				.where(eq(cofacilitators.workshopId, from));
			if (rows.length > 0)
				await db.insert(cofacilitators).values(rows.map((row) => ({ ...row, workshopId: to })));
		},
		/** The workshops that somebody facilitates beside their owners. */
		async ofAccount(account: string): Promise<WorkshopId[]> {
			const rows = await db
				.select({ workshop: cofacilitators.workshopId })
				.from(cofacilitators)
				.where(eq(cofacilitators.accountId, account));
			return rows.map(({ workshop }) => workshop);
		},

		async addInvite(
			invite: { hash: string; workshopId: WorkshopId; expiresAt: number },
			note: AuditRow
		): Promise<void> {
			await db.transaction(async (tx) => {
				await tx.insert(cofacilitatorInvites).values(invite);
				await writeAudit(tx, note);
			});
		},
		/** Whose workshop a link is to, used or old as it may be. */
		async invite(
			hash: string
		): Promise<{ workshop: WorkshopId; good(now: number): boolean } | null> {
			const [found] = await db
				.select()
				.from(cofacilitatorInvites)
				.where(eq(cofacilitatorInvites.hash, hash));
			if (!found) return null;
			const { workshopId, usedAt, expiresAt } = found;
			return { workshop: workshopId, good: (now) => usedAt === null && expiresAt > now };
		},
		/** Uses the link up and adds who follows it: both or neither. Null where the link is not good. */
		async accept(
			hash: string,
			{ accountId, now, note }: { accountId: string; now: number; note: AuditRow }
		): Promise<WorkshopId | null> {
			return await db.transaction(async (tx) => {
				const [used] = await tx
					.update(cofacilitatorInvites)
					.set({ usedAt: now })
					.where(
						and(
							eq(cofacilitatorInvites.hash, hash),
							isNull(cofacilitatorInvites.usedAt),
							gt(cofacilitatorInvites.expiresAt, now)
						)
					)
					.returning({ workshopId: cofacilitatorInvites.workshopId });
				if (!used) return null;
				const { workshopId } = used;
				await tx
					.insert(cofacilitators)
					.values({ workshopId, accountId, addedAt: now })
					.onConflictDoNothing();
				await writeAudit(tx, note);
				return workshopId;
			});
		}
	};
}
