import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';

let server: TestApp;
beforeAll(async () => {
	server = await startTestApp({ kit: false });
});
afterAll(() => server.close());

test('CF6 a failed query is logged without its values', async () => {
	const words = 'What Ben wrote,\nand "more" of it';
	const failing = server.database.db.execute(sql`select ${words}::int, 'so' as it_goes`);
	await failing.catch((error: unknown) => server.app.fault(error, 'reading a number'));
	const [line, ...more] = server.faults.splice(0);
	expect(more).toEqual([]);
	for (const told of ['reading a number', 'it_goes', '22P02', 'invalid input syntax'])
		expect(line).toContain(told);
	for (const word of ['Ben', 'more']) expect(line).not.toContain(word);
});
