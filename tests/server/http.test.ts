/** One request or socket that goes wrong, and everybody else. */
import { createReadStream } from 'node:fs';
import { createConnection } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { networkOf } from '#server/http.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { until } from '../support/until.ts';

let server: TestApp;
beforeAll(async () => {
	server = await startTestApp({
		kit: (request, response) => {
			if (request.url === '/throws') throw new Error('nobody foresaw this');
			if (request.url === '/rejects') return Promise.reject(new Error('nor this'));
			if (request.url !== '/gone') return response.end('here');
			// As sirv sends what it saw when it was started.
			response.writeHead(200, { 'content-length': 1000 });
			return createReadStream('/nowhere/app.js').pipe(response);
		}
	});
});
afterAll(() => server.close());

const status = async (path: string) => (await fetch(server.url + path)).status;

test('CF7 a request that goes wrong ends alone', async () => {
	const [gone, ...others] = await Promise.allSettled([
		status('/gone').then(async () => (await fetch(`${server.url}/gone`)).text()),
		status('/throws'),
		status('/rejects'),
		status('/')
	]);
	expect(gone.status).toBe('rejected');
	expect(others.map((one) => one.status === 'fulfilled' && one.value)).toEqual([500, 500, 200]);
	expect(await status('/')).toBe(200);
	const said = server.faults.splice(0).join();
	for (const words of ['ENOENT', 'nobody foresaw this', 'nor this']) expect(said).toContain(words);
});

test('CF7 a client that is gone before it is turned away takes nobody along', async () => {
	const { port } = new URL(server.url);
	const paths = ['/nowhere', '/yjs/some-board', '/socket.io/?EIO=4&transport=websocket'];
	const knocks = Array.from({ length: 30 }, (_, i) => {
		const socket = createConnection(Number(port), '127.0.0.1');
		const path = paths[i % paths.length]!;
		socket.on('error', () => {});
		socket.write(
			`GET ${path} HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`,
			() => socket.resetAndDestroy()
		);
		return socket;
	});
	await until(() => knocks.every(({ closed }) => closed));
	expect(await status('/')).toBe(200);
});

test('AC23 limits count a network of IPv6 as one address', () => {
	const alike = ['2001:db8:1:2::1', '2001:DB8:1:2:ffff:0:0:1', '2001:db8:1:2::%eth0'];
	expect(new Set(alike.map(networkOf)).size).toBe(1);
	expect(networkOf('2001:db8:1:3::1')).not.toBe(networkOf(alike[0]!));
	expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
	expect(networkOf('192.0.2.7')).toBe('192.0.2.7');
	expect(networkOf('fe80::1')).toBe('fe80:0:0:0::/64');
	expect(networkOf('::1')).toBe('0:0:0:0::/64');
});
