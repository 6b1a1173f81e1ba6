/**
 * What a backup holds: every table of the schema as the database has it, the ones that others refer
 * to first. Columns are asked of the database, since an older one has fewer.
 */
import { sql } from 'drizzle-orm';
import { OUR_TABLES } from '#server/db/cleaning.ts';
import type { Database } from '#server/db/connect.ts';
import { recordsOf } from '#server/db/records.ts';

interface Column {
	name: string;
	/** As Postgres calls it. */
	type: string;
}

export interface Table {
	name: string;
	columns: Column[];
}

/** The tables of ours that this database has, so that none comes before one that it refers to. */
export async function tablesOf(db: Database): Promise<Table[]> {
	const columns = await recordsOf(
		db,
		sql`select c.relname as "table", a.attname as "column", format_type(a.atttypid, a.atttypmod) as type
			from pg_class c join pg_attribute a on a.attrelid = c.oid
			where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
			order by c.relname, a.attnum`
	);
	const tables = new Map<string, Table>();
	for (const { table, column, type } of columns) {
		const name = String(table);
		if (!OUR_TABLES.includes(name)) continue;
		const known = tables.get(name) ?? { name, columns: [] };
		known.columns.push({ name: String(column), type: String(type) });
		tables.set(name, known);
	}
	const references = await recordsOf(
		db,
		sql`select k.relname as "from", r.relname as "to"
			from pg_constraint f join pg_class k on k.oid = f.conrelid join pg_class r on r.oid = f.confrelid
			where f.contype = 'f' and f.conrelid <> f.confrelid`
	);
	return inOrder(
		tables,
		references.map(({ from, to }) => ({ from: String(from), to: String(to) }))
	);
}

function inOrder(tables: Map<string, Table>, references: { from: string; to: string }[]): Table[] {
	const ordered = new Set<string>();
	while (ordered.size < tables.size) {
		const next = [...tables.keys()].find(
			(name) =>
				!ordered.has(name) && references.every(({ from, to }) => from !== name || ordered.has(to))
		);
		if (next === undefined) throw new Error('tables refer to each other in a circle');
		ordered.add(next);
	}
	return [...ordered].map((name) => tables.get(name)!);
}
