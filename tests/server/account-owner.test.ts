import { hash } from '@node-rs/argon2';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Account, CookieToSet, Credentials } from '#server/app.ts';
import { isRefusal, type Refusal } from '#shared/refusals.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, join, listen, PASSWORD, write } from '../support/people.ts';
import { until } from '../support/until.ts';

const HERE = '192.0.2.1';
const NEXT = 'another four short words';

let server: TestApp;
beforeAll(async () => {
	server = await startTestApp();
});
afterAll(() => server.close());

const given = <T>(answer: T | Refusal): T => {
	if (isRefusal(answer)) throw new Error(answer.refused);
	return answer;
};
const cookieOf = ({ name, value }: CookieToSet) => `${name}=${value}`;
const from = (cookies: string): Credentials => ({
	cookies,
	token: null,
	screen: null,
	address: HERE
});
const enter = async (email: string, cookies?: string, password = PASSWORD) =>
	cookieOf(given(await server.app.accounts.logIn(email, password, HERE, cookies)).cookie);
const isIn = async (cookies: string) => (await server.app.accounts.of(from(cookies))) !== null;

async function somebody(email: string) {
	const ada = await comeAda(server, email);
	const account: Account = { id: ada.account, email, name: email.split('@')[0]! };
	return { ...ada, account };
}

describe('an account and its owner', () => {
	test('AC50 logging in ends the session that the browser had, and lets go of its sockets', async () => {
		const ada = await somebody('ada@example.org');
		const { id } = await ada.open();
		const first = await enter('ada@example.org');
		const desk = await listen(server, id, { cookie: first });
		desk.socket.io.reconnection(false);
		const elsewhere = await enter('ada@example.org');
		expect(await isIn(first)).toBe(true); // another browser's log-in ends nothing here
		const second = await enter('ada@example.org', first);
		expect(second).not.toBe(first);
		expect(await isIn(first)).toBe(false);
		await until(() => desk.socket.disconnected, { what: 'the desk to be let go' });
		expect([await isIn(second), await isIn(elsewhere)]).toEqual([true, true]);
		// Whoever sits down at a browser where somebody else is logged in ends that one's session.
		await somebody('eve@example.org');
		const eves = await enter('eve@example.org', second);
		expect([await isIn(second), await isIn(eves)]).toEqual([false, true]);
	});

	test('AC51 a new password ends every session and socket but this one’s, which begins anew', async () => {
		const grace = await somebody('grace@example.org');
		const { id } = await grace.open();
		const board = await grace.run(id);
		const [here, there] = [await enter('grace@example.org'), await enter('grace@example.org')];
		const desk = await listen(server, id, { cookie: there });
		desk.socket.io.reconnection(false);
		const { accounts } = server.app;

		const change = (current: string, next: string) =>
			accounts.changePassword(grace.account, { current, next }, from(here));
		expect(await change('not her password', NEXT)).toEqual({ refused: 'wrong-password' });
		expect(await change(PASSWORD, 'too short')).toEqual({ refused: 'weak-password' });
		expect([await isIn(here), await isIn(there)]).toEqual([true, true]);

		const fresh = cookieOf(given(await change(PASSWORD, NEXT)).cookie);
		await until(() => desk.socket.disconnected, { what: 'the other desk to be let go' });
		expect([await isIn(here), await isIn(there), await isIn(fresh)]).toEqual([false, false, true]);
		await expect(listen(server, id, { cookie: there })).rejects.toThrow('unauthenticated');
		(await listen(server, id, { cookie: fresh })).close();
		const old = await accounts.logIn('grace@example.org', PASSWORD, HERE);
		expect(old).toEqual({ refused: 'wrong-password' });
		expect(await isIn(await enter('grace@example.org', '', NEXT))).toBe(true);
		// API tokens stay: they are listed beside it, each with its button.
		const writing = await write(server, board, grace.token);
		writing.close();
	});

	test('AC51 asking for the password so far is no way to guess it', async () => {
		const { account } = await somebody('hedy@example.org');
		const here = await enter('hedy@example.org');
		const form = { current: 'a wrong password', next: NEXT };
		const tries = await Promise.all(
			Array.from({ length: 12 }, () =>
				server.app.accounts.changePassword(account, form, from(here))
			)
		);
		expect(tries.filter((one) => isRefusal(one) && one.refused === 'too-many-tries')).toHaveLength(
			2
		);
	});

	test('AC51 a log-in with the old password that is under way does not outlive the new one', async () => {
		const { account } = await somebody('joan@example.org');
		const { app } = server;
		const next = await hash(NEXT);
		// Others are before it in the queue, so that its password is compared late.
		const others = Array.from({ length: 8 }, (_, i) =>
			app.accounts.logIn(`nobody-${i}@example.org`, PASSWORD, `10.0.0.${i}`)
		);
		const late = app.accounts.logIn('joan@example.org', PASSWORD, HERE);
		for (let i = 0; i < 3; i++) await app.stores.accounts.byId(account.id); // its hash has been read
		await app.stores.accounts.setPassword(account.id, next);
		expect(await late).toEqual({ refused: 'wrong-password' });
		expect(await app.stores.accounts.sessionsOf(account.id)).toEqual([]);
		await Promise.all(others);
	});

	test('AC51 nor does a change by the old password, nor a session that was just being renewed', async () => {
		const { account } = await somebody('rita@example.org');
		const { app } = server;
		const [here, stolen] = [await enter('rita@example.org'), await enter('rita@example.org')];
		const change = (next: string, cookies: string) =>
			app.accounts.changePassword(account, { current: PASSWORD, next }, from(cookies));
		// Both have told the old password; whoever comes second does not know the one that holds now.
		const [first, second] = await Promise.all([
			change(NEXT, here),
			change('whoever stole the old one', stolen),
			// Has been let in by a session that is over by now.
			app.accounts.endOtherSessions(account, from(stolen))
		]);
		const [won, lost] = isRefusal(first) ? [second, first] : [first, second];
		expect(lost).toEqual({ refused: 'try-again' });
		const late = await app.accounts.endOtherSessions(account, from(stolen));
		expect(late).toEqual({ refused: 'unauthenticated' });
		expect(await isIn(cookieOf(given(won).cookie))).toBe(true);
		expect(await app.stores.accounts.sessionsOf(account.id)).toHaveLength(1);
	});

	test('AC52 logging out everywhere else leaves this browser, with a session of its own', async () => {
		const { account } = await somebody('mary@example.org');
		const [here, there] = [await enter('mary@example.org'), await enter('mary@example.org')];
		const done = await server.app.accounts.endOtherSessions(account, from(here));
		const fresh = cookieOf(given(done).cookie);
		expect([await isIn(here), await isIn(there), await isIn(fresh)]).toEqual([false, false, true]);
	});

	test('AC53 a new name is cleaned, and stands on the seats that the account has', async () => {
		const { account, open } = await somebody('rosa@example.org');
		const { accounts, access, participants } = server.app;
		const { id } = await open();
		const seat = await access.seat(id, { role: 'facilitator', account: account.id });
		expect(await accounts.rename(account, ' \u202E ')).toEqual({ refused: 'invalid-name' });
		expect(await accounts.rename(account, '  Rosa  P. ')).toBe(true);
		expect(await accounts.of(from(await enter('rosa@example.org')))).toMatchObject({
			name: 'Rosa P.'
		});
		expect(await participants.name(seat!)).toBe('Rosa P.');
	});

	test('AC61 a token is shown once, listed by its label, and opens nothing once revoked', async () => {
		const ada = await somebody('ida@example.org');
		const eve = await somebody('eva@example.org');
		const { accounts } = server.app;
		expect(await accounts.newToken(ada.account, '  ')).toEqual({ refused: 'invalid-name' });
		const token = given(await accounts.newToken(ada.account, 'The slides'));
		const listed = async () =>
			(await accounts.tokens(ada.account)).find(({ label }) => label === 'The slides');
		const one = (await listed())!;
		expect(one).toEqual({
			id: expect.any(String),
			label: 'The slides',
			createdAt: expect.any(Number),
			lastUsedAt: null
		});
		const workshops = () => ask(server.url, '/api/v1/workshops', { token });
		expect((await workshops()).status).toBe(200);
		const used = (await listed())!.lastUsedAt!;
		await workshops();
		expect((await listed())!.lastUsedAt).toBe(used); // known to the minute
		server.clock.advance(60_000);
		await workshops();
		expect((await listed())!.lastUsedAt).toBeGreaterThan(used);

		await accounts.revokeToken(eve.account, one.id);
		expect((await workshops()).status).toBe(200);
		await accounts.revokeToken(ada.account, one.id);
		expect((await workshops()).status).toBe(401);
		expect(await listed()).toBeUndefined();
	});

	test('AC69 no table has anything by which a door opens', async () => {
		const ada = await somebody('lise@example.org');
		const { accounts } = server.app;
		const { id, code } = await ada.open();
		const ben = await join(server, code, 'Ben');
		const session = await enter('lise@example.org');
		const token = given(await accounts.newToken(ada.account, 'The slides'));
		const owner = { role: 'facilitator', account: ada.account.id } as const;
		const link = given(await server.app.workshops.cofacilitators.invite(id, owner));
		const own = await startTestApp({ kit: false });
		const invite = (await own.app.accounts.firstInvite())!;
		const dumps = [await dump(server), await dump(own)];
		await own.close();

		expect(dumps[0]).toContain(ada.account.id);
		expect(dumps[0]).toContain('argon2id');
		const secrets = [
			session.split('=')[1]!,
			ada.token,
			token,
			ben.token,
			link.split('/').at(-1)!,
			invite,
			PASSWORD
		];
		for (const secret of secrets) {
			expect(secret.length).toBeGreaterThan(20);
			for (const one of dumps)
				for (const form of [secret, Buffer.from(secret).toString('hex'), btoa(secret)])
					expect(one).not.toContain(form);
		}
	});
});

/** Every row of every table, as text. */
async function dump({ database: { db } }: TestApp): Promise<string> {
	// PGlite answers an object with rows, Postgres the rows themselves.
	const rows = async (query: string): Promise<Record<string, unknown>[]> => {
		const found = (await db.execute(sql.raw(query))) as { rows?: never[] } | never[];
		return 'rows' in found ? (found.rows ?? []) : [...(found as never[])];
	};
	const names = await rows(
		`select table_name as name from information_schema.tables where table_schema = 'public'`
	);
	expect(names.length).toBeGreaterThan(15);
	const tables = names.map(({ name }) => rows(`select t::text as row from "${String(name)}" t`));
	return JSON.stringify(await Promise.all(tables));
}
