import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Of what this process takes, what it would not give back: bytes of its heap and beside it. */
export function held(): NodeJS.MemoryUsage {
	setFlagsFromString('--expose_gc');
	(runInNewContext('gc') as () => void)();
	return process.memoryUsage();
}

/** In ms, what this process computes meanwhile: neighbours on the machine do not lengthen it. */
export async function computing(what: () => unknown): Promise<number> {
	const before = process.cpuUsage();
	await what();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

/** In ms, how long each takes where nothing is in its way: by turns, so that none has the slower minutes. */
export function fastest(...ways: (() => unknown)[]): number[] {
	const least = ways.map(() => Infinity);
	for (let round = 0; round < 60; round += 1)
		for (const [at, way] of ways.entries()) {
			const began = performance.now();
			way();
			least[at] = Math.min(least[at]!, performance.now() - began);
		}
	return least;
}
