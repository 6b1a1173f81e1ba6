/** Accounts, their sessions and API tokens, and the one-time links that make accounts. */
import { and, count, eq, gt, inArray, isNull, lt } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import { createGathering } from '#server/gathering.ts';
import { accounts, apiTokens, invites, participants, sessions } from '#server/db/schema.ts';

export type AccountRow = typeof accounts.$inferSelect;
export type SessionRow = typeof sessions.$inferSelect;

export type AccountStore = ReturnType<typeof createAccountStore>;

/** What of an account leaves the server: never its password's hash. */
export const asAccount = ({ id, email, name }: AccountRow) => ({ id, email, name });

export function createAccountStore(db: Database) {
	return {
		async count(): Promise<number> {
			return (await db.select({ n: count() }).from(accounts))[0]?.n ?? 0;
		},
		list: (): Promise<AccountRow[]> => db.select().from(accounts).orderBy(accounts.email),
		async byId(id: string): Promise<AccountRow | null> {
			return (await db.select().from(accounts).where(eq(accounts.id, id)))[0] ?? null;
		},
		async byEmail(email: string): Promise<AccountRow | null> {
			return (await db.select().from(accounts).where(eq(accounts.email, email)))[0] ?? null;
		},
		/** False where the address is taken; a link that is given is used up in the same transaction. */
		async add(
			account: AccountRow,
			invite: { hash: string; now: number } | null
		): Promise<true | 'email-taken' | 'link-used'> {
			return await db.transaction(async (tx) => {
				const taken = await tx
					.select({ id: accounts.id })
					.from(accounts)
					.where(eq(accounts.email, account.email));
				if (taken.length > 0) return 'email-taken';
				if (invite) {
					const used = await tx
						.update(invites)
						.set({ usedAt: invite.now })
						.where(
							and(
								eq(invites.hash, invite.hash),
								isNull(invites.usedAt),
								gt(invites.expiresAt, invite.now)
							)
						)
						.returning({ hash: invites.hash });
					if (used.length === 0) return 'link-used';
				}
				await tx.insert(accounts).values(account);
				return true;
			});
		},
		/** Makes a weak hash a strong one; not where the password is another by now. */
		async rehash(id: string, before: string, passwordHash: string): Promise<void> {
			await db
				.update(accounts)
				.set({ passwordHash })
				.where(and(eq(accounts.id, id), eq(accounts.passwordHash, before)));
		},
		/** Also on the seats that the account has; answers in which workshops. */
		async rename(id: string, name: string): Promise<string[]> {
			return await db.transaction(async (tx) => {
				await tx.update(accounts).set({ name }).where(eq(accounts.id, id));
				const seats = await tx
					.update(participants)
					.set({ name })
					.where(eq(participants.accountId, id))
					.returning({ workshop: participants.workshopId });
				return seats.map(({ workshop }) => workshop);
			});
		},
		/**
		 * The new password ends every session that the old one began; API tokens stay. False where the
		 * password is another than `before` by now.
		 */
		async setPassword(id: string, passwordHash: string, before?: string): Promise<boolean> {
			return await db.transaction(async (tx) => {
				const still = before === undefined ? undefined : eq(accounts.passwordHash, before);
				const changed = await tx
					.update(accounts)
					.set({ passwordHash })
					.where(and(eq(accounts.id, id), still))
					.returning({ id: accounts.id });
				if (changed.length === 0) return false;
				await tx.delete(sessions).where(eq(sessions.accountId, id));
				return true;
			});
		},

		session: createGathering(async (hashes: string[]) => {
			const found = await db
				.select()
				.from(sessions)
				.innerJoin(accounts, eq(accounts.id, sessions.accountId))
				.where(inArray(sessions.id, hashes));
			const rows = new Map(found.map((row) => [row.sessions.id, row]));
			return (hash): { session: SessionRow; account: AccountRow } | null => {
				const row = rows.get(hash);
				return row ? { session: row.sessions, account: row.accounts } : null;
			};
		}),
		sessionsOf: (accountId: string): Promise<SessionRow[]> =>
			db.select().from(sessions).where(eq(sessions.accountId, accountId)),
		async addSession(session: SessionRow): Promise<void> {
			await db.insert(sessions).values(session);
		},
		async extendSession(hash: string, expiresAt: number): Promise<void> {
			await db.update(sessions).set({ expiresAt }).where(eq(sessions.id, hash));
		},
		async endSession(hash: string): Promise<void> {
			await db.delete(sessions).where(eq(sessions.id, hash));
		},
		async endSessionsOf(accountId: string): Promise<void> {
			await db.delete(sessions).where(eq(sessions.accountId, accountId));
		},
		async endExpiredSessions(now: number): Promise<void> {
			await db.delete(sessions).where(lt(sessions.expiresAt, now));
		},

		async addToken(token: typeof apiTokens.$inferInsert): Promise<void> {
			await db.insert(apiTokens).values(token);
		},
		byToken: createGathering(async (hashes: string[]) => {
			const found = await db
				.select()
				.from(apiTokens)
				.innerJoin(accounts, eq(accounts.id, apiTokens.accountId))
				.where(inArray(apiTokens.hash, hashes));
			const rows = new Map(found.map((row) => [row.api_tokens.hash, row]));
			return (hash): { account: AccountRow; lastUsedAt: number | null } | null => {
				const row = rows.get(hash);
				return row ? { account: row.accounts, lastUsedAt: row.api_tokens.lastUsedAt } : null;
			};
		}),
		async tokenUsed(hash: string, at: number): Promise<void> {
			await db.update(apiTokens).set({ lastUsedAt: at }).where(eq(apiTokens.hash, hash));
		},
		tokensOf: (accountId: string) =>
			db
				.select({
					id: apiTokens.id,
					label: apiTokens.label,
					createdAt: apiTokens.createdAt,
					lastUsedAt: apiTokens.lastUsedAt
				})
				.from(apiTokens)
				.where(eq(apiTokens.accountId, accountId))
				.orderBy(apiTokens.createdAt, apiTokens.id),
		async removeToken(accountId: string, id: string): Promise<void> {
			await db
				.delete(apiTokens)
				.where(and(eq(apiTokens.accountId, accountId), eq(apiTokens.id, id)));
		},

		async addInvite(invite: { hash: string; expiresAt: number }): Promise<void> {
			await db.insert(invites).values(invite);
		},
		async inviteIsGood(hash: string, now: number): Promise<boolean> {
			const found = await db
				.select({ hash: invites.hash })
				.from(invites)
				.where(and(eq(invites.hash, hash), isNull(invites.usedAt), gt(invites.expiresAt, now)));
			return found.length > 0;
		},
		async forgetOldInvites(now: number): Promise<void> {
			await db.delete(invites).where(lt(invites.expiresAt, now));
		}
	};
}
