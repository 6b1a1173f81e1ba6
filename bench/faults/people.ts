/** Faults that are people's: clocks that are wrong, two devices at once, everybody back at once. */
import { io } from 'socket.io-client';
import type { ClientToServer, ServerToClient } from '#shared/wire/events.ts';
import type { Socket } from 'socket.io-client';
import { ServerTime } from '../../src/lib/sync/server-time.ts';
import { pause } from '../simulated-person.ts';
import { seat, type Fault } from './run.ts';
import type { Scene } from './scene.ts';

const HOUR = 3_600_000;
/** What a timer may be wrong by, in ms, beside half of the quickest way there and back. */
const TIMER = 300;

/** Each device lives at another hour; the server's time is known to all of them. */
export const skewed: Fault = {
	name: 'clocks skewed by hours',
	times: 2,
	short: 1,
	async people(scene) {
		for (const hours of [0, -7, 26])
			await scene.sit('own', { now: () => Date.now() + hours * HOUR });
	},
	async strike(scene) {
		for (const hours of [-7, 26]) {
			const now = () => Date.now() + hours * HOUR;
			const { known, way } = await serverTime(scene, now);
			const error = Math.abs(known.now() - Date.now());
			if (error > TIMER + way / 2)
				throw new Error(`A timer would be wrong by ${Math.round(error)} ms.`);
		}
		scene.proxy.cutAll();
		await pause(500);
	}
};

async function serverTime(scene: Scene, now: () => number) {
	const { token } = await scene.join();
	const socket: Socket<ServerToClient, ClientToServer> = io(scene.server.url, {
		auth: { workshop: scene.workshop, token },
		transports: ['websocket'],
		forceNew: true
	});
	const known = new ServerTime(now);
	let way = Infinity;
	await known.learn(async () => {
		const asked = performance.now();
		const answer = await socket.timeout(5000).emitWithAck('clock');
		way = Math.min(way, performance.now() - asked);
		return answer;
	});
	socket.disconnect();
	return { known, way };
}

/** One person writes on a phone and on a laptop, of which now one and now the other is away. */
export const twoDevices: Fault = {
	name: 'both devices of one person',
	times: 4,
	short: 1,
	async people(scene) {
		const person = await scene.join();
		for (const kind of ['own', 'own', 'stock'] as const) await scene.sit(kind, { person });
		await seat(scene, ['own']);
	},
	async strike({ proxy }) {
		for (let cuts = 0; cuts < 6; cuts++) {
			const line = proxy.any();
			if (line) {
				line.weather = { delay: [50, 200] };
				await pause(100);
				line.overtake(300);
			}
			await pause(200);
		}
	}
};
