/** Every released schema, with data that its own version made: all of it goes forward. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { nanoid } from 'nanoid';
import { afterEach, expect, test } from 'vitest';
import { inspectArchive, restoreArchive } from '#server/backup/restore-archive.ts';
import { partsOf } from '#server/backup/read-archive.ts';
import { tablesOf } from '#server/backup/tables.ts';
import { OUR_TABLES } from '#server/db/cleaning.ts';
import type { Database } from '#server/db/connect.ts';
import { applyMigrations, migrate, MIGRATIONS, schemaOf } from '#server/db/migrate.ts';
import { recordsOf } from '#server/db/records.ts';
import { startTestApp } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { ask, join, PASSWORD, write } from '../support/people.ts';
import { until } from '../support/until.ts';
import { boardIn, everything, everythingIn } from './backup-tables.ts';

/** Made by the code of that time, and saved by `npm run backup`. */
const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));
const fixture = (tag: string) => `${fixtures}${tag}.backup`;
const NEWEST = MIGRATIONS.at(-1)!.tag;
const older = MIGRATIONS.slice(0, -1).map(({ tag }) => tag);

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0).reverse()) await close();
});

async function fresh() {
	const database = await freshDatabase();
	closing.push(database.close);
	return database;
}

/** A database as that version left it, put together without what is tested here. */
async function databaseAt(tag: string): Promise<Database> {
	const { db } = await fresh();
	await empty(db);
	await db.transaction((tx) => applyMigrations(tx, tag));
	const columns = new Map<string, { name: string; type: string }[]>();
	for await (const part of partsOf(fixture(tag))) {
		if (part.kind === 'header')
			for (const table of part.header.tables) columns.set(table.name, table.columns);
		if (part.kind !== 'row') continue;
		const of = columns.get(part.table)!;
		const names = of.map(({ name }) => sql.identifier(name));
		const values = part.row.map((value, at) =>
			of[at]!.type === 'bytea'
				? sql`decode(${value}, 'base64')`
				: sql`${value}::text::${sql.raw(of[at]!.type)}`
		);
		await db.execute(
			sql`insert into ${sql.identifier(part.table)} (${sql.join(names, sql`, `)}) values (${sql.join(values, sql`, `)})`
		);
	}
	return db;
}

async function empty(db: Database): Promise<void> {
	for (const table of OUR_TABLES)
		await db.execute(sql`drop table if exists ${sql.identifier(table)} cascade`);
	await db.execute(sql`drop schema if exists drizzle cascade`);
}

/** What the migrations do to rows that were there. */
const CHANGED: Record<string, (row: Row) => Row> = {
	'0000_tables api_tokens': (row) => ({ ...row, id: row['hash']!.slice(0, 21), label: 'API' }),
	'0000_tables workshops': (row) => {
		const state: unknown = JSON.parse(row['state']!);
		return {
			...row,
			state: JSON.stringify({ ...(state as object), doors: 'open', retentionDays: null })
		};
	}
};
type Row = Record<string, string | null>;

/** The order of keys in JSON says nothing. */
const withState = (row: Row): Record<string, unknown> =>
	typeof row['state'] === 'string' ? { ...row, state: JSON.parse(row['state']) as unknown } : row;

test('MI1 there is a fixture of every released schema but the newest, and of no other', () => {
	expect(
		readdirSync(fixtures)
			.filter((name) => name.endsWith('.backup'))
			.sort()
	).toEqual(older.map((tag) => `${tag}.backup`).sort());
});

test.each(older)('MI2 every row of %s is there after the migrations, as it was', async (tag) => {
	const db = await databaseAt(tag);
	expect(await schemaOf(db)).toBe(tag);
	expect(await everything(db)).toEqual(await everythingIn(fixture(tag)));
	expect(await migrate(db)).toBeNull();
	expect(await schemaOf(db)).toBe(NEWEST);

	const now = await everything(db);
	for (const [table, rows] of Object.entries(await everythingIn(fixture(tag)))) {
		const change = CHANGED[`${tag} ${table}`] ?? ((row) => row);
		expect(now[table]).toHaveLength(rows.length);
		const found = now[table]!.map(withState);
		for (const row of rows)
			expect(found).toContainEqual(expect.objectContaining(withState(change(row))));
	}
	// What the older schema did not have is empty, and new columns hold their defaults.
	const had = new Set(Object.keys(await everythingIn(fixture(tag))));
	for (const [table, rows] of Object.entries(now)) if (!had.has(table)) expect(rows).toEqual([]);
});

test.each(older)('MI3 a board of %s opens with its cards', async (tag) => {
	const db = await databaseAt(tag);
	await migrate(db);
	const [board] = await recordsOf(db, sql`select id from boards`);
	const { cards } = await boardIn(db, String(board!['id']));
	const words = cards.map(({ fields }) => fields['stoppedUs']).sort();
	expect(words).toEqual(['Nobody had time', 'Prices rose – élan 漢字 🙂']);
});

test.each(older)(
	'MI4 a workshop of %s goes on: its people, its facilitator, a new board',
	async (tag) => {
		const server = await startTestApp();
		closing.push(() => server.close());
		await empty(server.database.db);
		const file = fixture(tag);
		await restoreArchive(server.database.db, file, await inspectArchive(file), { ids: nanoid });
		await server.restart();
		const opened = await server.app.accounts.logIn('ada@example.org', PASSWORD, '127.0.0.1');
		expect(opened).not.toHaveProperty('refused');
		const token = await server.app.accounts.token('ada@example.org');
		if (typeof token !== 'string') throw new Error(token.refused);
		const [workshop] = await recordsOf(server.database.db, sql`select id, code from workshops`);
		const id = String(workshop!['id']);
		const post = async (body: unknown) => {
			const answer = await ask(server.url, `/api/v1/workshops/${id}/commands`, { token, body });
			expect(answer.body).not.toHaveProperty('error');
			return answer.body;
		};
		await post({ type: 'finish' });
		const { board } = await post({ type: 'start', exercise: 1 });
		await post({ type: 'go', phase: 'write' });
		const person = await join(server, String(workshop!['code']), 'Dalia');
		const writing = await write(server, board, person.token);
		writing.put('A card of today');
		await until(() => server.app.rooms.counts(board).then(({ cards }) => cards === 1));
		writing.close();
	}
);

test('MI5 a database of a newer version is left alone, and the sentence says so', async () => {
	const { db } = await fresh();
	await db.execute(
		sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', ${Date.now() * 2})`
	);
	const before = await everything(db);
	expect(await schemaOf(db)).toBe('newer');
	expect(await migrate(db)).toEqual({
		unavailable: expect.stringMatching(/^A newer version of Plenary has used this database/)
	});
	expect(await everything(db)).toEqual(before);
});

test('MI6 a migration that fails leaves everything as it was, and the sentence says what to do', async () => {
	const db = await databaseAt(older[0]!);
	// In the way of one of the last statements of the migrations that follow.
	await db.execute(sql`create table snapshots (id text)`);
	const before = await everything(db);
	const tables = (await tablesOf(db)).map(({ name, columns }) => [name, columns.length]);
	expect(await migrate(db)).toEqual({
		unavailable: expect.stringMatching(
			/^The database could not be brought from schema 0000_tables to .* already exists\. Nothing in it was changed\. Go on with/
		)
	});
	expect(await schemaOf(db)).toBe('0000_tables');
	expect(await everything(db)).toEqual(before);
	expect((await tablesOf(db)).map(({ name, columns }) => [name, columns.length])).toEqual(tables);
	await db.execute(sql`drop table snapshots`);
	expect(await migrate(db)).toBeNull();
});
