/** Whatever may come over a board's socket, down to its bytes: which code ends it, and who notices. */
import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import * as encoding from 'lib0/encoding';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { LIMITS } from '#shared/doc/schema.ts';
import { FRAME, writeAwareness, writeStep1, writeUpdate } from '#shared/wire/yjs-frames.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { comeAda, join, write, type Person, type Writing } from '../support/people.ts';
import { until } from '../support/until.ts';
import { Device } from './yjs-device.ts';
import { rawFrame, Wire } from './yjs-wire.ts';

let server: TestApp;
let board: string;
/** Who goes on, and who attacks. */
let pair: Writing[];
let mallory: Person;
let said = 0;
beforeAll(async () => {
	server = await startTestApp();
	const ada = await comeAda(server);
	const { id, code } = await ada.open();
	board = await ada.run(id);
	await ada.command(id, { type: 'set-writing', mode: 'open', reveal: true });
	const people = await Promise.all(['Ben', 'Chidi'].map((name) => join(server, code, name)));
	pair = await Promise.all(people.map(({ token }) => write(server, board, token)));
	mallory = await join(server, code, 'Mallory');
});
afterAll(() => {
	for (const one of pair) one.close();
	return server.close();
});

const path = (document: 'board' | 'notebook') =>
	`/yjs/${board}${document === 'notebook' ? '/notebook' : ''}?token=${mallory.token}`;

/** What Mallory opens, with the protocol spoken by hand. */
async function device(document: 'board' | 'notebook' = 'board'): Promise<Device> {
	const one = new Device(server.url.replace('http', 'ws') + path(document));
	await one.synced();
	return one;
}

/** The pair writes and reads on, on the connections that it had, and nothing else is there. */
async function goOn(): Promise<void> {
	for (const one of pair) one.put(`Still here, ${(said += 1)}`);
	await until(() => pair.every((one) => one.seen().cards.length === said), {
		what: 'the words of the pair'
	});
	for (const { providers } of pair)
		expect([providers.board.wsconnected, providers.notebook.wsconnected]).toEqual([true, true]);
	expect(server.faults.splice(0)).toEqual([]);
}

const written = (numbers: number[]) =>
	encoding.encode((to) => {
		for (const number of numbers) encoding.writeVarUint(to, number);
	});
const varints = (...numbers: number[]) => written(numbers);
const entries = (count: number, clock = 9) =>
	written([count, ...Array.from({ length: count }, (_, at) => [at * 9001, clock]).flat()]);

test('SA31 a state vector may say anything, and costs no more than the document has clients', async () => {
	const answered: Record<string, Uint8Array> = {
		'of clients that nobody knows': entries(500),
		'of clocks beyond reach': entries(500, Number.MAX_SAFE_INTEGER),
		'of one client, over and over': varints(900, ...Array.from({ length: 1800 }, () => 7))
	};
	for (const [what, stateVector] of Object.entries(answered)) {
		const one = await device();
		one.raw(writeStep1(stateVector));
		await until(() => one.steps2 === 2, { what });
		one.cut();
	}
	const refused: Record<string, Uint8Array> = {
		'of more than it may': entries(LIMITS.stateVectorEntries + 200),
		'as long as a frame': entries(150_000),
		'that announces more than it has': varints(900, 1, 1),
		'that announces without end': varints(Number.MAX_SAFE_INTEGER),
		'of numbers below nothing': new Uint8Array(64).fill(0xff),
		'cut short': entries(10).subarray(0, -1),
		empty: new Uint8Array()
	};
	for (const [what, stateVector] of Object.entries(refused)) {
		const one = await device();
		one.raw(writeStep1(stateVector));
		expect([what, await one.shut()]).toEqual([what, { code: 4400, reason: 'malformed' }]);
	}
	await goOn();
});

test('SA32 who has a document may ask for what is new, however many clients have written in it', async () => {
	const one = await device('notebook');
	let made = 0;
	// Each under a client id of its own, as pages do that are loaded again and again.
	const ids = (count: number) =>
		writeUpdate(
			varints(
				count,
				...Array.from({ length: count }, () => [1, 1_000_000 + (made += 1), 0, 0, 1]).flat(),
				0
			)
		);
	for (let at = 0; at < 10; at += 1) one.raw(ids(100));
	await one.echo();
	expect(one.closed).toBeNull();
	one.raw(ids(1));
	expect(await one.shut()).toEqual({ code: 4413, reason: 'too-large' });

	const again = await device('notebook');
	expect(Y.decodeStateVector(Y.encodeStateVector(again.doc)).size).toBeGreaterThan(1000);
	again.raw(writeStep1(Y.encodeStateVector(again.doc)));
	await until(() => again.steps2 === 2);
	// Counted where the server has been away, too.
	again.raw(ids(1));
	expect(await again.shut()).toEqual({ code: 4413, reason: 'too-large' });
	await goOn();
});

test('SA33 a message of no client’s, or none at all, is closed with 4400', async () => {
	const sync = (...numbers: number[]) => varints(FRAME.sync, ...numbers);
	const cases: (Uint8Array | string)[] = [
		'',
		'text',
		new Uint8Array(),
		varints(FRAME.auth, 0, 0),
		varints(FRAME.committed, 1),
		varints(FRAME.epoch, 1, 65),
		...[4, 5, 99, 102, 127, 128, 2 ** 31, Number.MAX_SAFE_INTEGER].map((type) => varints(type, 0)),
		new Uint8Array(20).fill(0xff),
		varints(FRAME.queryAwareness, 1),
		varints(FRAME.sync),
		sync(0),
		sync(1, 40),
		sync(2, 2 ** 40, 1),
		sync(3, 1, 0),
		sync(2, 1, 0, 0),
		varints(FRAME.awareness),
		varints(FRAME.awareness, 5, 1, 1),
		writeAwareness(varints(2, 7, 1, 2)),
		randomBytes(2000).fill(0x9c, 0, 1)
	];
	for (const frame of cases)
		for (const document of ['board', 'notebook'] as const) {
			const one = await device(document);
			one.socket.send(frame);
			const { code } = await Promise.race([
				one.shut(),
				// A notebook has no presence: what is said of it is not read.
				one.echo().then(() => ({ code: document === 'notebook' ? 4400 : 0 }))
			]);
			expect([[...frame].slice(0, 9).join(), document, code]).toEqual([
				[...frame].slice(0, 9).join(),
				document,
				4400
			]);
			one.cut();
		}
	await goOn();
});

const BINARY = 0x82;
const zeros = Buffer.alloc(100 * 1024 * 1024);

test('SA34 nothing is decompressed: compression is not agreed to, and a frame that says so is a fault', async () => {
	const offers = 'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n';
	const polite = new Wire(server.url + path('board'), offers);
	await polite.opened();
	expect(polite.head.toLowerCase()).not.toContain('sec-websocket-extensions');
	polite.socket.destroy();
	const bomb = deflateRawSync(zeros);
	expect(bomb.byteLength).toBeLessThan(LIMITS.syncBytes);
	for (const extensions of ['', offers]) {
		const wire = new Wire(server.url + path('board'), extensions);
		await wire.opened();
		const before = process.memoryUsage().rss;
		wire.socket.write(rawFrame(BINARY | 0x40, bomb));
		expect(await until(() => wire.code)).toBe(1002);
		expect(process.memoryUsage().rss - before).toBeLessThan(zeros.byteLength / 2);
		wire.socket.destroy();
	}
	await goOn();
});

test('SA35 what is no WebSocket is closed with 1002 or 1007, and what is too much with 1009 or 1013', async () => {
	const letter = new Uint8Array([3]);
	const ping = (payload: Uint8Array, first = 0x89) => rawFrame(first, payload);
	const cases: [what: string, codes: number[], bytes: () => Iterable<Buffer>][] = [
		['a frame without a mask', [1002], () => [rawFrame(BINARY, letter, { masked: false })]],
		['an unknown kind', [1002], () => [rawFrame(0x83, letter)]],
		['reserved bits', [1002], () => [rawFrame(BINARY | 0x30, letter)]],
		['a rest without a beginning', [1002], () => [rawFrame(0x80, letter)]],
		['two beginnings', [1002], () => [rawFrame(0x02, letter), rawFrame(0x02, letter)]],
		['a ping in pieces', [1002], () => [ping(letter, 0x09)]],
		['a ping of 126 bytes', [1002], () => [ping(new Uint8Array(126))]],
		['a goodbye of one byte', [1002], () => [rawFrame(0x88, letter)]],
		['a goodbye with no such code', [1002], () => [rawFrame(0x88, new Uint8Array([3, 238]))]],
		['text that is none', [1007], () => [rawFrame(0x81, new Uint8Array([0xc3, 0x28]))]],
		['2^62 bytes announced', [1009], () => [rawFrame(BINARY, letter, { length: 2 ** 62 })]],
		['2 MB announced', [1009], () => [rawFrame(BINARY, letter, { length: 2 ** 21 })]],
		['10 MB sent', [1009], () => [rawFrame(BINARY, zeros.subarray(0, 10 * 2 ** 20))]],
		['pieces without end', [1009], pieces(64 * 1024)],
		['small pieces without end', [1008], pieces(1)],
		['pings without end', [1006, 1013], () => Array.from({ length: 20_000 }, () => ping(letter))],
		['pongs without end', [1013], () => Array.from({ length: 20_000 }, () => ping(letter, 0x8a))]
	];
	for (const [what, codes, bytes] of cases) {
		const wire = new Wire(server.url + path('board'));
		await wire.opened();
		for (const piece of bytes()) await wire.send(piece);
		const code = await until(() => wire.code, { what });
		expect([what, code]).toEqual([what, expect.toSatisfy((one: number) => codes.includes(one))]);
		wire.socket.destroy();
	}
	await goOn();
});

/** A message that begins and does not end. */
function pieces(size: number): () => Iterable<Buffer> {
	return function* () {
		const piece = zeros.subarray(0, size);
		yield rawFrame(0x02, piece);
		for (let at = 0; at < 20_000; at += 1) yield rawFrame(0x00, piece);
	};
}

type Said = [clientId: number, clock: number, state: unknown];
const presence = (...all: Said[]) =>
	writeAwareness(
		encoding.encode((to) => {
			encoding.writeVarUint(to, all.length);
			for (const [clientId, clock, state] of all) {
				encoding.writeVarUint(to, clientId);
				encoding.writeVarUint(to, clock);
				encoding.writeVarString(to, JSON.stringify(state));
			}
		})
	);

/** What one of the pair sees of another client id. */
const seenBy = (who: Writing, clientId: number) =>
	who.providers.board.awareness.getStates().get(clientId);

test('SA36 nobody appears as somebody else, or keeps them from appearing, now or when they come back', async () => {
	const [ben, chidi] = pair as [Writing, Writing];
	const { awareness } = ben.providers.board;
	const id = ben.board.clientID;
	awareness.setLocalState({ moving: 'card-one' });
	await until(() => seenBy(chidi, id)?.['moving'] === 'card-one');
	const one = await device();
	const two = await device();
	const forged = { moving: 'card-two', name: 'Ben', user: { name: 'Ben' }, by: 'Ben' };
	for (const clock of [1, 2 ** 40, 2 ** 50, Number.MAX_SAFE_INTEGER]) {
		one.raw(presence([id, clock, forged]));
		one.raw(presence([id, clock, null]));
		two.raw(presence([two.doc.clientID, clock, forged], [id, clock, forged]));
	}
	await until(() => seenBy(chidi, two.doc.clientID));
	expect(seenBy(chidi, two.doc.clientID)).toEqual({ moving: 'card-two', name: 'Mallory' });
	expect(seenBy(chidi, id)).toEqual({ moving: 'card-one', name: 'Ben' });

	// While he is away, his id is not to be had either.
	ben.providers.board.disconnect();
	await until(() => !seenBy(chidi, id));
	const three = await device();
	three.raw(presence([id, 2 ** 50, forged]));
	await three.echo();
	two.raw(presence([two.doc.clientID, Number.MAX_SAFE_INTEGER, null]));
	// Whatever came before this has been told.
	await until(() => !seenBy(chidi, two.doc.clientID));
	expect(seenBy(chidi, id)).toBeUndefined();
	three.cut();
	ben.providers.board.connect();
	await until(() => ben.providers.board.synced);
	awareness.setLocalState({ moving: 'card-three' });
	await until(() => seenBy(chidi, id), { what: 'Ben, who is back' });
	expect(seenBy(chidi, id)).toEqual({ moving: 'card-three', name: 'Ben' });
	for (const device of [one, two]) device.cut();
	awareness.setLocalState(null);
	await goOn();
});
