/** The headers of everything that the server can say, pages, files, refusals and faults alike. */
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRefusal } from '#shared/refusals.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, join, PASSWORD } from '../support/people.ts';

let server: TestApp;
let behindHttps: TestApp;
let cookie: string;
beforeAll(async () => {
	server = await startTestApp();
	behindHttps = await startTestApp({ environment: { ORIGIN: 'https://plenary.example' } });
	globalThis.plenary = server.app;
	await comeAda(server);
	const done = await server.app.accounts.logIn('ada@example.org', PASSWORD, 'here');
	if (isRefusal(done)) throw new Error(done.refused);
	cookie = `${done.cookie.name}=${done.cookie.value}`;
});
afterAll(async () => {
	await server.close();
	await behindHttps.close();
});

type Said = { status: number; headers: Headers };

async function get(path: string, asking: RequestInit = {}): Promise<Said & { text: string }> {
	const response = await fetch(server.url + path, { redirect: 'manual', ...asking });
	return { status: response.status, headers: response.headers, text: await response.text() };
}

/** What comes back for these very bytes. */
async function raw(words: string, to: TestApp = server): Promise<Said> {
	const socket = createConnection(Number(new URL(to.url).port), '127.0.0.1');
	let said = '';
	socket.on('data', (chunk: Buffer) => (said += chunk.toString('latin1')));
	socket.write(words);
	await once(socket, 'close');
	const [first = '', ...lines] = said.split('\r\n\r\n')[0]!.split('\r\n');
	const headers = new Headers(
		lines.map((line): [string, string] => {
			const at = line.indexOf(': ');
			return [line.slice(0, at), line.slice(at + 2)];
		})
	);
	return { status: Number(first.split(' ')[1]), headers };
}

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const upgrade = (path: string, { origin = '', key = KEY } = {}) =>
	`GET ${path} HTTP/1.1\r\nHost: here\r\n${origin && `Origin: ${origin}\r\n`}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`;

const LIVE = '/socket.io/?EIO=4&transport=websocket';
const EVIL = 'https://evil.example';

/** Everything there is, each with the status that shows that it is what it is called. */
const KINDS: Record<string, [number, () => Promise<Said>]> = {
	page: [200, () => get('/')],
	'page in another’s workshop': [404, () => get('/workshops/no-such', { headers: { cookie } })],
	'page that is not there': [404, () => get('/no/such/page')],
	redirect: [303, () => get('/workshops')],
	'data of a page': [200, () => get('/__data.json')],
	'file of the build': [
		200,
		async () => get(/\/_app\/immutable\/[^"]+\.js/.exec((await get('/')).text)![0])
	],
	'file that is not there': [404, () => get('/_app/immutable/none.js')],
	icon: [200, () => get('/icon.svg')],
	healthz: [200, () => get('/healthz')],
	'API, no': [401, () => get('/api/v1/exercises')],
	'API, not there': [404, () => get('/api/v1/nothing')],
	'API, not so': [405, () => get('/api/v1/exercises', { method: 'DELETE' })],
	'foreign Origin': [403, () => get('/', { headers: { origin: EVIL } })],
	fault: [500, () => get('/readyz')],
	'Socket.IO, polling': [200, () => get('/socket.io/?EIO=4&transport=polling')],
	'Socket.IO, refused': [
		403,
		() => get('/socket.io/?EIO=4&transport=polling', { headers: { origin: EVIL } })
	],
	'Socket.IO, unreadable': [400, () => get('/socket.io/?EIO=4&transport=none')],
	'upgrade nowhere': [404, () => raw(upgrade('/nowhere'))],
	'upgrade, foreign Origin': [403, () => raw(upgrade('/yjs/some-board', { origin: EVIL }))],
	'upgrade without a key': [400, () => raw(upgrade('/yjs/some-board', { key: 'short' }))],
	'live socket, foreign Origin': [400, () => raw(upgrade(LIVE, { origin: EVIL }))],
	'live socket without a key': [400, () => raw(upgrade(LIVE, { key: 'short' }))],
	'no request at all': [400, () => raw('HELO there\r\n\r\n')],
	'a header that is too long': [
		431,
		() => raw(`GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)
	],
	'an expectation': [
		417,
		() => raw('GET / HTTP/1.1\r\nHost: a\r\nExpect: x\r\nConnection: close\r\n\r\n')
	],
	'no host': [200, () => raw('GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n')]
};
const PAGES = new Set(['page', 'page that is not there']);

/** A policy's directives. */
const policy = ({ headers }: Said): Record<string, string> =>
	Object.fromEntries(
		(headers.get('content-security-policy') ?? '').split(';').map((one) => {
			const [name = '', ...words] = one.trim().split(' ');
			return [name, words.join(' ')];
		})
	);

describe('headers', () => {
	test.each(Object.keys(KINDS))('AC19 %s has them all', async (kind) => {
		const [status, ask] = KINDS[kind]!;
		const ready = server.app.ready;
		if (kind === 'fault')
			Object.assign(server.app, { ready: () => Promise.reject(new Error('a fault')) });
		const said = await ask();
		Object.assign(server.app, { ready });
		if (kind === 'fault') expect(server.faults.splice(0).join()).toContain('a fault');
		expect(said.status).toBe(status);
		const all = Object.fromEntries(said.headers);
		expect(all).toMatchObject({
			'cross-origin-opener-policy': 'same-origin',
			'cross-origin-resource-policy': 'same-origin',
			'referrer-policy': 'same-origin',
			'x-content-type-options': 'nosniff'
		});
		for (const never of [
			'camera',
			'microphone',
			'geolocation',
			'payment',
			'usb',
			'display-capture'
		])
			expect(all['permissions-policy']).toContain(`${never}=()`);
		expect(all).not.toHaveProperty('strict-transport-security');
		expect(all).not.toHaveProperty('access-control-allow-origin');
		expect(all).not.toHaveProperty('x-powered-by');
		const directives = policy(said);
		expect(directives).toMatchObject({ 'frame-ancestors': `'none'`, 'base-uri': `'none'` });
		if (!PAGES.has(kind)) expect(directives).toMatchObject({ 'default-src': `'none'` });
		if (kind.startsWith('API')) expect(all['cache-control']).toBe('no-store');
	});

	test('AC36 a page runs no script but its own, asks no other site for anything, and sends its forms home', async () => {
		for (const path of ['/', '/login', '/no/such/page', '/screen/ABCDEF', '/privacy']) {
			const { headers, status, text } = await get(path);
			const directives = policy({ headers, status });
			const { 'script-src': script, ...others } = directives;
			expect(others).toEqual({
				'default-src': `'self'`,
				'style-src': `'self' 'unsafe-inline'`,
				'img-src': `'self' data:`,
				'connect-src': `'self'`,
				'object-src': `'none'`,
				'base-uri': `'none'`,
				'frame-ancestors': `'none'`,
				'form-action': `'self'`
			});
			expect(script).toMatch(/^'self' 'nonce-[\w+/=]{20,}'$/);
			const [, nonce] = /nonce-([^']+)/.exec(script!)!;
			for (const [, attributes] of text.matchAll(/<script\b([^>]*)>/g))
				expect(attributes).toContain(`nonce="${nonce}"`);
			expect(text).not.toMatch(/\son[a-z]+="/i);
			expect((await get(path)).headers.get('content-security-policy')).not.toContain(nonce!);
		}
	});

	test('AC41 nothing of who has an account is kept by a browser, nor a file about anybody', async () => {
		const ada = await comeAda(server, 'kept@example.org');
		const { id, code } = await ada.open();
		const ben = await join(server, code, 'Ben');
		const logIn = await server.app.accounts.logIn('kept@example.org', PASSWORD, 'here');
		if (isRefusal(logIn)) throw new Error(logIn.refused);
		const cookie = `${logIn.cookie.name}=${logIn.cookie.value}`;
		const desk = `/workshops/${id}`;
		for (const [path, as] of [
			['/account', cookie],
			['/workshops', cookie],
			[desk, cookie],
			[`${desk}/audit`, cookie],
			[`${desk}/cofacilitators`, cookie],
			['/account/data.json', cookie],
			[`/p/${id}/data.json`, ben.cookie]
		] as const) {
			const { status, headers } = await ask(server.url, path, { cookie: as });
			expect([path, status, headers.get('cache-control')]).toEqual([path, 200, 'no-store']);
		}
	});

	test('JO51 a service worker is asked for anew each time, and asks only the server that it is of', async () => {
		const worker = await get('/service-worker.js');
		expect(worker.status).toBe(200);
		expect(worker.headers.get('cache-control')).toBe('no-cache');
		expect(policy(worker)).toMatchObject({
			'default-src': `'none'`,
			'connect-src': `'self'`,
			'frame-ancestors': `'none'`
		});
		expect(worker.headers.get('x-content-type-options')).toBe('nosniff');
		// What it needs without a network, and nothing that is about anybody.
		expect(worker.text).toContain('/_app/immutable/entry/start.');
		expect(worker.text).not.toContain('/api/');
	});

	test('AC36 behind https a browser is told to stay there, whatever it asked', async () => {
		const kept = 'max-age=31536000; includeSubDomains';
		const page = await fetch(`${behindHttps.url}/healthz`);
		const turnedAway = await raw(upgrade('/yjs/some-board', { origin: EVIL }), behindHttps);
		const unreadable = await raw('HELO there\r\n\r\n', behindHttps);
		for (const { headers } of [page, turnedAway, unreadable])
			expect(headers.get('strict-transport-security')).toBe(kept);
	});
});
