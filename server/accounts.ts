/** Facilitators' accounts: logging in, one-time links, API tokens. */
import * as v from 'valibot';
import type { Clock } from '#shared/clock.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { Account, App, Credentials } from './app.ts';
import type { Sessions } from './auth.ts';
import type { Config } from './config.ts';
import { cleanName } from './names.ts';
import type { News } from './news.ts';
import { hashPassword, isPassword, isStrong } from './passwords.ts';
import type { RateLimits } from './rate-limit.ts';
import { hashOf, newSecret } from './secrets.ts';
import type { AccountRow, AccountStore } from './store/accounts.ts';

const LINK_LASTS = 24 * 60 * 60 * 1000;

const emailSchema = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.maxLength(254), v.email());
const asAccount = ({ id, email, name }: AccountRow): Account => ({ id, email, name });

export type Accounts = App['accounts'] & {
	/** A one-time link's token; null where this server makes no more accounts. */
	invite(): Promise<string | null>;
	/** The first account's link, where there is none yet. */
	firstInvite(): Promise<string | null>;
	add(email: string, password: string): Promise<Account | Refusal>;
	reset(email: string, password: string): Promise<Account | Refusal>;
	token(email: string): Promise<string | Refusal>;
	list(): Promise<Account[]>;
	nameOf(account: string): Promise<string>;
};

export interface AccountDeps {
	store: AccountStore;
	sessions: Sessions;
	limits: RateLimits;
	news: News;
	clock: Clock;
	ids: () => string;
	config: Pick<Config, 'registration'>;
}

export function createAccounts(deps: AccountDeps): Accounts {
	const { store, sessions, limits, news, clock, ids, config } = deps;

	async function make(
		form: { email: string; name: string; password: string },
		invite: string | null
	): Promise<Account | Refusal> {
		const email = v.safeParse(emailSchema, form.email);
		if (!email.success) return refuse('invalid-email');
		const name = cleanName(form.name);
		if (isRefusal(name)) return name;
		if (!isStrong(form.password)) return refuse('weak-password');
		const now = clock.now();
		const account: AccountRow = {
			id: ids(),
			email: email.output,
			name,
			passwordHash: await hashPassword(form.password),
			createdAt: now
		};
		const added = await store.add(account, invite ? { hash: hashOf(invite), now } : null);
		return added === true ? asAccount(account) : refuse(added);
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
			const row = await store.byToken(hashOf(credentials.token));
			return row && asAccount(row);
		},
		async logIn(typed, password, address) {
			const email = typed.trim().toLowerCase().slice(0, 254);
			if (await limits.logIns.attempt(email, address)) return refuse('too-many-tries');
			const row = await store.byEmail(email);
			if (!(await isPassword(password, row?.passwordHash ?? null)) || !row)
				return refuse('wrong-password');
			await limits.logIns.succeeded(email, address);
			return { account: asAccount(row), cookie: await sessions.begin(row.id) };
		},
		async register({ token, ...form }, address) {
			if (await limits.newAccount(address)) return refuse('too-many-tries');
			if (token === null && config.registration !== 'open') return refuse('registration-closed');
			if (token !== null && !(await inviteIsGood(token))) return refuse('link-used');
			const account = await make(form, token);
			if (isRefusal(account)) return account;
			return { account, cookie: await sessions.begin(account.id) };
		},
		inviteIsGood,
		async logOut(credentials) {
			const account = await sessions.of(credentials.cookies);
			const cookie = await sessions.end(credentials.cookies);
			if (account) news.tell({ kind: 'logged-out', account: account.id });
			return cookie;
		},

		async invite() {
			return config.registration === 'closed' ? null : newInvite();
		},
		async firstInvite() {
			return (await store.count()) === 0 ? newInvite() : null;
		},
		add: (email, password) => make({ email, name: email.split('@')[0] ?? email, password }, null),
		async reset(email, password) {
			const row = await find(email);
			if (!row) return refuse('not-found');
			if (!isStrong(password)) return refuse('weak-password');
			await store.setPassword(row.id, await hashPassword(password));
			news.tell({ kind: 'logged-out', account: row.id });
			return asAccount(row);
		},
		async token(email) {
			const row = await find(email);
			if (!row) return refuse('not-found');
			const token = newSecret();
			await store.addToken({ hash: hashOf(token), accountId: row.id, createdAt: clock.now() });
			return token;
		},
		list: async () => (await store.list()).map(asAccount),
		nameOf: async (account) => (await store.byId(account))?.name ?? ''
	};
}
