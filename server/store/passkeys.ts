/** Passkeys: the public halves of keys that live on people's devices. */
import { and, eq } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import { passkeys } from '#server/db/schema.ts';

export type PasskeyRow = typeof passkeys.$inferSelect;

export type PasskeyStore = ReturnType<typeof createPasskeyStore>;

export function createPasskeyStore(db: Database) {
	return {
		async byId(id: string): Promise<PasskeyRow | null> {
			return (await db.select().from(passkeys).where(eq(passkeys.id, id)))[0] ?? null;
		},
		of: (accountId: string): Promise<PasskeyRow[]> =>
			db
				.select()
				.from(passkeys)
				.where(eq(passkeys.accountId, accountId))
				.orderBy(passkeys.createdAt, passkeys.id),
		/** False where a key with this id is known already, whoever's it is. */
		async add(passkey: PasskeyRow): Promise<boolean> {
			const added = await db
				.insert(passkeys)
				.values(passkey)
				.onConflictDoNothing()
				.returning({ id: passkeys.id });
			return added.length > 0;
		},
		/** False where it was used, or removed, since its counter was read. */
		async used(
			id: string,
			{ before, counter, at }: { before: number; counter: number; at: number }
		): Promise<boolean> {
			const used = await db
				.update(passkeys)
				.set({ counter, lastUsedAt: at })
				.where(and(eq(passkeys.id, id), eq(passkeys.counter, before)))
				.returning({ id: passkeys.id });
			return used.length > 0;
		},
		async remove(accountId: string, id: string): Promise<void> {
			await db.delete(passkeys).where(and(eq(passkeys.accountId, accountId), eq(passkeys.id, id)));
		}
	};
}
