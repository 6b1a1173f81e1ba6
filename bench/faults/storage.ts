/** Faults of what the server stands on: its database away or stalling, its disk full. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../tests/postgres.mjs';
import type { Chance } from '../../tests/support/chance.ts';
import { pause } from '../simulated-person.ts';
import { KillableServer } from './killable-server.ts';
import { Proxy } from './proxy.ts';
import type { Fault, Ground } from './run.ts';
import type { Scene } from './scene.ts';

/** In ms: how long a database stays away. */
const AWAY = Number(process.env['AWAY'] ?? 60) * 1000;
const NO_POSTGRES = 'No PostgreSQL server is installed here.';

type Postgres = NonNullable<ReturnType<typeof startPostgres>>;

/** A server on a Postgres, with a network between the two. */
async function onPostgres(
	chance: Chance,
	takeAway: (postgres: Postgres, way: Proxy) => () => boolean,
	isKilled = false
): Promise<Ground | string> {
	const postgres = startPostgres();
	if (!postgres) return NO_POSTGRES;
	const way = new Proxy(chance);
	await way.listen();
	const url = new URL(postgres.url);
	way.upstream = Number(url.port);
	url.port = String(way.port);
	const server = new KillableServer({ environment: { DATABASE_URL: url.href } });
	const end = async () => {
		await server.dispose();
		way.close();
		postgres.stop();
	};
	await startOr(server, end);
	const breaks = async (scene: Scene) => {
		const giveBack = takeAway(postgres, way);
		await nothingTold(scene, () => pause(AWAY));
		if (isKilled) await server.kill();
		if (!giveBack()) throw new Error('Postgres did not start again.');
		if (isKilled) await scene.comeBackAlone();
	};
	return { server, breaks, end };
}

/** Where it does not start, nothing of its ground stays. */
async function startOr(server: KillableServer, end: () => Promise<void>): Promise<void> {
	try {
		await server.start();
	} catch (error) {
		await end();
		throw error;
	}
}

const crash = (postgres: Postgres): (() => boolean) => {
	postgres.crash();
	return postgres.restart;
};

/** What is called saved, or shown to others, while it cannot be in the database, is a lie. */
async function nothingTold(scene: Scene, during: () => Promise<void>): Promise<void> {
	await pause(500); // what was committed before is still being told
	const saved = JSON.stringify(scene.acknowledged());
	const shown = scene.shown();
	await during();
	if (JSON.stringify(scene.acknowledged()) !== saved)
		throw new Error('Words were called saved that could not be in the database.');
	if (scene.shown() !== shown)
		throw new Error('Words were shown to others that could not be in the database.');
}

const breakGround = (scene: Scene, ground: Ground) => ground.breaks!(scene);

export const databaseStopped: Fault = {
	name: 'database stopped',
	times: 1,
	short: 1,
	ground: (chance) => onPostgres(chance, crash),
	strike: breakGround
};

export const databaseStalls: Fault = {
	name: 'database stalls',
	times: 1,
	short: 1,
	ground: (chance) =>
		onPostgres(chance, (_postgres, way) => {
			const held = way.lines;
			way.turn({ silent: true });
			return () => {
				way.clear();
				for (const line of held) line.weather = {};
				return true;
			};
		}),
	strike: breakGround
};

/** What was called saved just before is there, though nobody is left who could save it now. */
export const killedWhileAway: Fault = {
	name: 'kill -9 while the database is away',
	times: 1,
	short: 1,
	ground: (chance) => onPostgres(chance, crash, true),
	strike: breakGround
};

const MB = 1024 * 1024;
/** A database of some sixty, the reserve that the server keeps, and room to write in. */
const DISK = 400;
/** In ms: how long the disk stays full. */
const FULL = 4000;

export const diskFull: Fault = {
	name: 'disk full',
	times: 4,
	short: 1,
	async ground() {
		const disk = mkdtempSync(join(tmpdir(), 'plenary-disk-'));
		const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK}m`, 'tmpfs', disk]);
		if (status !== 0) {
			rmSync(disk, { recursive: true });
			return 'A small file system can be mounted by root alone.';
		}
		const server = new KillableServer({ dataDir: join(disk, 'data') });
		const end = async () => {
			await server.dispose();
			spawnSync('umount', [disk]);
			rmSync(disk, { recursive: true });
		};
		await startOr(server, end);
		const breaks = async (scene: Scene) => {
			const filler = join(disk, 'filler');
			// To the last byte, or to within what the server wants to have free.
			fill(filler, disk, scene.chance.below(2) * 20 * MB);
			await nothingTold(scene, () => pause(FULL));
			rmSync(filler);
		};
		return { server, breaks, end };
	},
	strike: breakGround
};

function fill(filler: string, disk: string, leaving: number): void {
	const file = openSync(filler, 'w');
	const block = Buffer.alloc(MB / 4);
	const free = () => {
		const { bavail, bsize } = statfsSync(disk);
		return bavail * bsize;
	};
	try {
		while (free() > leaving) writeSync(file, block);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
	} finally {
		closeSync(file);
	}
}
