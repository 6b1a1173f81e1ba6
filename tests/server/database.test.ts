/** The database as it is opened: durable, alone on its folder, and saying why where it is not. */
import { spawn } from 'node:child_process';
import fs, { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '#server/db/connect.ts';
import { migrate } from '#server/db/migrate.ts';
import { accounts, boards } from '#server/db/schema.ts';
import { isRejection } from '#server/store/rejection.ts';
import { freshDatabase, freshFolder } from '../support/database.ts';
import { until } from '../support/until.ts';

const log = { info: () => {}, error: () => {} };
const dirs: string[] = [];
const scratch = () => {
	const dir = mkdtempSync(join(tmpdir(), 'plenary-db-'));
	dirs.push(dir);
	return dir;
};
/** Of a server that was here before, which opens sooner. */
const used = async () => {
	const dir = await freshFolder();
	dirs.push(dir);
	return dir;
};
afterAll(() => dirs.forEach((dir) => rmSync(dir, { recursive: true, force: true })));

const open = async (dataDir: string) => {
	const opened = await openDatabase({ dataDir, log });
	if ('unavailable' in opened) throw new Error(opened.unavailable);
	return opened;
};
const ada = { id: 'ada', email: 'ada@example.org', name: 'Ada', passwordHash: '', createdAt: 0 };

test('SA1 the embedded database syncs every commit to the disk', async () => {
	const { db, close } = await open(await used());
	const settings = await db.execute(
		sql`select current_setting('fsync') as fsync, current_setting('wal_sync_method') as method`
	);
	expect(settings).toMatchObject({ rows: [{ fsync: 'on', method: 'fsync' }] });

	await migrate(db);
	const real = fs.fsyncSync;
	let syncs = 0;
	fs.fsyncSync = (fd) => {
		syncs += 1;
		real(fd);
	};
	syncBuiltinESMExports();
	try {
		for (let i = 0; i < 10; i++)
			await db.insert(accounts).values({ ...ada, id: `ada${i}`, email: `ada${i}@example.org` });
	} finally {
		fs.fsyncSync = real;
		syncBuiltinESMExports();
	}
	expect(syncs).toBeGreaterThanOrEqual(10);
	await close();
});

test('SA2 migrations that have been applied are left alone', async () => {
	const database = await freshDatabase();
	await database.db.insert(accounts).values(ada);
	await migrate(database.db);
	expect(await database.db.select().from(accounts)).toHaveLength(1);
	await database.close();
});

test('SA3 a folder that is in use is refused, and the sentence says by whom', async () => {
	const dir = await used();
	const { close } = await open(dir);
	expect(await openDatabase({ dataDir: dir, log })).toEqual({
		unavailable: expect.stringContaining('in use by this very process'),
		inUse: true
	});
	await close();

	const other = spawn(process.execPath, ['-e', HOLD], { stdio: ['ignore', 'pipe', 'inherit'] });
	let said = '';
	other.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
	const gone = new Promise((resolve) => other.on('exit', resolve));
	const held = await used();
	other.kill(0);
	await until(() => said.includes('up'));
	writeHolder(held, other.pid!);
	expect(await openDatabase({ dataDir: held, log })).toEqual({
		unavailable: expect.stringContaining(`in use by process ${other.pid}`),
		inUse: true
	});

	// Killed, it leaves its lock behind: whoever comes next takes it over at once.
	other.kill('SIGKILL');
	await gone;
	const again = await open(held);
	await again.close();
});
const HOLD = `console.log('up'); setInterval(() => {}, 1000)`;
function writeHolder(dir: string, pid: number) {
	fs.mkdirSync(join(dir, 'plenary.lock'));
	const holder = { pid, host: hostname() };
	writeFileSync(join(dir, 'plenary.pid'), JSON.stringify({ ...holder, since: 'just now' }));
}

test('SA4 a folder that cannot be written to, and a database that is not there, are sentences', async () => {
	const file = join(scratch(), 'a-file');
	writeFileSync(file, '');
	expect(await openDatabase({ dataDir: file, log })).toEqual({
		unavailable: expect.stringContaining(`${file} (DATA_DIR) cannot be written to`)
	});
	const nobody = 'postgres://plenary:secret@127.0.0.1:1/plenary';
	const refused = await openDatabase({ dataDir: scratch(), databaseUrl: nobody, log });
	expect(refused).toEqual({
		unavailable: expect.stringMatching(/plenary at 127\.0\.0\.1:1 .*ECONNREFUSED/)
	});
	expect(JSON.stringify(refused)).not.toContain('secret');
});

test('SA5 a statement that is rejected differs from a database that is away', async () => {
	const database = await freshDatabase();
	const orphan = { id: 'b', workshopId: 'none', exercise: {} as never, epoch: 'e', createdAt: 0 };
	const rejected: unknown = await database.db
		.insert(boards)
		.values(orphan)
		.catch((e: unknown) => e);
	expect(isRejection(rejected)).toBe(true);
	const { db } = database;
	await database.close();
	const away: unknown = await db
		.insert(boards)
		.values(orphan)
		.catch((e: unknown) => e);
	expect(away).toBeInstanceOf(Error);
	expect(isRejection(away)).toBe(false);
});
