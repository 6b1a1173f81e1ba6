/**
 * A fresh, migrated database for a test. A PGlite folder is made once for these migrations, and
 * copied; with TEST_POSTGRES_URL each test gets a database of its own on that server.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
	constants,
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import lockfile from 'proper-lockfile';
import { openDatabase, type Database, type OpenDatabase } from '#server/db/connect.ts';
import { migrate } from '#server/db/migrate.ts';

export interface TestDatabase {
	readonly db: Database;
	readonly erasing: OpenDatabase['erasing'];
	/** A DATA_DIR of its own; it goes with `close`. */
	dir: string;
	/** Set where the tests run on a real Postgres. */
	databaseUrl: string | undefined;
	/** Closes and opens it again, as a restart of the server would. */
	reopen(): Promise<Database>;
	/** Closes it, and takes it away. */
	close(): Promise<void>;
}

const log = {
	info: () => {},
	error: (about: object, message: string) => {
		throw new Error(message, { cause: about });
	}
};
const memory = '/dev/shm';
const scratch = existsSync(memory) ? memory : tmpdir();
const migrations = fileURLToPath(new URL('../../drizzle', import.meta.url));

/** How a Postgres is reached. */
export interface DatabaseWay {
	/** By another address, which leads there. */
	through?(url: string): Promise<string>;
	stalledFor?: number;
}

/** A database with every table and no row. */
export async function freshDatabase(way: DatabaseWay = {}): Promise<TestDatabase> {
	const server = process.env['TEST_POSTGRES_URL'];
	const dir = server ? mkdtempSync(join(scratch, 'plenary-test-')) : await freshFolder();
	const own = server ? await ownDatabase(server) : undefined;
	const url = own && way.through ? await way.through(own.url) : own?.url;
	const reach = () => openOrThrow(dir, url, way.stalledFor);
	let open = await reach();
	if (own) await migrateOrThrow(open.db);
	return {
		get db() {
			return open.db;
		},
		get erasing() {
			return open.erasing;
		},
		dir,
		databaseUrl: own?.url,
		async reopen() {
			await open.close();
			open = await reach();
			return open.db;
		},
		async close() {
			await open.close();
			await own?.drop();
			rmSync(dir, { recursive: true, force: true });
		}
	};
}

/** A DATA_DIR with an embedded database that has every table and no row. Whoever asks takes it away. */
export async function freshFolder(): Promise<string> {
	const dir = mkdtempSync(join(scratch, 'plenary-test-'));
	cpSync(await template(), dir, { recursive: true, mode: constants.COPYFILE_FICLONE });
	return dir;
}

async function migrateOrThrow(db: Database): Promise<void> {
	const old = await migrate(db);
	if (old) throw new Error(old.unavailable);
}

async function openOrThrow(
	dataDir: string,
	databaseUrl?: string,
	stalledFor?: number
): Promise<OpenDatabase> {
	const opened = await openDatabase({ dataDir, databaseUrl, log, stalledFor });
	if ('unavailable' in opened) throw new Error(opened.unavailable);
	return opened;
}

/** The folder to copy from: made by whoever needs it first. */
async function template(): Promise<string> {
	const made = join(scratch, `plenary-template-${fingerprint()}`);
	if (existsSync(made)) return made;
	const lock = join(scratch, 'plenary-template.lock');
	mkdirSync(lock, { recursive: true });
	const release = await lockfile.lock(lock, {
		stale: 60_000,
		retries: { retries: 240, factor: 1, minTimeout: 250, maxTimeout: 250 }
	});
	try {
		if (existsSync(made)) return made;
		const making = mkdtempSync(join(scratch, 'plenary-making-'));
		const { db, close } = await openOrThrow(making);
		await migrateOrThrow(db);
		await close();
		renameSync(making, made);
		return made;
	} finally {
		await release();
	}
}

function fingerprint(): string {
	const hash = createHash('sha256').update('pglite 0.5.16');
	for (const file of readdirSync(migrations).sort())
		if (file.endsWith('.sql')) hash.update(readFileSync(join(migrations, file)));
	return hash.digest('hex').slice(0, 12);
}

async function ownDatabase(server: string) {
	const name = `test_${randomBytes(6).toString('hex')}`;
	const run = async (statement: string) => {
		const admin = postgres(server, { max: 1, onnotice: () => {} });
		await admin.unsafe(statement);
		await admin.end();
	};
	await run(`create database ${name}`);
	const url = new URL(server);
	url.pathname = `/${name}`;
	return { url: url.href, drop: () => run(`drop database ${name} with (force)`) };
}
