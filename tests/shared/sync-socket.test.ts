import { createServer } from 'node:http';
import { createServer as createNetServer, type AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Envelope } from '#shared/facilitation/commands.ts';
import type { ClientToServer, ServerToClient } from '#shared/wire/events.ts';
import { Commands } from '../../src/lib/sync/commands.ts';
import { RoomSocket, type Connection } from '../../src/lib/sync/socket.ts';
import { until } from '../support/until.ts';

let http: ReturnType<typeof createServer>;
let room: Server<ClientToServer, ServerToClient>;
let ben: RoomSocket;
let commands: Commands;
let asked: Envelope[];
let answers: boolean;
let seen: Connection[];
let ended: string[];

const next: Envelope = { id: 'command-one', version: 3, command: { type: 'next' } };

beforeEach(async () => {
	asked = [];
	answers = true;
	seen = [];
	ended = [];
	http = createServer();
	room = new Server(http);
	room.on('connection', (socket) => {
		socket.on('command', (envelope, ack) => {
			asked.push(envelope);
			if (answers) ack({ ok: true, version: 4 });
		});
		socket.on('clock', (ack) => ack(12345));
	});
	await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
	comeAs({ ack: LONG });
});
/** In ms: patience that no machine is too slow for. */
const LONG = 60_000;
function comeAs({ ack }: { ack: number }): void {
	const { port } = http.address() as AddressInfo;
	ben = new RoomSocket(
		{
			workshop: 'workshop-one',
			token: 'ben-token',
			url: `http://127.0.0.1:${port}`,
			patience: { ack, connecting: LONG, leaving: LONG, away: 50 }
		},
		{
			connection(connection) {
				seen.push(connection);
				if (connection === 'online') commands.connected();
			},
			ended: (how) => ended.push(how)
		}
	);
	commands = new Commands(ben, null, () => {});
}
afterEach(async () => {
	vi.restoreAllMocks();
	ben.close();
	await room.close();
});

/** Who waits for a pause to be over is not back while a test waits for them. */
const pauseLong = () => ben.io.io.reconnectionDelayMax(1e9).reconnectionDelay(1e9);
const online = () => until(() => ben.io.connected, { what: 'the socket is connected' });

test('CL13 a command is answered', async () => {
	ben.connect();
	expect(await commands.ask(next)).toEqual({ ok: true, version: 4 });
	expect(asked).toEqual([next]);
	expect(await ben.clock()).toBe(12345);
	const [socket] = await room.fetchSockets();
	expect(socket!.handshake.auth).toEqual({ workshop: 'workshop-one', token: 'ben-token' });
});

test('CL13 asked offline, it waits for a connection', async () => {
	const outcome = commands.ask(next);
	expect(asked).toEqual([]);
	ben.connect();
	expect(await outcome).toEqual({ ok: true, version: 4 });
});

test('CL13 not acknowledged before the connection went, it is sent again under its id', async () => {
	ben.connect();
	await online();
	answers = false;
	const outcome = commands.ask(next);
	await until(() => asked.length === 1, { what: 'the command arrived' });
	answers = true;
	for (const { conn } of room.sockets.sockets.values()) conn.close();
	expect(await outcome).toEqual({ ok: true, version: 4 });
	expect(asked).toEqual([next, next]);
	expect(seen).toEqual(['online', 'offline', 'online']);
});

test('CL13 once acknowledged it is not sent again', async () => {
	ben.connect();
	await commands.ask(next);
	for (const { conn } of room.sockets.sockets.values()) conn.close();
	await until(() => seen.length === 3, { what: 'the socket came back' });
	await ben.clock();
	expect(asked).toEqual([next]);
});

test('CL13 not acknowledged in time, it is sent again on the same connection', async () => {
	ben.close();
	comeAs({ ack: 200 });
	ben.connect();
	await online();
	answers = false;
	const outcome = commands.ask(next);
	await until(() => asked.length === 1, { what: 'the command arrived' });
	answers = true;
	expect(await outcome).toEqual({ ok: true, version: 4 });
	expect(asked.length).toBeGreaterThan(1);
	expect(asked).toEqual(asked.map(() => next));
	expect(seen).toEqual(['online']);
});

test('CL13 a server that says it is leaving is waited for', async () => {
	ben.connect();
	await online();
	seen.splice(0);
	room.emit('server:leaving');
	await until(() => seen.includes('leaving'), { what: 'the news arrived' });
	for (const { conn } of room.sockets.sockets.values()) conn.close();
	await until(() => seen.at(-1) === 'online', { what: 'the socket came back' });
	expect(seen).toEqual(['leaving', 'online']);
	expect(ended).toEqual([]);
});

test('JO53 a server that is not back after its moment is no connection, and is tried on', async () => {
	const { port } = http.address() as AddressInfo;
	const told: Connection[] = [];
	const chidi = new RoomSocket(
		{
			workshop: 'workshop-one',
			url: `http://127.0.0.1:${port}`,
			patience: { ack: LONG, connecting: LONG, leaving: 500, away: 50 }
		},
		{ connection: (connection) => told.push(connection), ended: () => {} }
	);
	chidi.connect();
	await until(() => chidi.io.connected, { what: 'the socket is connected' });
	room.emit('server:leaving');
	await until(() => told.includes('leaving'), { what: 'the news arrived' });
	await room.close();
	await until(() => told.length > 2, { what: 'the moment is over' });
	expect(told).toEqual(['online', 'leaving', 'offline']);
	expect(chidi.io.active).toBe(true);
	chidi.close();
});

test('CL22 who is removed hears that it has ended', async () => {
	ben.connect();
	await online();
	room.emit('access:ended');
	await until(() => ended.length === 1, { what: 'the end is told' });
	expect(ended).toEqual(['removed']);
	expect(ben.io.active).toBe(false);
});

test('CL22 who is not let in hears it, and stays away', async () => {
	room.use((_socket, next) => next(new Error('unauthenticated')));
	ben.connect();
	await until(() => ended.length === 1, { what: 'the end is told' });
	expect(ended).toEqual(['not let in']);
	expect(ben.io.active).toBe(false);
});

test('CL22 who is dismissed without a reason comes back', async () => {
	ben.connect();
	await online();
	room.disconnectSockets();
	await until(() => seen.at(-1) === 'offline', { what: 'the socket is gone' });
	await until(() => seen.at(-1) === 'online', { what: 'the socket came back' });
	expect(ended).toEqual([]);
});

test('CL32 a woken socket replaces what is silent, and comes back at once', async () => {
	pauseLong();
	ben.connect();
	await online();
	ben.wake(60_000);
	expect(ben.io.connected).toBe(true);
	const before = ben.io.id;
	ben.wake(0);
	expect(seen).toEqual(['online', 'connecting']);
	await until(() => ben.io.connected, { what: 'the socket is back' });
	expect(ben.io.id).not.toBe(before);
	await until(() => room.sockets.sockets.size === 1, { what: 'the old one is gone' });
});

test('CL32 a woken socket does not wait for its pause; what was asked goes out', async () => {
	pauseLong();
	ben.connect();
	await online();
	for (const { conn } of room.sockets.sockets.values()) conn.close();
	await until(() => seen.at(-1) === 'offline', { what: 'the socket is gone' });
	const outcome = commands.ask(next);
	ben.wake(60_000);
	await until(() => ben.io.connected, { what: 'the socket is back' });
	expect(await outcome).toEqual({ ok: true, version: 4 });
});

test('CL33 without a network it is offline at once, and tries on', async () => {
	ben.connect();
	await online();
	ben.wake(0, 'offline');
	expect(seen).toEqual(['online', 'offline']);
	await until(() => seen.at(-1) === 'online', { what: 'the socket came back' });
});

test('CL35 where nothing answers, it is offline after a while, and no longer connecting', async () => {
	const silent = createNetServer();
	await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
	const { port } = silent.address() as AddressInfo;
	const told: Connection[] = [];
	const away = new RoomSocket(
		{
			workshop: 'workshop-one',
			url: `http://127.0.0.1:${port}`,
			patience: { ack: 200, connecting: 50, leaving: 50, away: 50 }
		},
		{ connection: (connection) => told.push(connection), ended: () => {} }
	);
	away.connect();
	await until(() => told.at(-1) === 'offline', { what: 'it is offline', within: 5000 });
	away.close();
	silent.close();
});

test('CL22 who has ended is woken by nothing', async () => {
	ben.connect();
	await online();
	room.emit('access:ended');
	await until(() => ended.length === 1, { what: 'the end is told' });
	ben.wake(0);
	expect(ben.io.active).toBe(false);
});
