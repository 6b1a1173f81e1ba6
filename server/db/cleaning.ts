/**
 * Deleting for good. A row that was deleted still stands in its table's file, and in the write-ahead
 * log: in the embedded database both are files of ours, so they are written anew. On a Postgres of
 * one's own the tables are vacuumed; its log and its backups are those of whoever runs it.
 */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as others } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import { getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import type { Sql } from 'postgres';
import type { Database } from './connect.ts';
import { LastingPGlite } from './lasting-pglite.ts';
import * as schema from './schema.ts';

/**
 * Runs a deletion and answers what it answers, when what it deleted is gone from the files too.
 * Where that fails the deletion still holds, and the cleaning is done at the next one or the next start.
 */
export type Erasing = <T>(deletion: () => Promise<T>) => Promise<T>;

interface Log {
	error(about: object, message: string): void;
}

/** Every table that is Plenary's; whatever else a Postgres holds is not ours to touch. */
export const OUR_TABLES: readonly string[] = Object.values(schema)
	.filter((one) => is(one, PgTable))
	.map((table) => getTableName(table));

/** Of the embedded database. What an earlier process did not come to is done first. */
export async function cleaningOfPGlite(
	client: Pick<PGlite, 'exec' | 'query'>,
	dataDir: string,
	log: Log
): Promise<Erasing> {
	/** While it is there, something was deleted that may still be in the files. */
	const owed = join(dataDir, 'erasing');
	let underWay = 0;

	/** The database works on the thread that serves everybody: they have their turn after each step. */
	async function step(statement: string): Promise<void> {
		await client.exec(statement);
		await others();
	}

	async function clean(): Promise<void> {
		for (const table of OUR_TABLES) await step(`vacuum full "${table}"`);
		// A segment goes at the checkpoint after the one that began behind it; what was set aside to be
		// used again is behind the present one, and is passed by.
		const segments = await client.query<{ n: number }>(
			'select count(*)::int as n from pg_ls_waldir()'
		);
		for (let left = segments.rows[0]!.n; left >= 0; left--) {
			await step('checkpoint');
			await step('select pg_switch_wal()');
		}
		await step('checkpoint');
		if (underWay === 0) rmSync(owed, { force: true });
	}
	const cleanOrSay = () =>
		clean().catch((error: unknown) => log.error({ err: error }, 'deleted, but still in the files'));

	if (existsSync(owed)) await cleanOrSay();
	return async (deletion) => {
		writeFileSync(owed, '');
		underWay += 1;
		try {
			return await deletion();
		} finally {
			underWay -= 1;
			await cleanOrSay();
		}
	};
}

/** Of a Postgres. `analyze` too: its statistics repeat what stands in the tables often. */
export function cleaningOfPostgres(client: Sql, log: Log): Erasing {
	async function clean(): Promise<void> {
		for (const table of OUR_TABLES) await client.unsafe(`vacuum (analyze) "${table}"`);
	}
	return async (deletion) => {
		try {
			return await deletion();
		} finally {
			await clean().catch((error: unknown) =>
				log.error({ err: error }, 'deleted, but not vacuumed')
			);
		}
	};
}

/** A table of this size is written anew in some hundredths of a second. */
const SMALL = 8 * 1024 * 1024;

/**
 * After much was deleted in these tables: what a Postgres does by itself, the embedded one has nobody
 * to do. A small table's file gets as small as what is in it; in a large one, of many boards, what
 * one has left is used by the next. And the write-ahead log ends here: without a checkpoint every
 * byte ever written stays in it.
 */
export async function keepHouse(db: Database, tables: PgTable[]): Promise<void> {
	const client = '$client' in db ? db.$client : null;
	if (!(client instanceof LastingPGlite)) return;
	for (const name of tables.map(getTableName)) {
		const { rows } = await client.query<{ size: number }>(
			'select pg_total_relation_size($1)::int8 as size',
			[name]
		);
		await client.exec(`vacuum ${rows[0]!.size < SMALL ? 'full ' : ''}"${name}"`);
		await others();
	}
	await client.exec('checkpoint');
}
