/** The power goes: the database as the disk had it at the last sync (`bench/faults/power-cut.ts`). */
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cutPower } from '../../bench/faults/power.ts';
import { killedAtFirstStart } from '../../bench/faults/whole-runs.ts';
import { createChance } from '../support/chance.ts';

const SEED = Number(process.env['SEED'] ?? 20261124);
const TIMES = Number(process.env['RUNS'] ?? 1);
/** Linux alone tells where an open file is. */
const elsewhere = !existsSync('/proc/self/fd');
const whole = { lost: 0, doubled: 0, foreign: 0 };

test.skipIf(elsewhere)(
	'FA8 after a power cut the database opens with every acknowledged word, names early',
	async () => {
		const found = await cutPower({ names: 'at-once', times: TIMES, chance: createChance(SEED) });
		expect({ seed: SEED, found }).toMatchObject({
			found: Array.from({ length: TIMES }, () => whole)
		});
	}
);

test.skipIf(elsewhere)(
	'FA8 after a power cut the database opens with every acknowledged word, names late',
	async () => {
		const found = await cutPower({
			names: 'at-sync',
			times: TIMES,
			chance: createChance(SEED + 1)
		});
		expect({ seed: SEED, found }).toMatchObject({
			found: Array.from({ length: TIMES }, () => whole)
		});
	}
);

test.skipIf(elsewhere)(
	'FA8 where fsync does nothing words are lost: what finds nothing proves nothing',
	async () => {
		const options = { names: 'at-sync', deaf: true, settled: true, times: 1 } as const;
		const [found] = await cutPower({ ...options, chance: createChance(SEED) });
		expect(typeof found === 'string' || found!.lost > 0).toBe(true);
	}
);

test('FA9 killed while it makes its database, the server makes it anew at the next start', async () => {
	const row = await killedAtFirstStart.run(createChance(SEED), 1);
	expect({ seed: SEED, row }).toMatchObject({ row: { times: 1, wrong: [] } });
});
