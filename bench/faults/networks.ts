/** Faults of the network: flapping, silent, cut within frames, slow, stalled, and out of order. */
import { pause } from '../simulated-person.ts';
import { seat, type Fault } from './run.ts';
import { reached } from './scene.ts';

export const flapping: Fault = {
	name: 'network flaps 20 times',
	times: 3,
	short: 1,
	async strike({ proxy, chance }) {
		for (let cut = 0; cut < 20; cut++) {
			proxy.cutAll();
			await pause(20 + chance.below(400));
		}
	}
};

/** In ms: how long until our own engine finds out that nobody is there, and is back. */
const NOTICED_WITHIN = 15_000;
const BACK_WITHIN = 30_000;

export const halfOpen: Fault = {
	name: 'half-open connections',
	times: 2,
	short: 1,
	people: (scene) => seat(scene, ['own', 'own', 'own']),
	async strike({ proxy, writers }) {
		for (const line of proxy.lines) line.weather = { silent: true };
		const acknowledged = writers.map(({ words }) => words.made);
		await reached(
			() => writers.every(({ words }, at) => words.acknowledged > acknowledged[at]!),
			NOTICED_WITHIN + BACK_WITHIN,
			'every device has noticed that its connection is dead, and is saved over another'
		);
	}
};

export const truncated: Fault = {
	name: 'connections cut within frames',
	times: 4,
	short: 1,
	async strike({ proxy, chance }) {
		proxy.weather = () => ({ cutAfter: 400 + chance.below(1500), gently: chance.below(2) === 0 });
		proxy.cutAll();
		await pause(3000);
		proxy.clear();
		proxy.cutAll();
	}
};

/** One device takes nothing; the others must not feel it. */
const UNDISTURBED_WITHIN = 20_000;

export const stalled: Fault = {
	name: 'stalled client beside others',
	times: 3,
	short: 1,
	async strike(scene) {
		const [one, ...others] = scene.writers;
		const sockets = [one!.board, one!.notebook].flatMap((half) => [...half.sockets.open]);
		for (const socket of sockets) socket.pause();
		await pause(2000);
		await scene.rest();
		await scene.agree(UNDISTURBED_WITHIN, others);
		for (const socket of sockets) socket.resume();
	}
};

export const slow: Fault = {
	name: 'slow line',
	times: 2,
	short: 1,
	async strike({ proxy }) {
		const weather = { delay: [50, 400] as [number, number], rate: 12_000 };
		proxy.turn(weather);
		proxy.cutAll();
		await pause(4000);
		proxy.clear();
	}
};

/** What a lost connection still holds arrives behind what the next one has brought. */
export const overtaken: Fault = {
	name: 'an old connection overtaken',
	times: 5,
	short: 1,
	async strike({ proxy, chance }) {
		proxy.turn({ delay: [200, 600] });
		await pause(1500);
		proxy.weather = () => ({});
		for (const line of proxy.lines) line.overtake(300 + chance.below(1500));
		await pause(2500);
	}
};
