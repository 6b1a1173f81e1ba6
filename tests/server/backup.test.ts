/** A backup is one moment of everything, and comes back as it was. */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { sql } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { editText, fieldText } from '#shared/doc/notebook.ts';
import { tablesOf } from '#server/backup/tables.ts';
import { OUR_TABLES } from '#server/db/cleaning.ts';
import { inspectArchive, restoreArchive } from '#server/backup/restore-archive.ts';
import { writeBackup } from '#server/backup/write-backup.ts';
import { openDatabase, type Database } from '#server/db/connect.ts';
import { recordsOf } from '#server/db/records.ts';
import { accounts, boards, invites, participants, passkeys, votes } from '#server/db/schema.ts';
import { summaries, summaryLinks } from '#server/db/schema.ts';
import { WHOLE_SUMMARY } from '#shared/summary/settings.ts';
import { freshDatabase, freshFolder } from '../support/database.ts';
import { until } from '../support/until.ts';
import { boardIn, everything, everythingIn } from './backup-tables.ts';
import { BOARD, TestRoom } from './yjs-room.ts';

const dir = mkdtempSync(join(tmpdir(), 'plenary-backup-'));
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0).reverse()) await close();
});
const log = { info: () => {}, error: () => {} };
const EPOCHS = ['boards.epoch'];

/** On the database of these tests, Postgres where they have one. */
async function given(): Promise<Database> {
	const database = await freshDatabase();
	closing.push(database.close);
	return database.db;
}

/** Always the one inside the process. */
async function embedded(): Promise<Database> {
	const dataDir = await freshFolder();
	const opened = await openDatabase({ dataDir, log });
	if ('unavailable' in opened) throw new Error(opened.unavailable);
	closing.push(opened.close, async () => rmSync(dataDir, { recursive: true, force: true }));
	return opened.db;
}

let made = 0;
async function backUp(db: Database): Promise<string> {
	const file = join(dir, `${made++}.backup`);
	await writeBackup(db, createWriteStream(file), { now: 7 });
	return file;
}
async function restore(db: Database, file: string): Promise<void> {
	let epochs = 0;
	await restoreArchive(db, file, await inspectArchive(file), { ids: () => `new-${epochs++}` });
}

async function room(): Promise<TestRoom> {
	const opened = await TestRoom.openly();
	closing.push(() => opened.close());
	return opened;
}

/** Rows of kinds that a room does not make, with what is hard to carry. */
async function fill(db: Database): Promise<void> {
	await db.insert(passkeys).values({
		id: 'key',
		accountId: 'ada',
		publicKey: Uint8Array.from({ length: 256 }, (_, i) => i),
		counter: Number.MAX_SAFE_INTEGER,
		transports: ['usb', 'naïve "quoted" \\ 漢字 🙂\n'],
		label: '',
		createdAt: -1
	});
	await db.insert(votes).values({
		boardId: BOARD,
		participantId: 'ben',
		target: 'null',
		isGroup: true,
		count: -3
	});
	const workshopId = 'workshop-1';
	const [version, logoType] = [2, 'image/png'] as const;
	const logo = Uint8Array.from({ length: 256 }, (_, i) => i);
	await db
		.insert(summaries)
		.values({ workshopId, settings: WHOLE_SUMMARY, version, logo, logoType });
	await db
		.insert(summaryLinks)
		.values({ id: 'link', workshopId, hash: 'hash', createdAt: 0, expiresAt: 1 });
	const large = Buffer.alloc(300_000, 'ab').toString('base64');
	await db.execute(
		sql`insert into rows_set_aside (board_id, seq, entries, at) select ${BOARD}, g, decode(${large}, 'base64'), ${'9007199254740993'}::bigint from generate_series(1, 9) g`
	);
}

test('BA1 every table of the database is in a backup, and none comes before one that it refers to', async () => {
	const db = await given();
	const there = await recordsOf(
		db,
		sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`
	);
	expect([...OUR_TABLES].sort()).toEqual(there.map(({ name }) => String(name)).sort());
	const order = (await tablesOf(db)).map(({ name }) => name);
	expect([...order].sort()).toEqual([...OUR_TABLES].sort());
	for (const [before, after] of [
		['accounts', 'workshops'],
		['workshops', 'boards'],
		['participants', 'votes'],
		['boards', 'rows']
	] as const)
		expect(order.indexOf(before)).toBeLessThan(order.indexOf(after));
});

test.each([
	['from the database of these tests to the embedded one', 'there'],
	['from the embedded database to the one of these tests', 'back']
])('BA2 BA3 a backup comes back equal, table by table and board by board: %s', async (_, way) => {
	const scene = await room();
	const ben = await scene.device('ben', 'notebook');
	const chidi = await scene.device('chidi', 'notebook');
	ben.put('Nobody had time');
	chidi.put('Prices rose – élan 漢字 🙂');
	await Promise.all([ben.saved(), chidi.saved()]);
	await fill(scene.database.db);
	const first = await backUp(scene.database.db);

	const between = await embedded();
	await restore(between, first);
	const source = way === 'there' ? scene.database.db : between;
	const target = way === 'there' ? between : await given();
	if (way === 'back') await restore(target, await backUp(between));
	const before = await everything(source, EPOCHS);
	expect(await everything(target, EPOCHS)).toEqual(before);
	expect(Object.values(before).flat().length).toBeGreaterThan(30);
	expect(await boardIn(target, BOARD)).toEqual(await boardIn(scene.database.db, BOARD));
	expect((await boardIn(target, BOARD)).cards).toHaveLength(2);
	const [board] = await target.select().from(boards);
	expect(board!.epoch).toBe('new-0');
});

test('BA4 a backup that is made while people type is one moment, and none of their words is half in it', async () => {
	const scene = await room();
	const { db } = scene.database;
	const ben = await scene.device('ben', 'notebook');
	for (let i = 0; i < 10; i++) ben.put(`Card ${i}`);
	await ben.saved();
	const typing = new AbortController();
	let typed = 10;
	const writing = (async () => {
		while (!typing.signal.aborted && typed < 90) {
			ben.put(`Card ${typed++}`);
			await ben.saved();
		}
	})();
	const files = [];
	for (let i = 0; i < 5; i++) files.push(await backUp(db));
	typing.abort();
	await writing;
	let last = 0;
	for (const file of files) {
		const target = await embedded();
		await restore(target, file);
		const cards = (await boardIn(target, BOARD)).cards.map(({ fields }) => fields['stoppedUs']);
		expect(cards.sort()).toEqual(cards.map((__, i) => `Card ${i}`).sort());
		expect(cards.length).toBeGreaterThanOrEqual(last);
		last = cards.length;
	}
	expect(last).toBeGreaterThanOrEqual(10);
	expect((await boardIn(db, BOARD)).cards).toHaveLength(typed);
});

/** So much in the first table that a backup of it is not begun and ended in one go. */
async function muchToRead(db: Database): Promise<void> {
	await db.insert(accounts).values(
		Array.from({ length: 3000 }, (_, i) => ({
			id: `${i}`,
			email: `${Math.random()}${i}`,
			name: Buffer.from(Array.from({ length: 300 }, () => Math.random() * 256)).toString('base64'),
			passwordHash: '',
			createdAt: i
		}))
	);
}

test('BA4 what is written while a backup is under way is not in it, in no table', async () => {
	const db = await given();
	await muchToRead(db);
	const file = join(dir, 'held.backup');
	const onDisk = createWriteStream(file);
	const begun = Promise.withResolvers<void>();
	const released = Promise.withResolvers<void>();
	const out = new Writable({
		highWaterMark: 1,
		write(chunk: Uint8Array, _encoding, done) {
			begun.resolve();
			void released.promise.then(() => onDisk.write(chunk, done));
		},
		final: (done) => void onDisk.end(done)
	});
	const written = writeBackup(db, out, { now: 0 });
	await begun.promise;
	const late = { hash: 'late', expiresAt: 0 };
	const inserted = db.insert(invites).values(late).execute();
	// A Postgres takes it at once, the embedded database after the backup.
	if (process.env['TEST_POSTGRES_URL']) await inserted;
	released.resolve();
	await Promise.all([written, inserted]);
	const { invites: saved, accounts: all } = await everythingIn(file);
	expect(all).toHaveLength(3000);
	expect(saved).toEqual([]);
	expect(await db.select().from(invites)).toHaveLength(1);
});

test('BA5 whoever takes a backup too slowly loses it, and nobody waits for them', async () => {
	const db = await given();
	await muchToRead(db);
	const stalled = new Writable({ highWaterMark: 1, write() {} });
	const failed = writeBackup(db, stalled, { now: 0, patience: 20 });
	await expect(failed).rejects.toThrow('nobody has taken the backup');
	await until(() => stalled.destroyed);
	expect(await db.select().from(accounts)).toHaveLength(3000);
	await backUp(db);
});

test('BA6 only an empty database takes a backup: the link for a first account is no content', async () => {
	const scene = await room();
	const file = await backUp(scene.database.db);
	const used = await given();
	await used
		.insert(accounts)
		.values({ id: 'eve', email: 'eve@example.org', name: 'Eve', passwordHash: '', createdAt: 0 });
	const before = await everything(used);
	await expect(restore(used, file)).rejects.toThrow('has accounts in it');
	expect(await everything(used)).toEqual(before);
	const begun = await given();
	await begun.insert(invites).values({ hash: 'h', expiresAt: 0 });
	await restore(begun, file);
	expect(await begun.select().from(invites)).toEqual([]);
	expect(await everything(begun, EPOCHS)).toEqual(await everything(scene.database.db, EPOCHS));
});

test('BA7 a restore that fails half-way leaves the database as it was', async () => {
	const scene = await room();
	const { db } = scene.database;
	const file = await backUp(db);
	const summary = await inspectArchive(file);
	const target = await given();
	await target.insert(invites).values({ hash: 'h', expiresAt: 0 });
	const before = await everything(target);
	const ids = () => {
		throw new Error('at the very end');
	};
	await expect(restoreArchive(target, file, summary, { ids })).rejects.toThrow('at the very end');
	expect(await everything(target)).toEqual(before);
	// Exchanged for another after it was inspected.
	await db
		.insert(participants)
		.values({ id: 'x', workshopId: 'workshop-1', name: '', joinedAt: 0 });
	const other = { ...summary, header: { ...summary.header, schema: '0000_tables' } };
	await expect(restoreArchive(target, file, other, { ids: () => 'e' })).rejects.toThrow(
		'other tables'
	);
	expect(await everything(target)).toEqual(before);
	await restore(target, file);
});

test('BA8 after a restore a device of before begins anew, and what it had not saved is taken', async () => {
	const scene = await room();
	const { db } = scene.database;
	const ben = await scene.device('ben', 'notebook');
	ben.put('In the backup');
	await ben.saved();
	const old = ben.epoch!;
	const file = await backUp(db);
	ben.put('Saved after it');
	editText(fieldText(ben.doc, ben.cards()[0]!.id, 'stoppedUs')!, 'In the first backup');
	await ben.saved();
	expect((await everythingIn(file))['rows']!.length).toBeLessThan((await scene.stored()).length);

	await scene.rooms.stop();
	await db.execute(sql`truncate accounts cascade`);
	await restore(db, file);
	await scene.restart();
	expect(await scene.words()).toEqual(['In the backup']);
	expect((await scene.knock('ben', 'notebook', old).shut()).code).toBe(4409);
	const anew = await scene.device('ben', 'notebook');
	expect(anew.epoch).not.toBe(old);
	// As it was written, under the client ids of before.
	anew.push(Y.encodeStateAsUpdate(ben.doc, Y.encodeStateVector(anew.doc)));
	await anew.saved();
	expect(await scene.words()).toEqual(['In the first backup', 'Saved after it']);
});
