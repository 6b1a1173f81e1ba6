/**
 * The database: PGlite inside the process, or the Postgres of `DATABASE_URL`. Both speak the same
 * dialect, so everything above this file knows one `Database`.
 */
import type { Socket } from 'node:net';
import { sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { cleaningOfPostgres, type Erasing } from './cleaning.ts';
import { openPGlite } from './pglite.ts';
import { watchedSockets, type Way } from './watched-socket.ts';

const STALLED_FOR = 15_000;

export type Database = PgDatabase<PgQueryResultHKT>;

export interface OpenDatabase {
	db: Database;
	kind: 'pglite' | 'postgres';
	erasing: Erasing;
	close(): Promise<void>;
}

/** Why there is none, in a sentence for whoever starts the server. */
export interface Unavailable {
	unavailable: string;
	/** Another process has the folder of the embedded database. */
	inUse?: true;
}

export interface DatabaseOptions {
	dataDir: string;
	databaseUrl?: string;
	log: Record<'info' | 'error', (about: object, message: string) => void>;
	/** How long a connection to Postgres may stand still while it is asked something, in ms. */
	stalledFor?: number;
}

/** Opens the database, and finds out that it answers. */
export async function openDatabase(options: DatabaseOptions): Promise<OpenDatabase | Unavailable> {
	const { dataDir, databaseUrl, log, stalledFor = STALLED_FOR } = options;
	return databaseUrl ? openPostgres(databaseUrl, log, stalledFor) : openPGlite(dataDir, log);
}

async function openPostgres(
	url: string,
	log: DatabaseOptions['log'],
	stalledFor: number
): Promise<OpenDatabase | Unavailable> {
	const settings: postgres.Options<Record<string, never>> & { socket(way: Way): Socket } = {
		onnotice: () => {}, // "already exists, skipping": nobody needs to hear it
		connect_timeout: 10,
		// Well before `stalledFor`: where nothing is asked, nothing moves either.
		idle_timeout: stalledFor / 2000,
		// While it is away everybody waits for the next try, which costs nothing.
		backoff: (tries) => Math.min(0.1 * 2 ** tries, 1),
		socket: watchedSockets(stalledFor), // known to `postgres`, and not to its types
		// What we have given up must not hold a lock against the next try.
		connection: {
			application_name: 'plenary',
			lock_timeout: stalledFor,
			idle_in_transaction_session_timeout: stalledFor
		}
	};
	const client = postgres(url, settings);
	const db: Database = drizzle(client);
	try {
		await db.execute(sql`select 1`);
	} catch (error) {
		await client.end({ timeout: 1 });
		const { host, port, pathname } = new URL(url);
		const where = port === '' ? `${host}:5432` : host;
		const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
		const why = cause instanceof Error ? cause.message : String(cause);
		return {
			unavailable: `The database ${pathname.slice(1)} at ${where} (DATABASE_URL) cannot be reached: ${why}.`
		};
	}
	const erasing = cleaningOfPostgres(client, log);
	return { db, kind: 'postgres', erasing, close: () => client.end({ timeout: 5 }) };
}
