/** Sockets that do not take what they are owed: true connections of people who do not read. */
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import * as Y from 'yjs';
import { FRAME, writeStep1 } from '#shared/wire/yjs-frames.ts';
import { Outbox } from '#server/yjs/outbox.ts';
import { isRefusal } from '#shared/refusals.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createTestClock } from '../support/clock.ts';
import { held } from '../support/computing.ts';
import { give, listen } from '../support/people.ts';
import { until } from '../support/until.ts';
import { rawFrame } from './yjs-wire.ts';
import { BOARD, TestRoom } from './yjs-room.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0).reverse()) await close();
});

const STALLED = 100;

/** Asks for the whole board many times over, and reads nothing of it. */
async function stall(address: string): Promise<void> {
	const { port, host, pathname, search } = new URL(address);
	const socket = connect(Number(port), '127.0.0.1');
	closing.push(() => socket.destroy());
	socket.on('error', () => {});
	socket.pause();
	const everything = rawFrame(0x82, writeStep1(Y.encodeStateVector(new Y.Doc())));
	socket.write(
		`GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
			'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n'
	);
	await until(() => socket.bytesWritten > 0);
	socket.write(Buffer.concat(Array.from({ length: 10 }, () => everything)));
}

test('SA60 a hundred who do not read are ended at a bounded queue; who types beside them feels nothing; coming back they have everything', async () => {
	const room = await TestRoom.openly();
	closing.push(() => room.close());
	for (let seat = 0; seat < 8; seat += 1) {
		const writer = await room.device(`p${seat}`, 'notebook');
		for (let card = 0; card < 90; card += 1) writer.put('x'.repeat(2000));
		await writer.saved();
		writer.cut();
	}
	const [ben, chidi] = [await room.device('ben', 'notebook'), await room.device('chidi', 'board')];
	const before = held().arrayBuffers;
	let most = 0;
	const weigh = () => (most = Math.max(most, held().arrayBuffers - before));
	for (let at = 0; at < STALLED; at += 1) {
		await stall(`${room.url}/${BOARD}?as=p${at % 8}`);
		if (at % 10 > 0) continue;
		ben.put(`Typed beside ${at} of them`);
		weigh();
	}
	for (let gone = 0; gone <= STALLED; gone += 10) {
		await until(() => room.rooms.dropped() >= gone, { what: `${gone} of them to be dropped` });
		weigh();
	}
	expect(room.rooms.dropped()).toBe(STALLED);
	await ben.saved();
	await until(() => chidi.words().length === 730, { what: 'all words on a board' });
	expect([ben.closed, chidi.closed]).toEqual([null, null]);
	// What is queued is the same bytes for all: copies of it, at a megabyte each, would be a hundred.
	expect(most / 2 ** 20).toBeLessThan(48);
	const back = await room.device('p3', 'board');
	expect(back.words()).toEqual(chidi.words());
});

/** A socket of the server, and its other end, which reads when it is told to. */
async function line() {
	const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
	closing.push(() => server.close());
	const accepted = new Promise<WebSocket>((resolve) => server.once('connection', resolve));
	await until(() => server.address());
	const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
	closing.push(() => client.terminate());
	client.on('error', () => {});
	return { server: await accepted, client };
}

const LARGE = 64 * 2 ** 20;

test('SA61 who takes nothing for 10 s is ended; who takes a little now and then is slow, and has it all in the end', async () => {
	const pace = createTestClock();
	const { server, client } = await line();
	const got: number[] = [];
	client.on('message', (data: Buffer) => got.push(data.byteLength));
	let dropped = 0;
	const outbox = new Outbox(server, pace, () => (dropped += 1));
	await until(() => client.readyState === client.OPEN);
	client.pause();
	outbox.send(new Uint8Array(LARGE));
	for (let turn = 0; turn < 4; turn += 1) {
		pace.advance(9000);
		outbox.check();
		client.resume();
		await until(() => outbox.takenAt === pace.now(), { what: 'some of it to be taken' });
		client.pause();
	}
	expect([dropped, server.readyState]).toEqual([0, server.OPEN]);
	client.resume();
	await until(() => got.length === 1);
	expect(got).toEqual([LARGE]);

	client.pause();
	outbox.send(new Uint8Array(LARGE));
	pace.advance(9000);
	outbox.check();
	expect(dropped).toBe(0);
	pace.advance(2000);
	outbox.check();
	expect([dropped, outbox.isIdle || server.readyState !== server.OPEN]).toEqual([1, true]);
});

test('SA62 a large frame is owed whole; a megabyte beyond it is too much', async () => {
	const { server, client } = await line();
	let dropped = 0;
	const outbox = new Outbox(server, createTestClock(), () => (dropped += 1));
	await until(() => client.readyState === client.OPEN);
	client.pause();
	outbox.send(new Uint8Array(LARGE));
	const small = new Uint8Array(64 * 1024);
	for (let sent = 0; sent < 16; sent += 1) outbox.send(small);
	expect(dropped).toBe(0);
	for (let sent = 0; sent < LARGE; sent += small.length) outbox.send(small);
	expect(dropped).toBe(1);
	await until(() => server.readyState === server.CLOSED);
});

test('SA63 who asked to be told is told every 5 s how much is committed, and nobody else is', async () => {
	const pace = createTestClock();
	const room = await TestRoom.open({ pace });
	closing.push(() => room.close());
	const ben = room.knock('ben', 'notebook');
	await until(() => {
		pace.advance(40);
		return ben.steps2 > 0;
	});
	const told = () => ben.frames.filter(([type]) => type === FRAME.committed).length;
	for (let times = 0; times < 3; times += 1) {
		const before = told();
		pace.advance(5000);
		await until(() => told() > before, { what: 'a sign of life' });
	}
});

test('SA64 Socket.IO’s connections are bounded as well: who does not read is ended, and is told all when they are back', async () => {
	const server = await startTestApp({ kit: false, environment: { METRICS: 'on' } });
	closing.push(() => server.close());
	const { id, desk, comes } = await room(server);
	const address = `${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
	const stalled = new WebSocket(address);
	let told = false;
	stalled.on('message', (data: Buffer) => (told ||= data.includes('42["state:changed"')));
	stalled.on('error', () => {});
	await until(() => stalled.readyState === stalled.OPEN);
	stalled.send(`40${JSON.stringify({ workshop: id, token: comes.token })}`);
	await until(() => told);
	stalled.pause();
	const totals = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`card-${at}`, at]));
	const gauge = () => server.app.metrics()?.match(/sockets_dropped_slow (\d+)/)?.[1];
	expect(gauge()).toBe('0');
	let sent = 0;
	await until(
		() => {
			server.app.news.tell({ kind: 'totals', workshop: id, board: 'board-1', totals });
			sent += 1;
			return gauge() === '1';
		},
		{ what: 'the stalled one to be dropped' }
	);
	await until(() => desk.all('totals:changed').filter(([, one]) => one !== null).length === sent);
	const back = await listen(server, id, comes);
	expect(back.state().title).toBe('A day in Dakar');
	back.close();
	desk.close();
	expect(gauge()).toBe('1');
});

/** Ada at her desk, and somebody who may come; without pages or API. */
async function room(server: TestApp) {
	const ada = await server.app.accounts.add('ada@example.org', 'correct horse battery');
	if (isRefusal(ada)) throw new Error(ada.refused);
	const made = await server.app.workshops.create(ada, {
		title: 'A day in Dakar',
		agenda: ['barrier']
	});
	if (isRefusal(made)) throw new Error(made.refused);
	const token = await server.app.accounts.token('ada@example.org');
	if (isRefusal(token)) throw new Error(token.refused);
	await give(server, made.id, { token }, { type: 'open' });
	const credentials = { cookies: '', token: null, screen: null, address: '127.0.0.1' };
	const comes = await server.app.participants.join({ code: made.code, name: 'Ben' }, credentials);
	if (isRefusal(comes)) throw new Error(comes.refused);
	return {
		id: made.id,
		desk: await listen(server, made.id, { token }),
		comes: { token: comes.token }
	};
}
