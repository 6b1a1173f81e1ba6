/** Too much of everything, from somebody who means it: it ends for them, and for nobody else. */
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { LIMITS } from '#shared/doc/schema.ts';
import { writeStep1, writeUpdate } from '#shared/wire/yjs-frames.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, join, listen, write, type Ada } from '../support/people.ts';
import { computing } from '../support/computing.ts';
import { until } from '../support/until.ts';

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

const LONGEST_BODY = 512 * 1024;
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const keys = (count: number) =>
	`{${Array.from({ length: count }, (_, i) => `"k${i}":0`).join(',')}}`;

test('SE14 a body that is too large is not read to its end, said beforehand or not', async () => {
	const large = 'x'.repeat(LONGEST_BODY + 1);
	const whole = (n: number) => ({ title: 'x', agenda: [large.repeat(n)] });
	for (const path of ['workshops', 'join', 'boards/no-board-here/commands']) {
		const { status } = await ask(server.url, `/api/v1/${path}`, {
			token: ada.token,
			body: whole(1)
		});
		expect([path, status]).toEqual([path, 413]);
	}
	// In pieces, whose number nobody has said.
	const sent = { pieces: 0 };
	const body = new ReadableStream<Uint8Array>({
		pull(stream) {
			if (sent.pieces++ < 1000) stream.enqueue(new Uint8Array(64 * 1024).fill(120));
			else stream.close();
		}
	});
	const options = {
		method: 'POST',
		body,
		duplex: 'half',
		headers: { authorization: `Bearer ${ada.token}` }
	};
	const answer = await fetch(`${server.url}/api/v1/workshops`, options).catch(() => null);
	if (answer) expect(answer.status).toBeGreaterThanOrEqual(400);
	expect(sent.pieces).toBeLessThan(1000);
	expect((await ask(server.url, '/healthz')).status).toBe(200);
	expect(server.faults.splice(0)).toEqual([]);
});

test('SE14 what is deep or wide within that is malformed, and costs no more than its length', async () => {
	const { id } = await ada.open();
	const bodies = {
		deep: nested(1e5),
		'deep in a field': `{"title":"x","agenda":${nested(1e5)}}`,
		wide: keys(40_000),
		'wide in a field': `{"title":"x","agenda":[${keys(40_000)}]}`,
		'a long list': `{"title":"x","agenda":[${'"barrier",'.repeat(40_000)}"barrier"]}`,
		'a long number': `{"title":"x","agenda":[{"break":${'9'.repeat(400_000)}}]}`,
		'a list of people': `{"type":"let-in","board":"no-board-here","people":[${'"abcdef",'.repeat(40_000)}"!"]}`,
		'keys that every object has':
			'{"__proto__":{"type":"close"},"constructor":{"prototype":{"type":"close"}}}'
	};
	const plain = await computing(() => give(id, JSON.stringify({ type: 'x'.repeat(400_000) })));
	for (const [what, body] of Object.entries(bodies))
		for (const path of [`workshops/${id}/commands`, 'workshops', 'join']) {
			const spent = await computing(async () => {
				const { status } = await ask(server.url, `/api/v1/${path}`, { token: ada.token, body });
				expect([what, path, status]).toEqual([what, path, expect.toSatisfy(isRefused)]);
			});
			expect(spent).toBeLessThan(500 + 50 * plain);
		}
	expect(({} as { type?: string }).type).toBeUndefined();
	expect((await give(id, '{"type":"rename","title":"Still here"}')).status).toBe(200);
	expect(server.faults.splice(0)).toEqual([]);
});

const isRefused = (status: number) => status >= 400 && status < 500;
const give = (workshop: string, body: string) =>
	ask(server.url, `/api/v1/workshops/${workshop}/commands`, { token: ada.token, body });

/** A packet of Socket.IO as nobody's client writes it. */
const PACKETS = [
	'42["command"',
	'42{}',
	'42[]',
	'42["__proto__",{}]',
	'42["constructor",1]',
	'421e309["command",{}]',
	'42999999999999999999["command",{}]',
	`42["command",${nested(30_000)}]`,
	`42["command",{"__proto__":{"id":"abcdef"}}]`,
	'42["disconnect"]',
	'42["connect"]',
	'42["newListener"]',
	'451-["command",{"_placeholder":true,"num":0}]',
	'4599999999-["command",{"_placeholder":true,"num":9999}]',
	'451-["command",{"_placeholder":true,"num":-1}]',
	'45["command"]',
	'46',
	'43999["ack"]',
	'44{"message":"no"}',
	'40/admin,{}',
	'40/admin',
	'49',
	'9',
	'0{}',
	'6',
	'b'.repeat(50_000),
	'\u0000'
];

test('SE15 no packet of Socket.IO is more than refused, and nobody else notices', async () => {
	const { id } = await ada.open();
	const desk = await listen(server, id, ada);
	const wrong: string[] = [];
	for (const packet of [...PACKETS, 'x'.repeat(70_000)]) {
		const socket = new WebSocket(
			`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
		);
		const said: string[] = [];
		socket.on('message', (data: Buffer) => said.push(data.toString()));
		socket.on('error', () => {});
		await until(() => said.some((one) => one.startsWith('0')));
		socket.send(`40{"workshop":"${id}","token":"${ada.token}"}`);
		await until(() => said.some((one) => one.startsWith('42["state:changed"')));
		socket.send(packet);
		socket.send('42777["clock"]');
		// It is let go, or goes on and is answered.
		const isOver = () =>
			socket.readyState === socket.CLOSED || said.some((one) => one.startsWith('43777'));
		await until(isOver, { what: packet.slice(0, 40) }).catch((error: Error) =>
			wrong.push(error.message)
		);
		socket.terminate();
	}
	expect(wrong).toEqual([]);
	expect(await desk.send({ type: 'rename', title: 'Calm' })).toMatchObject({ ok: true });
	desk.close();
	expect(server.faults.splice(0)).toEqual([]);
});

test('SE16 who floods the sockets of a board is closed, and the words of the others arrive meanwhile', async () => {
	const { id, code } = await ada.open();
	const board = await ada.run(id);
	await ada.command(id, { type: 'set-writing', mode: 'open', reveal: true });
	const people = await Promise.all(['Ben', 'Chidi', 'Eve'].map((name) => join(server, code, name)));
	const [ben, chidi] = await Promise.all(
		people.slice(0, 2).map(({ token }) => write(server, board, token))
	);
	const step1 = writeStep1(Y.encodeStateVector(new Y.Doc()));
	const floods = [
		writeUpdate(Y.encodeStateAsUpdate(new Y.Doc())),
		step1,
		new Uint8Array([3]),
		writeUpdate(new Uint8Array(LIMITS.updateBytes))
	];
	const url = `${server.url.replace('http', 'ws')}/yjs/${board}`;
	let said = 0;
	for (const [i, frame] of floods.entries())
		for (const path of ['', '/notebook']) {
			const eve = new WebSocket(`${url}${path}?token=${people[2]!.token}`);
			const closed = new Promise<number>((resolve) => eve.once('close', resolve));
			eve.on('error', () => {});
			await new Promise((resolve) => eve.once('open', resolve));
			for (let n = 0; n < 5000; n++) eve.send(frame);
			ben!.put(`Of Ben, ${i} ${path}`);
			chidi!.put(`Of Chidi, ${i} ${path}`);
			said += 2;
			expect([1013, 4400, 4413]).toContain(await closed);
			await until(() => [ben!, chidi!].every((one) => one.seen().cards.length === said), {
				what: 'the words of the others'
			});
		}
	for (const one of [ben!, chidi!]) one.close();
	expect(server.faults.splice(0)).toEqual([]);
});

const upgrade = (path: string) =>
	`GET ${path} HTTP/1.1\r\nHost: ${new URL(server.url).host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`;

test('SE17 two thousand connections that do nothing keep nobody out, and are let go within half a minute', async () => {
	const { id, code } = await ada.open();
	const board = await ada.run(id);
	const kinds: Record<string, string> = {
		'says nothing': '',
		'half a head': 'GET / HTTP/1.1\r\nHost: here\r\nX-More: ',
		'asked and stays': `GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n`,
		'an upgrade of nobody': upgrade(`/yjs/${board}`),
		'a socket that never connects': upgrade('/socket.io/?EIO=4&transport=websocket'),
		'a poll that never goes on': `GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: here\r\n\r\n`
	};
	const idle = Object.entries(kinds).flatMap(([kind, words]) =>
		Array.from({ length: 334 }, () => ({ kind, socket: stay(words) }))
	);
	await until(() => idle.every(({ socket }) => !socket.connecting));
	// Meanwhile people come in as ever.
	const ben = await join(server, code, 'Ben');
	const [room, writing] = [await listen(server, id, ben), await write(server, board, ben.token)];
	writing.put('Among two thousand');
	await until(() => room.last('counts:changed')?.[1].cards === 1);
	const left = () => [
		...new Set(idle.filter(({ socket }) => !socket.closed).map(({ kind }) => kind))
	];
	await until(() => left().length === 0, { within: 25_000 }).catch(() => {});
	const stayed = left();
	for (const { socket } of idle) socket.destroy();
	expect(stayed).toEqual([]);
	expect([room.socket.connected, writing.seen().cards]).toEqual([true, []]);
	room.close();
	writing.close();
	expect(server.faults.splice(0)).toEqual([]);
});

/** Reads what comes, and sends nothing more. */
function stay(words: string): Socket {
	const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => {
		if (words) socket.write(words);
	});
	socket.on('data', () => {});
	socket.on('error', () => {});
	return socket;
}

test('SE18 who goes away in the middle of a request leaves nothing in the log', async () => {
	const { port } = new URL(server.url);
	const heads = ['/login', '/api/v1/join', '/workshops/new', '/'].map(
		(path) =>
			`POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nemail=`
	);
	const gone = heads.map((head) => {
		const socket = connect(Number(port), '127.0.0.1');
		socket.on('error', () => {});
		socket.write(head);
		return socket;
	});
	// Answered after them, so they have been begun.
	for (let i = 0; i < 5; i++) await ask(server.url, '/healthz');
	for (const socket of gone) socket.resetAndDestroy();
	await until(() => gone.every(({ closed }) => closed));
	for (let i = 0; i < 20; i++) await ask(server.url, '/healthz');
	expect(server.faults.splice(0)).toEqual([]);
});
