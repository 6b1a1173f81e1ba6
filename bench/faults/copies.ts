/** Faults around copies of everything: a backup taken while people type, a log that is written anew. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause } from '../simulated-person.ts';
import { KillableServer } from './killable-server.ts';
import type { Fault } from './run.ts';
import { judgedGood } from './scene.ts';

/** Restored elsewhere, it has everything that was acknowledged when it was begun. */
export const backedUp: Fault = {
	name: 'backup while typing',
	times: 2,
	short: 1,
	async strike(scene) {
		const dir = mkdtempSync(join(tmpdir(), 'plenary-backup-'));
		const other = new KillableServer({ dataDir: join(dir, 'data') });
		try {
			const { token } = await scene.join();
			const then = scene.acknowledged();
			const archive = join(dir, 'archive');
			await scene.server.run('server/cli/backup.ts', [archive]);
			await other.run('server/cli/restore.ts', [archive]);
			await other.start();
			judgedGood(await scene.judgeAt(other.url, token, then), 'the backup');
		} finally {
			await other.kill();
			rmSync(dir, { recursive: true, force: true });
		}
	}
};

/** In ms: so long everybody pastes, a quarter of a megabyte a second: each is a snapshot. */
const PASTING = { least: 3000, most: 6000, every: 25 };

/** The log is made short again and again, and the server is killed in the midst of it. */
export const compacted: Fault = {
	name: 'compacted and killed',
	times: 4,
	short: 1,
	async strike(scene) {
		const { server, chance, writers } = scene;
		const end = performance.now() + PASTING.least + chance.below(PASTING.most - PASTING.least);
		for (let at = 0; performance.now() < end; at++) {
			writers[at % writers.length]!.paste();
			await pause(PASTING.every);
		}
		await server.kill();
		await scene.comeBackAlone();
	}
};
