/** A short run of `npm run fuzz` (`bench/fuzz.ts`), the same each time as far as chance goes. */
import { expect, test } from 'vitest';
import { fuzz } from '../../bench/fuzzing.ts';
import { startTestApp } from '../support/app.ts';
import { ask, comeAda } from '../support/people.ts';

test('SA38 thousands of mutated frames beside a pair who type: nobody stalls, nothing of theirs changes', async () => {
	const server = await startTestApp();
	const { token } = await comeAda(server);
	const report = await fuzz({
		url: server.url,
		token,
		seed: 20261124,
		frames: 2500,
		letters: 30
	});
	expect(report.read).toBeGreaterThanOrEqual(2500);
	expect(report.found).toEqual(report.typed);
	expect(report.lost).toBe(0);
	expect(report.during.letters).toBeGreaterThanOrEqual(30);
	expect(report.during.longest).toBeLessThan(Math.max(10_000, 40 * report.before.median));
	// It is the guard and the reader of frames that answer, not a fault.
	expect(Object.keys(report.codes).sort()).toEqual(expect.arrayContaining(['4400', '4403']));
	expect((await ask(server.url, '/readyz')).status).toBe(200);
	await server.close();
});
