/** Requests that another site would send in somebody's name, and addresses that somebody makes up. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as schema from '#server/db/schema.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda } from '../support/people.ts';
import { bodyOf, openHouse, pathOf, rows, type House } from './callers.ts';

let house: House;
let cookies: string[];
beforeAll(async () => {
	house = await openHouse();
	const { ben, callers } = house;
	cookies = [ben.cookie, await house.cookieOf(callers.at(-1)!.account!)];
});
afterAll(() => house.server.close());

const evil = () => [
	'https://evil.example',
	'null',
	`${house.server.url}.evil`,
	house.server.url.replace('127.0.0.1', 'localhost'),
	house.server.url.replace(/\d+$/, '1')
];

/** All that is stored, but for what notes that somebody asked, and the history, which keeps itself. */
async function stored(): Promise<string[]> {
	const { db } = house.server.database;
	const notes = new Set<unknown>([schema.audit, schema.sessions, schema.apiTokens, schema.moments]);
	const kept = Object.values(schema).filter((table) => !notes.has(table));
	const rowsOf = (table: (typeof kept)[number]) =>
		db.select().from(table as typeof schema.accounts);
	const all = await Promise.all(kept.map(rowsOf));
	expect(all.flat().length).toBeGreaterThan(10);
	return all
		.flat()
		.map((row) => JSON.stringify(row))
		.toSorted();
}

const acting = rows.filter(({ method }) => method !== 'GET');

describe('origins', () => {
	test('AC37 no route that acts is reached from another site, by a form, as text or as JSON', async () => {
		const { server, own, callers } = house;
		const before = await stored();
		expect(acting.length).toBeGreaterThan(20);
		const types = [
			'application/x-www-form-urlencoded',
			'text/plain',
			'application/json',
			'multipart/form-data; boundary=x'
		];
		for (const row of acting)
			for (const cookie of cookies)
				for (const [i, origin] of [...evil(), undefined].entries()) {
					const path = pathOf(row, own, callers.at(-1)!);
					const body = bodyOf(row, own);
					const response = await fetch(server.url + path, {
						method: row.method,
						redirect: 'manual',
						headers: {
							cookie,
							'content-type': types[i % types.length]!,
							...(origin ? { origin } : {})
						},
						...(body === undefined ? {} : { body: String(body) })
					});
					expect(response.status, `${row.row} from ${origin}`).toBe(403);
					expect(await response.text()).toContain('foreign-origin');
				}
		expect(await stored()).toEqual(before);
	});

	test('AC37 no socket is opened from another site, with a good cookie or with none', async () => {
		const { server, own } = house;
		const opened = (path: string, headers: Record<string, string>) =>
			new Promise<number>((resolve) => {
				const socket = new WebSocket(server.url.replace('http', 'ws') + path, { headers });
				socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
				socket.on('error', () => {});
				socket.on('open', () => {
					socket.close();
					resolve(101);
				});
			});
		const paths = [
			`/yjs/${own.board}`,
			`/yjs/${own.board}/notebook`,
			'/socket.io/?EIO=4&transport=websocket'
		];
		for (const path of paths) {
			const refused = path.startsWith('/yjs/') ? 403 : 400;
			for (const cookie of cookies) {
				for (const origin of evil()) expect(await opened(path, { cookie, origin })).toBe(refused);
				expect(await opened(path, { cookie })).toBe(refused);
				expect(await opened(path, { cookie, origin: server.url })).toBe(101);
			}
			for (const origin of evil()) expect(await opened(path, { origin })).toBe(refused);
		}
	});

	test('AC38 asking changes nothing, whoever asks', async () => {
		const { server, own, callers } = house;
		const before = await stored();
		for (const row of rows.filter(({ method }) => method === 'GET'))
			for (const caller of callers)
				for (const method of ['GET', 'HEAD']) {
					const { cookie, token } = await caller.shows();
					const headers = {
						...(cookie ? { cookie } : {}),
						...(token ? { authorization: `Bearer ${token}` } : {})
					};
					await fetch(server.url + pathOf(row, own, caller), {
						method,
						headers,
						redirect: 'manual'
					});
				}
		expect(await stored()).toEqual(before);
	});
});

test('AC40 a form that nobody can read is the sender’s mistake, and no fault of ours', async () => {
	const { server } = house;
	for (const path of ['/', '/login', '/invite/new'])
		for (const type of ['multipart/form-data', 'multipart/form-data; boundary=x']) {
			const headers = { 'content-type': type, origin: server.url };
			const answer = await fetch(server.url + path, { method: 'POST', headers, body: 'a=b' });
			expect([path, type, answer.status]).toEqual([path, type, 400]);
		}
	expect(server.faults).toEqual([]);
});

describe('addresses', () => {
	/** Guesses codes, each time from an address that it has made up; answers how many were looked at. */
	async function guess(
		server: TestApp,
		made: (i: number) => Record<string, string>
	): Promise<number> {
		const answers = [];
		for (let i = 0; i < 30; i++)
			answers.push(
				fetch(`${server.url}/api/v1/join`, {
					method: 'POST',
					headers: { 'content-type': 'application/json', ...made(i) },
					body: JSON.stringify({ code: 'ZZZZZZ', name: 'Eve' })
				})
			);
		const statuses = (await Promise.all(answers)).map(({ status }) => status);
		expect(new Set(statuses)).toEqual(new Set([404, 429]));
		return statuses.filter((status) => status === 404).length;
	}

	test('AC39 whoever makes up addresses is still one', async () => {
		const own = await startTestApp();
		try {
			await comeAda(own);
			const looked = await guess(own, (i) => ({
				'x-forwarded-for': `192.0.2.${i}`,
				'x-real-ip': `192.0.2.${i}`,
				forwarded: `for=192.0.2.${i}`,
				'x-plenary-address': `192.0.2.${i}`
			}));
			expect(looked).toBeLessThanOrEqual(21);
			expect((await ask(own.url, '/healthz')).status).toBe(200);
		} finally {
			await own.close();
		}
	});

	test('AC39 behind a proxy only what the proxy itself has added counts', async () => {
		const own = await startTestApp({ environment: { TRUST_PROXY: 'on' } });
		try {
			const looked = await guess(own, (i) => ({ 'x-forwarded-for': `192.0.2.${i}, 198.51.100.7` }));
			expect(looked).toBeLessThanOrEqual(21);
			const other = await fetch(`${own.url}/api/v1/join`, {
				method: 'POST',
				headers: { 'content-type': 'application/json', 'x-forwarded-for': '198.51.100.8' },
				body: JSON.stringify({ code: 'ZZZZZZ', name: 'Ben' })
			});
			expect(other.status).toBe(404);
		} finally {
			await own.close();
		}
	});
});
