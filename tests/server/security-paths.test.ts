/**
 * Ids and names of files as an attacker would write them, in every parameter of every route of the
 * table and on every path of a socket. Sent by hand: `fetch` would tidy them up.
 */
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { isRefusal } from '#shared/refusals.ts';
import { ROUTES } from '#shared/permissions.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, join, listen, PASSWORD, type Ada, type Person } from '../support/people.ts';

let server: TestApp;
let ada: Ada;
let ben: Person;
let session: string;
let workshop: string;
let board: string;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
	const { id, code } = await ada.open();
	[workshop, board] = [id, await ada.run(id)];
	ben = await join(server, code, 'Ben');
	const logIn = await server.app.accounts.logIn('ada@example.org', PASSWORD, 'here');
	if (isRefusal(logIn)) throw new Error(logIn.refused);
	session = `${logIn.cookie.name}=${logIn.cookie.value}`;
});
afterAll(() => server.close());

/** Stand for themselves in a path. */
const HOSTILE = [
	'..%2f..%2f..%2fetc%2fpasswd',
	'%2e%2e%2f%2e%2e%2fetc%2fpasswd',
	'%252e%252e%252fetc%252fpasswd',
	'..%5c..%5cwindows%5cwin.ini',
	'C:%5cwindows%5cwin.ini',
	'C:',
	'%00',
	'abcdefgh%00',
	'abcdefgh%00.pdf',
	'%0d%0aset-cookie:%20evil=1',
	'%0a',
	'%',
	'%ff',
	'%E0%A4%A',
	'%ED%A0%80',
	'%F0%9F%92%A9',
	'%e2%80%ae%e2%80%8f',
	'__proto__',
	'constructor',
	'hasOwnProperty',
	"'%20or%20'1'='1",
	'abcdefgh;--',
	'%24%7B7*7%7D',
	'%7B%7B7*7%7D%7D',
	'*',
	'-',
	'%20',
	'a'.repeat(5000),
	'%25'.repeat(2000)
];
/** These answer 200 with a page that says there is nothing by this name, or where to log in. */
const TELL = /^(GET|POST) \/(invite|cofacilitate|p)\//;
/** These are taken apart on the way, and may lead to another page. */
const DOTS = ['..', '../..', '%2e%2e', '%2e%2e/%2e%2e', '.', '../../../../etc/passwd', '..\\..'];

interface Got {
	status: number;
	headers: Record<string, unknown>;
	text: string;
}

/** A request as it is written, to the letter. */
function raw(method: string, path: string, headers: Record<string, string> = {}): Promise<Got> {
	const { port } = new URL(server.url);
	const acts = method !== 'GET';
	return new Promise((resolve, reject) => {
		const asked = request(
			{
				host: '127.0.0.1',
				port,
				path,
				method,
				agent: false,
				headers: { ...(acts ? { 'content-type': 'application/json' } : {}), ...headers }
			},
			(answer) => {
				let text = '';
				answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
				answer.on('end', () =>
					resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text })
				);
			}
		);
		asked.on('error', (error) =>
			reject(new Error(`${method} ${path.slice(0, 80)}: ${error.message}`))
		);
		asked.end(acts ? '{}' : undefined);
	});
}

/** What a client may show: nothing, a session's cookie, a token, a seat's cookie. */
const people = (): Record<string, Record<string, string>> => ({
	nobody: {},
	Ada: { cookie: session, origin: server.url },
	'Ada’s token': { authorization: `Bearer ${ada.token}` },
	Ben: { cookie: ben.cookie, origin: server.url }
});

/** What a page's form is told stands in an answer of 200. */
const told = (status: number, text: string): number =>
	status === 200 && text.startsWith('{"type":') ? JSON.parse(text).status : status;

/** The path of a route with a value in one parameter, and what is there in the others. */
function paths(id: string, value: string): string[] {
	const here: Record<string, string> = {
		id: id.includes('/boards/') ? board : workshop,
		workshop,
		board,
		format: 'csv',
		code: 'AAAAAA'
	};
	const [path = '', action] = id.split('?/');
	const parameters = [...path.matchAll(/\[(\w+)\]/g)].map(([, name]) => name!);
	return parameters.map((hostile) => {
		const filled = path.replace(/\[(\w+)\]/g, (_, name: string) =>
			name === hostile ? value : (here[name] ?? 'none')
		);
		return action === undefined ? filled : `${filled}?/${action}`;
	});
}

/** An account comes to pages with its cookie and to the API with its token; everybody else to both. */
const asks = (who: string, id: string): boolean =>
	!who.startsWith('Ada') || id.startsWith('/api/') === who.endsWith('token');

const withParameters = Object.keys(ROUTES).filter((route) => route.includes('['));

test.for(['nobody', 'Ada', 'Ada’s token', 'Ben'])(
	'SE11 whatever stands in a parameter of a route, it is a plain "no" to %s',
	async (who) => {
		expect(withParameters.length).toBeGreaterThan(10);
		const wrong: string[] = [];
		for (const route of withParameters) {
			const [method, id] = route.split(' ') as [string, string];
			if (!asks(who, id)) continue;
			for (const value of [...HOSTILE, ...DOTS])
				for (const path of paths(id, value)) {
					const { headers, text, ...got } = await raw(method, path, people()[who]);
					const status = told(got.status, text);
					const isRefused = (status >= 400 && status < 500) || (status >= 300 && status < 400);
					const isPage = status === 200 && (TELL.test(route) || DOTS.includes(value));
					if (!(isRefused || isPage) || /root:.*:0:0/.test(text) || headers['set-cookie'])
						wrong.push(`${method} ${path.slice(0, 80)}: ${status}`);
				}
		}
		expect(wrong).toEqual([]);
		expect(server.faults.splice(0)).toEqual([]);
	}
);

test('SE11 no path leads to a file outside of what is served', async () => {
	const roots = ['/', '/_app/', '/_app/immutable/', '/api/v1/', '/socket.io/', '/yjs/'];
	const files = ['package.json', 'etc/passwd', 'server/main.ts', '.env', '.git/config'];
	const ups = ['../', '..%2f', '%2e%2e/', '%2e%2e%2f', '..%5c', '....//', '%252e%252e/', '/', ''];
	const got = await Promise.all(
		roots.flatMap((root) =>
			files.flatMap((file) =>
				ups.map(async (up) => {
					const path = `${root}${up.repeat(4)}${file}`;
					const { status, text } = await raw('GET', path);
					return { path, status, text };
				})
			)
		)
	);
	expect(got.filter(({ status }) => status < 400 || status >= 500)).toEqual([]);
	expect(got.filter(({ text }) => /root:.*:0:0|"dependencies"/.test(text))).toEqual([]);
	expect(server.faults.splice(0)).toEqual([]);
});

test('SE12 whatever stands in the path of a board’s socket, it is turned away', async () => {
	const token = `?token=${ada.token}`;
	const tried = [...HOSTILE, ...DOTS].flatMap((value) => [
		`/yjs/${value}${token}`,
		`/yjs/${value}/notebook${token}`,
		`/yjs/${board}/${value}${token}`,
		`/yjs/${board}/notebook/${value}${token}`,
		`/yjs/${board}?token=${value}`,
		`/yjs/${board}?screen=${value}`
	]);
	const wrong: string[] = [];
	for (const path of tried) {
		const came = await upgrade(path);
		if (!/^(40[04]|44\d\d)$/.test(String(came))) wrong.push(`${path.slice(0, 80)}: ${came}`);
	}
	expect(wrong).toEqual([]);
	expect(server.faults.splice(0)).toEqual([]);
});

/** An upgrade as it is written: the status that refused it, or the code it was closed with. */
function upgrade(path: string): Promise<number> {
	// `ws` parses its address; what `finishRequest` sends is the path as it is.
	const socket = new WebSocket(server.url.replace('http', 'ws'), {
		finishRequest: (asked) => {
			asked.path = path;
			asked.end();
		}
	});
	return new Promise((resolve) => {
		socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
		socket.on('close', resolve);
		socket.on('error', () => {});
	});
}

test('SE12 whatever is named in a handshake or a command, it is refused and nothing is logged', async () => {
	const named = [...HOSTILE, ...DOTS].map((value) => {
		try {
			return decodeURIComponent(value);
		} catch {
			return value;
		}
	});
	for (const value of named)
		await expect(listen(server, value, { token: ada.token })).rejects.toThrow(
			/malformed|unauthenticated/
		);
	const desk = await listen(server, workshop, { token: ada.token });
	const commands = named.flatMap((value) => [
		{ type: 'hide-card' as const, board, card: value },
		{ type: 'hide-card' as const, board: value, card: 'a-card' },
		{ type: 'set-agenda' as const, agenda: ['barrier', value] },
		{ type: 'let-in' as const, board, people: [value] },
		{ type: 'remove-person' as const, person: value, cards: 'go' as const },
		{ type: 'start' as const, exercise: 0, board: value }
	]);
	const wrong: string[] = [];
	for (const command of commands) {
		server.clock.advance(100); // no flood is meant here
		const outcome = await desk.send(command);
		const why = outcome.ok ? 'ok' : outcome.refusal;
		if (!/^(malformed|not-found|unknown-exercise|no-such-\w+)$/.test(why))
			wrong.push(`${JSON.stringify(command).slice(0, 100)}: ${why}`);
	}
	expect(wrong).toEqual([]);
	const { body } = await ask(server.url, `/api/v1/workshops/${workshop}`, { token: ada.token });
	expect(body['title']).toBe('A day in Dakar');
	desk.close();
	expect(server.faults.splice(0)).toEqual([]);
});
