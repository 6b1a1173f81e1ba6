/**
 * Clusters by average link: the two that are most alike on average become one, until none are alike
 * enough. So a cluster stays about one thing, where chains of neighbours would wander off.
 */

/** Two that may never come together. */
export const APART = -Infinity;

/**
 * Indices of those that belong together, the most alike first; whoever is alone is left out. Pauses
 * now and then: whoever runs it lets others go on meanwhile. The time is the square of `count`.
 */
export function* clustersOf(
	count: number,
	likeness: (a: number, b: number) => number,
	least: number
): Generator<void, number[][]> {
	const between: Float64Array[] = [];
	for (let a = 0; a < count; a++) {
		const row = new Float64Array(count);
		for (let b = 0; b < a; b++) row[b] = between[b]![a] = likeness(a, b);
		between.push(row);
		yield;
	}

	const clusters: (number[] | null)[] = Array.from({ length: count }, (_, one) => [one]);
	/** The most alike of each, known until either changes. */
	const nearest: number[] = [];
	const seek = (a: number): void => {
		let best = -1;
		for (let b = 0; b < count; b++)
			if (b !== a && clusters[b] && (best < 0 || between[a]![b]! > between[a]![best]!)) best = b;
		nearest[a] = best;
	};
	for (let a = 0; a < count; a++) {
		seek(a);
		yield;
	}

	for (;;) {
		let a = -1;
		for (let one = 0; one < count; one++) {
			if (!clusters[one] || nearest[one]! < 0) continue;
			if (a < 0 || between[one]![nearest[one]!]! > between[a]![nearest[a]!]!) a = one;
		}
		const b = a < 0 ? -1 : nearest[a]!;
		if (b < 0 || between[a]![b]! < least) break;
		const [into, from] = a < b ? [a, b] : [b, a];
		const [many, few] = [clusters[into]!.length, clusters[from]!.length];
		for (let other = 0; other < count; other++) {
			const mean = (between[into]![other]! * many + between[from]![other]! * few) / (many + few);
			between[into]![other] = between[other]![into] = mean;
		}
		clusters[into]!.push(...clusters[from]!);
		clusters[from] = null;
		for (let one = 0; one < count; one++)
			if (clusters[one] && (one === into || nearest[one] === into || nearest[one] === from))
				seek(one);
			else if (clusters[one] && between[one]![into]! > between[one]![nearest[one]!]!)
				nearest[one] = into;
		yield;
	}
	return clusters.filter((one): one is number[] => one !== null && one.length > 1);
}
