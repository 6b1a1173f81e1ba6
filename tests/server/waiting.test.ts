/** Who knocks and says nothing, on bare sockets and in real time: Node looks for them by its own clock. */
import { createConnection, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { until } from '../support/until.ts';

let server: TestApp;
beforeAll(async () => {
	server = await startTestApp({ kit: (_request, response) => response.end('here') });
});
afterAll(() => server.close());

interface Knock {
	socket: Socket;
	said(): string;
}

/** Says this, and never anything more: neither does it hang up when the server does. */
function knock(words: string): Knock {
	const socket = createConnection({
		port: Number(new URL(server.url).port),
		host: '127.0.0.1',
		allowHalfOpen: true
	});
	let said = '';
	socket.on('data', (chunk: Buffer) => (said += chunk.toString('latin1')));
	socket.on('error', () => {});
	socket.write(words);
	return { socket, said: () => said };
}

const upgrade = (path: string, more = '') =>
	`GET ${path} HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n${more}\r\n`;

test('AC35 whoever has not said within ten seconds who they are is let go of', async () => {
	const began = performance.now();
	const silent: [string, string][] = [
		['nothing at all', ''],
		['half a line', 'GET / HT'],
		['headers without an end', 'GET / HTTP/1.1\r\nHost: here\r\nX-A: b\r\n'],
		['half an upgrade', upgrade('/yjs/some-board').slice(0, -2)],
		['an upgrade by nobody, who answers no goodbye', upgrade('/yjs/some-board')],
		['an upgrade that is turned away', upgrade('/nowhere')],
		['a live socket that says no word', upgrade('/socket.io/?EIO=4&transport=websocket')]
	];
	const knocks = silent.flatMap(([what, words]) =>
		Array.from({ length: 20 }, () => ({ what, ...knock(words) }))
	);
	// Slowloris: a header line every so often keeps nobody's place.
	const slow = knock('GET / HTTP/1.1\r\nHost: here\r\n');
	const free = ({ socket }: Knock) => {
		if (!socket.destroyed && socket === slow.socket) socket.write('X-A: b\r\n');
		return socket.readableEnded || socket.destroyed;
	};
	await until(() => [...knocks, slow].map(free).every(Boolean), {
		what: 'everybody who said nothing to be let go of'
	});
	expect(performance.now() - began).toBeLessThan(25_000);
	const late = knocks.filter(({ what }) => what === 'headers without an end');
	for (const { said } of late)
		expect(said()).toMatch(/^HTTP\/1.1 408 .*x-content-type-options: nosniff/s);
	expect((await fetch(server.url)).status).toBe(200);
	[...knocks, slow].forEach(({ socket }) => socket.destroy());
});

test('AC35 an upgrade that cannot be admitted is let go of', async () => {
	const { stored } = server.app;
	const before = stored.ofBoard;
	let asked = 0;
	// The database does not answer.
	stored.ofBoard = () => {
		asked += 1;
		return new Promise(() => {});
	};
	const one = knock(upgrade('/yjs/some-board'));
	await until(() => asked === 1);
	server.clock.advance(9000);
	expect(one.socket.destroyed).toBe(false);
	server.clock.advance(1000);
	await until(() => one.socket.readableEnded || one.socket.destroyed);
	stored.ofBoard = before;
	one.socket.destroy();
});
