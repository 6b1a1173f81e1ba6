import { hash } from '@node-rs/argon2';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPasswords, isStrong } from '#server/accounts/passwords.ts';
import { createTurns } from '#server/turns.ts';
import { isRefusal } from '#shared/refusals.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { PASSWORD } from '../support/people.ts';
import { computing } from '../support/computing.ts';
import { until } from '../support/until.ts';

const HERE = '192.0.2.1';
const MEGABYTE = 'x'.repeat(1_000_000);

let server: TestApp;
beforeAll(async () => {
	server = await startTestApp({ kit: false, environment: { REGISTRATION: 'open' } });
	await server.app.accounts.add('ada@example.org', PASSWORD);
});
afterAll(() => server.close());

const logIn = (email: string, password: string, address: string) =>
	server.app.accounts.logIn(email, password, address);
const register = (email: string, password: string, address = HERE) =>
	server.app.accounts.register({ token: null, email, name: 'Eve', password }, address);

describe('passwords', () => {
	test('AC54 a form asks for 15 characters, whoever runs the server for 10; 200 are the most', async () => {
		const long = (count: number) => 'é'.repeat(count);
		expect([14, 15, 200, 201].map((count) => isStrong(long(count), 'form'))).toEqual([
			false,
			true,
			true,
			false
		]);
		expect([9, 10].map((count) => isStrong(long(count), 'operator'))).toEqual([false, true]);
		// Counted as people count, not as they are stored: these are fourteen, and then fifteen.
		expect(isStrong('𝒶'.repeat(14), 'form')).toBe(false);
		expect(isStrong('e\u0301'.repeat(14), 'form')).toBe(false);
		expect(isStrong('𝒶'.repeat(15), 'form')).toBe(true);
		expect(await register('eve@example.org', 'x'.repeat(14))).toEqual({ refused: 'weak-password' });
		expect(isRefusal(await server.app.accounts.add('eva@example.org', 'x'.repeat(10)))).toBe(false);
	});

	test('AC54 the same letters are the same password, however a keyboard composes them', async () => {
		await server.app.accounts.add('zoe@example.org', 'Zoë drinks café au lait');
		const decomposed = 'Zoë drinks café au lait'.normalize('NFD');
		expect(isRefusal(await logIn('zoe@example.org', decomposed, HERE))).toBe(false);
	});

	test('AC54 a megabyte is refused before anything is done with it', async () => {
		const passwords = createPasswords();
		const busy = Array.from({ length: 102 }, () => passwords.matches(PASSWORD, null));
		// It does not even ask for its turn, of which there are none left.
		expect(await passwords.matches(MEGABYTE, null)).toBe(false);
		expect(await passwords.matches('short', null)).toEqual({ refused: 'try-again' });
		await Promise.all(busy);
		expect(await register('eve@example.org', MEGABYTE)).toEqual({ refused: 'weak-password' });
		const wrong = await logIn('ada@example.org', MEGABYTE, HERE);
		expect(wrong).toEqual({ refused: 'wrong-password' });
	});

	test('AC55 two at once, a hundred waiting, nobody beyond; in the order in which they came', async () => {
		const turns = createTurns({ atOnce: 2, waiting: 100 });
		const done: number[] = [];
		const open: (() => void)[] = [];
		let [running, most] = [0, 0];
		const take = (name: number) => {
			const turn = turns.take(async () => {
				most = Math.max(most, ++running);
				await new Promise<void>((resolve) => open.push(resolve));
				running--;
				done.push(name);
				if (name === 3) throw new Error('a job that fails gives its turn on');
			});
			return turn && Promise.allSettled([turn]);
		};
		const asked = Array.from({ length: 105 }, (_, name) => take(name));
		expect(asked.slice(102)).toEqual([null, null, null]);
		for (let ended = 0; ended < 122; ended++) {
			(await until(() => open.shift()))();
			await until(() => done.length === ended + 1);
			// Each that ends makes room for one in the queue, and none beside it.
			if (ended < 20) asked.push(take(200 + ended));
		}
		await Promise.all(asked);
		expect(most).toBe(2);
		const names = Array.from({ length: 102 }, (_, name) => name);
		expect(done).toEqual([...names, ...names.slice(0, 20).map((name) => 200 + name)]);
		expect(take(106)).not.toBeNull();
		open.shift()!();
	});

	test('AC55 of a flood of log-ins, whoever is beyond the queue is told to try again', async () => {
		const flood = await Promise.all(
			Array.from({ length: 250 }, (_, i) =>
				logIn(`nobody-${i}@example.org`, PASSWORD, `10.0.0.${i}`)
			)
		);
		const count = (reason: string) =>
			flood.filter((one) => isRefusal(one) && one.refused === reason).length;
		// Two at once and a hundred behind them, and whose turn came while others were still being looked up.
		const [wrong, again] = [count('wrong-password'), count('try-again')];
		expect(wrong + again).toBe(flood.length);
		expect(wrong).toBeGreaterThanOrEqual(102);
		expect(again).toBeGreaterThan(0);
		expect(isRefusal(await logIn('ada@example.org', PASSWORD, HERE))).toBe(false);
	});

	test('AC56 a hash that was made with less is made anew when its password comes', async () => {
		const { accounts } = server.app.stores;
		const account = await server.app.accounts.add('old@example.org', PASSWORD);
		if (isRefusal(account)) throw new Error(account.refused);
		const kept = async () => (await accounts.byId(account.id))!.passwordHash;
		const weak = await hash(PASSWORD, { memoryCost: 8192, timeCost: 1 });
		await server.database.db.execute(
			sql`update accounts set password_hash = ${weak} where id = ${account.id}`
		);
		expect(isRefusal(await logIn('old@example.org', 'a wrong password', HERE))).toBe(true);
		expect(await kept()).toBe(weak);
		const both = await Promise.all([1, 2].map(() => logIn('old@example.org', PASSWORD, HERE)));
		expect(both.filter(isRefusal)).toEqual([]);
		const strong = await kept();
		expect(strong).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
		expect(isRefusal(await logIn('old@example.org', PASSWORD, HERE))).toBe(false);
		expect(await kept()).toBe(strong);
	});
});

describe('guessing a password', () => {
	const wrongly = (email: string, address: string, times: number) =>
		Promise.all(Array.from({ length: times }, () => logIn(email, 'a wrong guess', address)));

	test('AC57 an account that is guessed at from everywhere waits, but not for where it lives', async () => {
		await server.app.accounts.add('grace@example.org', PASSWORD);
		const home = '198.51.100.1';
		expect(isRefusal(await logIn('grace@example.org', PASSWORD, home))).toBe(false);
		for (let i = 0; i < 10; i++)
			expect(await wrongly('grace@example.org', `203.0.113.${i}`, 10)).not.toContainEqual({
				refused: 'too-many-tries'
			});
		const waits = { refused: 'too-many-tries' };
		expect(await logIn('grace@example.org', PASSWORD, '203.0.113.200')).toEqual(waits);
		expect(isRefusal(await logIn('Grace@example.org ', PASSWORD, home))).toBe(false);
		// Where it lives it is guessed no faster than anywhere.
		expect((await wrongly('grace@example.org', home, 11)).at(-1)).toEqual(waits);
		// An address without an account is answered likewise.
		for (let i = 0; i < 10; i++) await wrongly('none@example.org', `203.0.113.${i}`, 10);
		expect(await logIn('none@example.org', PASSWORD, '203.0.113.201')).toEqual(waits);
	});

	test('AC58 an address that tries many accounts waits', async () => {
		const tries = await Promise.all(
			Array.from({ length: 61 }, (_, i) => logIn(`one-${i}@example.org`, PASSWORD, '192.0.2.58'))
		);
		expect(tries.slice(0, 60)).not.toContainEqual({ refused: 'too-many-tries' });
		expect(tries[60]).toEqual({ refused: 'too-many-tries' });
		const right = await logIn('ada@example.org', PASSWORD, '192.0.2.58');
		expect(right).toEqual({ refused: 'too-many-tries' });
	});

	test('AC59 an address without an account is as much work as a wrong password', async () => {
		const work = (email: string, from: string) =>
			computing(() => logIn(email, 'a wrong guess', from));
		await logIn('nobody@example.org', 'a wrong guess', HERE); // its own hash is made once
		let some = 0;
		let none = 0;
		// By turns: a machine has slower minutes.
		for (let i = 0; i < 9; i++) {
			some += await work('ada@example.org', `10.1.0.${i}`);
			none += await work('nobody@example.org', `10.2.0.${i}`);
		}
		// Without the hashing it would be a tenth at most.
		expect(none / some).toBeGreaterThan(1 / 3);
		expect(none / some).toBeLessThan(3);
	});

	test('AC60 whether an address is taken is told only to who may make an account, and slowly', async () => {
		const taken = { name: 'Eve', email: 'ada@example.org', password: PASSWORD };
		const tries = await Promise.all(
			Array.from({ length: 21 }, () => register('ada@example.org', PASSWORD, '192.0.2.60'))
		);
		expect(tries.slice(0, 20)).toEqual(tries.slice(0, 20).map(() => ({ refused: 'email-taken' })));
		expect(tries[20]).toEqual({ refused: 'too-many-tries' });
		const own = await startTestApp({ kit: false });
		try {
			const { accounts } = own.app;
			const token = (await accounts.firstInvite())!;
			await accounts.add('ada@example.org', PASSWORD);
			const ask = (link: string | null) => accounts.register({ ...taken, token: link }, HERE);
			expect(await ask(null)).toEqual({ refused: 'registration-closed' });
			expect(await ask('no-such-link')).toEqual({ refused: 'link-used' });
			expect(await ask(token)).toEqual({ refused: 'email-taken' });
			expect(await accounts.inviteIsGood(token)).toBe(true); // for the address that they meant
		} finally {
			await own.close();
		}
	});
});
