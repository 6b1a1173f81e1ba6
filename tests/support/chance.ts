/** Chance that comes again: the same seed throws the same numbers. */
export interface Chance {
	/** A whole number from 0 to below `end`. */
	below(end: number): number;
	/** One of these. */
	one<T>(all: readonly T[]): T;
}

export function createChance(seed: number): Chance {
	let state = seed >>> 0;
	const below = (end: number) => {
		// mulberry32
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
	};
	return { below, one: (all) => all[below(all.length)]! };
}
