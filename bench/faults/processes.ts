/** Faults of the process: killed, asked to stop, killed while it opens its database. */
import { pause } from '../simulated-person.ts';
import type { Fault } from './run.ts';
import type { Scene } from './scene.ts';

/** What a server that is asked to stop may take, in ms. */
const STOPS_WITHIN = 5000;

export const killed: Fault = {
	name: 'kill -9 while typing',
	times: 20,
	short: 2,
	async strike(scene) {
		// At any moment; and at the one in which a promise that is given too early is a lie.
		if (scene.chance.below(3) > 0) await scene.acknowledgement();
		await scene.server.kill();
		await scene.comeBackAlone();
	}
};

export const stopped: Fault = {
	name: 'SIGTERM and start',
	times: 5,
	short: 1,
	async strike(scene) {
		const took = await scene.server.stop();
		if (took > STOPS_WITHIN) throw new Error(`It took ${Math.round(took)} ms to stop.`);
		await scene.comeBackAlone();
	}
};

/** Again and again at moments in which the database is being opened, migrated and read. */
export const killedAtStart: Fault = {
	name: 'kill -9 while starting',
	times: 5,
	short: 1,
	async strike(scene) {
		await scene.server.kill();
		for (let tries = 0; tries < 2; tries++) await startAndKill(scene);
		await scene.comeBackAlone();
	}
};

async function startAndKill({ server, proxy, chance }: Scene): Promise<void> {
	proxy.upstream = 0;
	server.launch();
	await pause(100 + chance.below(1200));
	await server.kill();
}
