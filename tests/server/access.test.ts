import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCookieJar } from '#server/doors/cookies.ts';
import { cleanName } from '#server/doors/names.ts';
import { isRefusal } from '#shared/refusals.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, join, listen, PASSWORD, write, type Ada } from '../support/people.ts';
import { until } from '../support/until.ts';

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

const tryCode = (code: unknown, name = 'Ben') =>
	ask(server.url, '/api/v1/join', { body: { code, name } });

describe('codes', () => {
	test('AC1 a code is read as people type it', async () => {
		const { code } = await ada.open();
		const typed = [code, code.toLowerCase(), `${code.slice(0, 3)} ${code.slice(3)}`];
		for (const one of [...typed, ` ${code.slice(0, 2)}-${code.slice(2)} `])
			expect((await tryCode(one)).status).toBe(200);
	});

	test('AC1 wrong, closed and malformed codes are answered alike', async () => {
		const { id, code } = await ada.open();
		await ada.command(id, { type: 'close' });
		const answers = await Promise.all(
			[code, 'ZZZZZZ', 'short', '', "'; drop table", 'Ο0ΟΟ0Ο', 'x'.repeat(5000)].map((one) =>
				tryCode(one)
			)
		);
		for (const { status, body } of answers) {
			expect(status).toBe(404);
			expect(body).toEqual(answers[0]!.body);
			expect(body.error.code).toBe('wrong-code');
		}
	});

	test('AC1 a draft has no door yet, and a reopened workshop has the old one', async () => {
		const { body: draft } = await ask(server.url, '/api/v1/workshops', {
			token: ada.token,
			body: { title: 'Later', agenda: [] }
		});
		expect((await tryCode(draft.code)).status).toBe(404);
		await ada.command(draft.id, { type: 'open' });
		expect((await tryCode(draft.code)).status).toBe(200);
	});

	test('AC2 a room joins at once from one address; who guesses waits', async () => {
		const own = await startTestApp();
		try {
			const { code } = await (await comeAda(own)).open();
			const knock = (typed: string) =>
				ask(own.url, '/api/v1/join', { body: { code: typed, name: 'Ben' } });
			const room = await Promise.all(Array.from({ length: 60 }, () => knock(code)));
			expect(room.map(({ status }) => status)).toEqual(room.map(() => 200));
			// Sixty joins allow sixty mistakes more than the twenty.
			const guesses = await Promise.all(Array.from({ length: 80 }, () => knock('ZZZZZZ')));
			expect(guesses.every(({ status }) => status === 404)).toBe(true);
			expect((await knock('ZZZZZZ')).body.error.code).toBe('too-many-tries');
			expect((await knock(code)).status).toBe(429);
		} finally {
			await own.close();
		}
	});
});

describe('names', () => {
	test('AC3 what cannot be seen is taken out, and spaces collapse', () => {
		expect(cleanName('  Ben \t\n Okafor ')).toBe('Ben Okafor');
		expect(cleanName('\u202Enimda\u202C')).toBe('nimda');
		expect(cleanName('Be\u0000n\u200F\u2066\u2069')).toBe('Ben');
		expect(cleanName('آدا')).toBe('آدا');
		expect(cleanName('می\u200Cخواهم')).toBe('می\u200Cخواهم');
		expect(cleanName('👩‍🏫 陳')).toBe('👩‍🏫 陳');
	});

	test.each([
		['spaces', '   \u00A0\u3000 '],
		['direction marks', '\u200F\u202E\u2067'],
		['joiners and fillers', '\u200D\u200C\u3164'],
		['500 letters', 'x'.repeat(500)],
		['a flood', 'x'.repeat(100_000)],
		['nothing', '']
	])('AC3 %s are no name', async (_what, name) => {
		expect(isRefusal(cleanName(name))).toBe(true);
		const { code } = await ada.open();
		const { status, body } = await tryCode(code, name);
		expect([status, body.error.code]).toEqual([400, 'invalid-name']);
	});

	test('AC3 eighty units are the most', () => {
		expect(cleanName('x'.repeat(80))).toBe('x'.repeat(80));
		expect(isRefusal(cleanName('x'.repeat(81)))).toBe(true);
	});
});

describe('who somebody is', () => {
	test('AC5 coming back is being the same person, by cookie and by token', async () => {
		const { code } = await ada.open();
		const ben = await join(server, code, 'Ben');
		const back = { code, name: 'Benjamin' };
		const byCookie = await ask(server.url, '/api/v1/join', { cookie: ben.cookie, body: back });
		const byToken = await ask(server.url, '/api/v1/join', { token: ben.token, body: { code } });
		expect(byCookie.body.participant).toBe(ben.participant);
		expect(byToken.body).toMatchObject({ participant: ben.participant, token: ben.token });
		expect(await server.app.participants.name(ben.participant)).toBe('Benjamin');
	});

	test('AC6 nothing in the database opens a door', async () => {
		const { code } = await ada.open();
		const ben = await join(server, code, 'Ben');
		const session = await logIn();
		const invite = await server.app.accounts.firstInvite();
		expect(invite).toBeNull();
		const tables = ['sessions', 'api_tokens', 'participant_tokens', 'invites', 'accounts'];
		const rows = await Promise.all(
			tables.map((table) => server.database.db.execute(`select * from ${table}`))
		);
		const dump = JSON.stringify(rows);
		expect(dump).toContain(ada.account);
		for (const secret of [ben.token, ada.token, session.split('=')[1]!, PASSWORD])
			expect(dump).not.toContain(secret);
	});

	test('AC7 over plain http a cookie is neither Secure nor __Host-', async () => {
		const { code } = await ada.open();
		const { headers } = await tryCode(code);
		const [cookie] = headers.getSetCookie();
		expect(cookie).toMatch(/^plenary-[\w-]+=[\w-]+;/);
		for (const flag of ['HttpOnly', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(flag);
		expect(cookie).not.toMatch(/Secure/i);
	});

	test('AC7 behind https it is both', () => {
		const { name, options } = createCookieJar('https://plenary.example').session('secret');
		expect(name).toBe('__Host-plenary-session');
		expect(options).toMatchObject({ secure: true, httpOnly: true, path: '/' });
	});

	test('AC10 a token that is not good is not helped by a cookie', async () => {
		const { id, code } = await ada.open();
		const ben = await join(server, code, 'Ben');
		const path = `/api/v1/workshops/${id}`;
		expect((await ask(server.url, path, { cookie: ben.cookie })).status).toBe(200);
		const both = await ask(server.url, path, { cookie: ben.cookie, token: 'somebody-elses' });
		expect(both.status).toBe(401);
	});

	test('AC17 whose workshop it is not hears that it is not there', async () => {
		const { id } = await ada.open();
		const eve = await comeAda(server, 'eve@example.org');
		const theirs = await ask(server.url, `/api/v1/workshops/${id}`, { token: eve.token });
		const none = await ask(server.url, '/api/v1/workshops/no-such-workshop', { token: eve.token });
		expect([theirs.status, theirs.body]).toEqual([none.status, none.body]);
		expect(theirs.body.error.code).toBe('not-found');
		const { code } = await eve.open();
		const guest = await join(server, code, 'Chidi');
		const foreign = await ask(server.url, `/api/v1/workshops/${id}`, { token: guest.token });
		expect(foreign.status).toBe(401);
	});

	test('AC18 the screen shows and may do nothing', async () => {
		const { id } = await ada.open();
		const link = await server.app.workshops.screenLink(id, {
			role: 'facilitator',
			account: ada.account
		});
		const screen = new URL(String(link), server.url).searchParams.get('key')!;
		const room = await listen(server, id, { screen });
		expect(room.state().role).toBe('screen');
		expect(await room.send({ type: 'close' })).toMatchObject({ refusal: 'not-allowed' });
		room.close();
		await expect(listen(server, id, { screen: `${screen}x` })).rejects.toThrow('unauthenticated');
		const { id: other } = await ada.open();
		await expect(listen(server, other, { screen })).rejects.toThrow('unauthenticated');
	});
});

async function logIn(): Promise<string> {
	const done = await server.app.accounts.logIn('Ada@Example.org ', PASSWORD, '192.0.2.7');
	if (isRefusal(done)) throw new Error(done.refused);
	return `${done.cookie.name}=${done.cookie.value}`;
}

describe('origins', () => {
	const EVIL = ['https://evil.example', 'null', 'http://127.0.0.1.evil.example'];

	test('AC8 a foreign Origin gets no page and no answer', async () => {
		for (const origin of EVIL) {
			const page = await ask(server.url, '/', { origin });
			const api = await ask(server.url, '/api/v1/exercises', { token: ada.token, origin });
			expect(page.status).toBe(403);
			expect([api.status, api.body.error.code]).toEqual([403, 'foreign-origin']);
		}
		expect((await ask(server.url, '/healthz', { origin: server.url })).status).toBe(200);
	});

	test('AC8 a foreign Origin gets no socket, whatever it shows', async () => {
		const { id } = await ada.open();
		for (const origin of EVIL) {
			await expect(listen(server, id, { token: ada.token, origin })).rejects.toThrow();
			expect(await upgrade('/yjs/some-board', { origin })).toBe(403);
			expect(await upgrade(`/yjs/some-board?token=${ada.token}`, { origin })).toBe(403);
		}
	});

	test('AC8 where ORIGIN is set, it alone is ours', async () => {
		const own = await startTestApp({ environment: { ORIGIN: 'https://plenary.example' } });
		try {
			expect((await ask(own.url, '/healthz', { origin: own.url })).status).toBe(403);
			const ours = await ask(own.url, '/healthz', { origin: 'https://plenary.example' });
			expect(ours.status).toBe(200);
		} finally {
			await own.close();
		}
	});

	test('AC9 a cookie alone acts for nobody', async () => {
		const { id, code } = await ada.open();
		const ben = await join(server, code, 'Ben');
		const body = { code, name: 'Mallory' };
		const path = '/api/v1/join';
		const bare = await ask(server.url, path, { cookie: ben.cookie, origin: null, body });
		expect([bare.status, bare.body.error.code]).toEqual([403, 'foreign-origin']);
		expect((await ask(server.url, path, { token: ben.token, body })).status).toBe(200);
		await expect(listen(server, id, { cookie: ben.cookie, origin: '' })).rejects.toThrow();
		(await listen(server, id, { cookie: ben.cookie })).close();
		expect(await upgrade('/yjs/some-board', { cookie: ben.cookie })).toBe(403);
		const ours = { cookie: ben.cookie, origin: server.url };
		expect(await upgrade('/yjs/some-board', ours)).toBe(4404);
	});
});

/** What an upgrade comes to: a status that refused it, or the code it was closed with. */
function upgrade(path: string, headers: Record<string, string> = {}): Promise<number> {
	const socket = new WebSocket(server.url.replace('http', 'ws') + path, { headers });
	return new Promise((resolve) => {
		socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
		socket.on('close', resolve);
		socket.on('error', () => {});
	});
}

describe('upgrades', () => {
	test('AC11 each "no" has its code', async () => {
		const { id, code } = await ada.open();
		const board = await ada.run(id);
		const ben = await join(server, code, 'Ben');
		const other = await ada.open();
		const chidi = await join(server, other.code, 'Chidi');
		const eve = await comeAda(server, 'eve2@example.org');
		expect(await upgrade(`/yjs/${board}`)).toBe(4401);
		expect(await upgrade(`/yjs/${board}/notebook?token=nonsense`)).toBe(4401);
		expect(await upgrade(`/yjs/${board}?token=${chidi.token}`)).toBe(4404);
		expect(await upgrade(`/yjs/${board}/notebook?token=${eve.token}`)).toBe(4404);
		const owner = { role: 'facilitator', account: ada.account } as const;
		const link = String(await server.app.workshops.screenLink(id, owner));
		const screen = new URL(link, server.url).searchParams.get('key');
		expect(await upgrade(`/yjs/${board}/notebook?screen=${screen}`)).toBe(4403);
		expect(await upgrade('/yjs/no-such-board')).toBe(4401);
		expect(await upgrade(`/yjs/no-such-board?token=${ben.token}`)).toBe(4404);
		for (const path of ['/yjs/', `/yjs/${board}/passwd`, '/yjs/%00%2f'])
			expect(await upgrade(`${path}?token=${ben.token}`)).toBe(4404);
		expect(await upgrade('/somewhere')).toBe(404);
	});

	test('AC20 a facilitator writes from a seat that is not counted', async () => {
		const { id, code } = await ada.open();
		const board = await ada.run(id);
		await join(server, code, 'Ben');
		const desk = await listen(server, id, ada);
		const [laptop, phone] = await Promise.all([1, 2].map(() => write(server, board, ada.token)));
		laptop!.put('What Ada thinks');
		await until(() => desk.last('counts:changed')?.[1].cards === 1);
		expect(desk.last('counts:changed')![1]).toEqual({ cards: 1, people: 0, writing: 0 });
		await ada.command(id, { type: 'go', phase: 'share' });
		await until(() => phone!.seen().cards.length === 1);
		const { body } = await ask(server.url, `/api/v1/workshops/${id}`, { token: ada.token });
		expect(body.people).toBe(1);
		expect(await server.app.stores.participants.seats(id)).toHaveLength(2);
		expect(desk.last('roster:changed')![0].map(({ name }) => name)).toEqual(['Ben']);
		for (const one of [desk, laptop!, phone!]) one.close();
	});
});
