/** Databases compared with each other and with an archive, value by value. */
import { sql } from 'drizzle-orm';
import * as Y from 'yjs';
import type { BoardValue } from '#shared/doc/contents.ts';
import { readBoard } from '#shared/doc/read.ts';
import { partsOf } from '#server/backup/read-archive.ts';
import { tablesOf } from '#server/backup/tables.ts';
import type { Database } from '#server/db/connect.ts';
import { recordsOf } from '#server/db/records.ts';
import { createUpdateStore } from '#server/store/updates.ts';
import { Documents } from '#server/yjs/documents.ts';

type Rows = Record<string, string | null>[];

/** Every row of every table, in words; `but` names columns that may differ. */
export async function everything(db: Database, but: string[] = []): Promise<Record<string, Rows>> {
	const all: Record<string, Rows> = {};
	for (const { name, columns } of await tablesOf(db)) {
		const kept = columns.filter((column) => !but.includes(`${name}.${column.name}`));
		const values = kept.map((column) =>
			column.type === 'bytea'
				? sql`encode(${sql.identifier(column.name)}, 'hex') as ${sql.identifier(column.name)}`
				: sql`${sql.identifier(column.name)}::text as ${sql.identifier(column.name)}`
		);
		const rows = (await recordsOf(
			db,
			sql`select ${sql.join(values, sql`, `)} from ${sql.identifier(name)}`
		)) as Rows;
		all[name] = sorted(rows.map((row) => ({ ...row })));
	}
	return all;
}

/** The same of an archive. */
export async function everythingIn(file: string): Promise<Record<string, Rows>> {
	const all: Record<string, Rows> = {};
	const columns = new Map<string, { name: string; type: string }[]>();
	for await (const part of partsOf(file)) {
		if (part.kind === 'header')
			for (const table of part.header.tables) {
				columns.set(table.name, table.columns);
				all[table.name] = [];
			}
		if (part.kind !== 'row') continue;
		const row = part.row.map((value, at) => {
			const { name, type } = columns.get(part.table)![at]!;
			const said =
				type === 'bytea' && value !== null ? Buffer.from(value, 'base64').toString('hex') : value;
			return [name, said] as const;
		});
		all[part.table]!.push(Object.fromEntries(row));
	}
	for (const rows of Object.values(all)) sorted(rows);
	return all;
}

const sorted = (rows: Rows): Rows =>
	rows.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** What a board shows when it is opened from this database and nothing else. */
export async function boardIn(db: Database, board: string): Promise<BoardValue> {
	const stored = await createUpdateStore(db).load(board);
	if (!stored) throw new Error(`no board ${board}`);
	const { documents, poisoned } = Documents.load(stored);
	if (poisoned.rows.length + poisoned.snapshots.length > 0)
		throw new Error('rows that cannot be applied');
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(documents.board.doc));
	return readBoard(copy);
}
