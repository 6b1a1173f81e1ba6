/**
 * The database: PGlite inside the process, or the Postgres of `DATABASE_URL`. Both speak the same
 * dialect, so everything above this file knows one `Database`.
 */
import { sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { openPGlite } from './pglite.ts';

export type Database = PgDatabase<PgQueryResultHKT>;

export interface OpenDatabase {
	db: Database;
	kind: 'pglite' | 'postgres';
	close(): Promise<void>;
}

/** Why there is none, in a sentence for whoever starts the server. */
export interface Unavailable {
	unavailable: string;
}

export interface DatabaseOptions {
	dataDir: string;
	databaseUrl?: string;
	log: { error(about: object, message: string): void };
}

/** Opens the database, and finds out that it answers. */
export async function openDatabase(options: DatabaseOptions): Promise<OpenDatabase | Unavailable> {
	const { dataDir, databaseUrl, log } = options;
	return databaseUrl ? openPostgres(databaseUrl) : openPGlite(dataDir, log);
}

async function openPostgres(url: string): Promise<OpenDatabase | Unavailable> {
	const client = postgres(url, {
		onnotice: () => {}, // "already exists, skipping": nobody needs to hear it
		connect_timeout: 10,
		connection: { application_name: 'plenary' }
	});
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
	return { db, kind: 'postgres', close: () => client.end({ timeout: 5 }) };
}

/** What Postgres says when a statement itself is at fault, by class of its error codes. */
const REJECTIONS = ['21', '22', '23', '42', '44'];

/**
 * Whether the database read what it was given and said no: trying again would change nothing. Any
 * other error means that it is away, full or restarting, and may answer later.
 */
export function isRejection(error: unknown): boolean {
	for (let at = error; at instanceof Error; at = at.cause) {
		const code = 'code' in at && typeof at.code === 'string' ? at.code : '';
		if (/^[0-9A-Z]{5}$/.test(code)) return REJECTIONS.includes(code.slice(0, 2));
	}
	return false;
}
