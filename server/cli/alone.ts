/** The command line without a server beside it. Loaded only then: the database is slow to wake. */
import type { Writable } from 'node:stream';
import { sql } from 'drizzle-orm';
import { nanoid } from 'nanoid';
import { pino } from 'pino';
import { realClock } from '#shared/clock.ts';
import type { Summary } from '#server/backup/read-archive.ts';
import { NotRestored, restoreArchive } from '#server/backup/restore-archive.ts';
import { NoBackup, writeBackup } from '#server/backup/write-backup.ts';
import { createAccounts } from '#server/accounts/accounts.ts';
import { createApiTokens } from '#server/accounts/api-tokens.ts';
import { addressesOf } from '../addresses.ts';
import { createSessions } from '../auth.ts';
import type { Config } from '../config.ts';
import { createCookieJar } from '#server/doors/cookies.ts';
import { prepareFolder } from '../data-folder.ts';
import { openDatabase, type OpenDatabase } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { recordsOf } from '../db/records.ts';
import { createLog } from '../log.ts';
import { createNews } from '../news.ts';
import { createPasswords } from '#server/accounts/passwords.ts';
import { createRateLimits } from '#server/doors/rate-limit.ts';
import { createAccountStore } from '../store/accounts.ts';
import { createAdmin, type AdminAnswer, type AdminRequest } from './admin.ts';

/** Opens the database, answers, and closes it again. `inUse` where another process has it. */
export function answerAlone(config: Config, request: AdminRequest): Promise<Alone> {
	return withDatabase(config, async ({ db }) => {
		const old = await migrate(db);
		if (old) return { ok: false, lines: [old.unavailable] };
		const store = createAccountStore(db);
		const news = createNews();
		const parts = { store, news, clock: realClock, ids: nanoid, config };
		const accounts = createAccounts({
			...parts,
			sessions: createSessions(store, createCookieJar(config.origin), news),
			passwords: createPasswords(),
			tokens: createApiTokens(parts),
			limits: createRateLimits()
		});
		const [address] = addressesOf(config.port, config.host, config.origin);
		const admin = createAdmin(accounts, address!, (out) =>
			writeBackup(db, out, { now: realClock.now() })
		);
		const { ok, lines } = await admin(request);
		return { ok, lines };
	});
}

/** A backup of a database as it is: an older one is not brought up to date before it is saved. */
export function backUpAlone(config: Config, out: Writable): Promise<Alone> {
	return withDatabase(config, async ({ db }) => {
		try {
			await writeBackup(db, out, { now: realClock.now() });
			return { ok: true, lines: [] };
		} catch (error) {
			if (error instanceof NoBackup) return { ok: false, lines: [error.message] };
			throw error;
		}
	});
}

/** Puts an archive that has been inspected into the database, where that is empty. */
export function restoreAlone(
	config: Config,
	file: string,
	summary: Summary,
	progress: (bytes: number) => void
): Promise<Alone> {
	return withDatabase(config, async ({ db }) => {
		if (await othersUse(db))
			return { ok: false, lines: ['A Plenary server uses this database: stop it first.'] };
		try {
			await restoreArchive(db, file, summary, { ids: nanoid, progress });
			return { ok: true, lines: [] };
		} catch (error) {
			if (error instanceof NotRestored) return { ok: false, lines: [error.message] };
			throw error;
		}
	});
}

/** Of the embedded database the lock of its folder tells; a Postgres may be asked from anywhere. */
async function othersUse(db: OpenDatabase['db']): Promise<boolean> {
	const others = await recordsOf(
		db,
		sql`select 1 from pg_stat_activity
			where datname = current_database() and application_name = 'plenary' and pid <> pg_backend_pid()`
	);
	return others.length > 0;
}

type Alone = AdminAnswer & { inUse?: true | undefined };

async function withDatabase(
	config: Config,
	use: (database: OpenDatabase) => Promise<AdminAnswer>
): Promise<Alone> {
	const folder = prepareFolder(config.dataDir);
	if (folder) return { ok: false, lines: [folder.unavailable] };
	const log = createLog(pino.destination(2));
	const database = await openDatabase({ ...config, log });
	if ('unavailable' in database)
		return { ok: false, lines: [database.unavailable], inUse: database.inUse };
	try {
		return await use(database);
	} finally {
		await database.close();
	}
}
