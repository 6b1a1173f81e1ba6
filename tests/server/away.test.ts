/** The database is away: nothing is lost, nothing is told, and it is said how much waits. */
import { nanoid } from 'nanoid';
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Command } from '#shared/facilitation/commands.ts';
import { isRejection } from '#server/store/rejection.ts';
import { reasonOf } from '#server/faults.ts';
import { createUpdateStore } from '#server/store/updates.ts';
import { holdRow } from '../support/held-row.ts';
import { startTestApp } from '../support/app.ts';
import { comeAda } from '../support/people.ts';
import { createTestClock } from '../support/clock.ts';
import { until } from '../support/until.ts';
import { BOARD, TestRoom } from './yjs-room.ts';

let room: TestRoom;
let opened: TestRoom | null = null;
afterEach(async () => {
	await opened?.close();
	opened = null;
});
const open = async (options: Parameters<typeof TestRoom.openly>[0] = {}) =>
	(opened = await TestRoom.openly(options));

const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

test('SA50 words that wait for more than two seconds are told, again while they wait, and when they are saved', async () => {
	const pace = createTestClock();
	room = await open({ pace });
	const ben = room.knock('ben', 'notebook');
	const step = async (met: () => unknown) =>
		until(() => {
			pace.advance(100);
			return met();
		});
	await step(() => ben.steps2 > 0 && ben.committed > 0);
	expect(room.news.waiting).toEqual([]);
	expect(room.rooms.unsaved()).toEqual({ bytes: 0, oldest: 0 });
	room.gate.failure = refused;
	ben.put('During the outage');
	await ben.echo();
	const { waiting } = room.news;
	await step(() => waiting.length === 1);
	const first = waiting[0]!;
	expect(first).toMatchObject({ full: false });
	expect(room.clock.now() - first.since).toBeGreaterThanOrEqual(2000);
	expect(room.clock.now() - first.since).toBeLessThan(2500);
	expect(first.bytes).toBe(room.rooms.unsaved().bytes);
	expect(first.bytes).toBeGreaterThan(0);
	ben.put('And more of it');
	await ben.echo();
	await step(() => waiting.length === 3);
	expect(waiting[2]!.bytes).toBeGreaterThan(first.bytes);
	expect(room.rooms.unsaved().oldest).toBeGreaterThanOrEqual(6000);

	room.gate.failure = null;
	await step(() => waiting.at(-1) === null);
	await step(() => ben.committed === ben.sent);
	expect(room.rooms.unsaved()).toEqual({ bytes: 0, oldest: 0 });
	pace.advance(10_000);
	expect(waiting.filter((one) => one === null)).toHaveLength(1);
	expect(ben.closed).toBeNull();
});

test.each(['board', 'server'] as const)(
	'SA51 past the bound of the %s nothing more is read, nobody is closed, and nothing is lost',
	async (whose) => {
		const bounds = { board: 1 << 30, server: 1 << 30, [whose]: 20_000 };
		room = await open({ bounds });
		const ben = await room.device('ben', 'notebook');
		const chidi = await room.device('chidi', 'notebook');
		await until(() => ben.committed > 0 && chidi.committed > 0);
		room.gate.failure = refused;
		const words = Array.from({ length: 30 }, (_, i) => `${i} `.padEnd(1500, 'x'));
		const full = () => room.news.waiting.some((one) => one?.full);
		for (const text of words) {
			if (!full()) await ben.echo(); // one frame after the other, until nobody reads them
			ben.put(text);
			await until(() => full() || ben.socket.bufferedAmount === 0);
		}
		await until(full);
		const held = room.rooms.unsaved().bytes;
		expect(held).toBeGreaterThan(10_000); // and what it takes beside the bytes
		chidi.put('Behind the bound');
		const late = room.knock('screen', 'board');
		// Who comes only now has brought much, and is not read from either.
		const laptop = room.knock('chidi', 'notebook');
		await until(() => late.epoch !== null && laptop.epoch !== null);
		Y.applyUpdate(laptop.doc, Y.encodeStateAsUpdate(chidi.doc), laptop);
		laptop.put('Brought along '.padEnd(1500, 'x'));
		await until(() => [chidi, laptop].every(({ socket }) => socket.bufferedAmount === 0));
		// Two tries later it is what it was: what they sent waits in the network.
		const { tries } = room.gate;
		await until(() => room.gate.tries > tries + 1);
		expect(room.rooms.unsaved().bytes).toBe(held);
		expect(held).toBeLessThan(20_000 + 70_000); // what had been read from one socket by then

		room.gate.failure = null;
		for (const device of [ben, chidi, laptop]) await device.saved();
		await until(() => late.words().length === 32);
		expect([ben, chidi, laptop, late].map(({ closed }) => closed)).toEqual(Array(4).fill(null));
		const all = await room.words();
		expect(all).toHaveLength(32);
		expect(all).toContain('Behind the bound');
		await until(() => room.news.waiting.at(-1) === null);
	}
);

test('SA52 a socket that is not read is not taken for dead', async () => {
	const pace = createTestClock();
	room = await open({ pace, bounds: { board: 10, server: 1 << 30 } });
	const ben = room.knock('ben', 'notebook');
	await until(() => {
		pace.advance(100);
		return ben.steps2 > 0 && ben.committed > 0;
	});
	room.gate.failure = refused;
	ben.put('Too much already');
	await until(() => {
		pace.advance(10);
		return room.news.waiting.at(-1)?.full;
	});
	for (let s = 0; s < 60; s++) pace.advance(1000);
	room.gate.failure = null;
	await until(() => {
		pace.advance(100);
		return ben.committed === ben.sent;
	});
	expect(ben.closed).toBeNull();
});

test('SA53 a commit whose answer was lost is recognised at the next try, and counts once', async () => {
	room = await open();
	const ben = await room.device('ben', 'notebook');
	const screen = await room.device('screen', 'board');
	await ben.saved();
	room.gate.lost = 1;
	ben.put('Once');
	await ben.saved();
	// Who has never written gets a seat in a commit without a row.
	room.gate.lost = 1;
	const chidi = await room.device('chidi', 'notebook');
	await chidi.saved();
	chidi.put('And once');
	await chidi.saved();
	await until(() => screen.words().join() === 'And once,Once');
	expect(ben.closed ?? chidi.closed).toBeNull();
	await room.restart();
	expect(await room.words()).toEqual(['And once', 'Once']);
	expect(room.log.map(({ message }) => message)).not.toContain('a room is dropped and read again');
});

test('SA53 what stands there in its place is not taken for it', async () => {
	room = await open();
	const ben = await room.device('ben', 'notebook');
	await ben.saved();
	const store = createUpdateStore(room.database.db);
	const nothing = { row: null, anew: null, authors: [], removed: [], restored: [] };
	const refuses = async (...commits: Promise<void>[]) => {
		const answers = await Promise.allSettled(commits);
		for (const answer of answers)
			expect(answer.status === 'rejected' && isRejection(answer.reason)).toBe(true);
	};
	const entry = { document: 'board' as const, forwarded: false };
	const commit = (update: number[], at = 1) =>
		store.commit(BOARD, {
			...nothing,
			clientIds: new Map(),
			row: { seq: 1000, at, entries: [{ ...entry, update: new Uint8Array(update) }] }
		});
	await commit([0, 0]);
	await commit([0, 0]);
	await refuses(commit([0, 1]), commit([0, 0], 2));

	// A log that is written anew is known by its snapshot.
	const anew = (update: number[], at = 1) =>
		store.commit(BOARD, {
			...nothing,
			clientIds: new Map([[7, 'ben']]),
			anew: { seq: 2000, at, board: new Uint8Array(update), notebooks: [] }
		});
	await anew([0, 0]);
	await anew([0, 0]);
	await refuses(anew([0, 1]), anew([0, 0], 2));

	// Where nothing names it, it is never taken for done.
	const bound = (holder: string) =>
		store.commit(BOARD, { ...nothing, clientIds: new Map([[7, holder]]) });
	await refuses(bound('chidi'));
});

test('SA53 an erasure whose answer was lost while somebody new wrote is done once, and lets go of nobody', async () => {
	room = await open();
	const [ben, chidi] = [
		await room.device('ben', 'notebook'),
		await room.device('chidi', 'notebook')
	];
	ben.put('Taken out');
	await Promise.all([ben.saved(), chidi.saved()]);
	const { tries } = room.gate;
	room.gate.hold();
	const erased = room.rooms.erase(BOARD, 'ben');
	await until(() => room.gate.tries > tries, { what: 'a commit that is under way' });
	// The first that Chidi writes is in the commit that begins the log anew.
	chidi.put('Stays');
	await chidi.echo();
	let anew = 0;
	room.gate.committed = (commit) => {
		if (!commit.anew) return;
		anew += 1;
		expect(commit.clientIds.size).toBeGreaterThan(0);
		if (anew === 1) room.gate.lost = 1;
	};
	room.gate.release();
	await erased;
	expect(anew).toBe(2);
	await chidi.saved();
	expect(chidi.closed).toBeNull();
	expect(await room.words()).toEqual(['Stays']);
	await room.restart();
	expect(await room.words()).toEqual(['Stays']);
	expect(room.log.map(({ message }) => message)).not.toContain('a room is dropped and read again');
});

test('SA54 only what the database has rejected lets go of what is in memory', () => {
	const error = (code: string) =>
		new Error('Failed query', { cause: Object.assign(new Error('no'), { code }) });
	const rejected = ['21000', '22021', '22P02', '23505', '23503', '42601', '44000', '54000'];
	// Gone, full, locked, restarting, read-only, without a right or a table: it may be otherwise soon.
	const away = `08006 08P01 0A000 25006 28P01 3D000 40001 40P01 42501 42P01 53100 53200 53300 55P03
		57014 57P01 57P03 58030 XX000 XX001 ECONNREFUSED ECONNRESET ETIMEDOUT EPIPE CONNECTION_CLOSED
		CONNECTION_ENDED CONNECT_TIMEOUT ENOTFOUND EAI_AGAIN ENOSPC EDQUOT EIO`.split(/\s+/);
	expect(rejected.filter((code) => !isRejection(error(code)))).toEqual([]);
	expect(away.filter((code) => isRejection(error(code)))).toEqual([]);
	expect(isRejection(new Error('anything else'))).toBe(false);
	const told = '08006 25006 40001 53100 53300 55P03 57014 57P01 57P03 58030 ECONNREFUSED ETIMEDOUT';
	const soon = `${told} CONNECTION_CLOSED ENOTFOUND EAI_AGAIN ENOSPC EDQUOT EIO`.split(' ');
	expect(soon.filter((code) => reasonOf(error(code)) !== 'try-again')).toEqual([]);
});

test('SA58 while the database is away a hundred commands wait, and every one is answered', async () => {
	const server = await startTestApp();
	try {
		const ada = await comeAda(server);
		const { id: workshop } = await ada.open();
		const letGo = await holdRow(server.database.db, workshop);
		const who = { role: 'facilitator', account: ada.account } as const;
		const run = (command: Command) =>
			server.app.workshops.run(workshop, who, { id: nanoid(), command });
		let answered = 0;
		const board = 'board-that-is-not';
		const kinds: Command[] = [
			{ type: 'rename', title: 'By the sea' },
			{ type: 'comment', board, id: nanoid(), card: 'card-1', text: 'Yes' },
			{ type: 'remove-person', person: 'nobody-at-all', cards: 'stay' }
		];
		const sent = Array.from(
			{ length: 120 },
			() => ({ type: 'rename', title: 'By the lake' }) as const
		);
		const answers = [...sent, ...kinds].map((command) =>
			run(command).finally(() => (answered += 1))
		);
		// Those beyond are answered at once: no clock has moved, and nothing has come back.
		await until(() => answered >= 20);
		await until(() => {
			server.clock.advance(1000);
			return answered === answers.length;
		});
		const all = await Promise.all(answers);
		const toWorkshop = all.slice(0, sent.length);
		expect(toWorkshop).toEqual(sent.map(() => ({ ok: false, refusal: 'try-again' })));
		await letGo();
		await until(async () => (await run({ type: 'start', exercise: 0 })).ok);
	} finally {
		await server.close();
	}
});

test('SA50 what waits is told at /metrics', async () => {
	const server = await startTestApp({ kit: false, environment: { METRICS: 'on' } });
	try {
		const text = server.app.metrics()!;
		expect(text).toContain('\nplenary_unsaved_bytes 0\n');
		expect(text).toContain('\nplenary_unsaved_oldest_seconds 0\n');
	} finally {
		await server.close();
	}
});
