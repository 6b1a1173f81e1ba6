/** Faults of the power: the database as the disk had it at the last sync, opened by another server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../server/ready.mjs';
import type { Chance } from '../../tests/support/chance.ts';
import { pause } from '../simulated-person.ts';
import type { CutRequest } from './power-cut.ts';
import { KillableServer } from './killable-server.ts';
import { seat } from './run.ts';
import { Scene, type Found } from './scene.ts';
import type { Names } from './unsynced-disk.ts';

export interface PowerOptions {
	names: Names;
	/** fsync does nothing: words must be lost, or this finds nothing. */
	deaf?: boolean;
	/** The database was made by an earlier server; else the shadow begins before it is there. */
	settled?: boolean;
	times: number;
	chance: Chance;
}

/** Calls of the file system after which the power goes; a commit makes some ten. */
const MOST_CALLS = 80;

/** What was found after each cut; a sentence where the database did not even open. */
export async function cutPower(options: PowerOptions): Promise<(Found | string)[]> {
	const { names, deaf, settled, times, chance } = options;
	const dir = mkdtempSync(join(memory, 'plenary-power-'));
	const dataDir = join(dir, 'data');
	if (settled) {
		const before = new KillableServer({ dataDir });
		await before.start();
		await before.stop();
	}
	const server = new KillableServer({
		dataDir,
		nodeArguments: ['--import', join(root, 'bench/faults/power-cut.ts')],
		environment: {
			POWER_CUT_SHADOW: join(dir, 'shadow'),
			POWER_CUT_NAMES: names,
			...(deaf ? { POWER_CUT_DEAF: '1' } : {})
		}
	});
	const found: (Found | string)[] = [];
	try {
		await server.start();
		const scene = await Scene.open(server, chance);
		await seat(scene, ['own', 'stock', 'own']);
		const eye = await scene.join();
		scene.type();
		for (let time = 0; time < times; time++) {
			await pause(500 + chance.below(1500));
			found.push(await cutOnce(scene, eye.token, join(dir, `cut-${time}`)));
		}
		await scene.rest();
		scene.close();
	} finally {
		await server.kill();
		rmSync(dir, { recursive: true, force: true });
	}
	return found;
}

/** Where memory is a file system, the shadow costs no disk. */
const memory = process.platform === 'linux' ? '/dev/shm' : tmpdir();

async function cutOnce(scene: Scene, token: string, as: string): Promise<Found | string> {
	const then = scene.acknowledged();
	const server = scene.server.process!;
	const copied = new Promise((done) => server.once('message', done));
	server.send({ as, after: scene.chance.below(MOST_CALLS) } satisfies CutRequest);
	await copied;
	const other = new KillableServer({ dataDir: as });
	try {
		await other.start();
		return await scene.judgeAt(other.url, token, then);
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	} finally {
		await other.kill();
		rmSync(as, { recursive: true, force: true });
	}
}
