/**
 * Migrations: a database is brought up to the newest schema, whole or not at all, and one that a
 * newer version of Plenary has used is left alone. Both drivers run the same files.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { Database } from './connect.ts';
import { recordsOf } from './records.ts';

const folder = fileURLToPath(new URL('../../drizzle', import.meta.url));

interface Migration {
	/** Its file's name, by which a schema goes as well. */
	tag: string;
	/** When it was made: by this the database remembers it. */
	when: number;
}

export const MIGRATIONS: readonly Migration[] = (
	JSON.parse(readFileSync(`${folder}/meta/_journal.json`, 'utf8')) as { entries: Migration[] }
).entries;

/** The schema that this version of Plenary works on. */
const NEWEST = MIGRATIONS.at(-1)!.tag;

/** Brings the tables up to date, or says in a sentence why they were left as they are. */
export async function migrate(db: Database): Promise<{ unavailable: string } | null> {
	const schema = await schemaOf(db);
	if (schema === 'newer')
		return {
			unavailable: `A newer version of Plenary has used this database: this one knows it up to ${NEWEST}. Install the newer version again, or restore a backup that was made before it into an empty database.`
		};
	if (schema === NEWEST) return null;
	try {
		await db.transaction((tx) => applyMigrations(tx, NEWEST));
		return null;
	} catch (error) {
		const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
		const why = cause instanceof Error ? cause.message : String(cause);
		const from = schema === null ? 'an empty database' : `schema ${schema}`;
		return {
			unavailable: `The database could not be brought from ${from} to ${NEWEST}: ${why}. Nothing in it was changed. Go on with the version of Plenary that you had, make a backup (npm run backup -- FILE), and report this sentence.`
		};
	}
}

/** The schema that a database has: null where it has no table yet, `newer` where we do not know it. */
export async function schemaOf(db: Database): Promise<string | 'newer' | null> {
	const [there] = await recordsOf(
		db,
		sql`select to_regclass('drizzle.__drizzle_migrations') is not null as known`
	);
	if (there?.['known'] !== true) return null;
	const [last] = await recordsOf(
		db,
		sql`select created_at::text as "when" from drizzle.__drizzle_migrations order by created_at desc limit 1`
	);
	if (!last) return null;
	const when = Number(last['when']);
	return MIGRATIONS.find((migration) => migration.when === when)?.tag ?? 'newer';
}

/**
 * Brings the tables up to this schema, in a transaction of the caller's, which may do more: all of it
 * holds, or nothing. Left to itself drizzle opens one, and PGlite has none within another.
 */
export async function applyMigrations(tx: Database, upTo: string): Promise<void> {
	const last = MIGRATIONS.findIndex(({ tag }) => tag === upTo);
	const files = readMigrationFiles({ migrationsFolder: folder }).slice(0, last + 1);
	const session = {
		execute: (query: Parameters<Database['execute']>[0]) => tx.execute(query),
		all: (query: Parameters<Database['execute']>[0]) => recordsOf(tx, query),
		transaction: (run: (inner: Database) => Promise<void>) => run(tx)
	};
	const { dialect } = tx as unknown as Migrating;
	await dialect.migrate(files, session, { migrationsFolder: folder });
}

/** What the migrators of both drivers do, word for word; drizzle marks these as internal. */
interface Migrating {
	dialect: {
		migrate(
			migrations: ReturnType<typeof readMigrationFiles>,
			session: unknown,
			config: { migrationsFolder: string }
		): Promise<void>;
	};
}
