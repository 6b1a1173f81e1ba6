import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Account } from '#server/app.ts';
import { createChallenges } from '#server/accounts/challenges.ts';
import { isRefusal, type Refusal } from '#shared/refusals.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { Authenticator } from '../support/authenticator.ts';
import { createTestClock } from '../support/clock.ts';
import { ask, comeAda, PASSWORD } from '../support/people.ts';

const SITE = 'https://plenary.example';
const HERE = '192.0.2.1';
const WRONG: Refusal = { refused: 'wrong-passkey' };

let server: TestApp;
let ada: Account;
let eve: Account;
const device = new Authenticator(SITE);
const given = <T>(answer: T | Refusal): T => {
	if (isRefusal(answer)) throw new Error(answer.refused);
	return answer;
};

beforeAll(async () => {
	server = await startTestApp({ kit: false });
	const { accounts } = server.app;
	ada = given(await accounts.add('ada@example.org', PASSWORD));
	eve = given(await accounts.add('eve@example.org', PASSWORD));
});
afterAll(() => server.close());

const keys = () => server.app.accounts.passkeys;

/** A passkey of somebody's that the server knows. */
async function newKey(account: Account) {
	const made = device.create(await keys().beginRegister(account, SITE));
	expect(await keys().finishRegister(account, 'Laptop', made.response)).toBe(true);
	return made.key;
}
const begin = async (address = HERE) => given(await keys().beginLogIn(SITE, address));
const finish = (response: unknown) => keys().finishLogIn(response, '');

describe('passkeys', () => {
	test('AC64 a passkey is made, opens the account, and is removed by its owner alone', async () => {
		const options = await keys().beginRegister(ada, SITE);
		expect(options).toMatchObject({
			rp: { id: 'plenary.example' },
			user: { name: 'ada@example.org' },
			attestation: 'none',
			authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' }
		});
		const key = await newKey(ada);
		const again = await keys().beginRegister(ada, SITE);
		expect(again.excludeCredentials?.map(({ id }) => id)).toContain(key.id);
		const asked = await begin();
		expect(asked.allowCredentials ?? []).toEqual([]); // nobody says first who they are
		const { account, cookie } = given(await finish(device.get(asked, key)));
		expect(account).toEqual(ada);
		const cookies = `${cookie.name}=${cookie.value}`;
		const credentials = { cookies, token: null, screen: null, address: HERE };
		expect(await server.app.accounts.of(credentials)).toEqual(ada);
		const [listed] = await keys().list(ada);
		expect(listed).toMatchObject({ id: key.id, label: 'Laptop', lastUsedAt: expect.any(Number) });

		await keys().remove(eve, key.id);
		expect(await keys().list(ada)).toHaveLength(1);
		await keys().remove(ada, key.id);
		expect(await finish(device.get(await begin(), key))).toEqual(WRONG);
	});

	test('AC65 a challenge is good once, and for five minutes', async () => {
		const key = await newKey(ada);
		const asked = await begin();
		const response = device.get(asked, key);
		expect(isRefusal(await finish(response))).toBe(false);
		expect(await finish(response)).toEqual(WRONG);
		expect(await finish(device.get(asked, key))).toEqual(WRONG);
		const late = device.get(await begin(), key);
		server.clock.advance(5 * 60 * 1000);
		expect(await finish(late)).toEqual(WRONG);
		const made = device.create(await keys().beginRegister(ada, SITE));
		expect(await keys().finishRegister(ada, 'Twice', made.response)).toBe(true);
		expect(await keys().finishRegister(ada, 'Twice', made.response)).toEqual(WRONG);
	});

	test('AC65 a challenge is good for what it was asked for alone', async () => {
		const forAda = device.create(await keys().beginRegister(ada, SITE));
		expect(await keys().finishRegister(eve, 'Mine', forAda.response)).toEqual(WRONG);
		const toLogIn = device.create({ ...(await begin()), rp: { id: 'plenary.example' } });
		expect(await keys().finishRegister(ada, 'Mine', toLogIn.response)).toEqual(WRONG);
		const key = await newKey(ada);
		const toMake = await keys().beginRegister(ada, SITE);
		const asked = { challenge: toMake.challenge, rpId: 'plenary.example' };
		expect(await finish(device.get(asked, key))).toEqual(WRONG);
		const ownWords = { challenge: 'bm9ib2R5IGFza2VkIHRoaXM', rpId: 'plenary.example' };
		expect(await finish(device.get(ownWords, key))).toEqual(WRONG);
	});

	test('AC65 so many challenges wait, and no more; the oldest gives way', () => {
		const clock = createTestClock();
		const challenges = createChallenges<number>(clock, 100);
		for (let i = 0; i < 250; i++) challenges.give(`challenge ${i}`, i);
		expect(challenges.size).toBe(100);
		expect(challenges.take('challenge 149')).toBeNull();
		expect(challenges.take('challenge 150')).toBe(150);
		expect(challenges.take('challenge 150')).toBeNull();
		clock.advance(5 * 60 * 1000);
		challenges.give('fresh', 1);
		expect(challenges.size).toBe(1);
	});

	test('AC66 another site, another key, another person: it opens nothing', async () => {
		const [mine, hers] = [await newKey(eve), await newKey(ada)];
		const lies = [
			{ origin: 'https://evil.example' },
			{ origin: 'http://plenary.example' },
			{ origin: `${SITE}.evil.example` },
			{ rpId: 'evil.example' },
			{ as: hers }, // Ada's key by its name, Eve's by its signature
			{ userHandle: hers.userHandle } // Eve's key, in Ada's name
		];
		for (const lie of lies)
			expect(await finish(device.get(await begin(), mine, lie)), JSON.stringify(lie)).toEqual(
				WRONG
			);
		expect(given(await finish(device.get(await begin(), mine))).account).toEqual(eve);
		for (const lie of [{ origin: 'https://evil.example' }, { rpId: 'evil.example' }]) {
			const made = device.create(await keys().beginRegister(ada, SITE), lie);
			expect(await keys().finishRegister(ada, 'Evil', made.response)).toEqual(WRONG);
		}
	});

	test('AC66 a key that is known already is nobody else’s', async () => {
		const asked = await keys().beginRegister(ada, SITE);
		const made = device.create(asked);
		expect(await keys().finishRegister(ada, 'Laptop', made.response)).toBe(true);
		const { challenge } = await keys().beginRegister(eve, SITE);
		const clientData = { type: 'webauthn.create', challenge, origin: SITE };
		const clientDataJSON = Buffer.from(JSON.stringify(clientData)).toString('base64url');
		const stolen = { ...made.response, response: { ...made.response.response, clientDataJSON } };
		expect(await keys().finishRegister(eve, 'Stolen', stolen)).toEqual(WRONG);
		expect((await keys().list(eve)).map(({ id }) => id)).not.toContain(made.key.id);
		expect(given(await finish(device.get(await begin(), made.key))).account).toEqual(ada);
	});

	test('AC67 a counter that stands still or goes back is a copy’s', async () => {
		const key = await newKey(ada);
		expect(isRefusal(await finish(device.get(await begin(), key, { counter: 7 })))).toBe(false);
		for (const counter of [7, 6, 1, 0])
			expect(await finish(device.get(await begin(), key, { counter }))).toEqual(WRONG);
		expect(isRefusal(await finish(device.get(await begin(), key, { counter: 8 })))).toBe(false);
		const [a, b] = [await begin(), await begin()];
		const both = [device.get(a, key, { counter: 9 }), device.get(b, key, { counter: 9 })];
		const outcomes = await Promise.all(both.map((one) => finish(one)));
		expect(outcomes.filter(isRefusal)).toEqual([WRONG]);
	});

	test('AC66 what is no answer of a device at all is refused, and nothing breaks', async () => {
		for (const nonsense of [null, 7, 'key', {}, { id: 'x', response: {} }, []])
			expect(await finish(nonsense)).toEqual({ refused: 'malformed' });
		const key = await newKey(ada);
		const asked = await begin();
		const whole = device.get(asked, key);
		for (const part of ['clientDataJSON', 'authenticatorData', 'signature'] as const)
			for (const value of ['', 'AA', '!', 'x'.repeat(60_000)]) {
				const response = { ...whole, response: { ...whole.response, [part]: value } };
				expect(await finish(response)).toEqual(WRONG);
			}
		const made = device.create(await keys().beginRegister(ada, SITE));
		const bent = { ...made.response.response, attestationObject: 'oWNmbXRkbm9uZQ' };
		const response = { ...made.response, response: bent };
		expect(await keys().finishRegister(ada, 'Bent', response)).toEqual(WRONG);
		const nameless = await keys().finishRegister(ada, ' ', made.response);
		expect(nameless).toEqual({ refused: 'invalid-name' });
	});

	test('AC64 asking for challenges is limited by address', async () => {
		const asks = await Promise.all(
			Array.from({ length: 61 }, () => keys().beginLogIn(SITE, '192.0.2.99'))
		);
		expect(asks.filter(isRefusal)).toEqual([{ refused: 'too-many-tries' }]);
		expect(isRefusal(await keys().beginLogIn(SITE, '192.0.2.100'))).toBe(false);
	});

	test('AC68 keys are bound to ORIGIN, wherever the page says that it is', async () => {
		const own = await startTestApp({ kit: false, environment: { ORIGIN: SITE } });
		try {
			const { passkeys } = own.app.accounts;
			const asked = given(await passkeys.beginLogIn('https://evil.example', HERE));
			expect(asked.rpId).toBe('plenary.example');
			const grace = given(await own.app.accounts.add('grace@example.org', PASSWORD));
			const options = await passkeys.beginRegister(grace, 'https://evil.example');
			expect(options.rp.id).toBe('plenary.example');
			const lie = device.create(options, { origin: 'https://evil.example' });
			expect(await passkeys.finishRegister(grace, 'Evil', lie.response)).toEqual(WRONG);
		} finally {
			await own.close();
		}
	});

	test('AC64 AC68 over HTTP a passkey is added and logs in, and without ORIGIN the host asked counts', async () => {
		const own = await startTestApp();
		try {
			await comeAda(own);
			const site = own.url.replace('127.0.0.1', 'localhost');
			const here = new Authenticator(site);
			const entered = given(await own.app.accounts.logIn('ada@example.org', PASSWORD, HERE));
			const cookie = `${entered.cookie.name}=${entered.cookie.value}`;
			const post = (path: string, body: object, as?: string) =>
				ask(site, path, { body, origin: site, ...(as ? { cookie: as } : {}) });
			const path = '/account/passkeys';
			expect((await post(path, { step: 'begin' })).status).toBe(401);
			const options = (await post(path, { step: 'begin' }, cookie)).body as never;
			const { key, response } = here.create(options);
			const added = await post(path, { step: 'finish', label: 'Laptop', response }, cookie);
			expect(added.status).toBe(201);

			const asked = (await post('/login/passkey', { step: 'begin' }, cookie)).body as never;
			const answer = { step: 'finish', response: here.get(asked, key) };
			const done = await post('/login/passkey?next=/account', answer, cookie);
			expect(done.body).toEqual({ goal: '/account' });
			const [fresh] = done.headers.getSetCookie()[0]!.split(';');
			expect(fresh).not.toBe(cookie);
			const workshops = (as: string) => ask(site, '/api/v1/workshops', { cookie: as });
			expect((await workshops(fresh!)).status).toBe(200);
			expect((await workshops(cookie)).status).toBe(401); // the session before has ended
			const again = await post('/login/passkey', answer);
			expect([again.status, again.body.error.code]).toEqual([401, 'wrong-passkey']);
			expect((await post('/login/passkey', { step: 'dance' })).status).toBe(400);
		} finally {
			await own.close();
		}
	});
});
