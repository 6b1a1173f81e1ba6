import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRefusal } from '#shared/refusals.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, join, listen, PASSWORD } from '../support/people.ts';
import { until } from '../support/until.ts';

let server: TestApp;
beforeAll(async () => {
	server = await startTestApp();
});
afterAll(() => server.close());

const form = { email: 'Ada@Example.org', name: 'Ada', password: PASSWORD };
const HERE = '192.0.2.1';

describe('accounts', () => {
	test('AC12 the first link makes one account, once', async () => {
		const { accounts } = server.app;
		const token = (await accounts.firstInvite())!;
		expect(await accounts.inviteIsGood(token)).toBe(true);
		const weak = await accounts.register({ ...form, token, password: 'too short' }, HERE);
		expect(weak).toEqual({ refused: 'weak-password' });
		const made = await accounts.register({ ...form, token }, HERE);
		expect(made).toMatchObject({ account: { email: 'ada@example.org', name: 'Ada' } });
		expect(await accounts.inviteIsGood(token)).toBe(false);
		const again = await accounts.register({ ...form, token, email: 'eve@example.org' }, HERE);
		expect(again).toEqual({ refused: 'link-used' });
		expect(await accounts.firstInvite()).toBeNull();
	});

	test('AC12 two who follow one link at once are one account', async () => {
		const own = await startTestApp({ kit: false, environment: { REGISTRATION: 'invite' } });
		try {
			const token = (await own.app.accounts.invite())!;
			const made = await Promise.all(
				['a@example.org', 'b@example.org'].map((email) =>
					own.app.accounts.register({ ...form, email, token }, HERE)
				)
			);
			expect(made.filter(isRefusal)).toEqual([{ refused: 'link-used' }]);
			const late = (await own.app.accounts.invite())!;
			own.clock.advance(24 * 60 * 60 * 1000 + 1);
			const answer = await own.app.accounts.register({ ...form, token: late }, HERE);
			expect(answer).toEqual({ refused: 'link-used' });
		} finally {
			await own.close();
		}
	});

	test('AC13 a closed server makes no account without its link, an open one does', async () => {
		const without = { ...form, email: 'eve@example.org', token: null };
		const answer = await server.app.accounts.register(without, HERE);
		expect(answer).toEqual({ refused: 'registration-closed' });
		expect(await server.app.accounts.invite()).toBeNull();
		const own = await startTestApp({ kit: false, environment: { REGISTRATION: 'open' } });
		try {
			expect(isRefusal(await own.app.accounts.register(without, HERE))).toBe(false);
			const taken = await own.app.accounts.register({ ...without, email: 'EVE@example.org' }, HERE);
			expect(taken).toEqual({ refused: 'email-taken' });
			const none = await own.app.accounts.register({ ...without, email: 'eve at home' }, HERE);
			expect(none).toEqual({ refused: 'invalid-email' });
		} finally {
			await own.close();
		}
	});

	test('AC14 wrong address and wrong password are one answer', async () => {
		const { accounts } = server.app;
		const nobody = await accounts.logIn('nobody@example.org', PASSWORD, HERE);
		const wrong = await accounts.logIn('ada@example.org', 'not her password', HERE);
		const huge = await accounts.logIn('ada@example.org', 'x'.repeat(1_000_000), HERE);
		expect([nobody, wrong, huge]).toEqual([1, 2, 3].map(() => ({ refused: 'wrong-password' })));
		expect(isRefusal(await accounts.logIn(' ADA@example.org', PASSWORD, HERE))).toBe(false);
		const row = await server.app.stores.accounts.byEmail('ada@example.org');
		expect(row?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
	});

	test('AC15 who keeps guessing waits, and nobody else', async () => {
		const guess = (email: string, password: string, address: string) =>
			server.app.accounts.logIn(email, password, address);
		const tries = await Promise.all(
			Array.from({ length: 12 }, () => guess('ada@example.org', 'a wrong guess', '192.0.2.66'))
		);
		expect(tries).toContainEqual({ refused: 'too-many-tries' });
		const right = await guess('ada@example.org', PASSWORD, '192.0.2.66');
		expect(right).toEqual({ refused: 'too-many-tries' });
		expect(isRefusal(await guess('ada@example.org', PASSWORD, '192.0.2.67'))).toBe(false);
	});

	test('AC16 logging in begins anew, logging out closes what was open', async () => {
		const eve = await comeAda(server, 'grace@example.org');
		const { id } = await eve.open();
		const enter = async () => {
			const done = await server.app.accounts.logIn('grace@example.org', PASSWORD, HERE);
			if (isRefusal(done)) throw new Error(done.refused);
			return `${done.cookie.name}=${done.cookie.value}`;
		};
		const [first, second] = [await enter(), await enter()];
		expect(first).not.toBe(second);
		const desk = await listen(server, id, { cookie: first });
		desk.socket.io.reconnection(false);
		await server.app.accounts.logOut({ cookies: first, token: null, screen: null, address: HERE });
		await until(() => desk.socket.disconnected, { what: 'the desk to be let go' });
		const path = `/api/v1/workshops/${id}`;
		expect((await ask(server.url, path, { cookie: first })).status).toBe(401);
		expect((await ask(server.url, path, { cookie: second })).status).toBe(200);
	});

	test('AC19 every answer keeps itself from being framed, sniffed or referred', async () => {
		const { body } = await ask(server.url, '/');
		expect(body.text).toContain('<html lang="en" dir="ltr">');
		const [script] = /\/_app\/immutable\/[\w./-]+\.js/.exec(String(body['text']))!;
		const files = [script, '/icon.svg', '/_app/none.js', '/socket.io/?EIO=4&transport=polling'];
		const pages = [
			'/',
			'/api/v1/exercises',
			'/healthz',
			'/no-such-page',
			'/api/v1/none',
			'/%ff',
			'/api/%ff'
		];
		for (const path of [...pages, ...files]) {
			const { headers } = await ask(server.url, path);
			expect(headers.get('x-content-type-options')).toBe('nosniff');
			expect(headers.get('referrer-policy')).toBe('same-origin');
			expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
			expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
			expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/);
		}
	});

	test('AC21 a deleted workshop lets go of everyone and is gone', async () => {
		const grace = await comeAda(server, 'grace2@example.org');
		const { id, code } = await grace.open();
		const board = await grace.run(id);
		const ben = await join(server, code, 'Ben');
		const hearing = await listen(server, id, { token: ben.token });
		const eve = { id: 'eve', email: 'eve@example.org', name: 'Eve' };
		expect(await server.app.workshops.remove(id, eve)).toEqual({ refused: 'not-found' });
		const owner = { id: grace.account, email: 'grace2@example.org', name: 'Grace' };
		expect(await server.app.workshops.remove(id, owner)).toBe(true);
		await until(() => hearing.last('access:ended'), { what: 'Ben to be told' });
		hearing.close();
		expect(await server.app.workshops.ofBoard(board)).toBeNull();
		const { body } = await ask(server.url, '/api/v1/join', { body: { code, name: 'Ben' } });
		expect(body.error.code).toBe('wrong-code');
	});
});
