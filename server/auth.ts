/**
 * Sessions, by Lucia 3 behind an adapter of our own. Lucia makes the session's secret and judges
 * its age; what is stored is the secret's hash, so a copy of the database opens no account. Lucia is
 * not extended any more: nothing outside this file knows it, and `Sessions` is all there is to swap.
 * It reads the wall clock itself.
 */
import { Lucia, TimeSpan, type Adapter, type DatabaseUser } from 'lucia';
import type { Account, CookieToSet } from './app.ts';
import { readCookie, type CookieJar } from '#server/doors/cookies.ts';
import type { News } from './news.ts';
import { hashOf } from '#server/doors/secrets.ts';
import type { AccountRow, AccountStore, SessionRow } from './store/accounts.ts';

declare module 'lucia' {
	interface Register {
		Lucia: Lucia<Record<never, never>, { email: string; name: string }>;
		DatabaseUserAttributes: { email: string; name: string };
	}
}

export interface Sessions {
	/** Begins a session: always a new one. The one that these cookies have so far ends. */
	begin(account: string, cookies: string): Promise<CookieToSet>;
	/** The account of the session in these cookies. */
	of(cookies: string): Promise<Account | null>;
	/** Ends the session in these cookies. Whoever has lost one is told, so that their sockets close. */
	end(cookies: string): Promise<CookieToSet>;
	/** Ends every session of an account. */
	endAll(account: string): Promise<void>;
}

export function createSessions(store: AccountStore, jar: CookieJar, news: News): Sessions {
	const lucia = new Lucia(createAdapter(store), {
		sessionExpiresIn: new TimeSpan(30, 'd'),
		getUserAttributes: ({ email, name }) => ({ email, name })
	});
	const told = (account: string) => news.tell({ kind: 'logged-out', account });

	async function endOne(cookies: string): Promise<void> {
		const secret = readCookie(cookies, jar.sessionName);
		const session = secret && (await store.session(hashOf(secret)));
		if (!secret || !session) return;
		await lucia.invalidateSession(secret);
		told(session.account.id);
	}

	return {
		async begin(account, cookies) {
			await endOne(cookies);
			const session = await lucia.createSession(account, {});
			return jar.session(session.id);
		},
		async of(cookies) {
			const secret = readCookie(cookies, jar.sessionName);
			if (!secret) return null;
			const { user } = await lucia.validateSession(secret);
			return user && { id: user.id, email: user.email, name: user.name };
		},
		async end(cookies) {
			await endOne(cookies);
			return jar.session(null);
		},
		async endAll(account) {
			await lucia.invalidateUserSessions(account);
			told(account);
		}
	};
}

/** Lucia gives and expects secrets; the store sees only their hashes. */
function createAdapter(store: AccountStore): Adapter {
	const asUser = (account: AccountRow): DatabaseUser => ({
		id: account.id,
		attributes: { email: account.email, name: account.name }
	});
	const asSession = (row: SessionRow, id: string) => ({
		id,
		userId: row.accountId,
		expiresAt: new Date(row.expiresAt),
		attributes: {}
	});
	return {
		async getSessionAndUser(secret) {
			const found = await store.session(hashOf(secret));
			if (!found) return [null, null];
			return [asSession(found.session, secret), asUser(found.account)];
		},
		async getUserSessions(account) {
			return (await store.sessionsOf(account)).map((row) => asSession(row, row.id));
		},
		setSession: ({ id, userId, expiresAt }) =>
			store.addSession({ id: hashOf(id), accountId: userId, expiresAt: expiresAt.getTime() }),
		updateSessionExpiration: (secret, expiresAt) =>
			store.extendSession(hashOf(secret), expiresAt.getTime()),
		deleteSession: (secret) => store.endSession(hashOf(secret)),
		deleteUserSessions: (account) => store.endSessionsOf(account),
		deleteExpiredSessions: () => store.endExpiredSessions(Date.now())
	};
}
