/** Looks for words wherever they could have been left: in every table, and in every file of a folder. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getTableName, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import * as schema from '#server/db/schema.ts';
import type { Database } from '#server/db/connect.ts';

const TABLES = Object.values(schema)
	.filter((one) => is(one, PgTable))
	.map((table) => getTableName(table));

/** The tables with a row that has these words, also within bytes. */
export async function tablesWith(db: Database, words: string): Promise<string[]> {
	const bytes = Buffer.from(words).toString('hex');
	const found: string[] = [];
	for (const table of TABLES) {
		const row = sql`${sql.identifier(table)}::text`;
		const hit = await db
			.select({ one: sql`1` })
			.from(sql`${sql.identifier(table)}`)
			.where(sql`position(${words} in ${row}) > 0 or position(${bytes} in ${row}) > 0`)
			.limit(1);
		if (hit.length > 0) found.push(table);
	}
	return found;
}

/** The files that have these words, at any depth. */
export function filesWith(folder: string, words: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((file) => readFileSync(file).includes(words))
		.map((file) => file.slice(folder.length + 1));
}
