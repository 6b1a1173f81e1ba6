/** Facilitators' accounts: how they are made and opened, and what their owners change of them. */
import * as v from 'valibot';
import type { Clock } from '#shared/clock.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { ApiTokens } from './api-tokens.ts';
import type { Account, App, Credentials } from '#server/app.ts';
import type { Sessions } from '#server/auth.ts';
import type { Config } from '#server/config.ts';
import { cleanName } from '#server/doors/names.ts';
import type { News } from '#server/news.ts';
import { createQueues } from '#server/queues.ts';
import { isOutdated, isStrong, type GivenBy, type Passwords } from './passwords.ts';
import type { RateLimits } from '#server/doors/rate-limit.ts';
import { hashOf, newSecret } from '#server/doors/secrets.ts';
import { asAccount, type AccountRow, type AccountStore } from '#server/store/accounts.ts';

const LINK_LASTS = 24 * 60 * 60 * 1000;

const emailSchema = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.maxLength(254), v.email());

/** What whoever runs the server does with accounts. */
export interface Operator {
	/** A one-time link's token; null where this server makes no more accounts. */
	invite(): Promise<string | null>;
	add(email: string, password: string): Promise<Account | Refusal>;
	reset(email: string, password: string): Promise<Account | Refusal>;
	token(email: string): Promise<string | Refusal>;
	list(): Promise<Account[]>;
}

export type Accounts = Omit<App['accounts'], 'dataOf'> &
	Operator & {
		/** The first account's link, where there is none yet. */
		firstInvite(): Promise<string | null>;
		nameOf(account: string): Promise<string>;
	};

export interface AccountDeps {
	store: AccountStore;
	sessions: Sessions;
	passwords: Passwords;
	tokens: ApiTokens;
	limits: RateLimits;
	news: News;
	clock: Clock;
	ids: () => string;
	config: Pick<Config, 'registration'>;
}

export function createAccounts(deps: AccountDeps): Omit<Accounts, 'passkeys' | 'dataOf'> {
	const { store, sessions, passwords, tokens, limits, news, clock, ids, config } = deps;

	/** Of one account's owner and whoever has its session too, what one ends the other must not begin anew. */
	const changes = createQueues();

	async function beginAlone(id: string, cookies: string) {
		await sessions.endAll(id);
		return { cookie: await sessions.begin(id, cookies) };
	}

	async function make(
		form: { email: string; name: string; password: string },
		givenBy: GivenBy,
		invite: string | null = null
	): Promise<Account | Refusal> {
		const email = v.safeParse(emailSchema, form.email);
		if (!email.success) return refuse('invalid-email');
		const name = cleanName(form.name);
		if (isRefusal(name)) return name;
		const passwordHash = await newHash(form.password, givenBy);
		if (isRefusal(passwordHash)) return passwordHash;
		const now = clock.now();
		const account = { id: ids(), email: email.output, name, passwordHash, createdAt: now };
		const added = await store.add(account, invite ? { hash: hashOf(invite), now } : null);
		return added === true ? asAccount(account) : refuse(added);
	}

	const newHash = async (password: string, givenBy: GivenBy): Promise<string | Refusal> =>
		isStrong(password, givenBy) ? passwords.hash(password) : refuse('weak-password');

	/** The account that a password opens; failures are counted, and right ones are not. */
	async function byPassword(
		typed: string,
		password: string,
		address: string
	): Promise<AccountRow | Refusal> {
		const email = typed.trim().toLowerCase().slice(0, 254);
		if (await limits.logIns.attempt(email, address)) return refuse('too-many-tries');
		const row = await store.byEmail(email);
		const right = await passwords.matches(password, row?.passwordHash ?? null);
		if (isRefusal(right)) return right;
		if (!right || !row) return refuse('wrong-password');
		await limits.logIns.succeeded(email, address);
		return row;
	}

	/** Whether the password still is the account's: it may have been changed while we looked at it. */
	async function isStill(before: AccountRow, password: string): Promise<boolean> {
		const now = await store.byId(before.id);
		if (!now || now.passwordHash === before.passwordHash) return now !== null;
		return (await passwords.matches(password, now.passwordHash)) === true;
	}

	async function strengthen(row: AccountRow, password: string): Promise<void> {
		if (!isOutdated(row.passwordHash)) return;
		const passwordHash = await passwords.hash(password);
		if (!isRefusal(passwordHash)) await store.rehash(row.id, row.passwordHash, passwordHash);
	}

	async function newInvite(): Promise<string> {
		const token = newSecret();
		await store.forgetOldInvites(clock.now());
		await store.addInvite({ hash: hashOf(token), expiresAt: clock.now() + LINK_LASTS });
		return token;
	}

	const find = async (email: string) => store.byEmail(email.trim().toLowerCase());
	const inviteIsGood = (token: string) => store.inviteIsGood(hashOf(token), clock.now());

	return {
		async of(credentials: Credentials) {
			// A token that is given wins; where it is not good, the cookie is not asked instead.
			if (credentials.token === null) return sessions.of(credentials.cookies);
			const row = await tokens.accountOf(credentials.token);
			return row && asAccount(row);
		},
		async logIn(typed, password, address, cookies = '') {
			const row = await byPassword(typed, password, address);
			if (isRefusal(row)) return row;
			const cookie = await sessions.begin(row.id, cookies);
			// Asked after the session has begun: a change of the password ends it, whichever is first.
			if (!(await isStill(row, password))) {
				await sessions.end(`${cookie.name}=${cookie.value}`);
				return refuse('wrong-password');
			}
			await strengthen(row, password);
			return { account: asAccount(row), cookie };
		},
		async register({ token, ...form }, address, cookies = '') {
			if (await limits.newAccount(address)) return refuse('too-many-tries');
			if (token === null && config.registration !== 'open') return refuse('registration-closed');
			if (token !== null && !(await inviteIsGood(token))) return refuse('link-used');
			const account = await make(form, 'form', token);
			if (isRefusal(account)) return account;
			return { account, cookie: await sessions.begin(account.id, cookies) };
		},
		inviteIsGood,
		logOut: ({ cookies }) => sessions.end(cookies),

		async changePassword({ id, email }, { current, next }, { address, cookies }) {
			const row = await byPassword(email, current, address);
			if (isRefusal(row)) return row;
			const passwordHash = await newHash(next, 'form');
			if (isRefusal(passwordHash)) return passwordHash;
			return changes.run(id, async () => {
				// While we hashed it may have become another one: then who asked has not told that one.
				if (!(await store.setPassword(id, passwordHash, row.passwordHash)))
					return refuse('try-again');
				return beginAlone(id, cookies);
			});
		},
		async rename({ id }, typed) {
			const name = cleanName(typed);
			if (isRefusal(name)) return name;
			const workshops = await store.rename(id, name);
			for (const workshop of workshops) news.tell({ kind: 'renamed', workshop });
			return true;
		},
		endOtherSessions: ({ id }, { cookies }) =>
			changes.run(id, async () => {
				// One that was ended meanwhile, by a new password perhaps, must not be the one that stays.
				const own = await sessions.of(cookies);
				return own?.id === id ? beginAlone(id, cookies) : refuse('unauthenticated');
			}),
		tokens: ({ id }) => tokens.list(id),
		newToken: ({ id }, label) => tokens.add(id, label),
		revokeToken: ({ id }, token) => tokens.revoke(id, token),

		async invite() {
			return config.registration === 'closed' ? null : newInvite();
		},
		async firstInvite() {
			return (await store.count()) === 0 ? newInvite() : null;
		},
		add: (email, password) =>
			make({ email, name: email.split('@')[0] ?? email, password }, 'operator'),
		async reset(email, password) {
			const row = await find(email);
			if (!row) return refuse('not-found');
			const passwordHash = await newHash(password, 'operator');
			if (isRefusal(passwordHash)) return passwordHash;
			return changes.run(row.id, async () => {
				await store.setPassword(row.id, passwordHash);
				await sessions.endAll(row.id);
				return asAccount(row);
			});
		},
		async token(email) {
			const row = await find(email);
			return row ? tokens.add(row.id, 'API') : refuse('not-found');
		},
		list: async () => (await store.list()).map(asAccount),
		nameOf: async (account) => (await store.byId(account))?.name ?? ''
	};
}
