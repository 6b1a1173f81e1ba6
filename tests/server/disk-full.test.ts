/** The embedded database on a disk that is full, and one that ends in the midst of it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { openDatabase, type OpenDatabase } from '#server/db/connect.ts';
import { recordsOf } from '#server/db/records.ts';
import { reasonOf } from '#server/faults.ts';
import { isRejection } from '#server/store/rejection.ts';
import { freshFolder } from '../support/database.ts';
import { until } from '../support/until.ts';

const MB = 1024 * 1024;
const lines: { level: 'info' | 'error'; message: string }[] = [];
const log = {
	info: (_: object, message: string) => void lines.push({ level: 'info', message }),
	error: (_: object, message: string) => void lines.push({ level: 'error', message })
};
const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
	lines.length = 0;
	for (const step of cleanUp.splice(0).reverse()) await step();
});

function scratch(): string {
	const dir = mkdtempSync(join(tmpdir(), 'plenary-full-'));
	cleanUp.push(() => rmSync(dir, { recursive: true, force: true }));
	return dir;
}

/** A disk of its own, of this size; null where this user may make none. */
function smallDisk(mb: number): string | null {
	const dir = scratch();
	if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mb}m`, 'tmpfs', dir]).status !== 0)
		return null;
	cleanUp.push(() => spawnSync('umount', ['-l', dir]));
	return dir;
}

async function open(dataDir: string): Promise<OpenDatabase> {
	const opened = await openDatabase({ dataDir, log });
	if ('unavailable' in opened) throw new Error(opened.unavailable);
	cleanUp.push(() => opened.close());
	return opened;
}

const add = ({ db }: OpenDatabase, bytes: Uint8Array) =>
	db.execute(sql`insert into words values (${bytes})`);
const count = async ({ db }: OpenDatabase) =>
	(await recordsOf(db, sql`select count(*)::int as n from words`))[0]!['n'];

test('SA55 while the disk is full nothing is written and everything is read; with room, it goes on', async ({
	skip
}) => {
	const dir = smallDisk(160);
	if (!dir) return skip('this user may not mount a file system');
	const database = await open(dir);
	await database.db.execute(sql`create table words (bytes bytea not null)`);
	await add(database, new Uint8Array(10));
	const { bavail, bsize } = statfsSync(dir);
	writeFileSync(join(dir, 'others'), new Uint8Array(bavail * bsize - 20 * MB));

	const refused = await add(database, new Uint8Array(10)).catch((error: unknown) => error);
	expect([reasonOf(refused), isRejection(refused)]).toEqual(['try-again', false]);
	await add(database, new Uint8Array(10)).catch(() => {});
	expect(await count(database)).toBe(1);
	expect(lines.map(({ level }) => level)).toEqual(['error']); // said once
	expect(lines[0]!.message).toMatch(/^The disk is full: \d+ MB are free/);
	expect(await openDatabase({ dataDir: dir, log })).toMatchObject({
		unavailable: expect.stringContaining('Make room on it.') as string
	});

	rmSync(join(dir, 'others'));
	await add(database, new Uint8Array(10));
	expect(await count(database)).toBe(2);
	expect(lines.at(-1)).toMatchObject({ level: 'info' });
	expect(lines).toHaveLength(2);
	// Too large for the room there is: it is not begun.
	await expect(add(database, new Uint8Array(40 * MB))).rejects.toMatchObject({
		cause: { code: '53100' }
	});
});

test('SA56 a database that ends for want of its log is opened again underneath, and has what it acknowledged', async () => {
	const dir = await freshFolder();
	cleanUp.push(() => rmSync(dir, { recursive: true, force: true }));
	const database = await open(dir);
	await database.db.execute(sql`create table words (bytes bytea not null)`);
	await add(database, new Uint8Array(10));
	// The next log file cannot be made: Postgres ends itself, in the midst of a transaction.
	const [there, away] = [join(dir, 'postgres', 'pg_wal'), join(dir, 'away')];
	renameSync(there, away);
	const ended = await database.db
		.transaction(async (tx) => {
			await tx.execute(sql`select pg_switch_wal()`);
			await tx.execute(sql`insert into words values (${new Uint8Array(10)})`);
			await tx.execute(sql`select pg_switch_wal()`);
		})
		.catch((error: unknown) => error);
	expect([reasonOf(ended), isRejection(ended)]).toEqual(['try-again', false]);
	// It does not open either, and the process goes on.
	const still = await count(database).catch((error: unknown) => error);
	expect([reasonOf(still), isRejection(still)]).toEqual(['try-again', false]);

	renameSync(away, there);
	await until(() => count(database).catch(() => false), { what: 'the database' });
	expect(await count(database)).toBe(1);
	await add(database, new Uint8Array(10));
	expect(await count(database)).toBe(2);
	expect(lines.some(({ message }) => message.includes('is opened again'))).toBe(true);
});
