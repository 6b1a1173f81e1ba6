/** What was deleted is in no file any more, also where the cleaning was broken off. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { accounts } from '#server/db/schema.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { filesWith } from '../support/traces.ts';

const CANARY = 'Zephyrine';

let database: TestDatabase;
beforeEach(async () => {
	database = await freshDatabase();
	const add = (id: string, name: string) =>
		database.db
			.insert(accounts)
			.values({ id, email: `${id}@example.org`, name, passwordHash: '', createdAt: 0 });
	await add('eve', 'Eve');
	await add('ada', CANARY);
	if (!database.databaseUrl) await database.db.execute(sql`checkpoint`); // into the table's file
});
afterEach(() => database.close());

const forget = () => database.db.delete(accounts).where(eq(accounts.id, 'ada'));
const files = () => (database.databaseUrl ? [] : filesWith(database.dir, CANARY));
const owed = () => existsSync(join(database.dir, 'erasing'));

test('ER3 what is deleted is in no file when the deletion is answered, and its answer is the deletion’s', async () => {
	expect(await database.erasing(async () => (await forget(), 'done'))).toBe('done');
	expect(files()).toEqual([]);
	expect(owed()).toBe(false);
	expect(await database.db.select().from(accounts)).toMatchObject([{ id: 'eve' }]);
});

test('ER9 a deletion that fails fails, and what it had deleted is cleaned all the same', async () => {
	const failing = database.erasing(async () => {
		await forget();
		throw new Error('broken off');
	});
	await expect(failing).rejects.toThrow('broken off');
	expect(files()).toEqual([]);
});

test('ER9 what a process that died left in the files is gone after the next start', async () => {
	await forget();
	if (database.databaseUrl) return expect(files()).toEqual([]);
	expect(files()).not.toEqual([]);
	writeFileSync(join(database.dir, 'erasing'), ''); // it died in the midst of it
	await database.reopen();
	expect(files()).toEqual([]);
	expect(owed()).toBe(false);
});

test('ER9 of two deletions at once neither leaves anything', async () => {
	const { promise, resolve } = Promise.withResolvers<void>();
	const slow = database.erasing(async () => {
		await promise;
		await forget();
	});
	await database.erasing(() => Promise.resolve());
	expect(owed()).toBe(!database.databaseUrl);
	resolve();
	await slow;
	expect(files()).toEqual([]);
	expect(owed()).toBe(false);
});
