/**
 * A backup back into an empty database, all of it or nothing. The rows are put into the schema that
 * they were taken from, and the migrations since then are run on them, as on any old database.
 */
import { sql } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import { applyMigrations, MIGRATIONS } from '#server/db/migrate.ts';
import { recordsOf } from '#server/db/records.ts';
import { Unreadable, type Header, type Row } from './archive.ts';
import { OUR_TABLES } from '#server/db/cleaning.ts';
import { tablesOf, type Table } from './tables.ts';
import { partsOf, verifyArchive, type Summary } from './read-archive.ts';

/** Rows go in together until they are so much. */
const TOGETHER = 512 * 1024;

/** Why it was not restored, in a sentence. */
export class NotRestored extends Error {}

export interface RestoreOptions {
	/** For the boards' new histories. */
	ids: () => string;
	progress?: (bytes: number) => void;
}

/** Everything that can be known of an archive without a database; or throws why it cannot be used. */
export async function inspectArchive(
	file: string,
	progress?: (bytes: number) => void
): Promise<Summary> {
	const summary = await verifyArchive(file, progress);
	const { schema } = summary.header;
	if (!MIGRATIONS.some(({ tag }) => tag === schema))
		throw new Unreadable(
			`was made by a newer version of Plenary (schema ${schema}; this one knows ${MIGRATIONS.at(-1)!.tag}): restore it with that version`
		);
	return summary;
}

/** Restores an archive that has been inspected. Throws `NotRestored` or `Unreadable`, and then nothing has changed. */
export async function restoreArchive(
	db: Database,
	file: string,
	{ header }: Summary,
	{ ids, progress }: RestoreOptions
): Promise<void> {
	await db.transaction(async (tx) => {
		await refuseContents(tx);
		await clear(tx);
		await applyMigrations(tx, header.schema);
		await refuseOtherTables(tx, header);
		await insertAll(tx, file, header, progress);
		await applyMigrations(tx, MIGRATIONS.at(-1)!.tag);
		// A device may be ahead of the backup: under another history it begins anew, with its words.
		for (const { id } of await recordsOf(tx, sql`select id from boards`))
			await tx.execute(sql`update boards set epoch = ${ids()} where id = ${id}`);
	});
}

async function refuseContents(tx: Database): Promise<void> {
	const there = new Set((await tablesOf(tx)).map(({ name }) => name));
	for (const table of ['accounts', 'workshops']) {
		if (!there.has(table)) continue;
		const found = await recordsOf(tx, sql`select 1 from ${sql.identifier(table)} limit 1`);
		if (found.length > 0)
			throw new NotRestored(
				`This database has ${table} in it. A backup is restored into an empty one only: name another DATA_DIR, or another database as DATABASE_URL.`
			);
	}
}

/** What an empty database has: tables, and the link for its first account perhaps. */
async function clear(tx: Database): Promise<void> {
	for (const table of OUR_TABLES)
		await tx.execute(sql`drop table if exists ${sql.identifier(table)} cascade`);
	await tx.execute(sql`drop table if exists drizzle.__drizzle_migrations`);
}

async function refuseOtherTables(tx: Database, { tables }: Header): Promise<void> {
	const shape = (all: readonly Table[]) =>
		all.map(({ name, columns }) => `${name} ${JSON.stringify(columns)}`).sort();
	if (JSON.stringify(shape(tables)) !== JSON.stringify(shape(await tablesOf(tx))))
		throw new Unreadable('holds other tables than its schema has');
}

async function insertAll(
	tx: Database,
	file: string,
	{ tables }: Header,
	progress?: (bytes: number) => void
): Promise<void> {
	const byName = new Map(tables.map((table) => [table.name, table]));
	let table: Table | undefined;
	let rows: string[] = [];
	let size = 0;
	const flush = async () => {
		if (table && rows.length > 0) await insert(tx, table, rows);
		rows = [];
		size = 0;
	};
	for await (const part of partsOf(file, progress)) {
		if (part.kind !== 'row') continue;
		if (part.table !== table?.name || size > TOGETHER) await flush();
		table = byName.get(part.table);
		rows.push(asJson(part.row));
		size += rows.at(-1)!.length;
	}
	await flush();
}

const asJson = (row: Row): string => JSON.stringify(row);

async function insert(tx: Database, { name, columns }: Table, rows: string[]): Promise<void> {
	const names = columns.map((column) => sql.identifier(column.name));
	const values = columns.map(({ type }, at) => {
		const text = sql.raw(`(r ->> ${at})`);
		return type === 'bytea' ? sql`decode(${text}, 'base64')` : sql`${text}::${sql.raw(type)}`;
	});
	await tx.execute(
		sql`insert into ${sql.identifier(name)} (${sql.join(names, sql`, `)})
			select ${sql.join(values, sql`, `)} from json_array_elements(${`[${rows.join(',')}]`}::text::json) as r`
	);
}
