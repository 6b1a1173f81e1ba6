/** Runs one fault, so and so many times, and finds out after each whether anything was lost. */
import type { Chance } from '../../tests/support/chance.ts';
import { pause } from '../simulated-person.ts';
import type { Kind } from './device.ts';
import type { KillableServer } from './killable-server.ts';
import { Scene, type Found } from './scene.ts';

export interface Fault {
	name: string;
	/** How often it strikes in a whole run, and in a short one. */
	times: number;
	short: number;
	/** Who writes; four devices where absent. */
	people?(scene: Scene): Promise<void>;
	/** While they type: breaks something, and mends it. What it throws is a failure. */
	strike(scene: Scene, ground: Ground): Promise<void>;
	/** A server of its own, on something that can be broken; a sentence where that cannot be had. */
	ground?(chance: Chance): Promise<Ground | string>;
	/** In ms, until everybody has to agree after it was mended. */
	within?: number;
}

/** What a server stands on. */
export interface Ground {
	server: KillableServer;
	/** In whatever way this can be broken, and mended again. */
	breaks?(scene: Scene): Promise<void>;
	end(): Promise<void>;
}

export interface Row extends Found {
	fault: string;
	times: number;
	/** The longest time until everybody agreed, in ms. */
	longest: number;
	/** What went wrong besides, in sentences. */
	wrong: string[];
}

const AGREE_WITHIN = 120_000;
/** In ms: how long is written before each time, at least and at most. */
const WRITING = { least: 200, most: 1300 };

/** Two with the product's engine, two with the stock one. */
export async function seat(scene: Scene, kinds: Kind[] = ['own', 'own', 'stock', 'own']) {
	for (const kind of kinds) await scene.sit(kind);
}

export const emptyRow = (fault: string): Row => ({
	fault,
	times: 0,
	acknowledged: 0,
	lost: 0,
	doubled: 0,
	foreign: 0,
	longest: 0,
	wrong: []
});

/**
 * `shared` is up, and is up again when this answers; `cold`: in the end it is started anew and read
 * once more. A sentence where it could not be tried here.
 */
export async function runFault(
	fault: Fault,
	shared: KillableServer,
	chance: Chance,
	{ times, cold = true }: { times: number; cold?: boolean }
): Promise<Row | string> {
	const ground = (await fault.ground?.(chance)) ?? { server: shared, end: async () => {} };
	if (typeof ground === 'string') return ground;
	try {
		return await runOn(ground, fault, { chance, times, cold });
	} finally {
		await ground.end();
	}
}

async function runOn(
	ground: Ground,
	fault: Fault,
	{ chance, times, cold }: { chance: Chance; times: number; cold: boolean }
): Promise<Row> {
	const row = emptyRow(fault.name);
	const scene = await Scene.open(ground.server, chance);
	try {
		await (fault.people ?? seat)(scene);
		for (; row.times < times; row.times += 1) {
			scene.type();
			await pause(WRITING.least + chance.below(WRITING.most - WRITING.least));
			await fault.strike(scene, ground);
			await scene.rest();
			row.longest = Math.max(row.longest, await scene.agree(fault.within ?? AGREE_WITHIN));
			worse(row, await scene.judge());
		}
		if (cold) await readCold(scene, row);
	} catch (error) {
		row.wrong.push(error instanceof Error ? error.message : String(error));
		await scene.rest();
		if (scene.server.process === null) await scene.start();
		worse(row, await scene.judge());
	} finally {
		scene.close();
	}
	return row;
}

/** Stopped and started again, the server has what everybody has. */
async function readCold(scene: Scene, row: Row): Promise<void> {
	await scene.server.stop();
	await scene.start();
	await scene.agree(AGREE_WITHIN);
	worse(row, await scene.judge());
}

/** Keeps the worst that was found. */
export function worse(row: Row, found: Found): void {
	row.acknowledged = found.acknowledged;
	for (const what of ['lost', 'doubled', 'foreign'] as const)
		row[what] = Math.max(row[what], found[what]);
}

export const isGood = ({ lost, doubled, foreign, wrong }: Row): boolean =>
	lost + doubled + foreign + wrong.length === 0;
