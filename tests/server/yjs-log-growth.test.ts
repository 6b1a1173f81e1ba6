/** How large a log gets on the disk. */
import { expect, test } from 'vitest';
import { COMPACTION } from '#server/yjs/compaction.ts';
import { measureGrowth } from '../../bench/growth.ts';

test('SA49 what a board takes on the disk stays within three times its snapshot, and the log within two files', async () => {
	const grown = await measureGrowth({
		people: 25,
		seconds: 60,
		atOnce: 40,
		// Postgres makes words smaller that repeat themselves: these do not.
		byChance: true,
		pace: { ...COMPACTION, least: 16 * 1024 }
	});
	expect(grown.same).toBe(true);
	expect(grown.snapshots).toBeGreaterThan(4);
	expect(grown.written).toBeGreaterThan(1.2 * grown.snapshot);
	expect(grown.disk).toBeLessThan(3 * grown.snapshot);
	expect(grown.wal).toBeLessThanOrEqual(2 * 16 * 1024 * 1024);
});
