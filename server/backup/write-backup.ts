/**
 * Everything that a database holds, written as an archive while others go on. It is one moment of
 * the database: one transaction that sees no change of anybody's. A Postgres serves others
 * meanwhile; the embedded database has one connection, so that they wait until all is read, and
 * whoever takes the archive too slowly loses it.
 */
import { once } from 'node:events';
import { setImmediate as others } from 'node:timers/promises';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import { sql } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import { schemaOf } from '#server/db/migrate.ts';
import { recordsOf } from '#server/db/records.ts';
import { ArchiveLines, type Row } from './archive.ts';
import { tablesOf, type Table } from './tables.ts';

/** Somebody who takes nothing for so long holds up a whole room. */
const PATIENCE = 5000;

/** Rows are read in pages, of a few where they are large, so that a page is some megabytes at most. */
const LARGE = 16 * 1024;
const PAGES = [
	{ which: 'not', rows: 250 },
	{ which: '', rows: 4 }
] as const;

/** Why there is no backup, in a sentence. */
export class NoBackup extends Error {}

export interface BackupOptions {
	now: number;
	patience?: number;
}

/** Writes the archive, and ends `out`. What it throws leaves an archive that says itself it is not whole. */
export async function writeBackup(
	db: Database,
	out: Writable,
	{ now, patience = PATIENCE }: BackupOptions
): Promise<void> {
	const schema = await schemaOf(db);
	if (schema === null) throw new NoBackup('This database has nothing in it yet.');
	if (schema === 'newer')
		throw new NoBackup(
			'A newer version of Plenary has used this database: make the backup with that one.'
		);
	// Others wait meanwhile: fast is better than small.
	const gzip = createGzip({ level: constants.Z_BEST_SPEED });
	const written = pipeline(gzip, out);
	written.catch(() => {}); // told below
	const put = async (lines: string): Promise<void> => {
		if (gzip.destroyed) await written;
		if (gzip.write(lines)) return;
		try {
			await once(gzip, 'drain', { signal: AbortSignal.timeout(patience) });
		} catch (error) {
			if (gzip.destroyed) throw error;
			throw new Error(`nobody has taken the backup for ${patience} ms`, { cause: error });
		}
	};
	try {
		await db.transaction(
			async (tx) => {
				const lines = new ArchiveLines();
				const tables = await tablesOf(tx);
				await put(lines.header({ schema, at: now, tables }));
				for (const table of tables) {
					for await (const page of pagesOf(tx, table))
						await put(page.map((row) => lines.row(table.name, row)).join(''));
				}
				await put(lines.end());
			},
			{ isolationLevel: 'repeatable read', accessMode: 'read only' }
		);
		gzip.end();
		await written;
	} catch (error) {
		gzip.destroy(error instanceof Error ? error : new Error(String(error)));
		throw error;
	}
}

async function* pagesOf(tx: Database, { name, columns }: Table): AsyncGenerator<Row[]> {
	const values = columns.map(({ name: column, type }) =>
		type === 'bytea'
			? sql`translate(encode(${sql.identifier(column)}, 'base64'), E'\n', '')`
			: sql`${sql.identifier(column)}::text`
	);
	// As it is stored, which is known without reading it.
	const size = columns.map(
		({ name: column }) => sql`coalesce(pg_column_size(${sql.identifier(column)}), 0)`
	);
	for (const { which, rows } of PAGES) {
		await tx.execute(
			sql`declare page no scroll cursor for select json_build_array(${sql.join(values, sql`, `)})::text as row
				from ${sql.identifier(name)}
				where ${sql.raw(which)} (${sql.join(size, sql` + `)} > ${sql.raw(String(LARGE))})`
		);
		for (;;) {
			const page = await recordsOf(tx, sql.raw(`fetch ${rows} from page`));
			if (page.length === 0) break;
			yield page.map(({ row }) => JSON.parse(String(row)) as Row);
			// The embedded database works on the thread that serves everybody: they have their turn.
			await others();
		}
		await tx.execute(sql`close page`);
	}
}
