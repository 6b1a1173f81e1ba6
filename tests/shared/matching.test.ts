/** Who works with whom, against all the ways that there are in small rooms. */
import { array, assert, constantFrom, integer, nat, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { heaviestMatching } from '#shared/matching/blossoms.ts';
import { group, type Difference } from '#shared/matching/groups.ts';

/** Every way to put people into pairs and threes of which each differs from another one in it, or to leave them. */
function* ways(people: number[], differ: Difference): Generator<number[][]> {
	const [first, ...rest] = people;
	if (first === undefined) return yield [];
	for (const way of ways(rest, differ)) yield way;
	for (const [i, second] of rest.entries()) {
		const others = rest.filter((_, at) => at !== i);
		if (differ(first, second))
			for (const way of ways(others, differ)) yield [[first, second], ...way];
		for (const third of others.slice(i))
			if (isThree([first, second, third], differ))
				for (const way of ways(
					others.filter((one) => one !== third),
					differ
				))
					yield [[first, second, third], ...way];
	}
}
const isThree = (three: number[], differ: Difference) =>
	three.every((one) => three.some((other) => differ(one, other) > 0));

/** Every set of pairs. */
function* pairings(people: number[], differ: Difference): Generator<number[][]> {
	const [first, ...rest] = people;
	if (first === undefined) return yield [];
	yield* pairings(rest, differ);
	for (const second of rest)
		if (differ(first, second))
			for (const way of pairings(
				rest.filter((one) => one !== second),
				differ
			))
				yield [[first, second], ...way];
}

/** All ways of putting those who are left beside pairs: how many, and how far apart. */
function best(left: number[], pairs: number[][], differ: Difference): [number, number] {
	const [first, ...rest] = left;
	if (first === undefined) return [0, 0];
	let most = best(rest, pairs, differ);
	for (const pair of pairs) {
		const far = differ(first, pair[0]!) + differ(first, pair[1]!);
		if (far === 0) continue;
		const [more, sum] = best(
			rest,
			pairs.filter((one) => one !== pair),
			differ
		);
		if (more + 1 > most[0] || (more + 1 === most[0] && sum + far > most[1]))
			most = [more + 1, sum + far];
	}
	return most;
}

const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);
const apart = (pairs: number[][], differ: Difference) => sum(pairs.map(([a, b]) => differ(a!, b!)));

/** What the best there is comes to: how many are left alone, how many groups, how far apart their pairs are. */
function bestOf(people: number, differ: Difference, standing: number[][]) {
	const placed = new Set(standing.flat());
	const free = [...Array(people).keys()].filter((one) => !placed.has(one));
	const open = standing.filter(({ length }) => length === 2);
	const all = [...pairings(free, differ)];
	const most = Math.max(...all.map(({ length }) => length));
	let left = Infinity;
	let far = -1;
	for (const pairs of all) {
		if (pairs.length < most) continue;
		const paired = new Set(pairs.flat());
		const alone = free.filter((one) => !paired.has(one));
		const still = alone.length - best(alone, [...open, ...pairs], differ)[0];
		const sum = apart(pairs, differ);
		if (still < left || (still === left && sum > far)) [left, far] = [still, sum];
	}
	return { left, groups: most, far };
}

/** How far everybody in a room is from everybody else: by chance, or by what they have in common. */
const rooms = integer({ min: 0, max: 8 }).chain((people) =>
	record({
		people: constantFrom(people),
		/** Few differ in most rooms: there somebody is left. */
		far: array(constantFrom(0, 0, 0, 1, 1, 2), { minLength: 28, maxLength: 28 })
	})
);
const differIn =
	(far: number[]): Difference =>
	(a, b) =>
		a === b ? 0 : far[(Math.max(a, b) * (Math.max(a, b) - 1)) / 2 + Math.min(a, b)]!;

/** Only these differ, by letters. */
const among = (edges: string[]): Difference => {
	const all = new Set(edges);
	return (a, b) => Number(all.has([...'abcdef'].filter((_, i) => i === a || i === b).join('')));
};

const classes = array(record({ country: nat({ max: 2 }), kind: nat({ max: 2 }) }), {
	maxLength: 8
});
type Person = { country: number; kind: number };
/** 0 is not said, and nobody differs in that. */
const byFields =
	(people: Person[]): Difference =>
	(a, b) =>
		(['country', 'kind'] as const).filter((field) => {
			const [one, other] = [people[a]![field], people[b]![field]];
			return one && other && one !== other;
		}).length;

function check(people: number, differ: Difference, standing: number[][] = []): void {
	const { groups, left } = group(people, differ, standing);
	const everybody = [...groups.flat(), ...left].sort((a, b) => a - b);
	expect(everybody).toEqual([...Array(people).keys()]);
	for (const [i, one] of groups.entries()) {
		if (i < standing.length) expect(one.slice(0, standing[i]!.length)).toEqual(standing[i]);
		else expect(differ(one[0]!, one[1]!)).toBeGreaterThan(0);
		if (one.length === 3) expect(isThree(one, differ) || i < standing.length).toBe(true);
	}
	const made = groups.slice(standing.length);
	const found = { left: left.length, groups: made.length, far: apart(made, differ) };
	expect(found).toEqual(bestOf(people, differ, standing));
	// And of these pairs, who joins them is as far from them as can be.
	const pairs = groups.filter((_, i) => standing[i]?.length !== 3);
	const thirds = pairs.flatMap(([, , third]) => third ?? []);
	const beside = sum(
		pairs.map(([a, b, c]) => (c === undefined ? 0 : differ(a!, c) + differ(b!, c)))
	);
	expect([thirds.length, beside]).toEqual(best([...thirds, ...left], pairs, differ));
}

const runs = { seed: 20261129, numRuns: Number(process.env['RUNS'] ?? 150) };

test('MT2 MT4 as many pairs as can be, most different in sum, in every small room', () => {
	assert(
		property(rooms, ({ people, far }) => check(people, differIn(far))),
		runs
	);
	assert(
		property(classes, (people) => check(people.length, byFields(people))),
		runs
	);
});

test('MT3 nobody is left whom any pairs and threes could have given a place', () => {
	const fewest = (people: number, differ: Difference) => {
		const all = [...Array(people).keys()];
		let left = people;
		for (const way of ways(all, differ)) left = Math.min(left, people - way.flat().length);
		return left;
	};
	assert(
		property(rooms, ({ people, far }) => {
			const differ = differIn(far);
			expect(group(people, differ).left).toHaveLength(fewest(people, differ));
		}),
		runs
	);
	// b and d could be a pair each; only where a takes e may everybody have a place.
	expect(group(6, among(['ab', 'ae', 'af', 'bc', 'cd'])).left).toEqual([]);
});

test('MT6 what stands is left as it is, and who came is matched beside it as well as can be', () => {
	assert(
		property(rooms, nat({ max: 2 }), ({ people, far }, pairs) => {
			const standing = Array.from({ length: Math.min(pairs, people >> 1) }, (_, i) => [
				people - 1 - 2 * i,
				people - 2 - 2 * i
			]);
			if (pairs === 2 && people > 4) standing[0]!.push(0);
			check(people, differIn(far), standing);
		}),
		runs
	);
	// a takes c and d, and b goes to a pair that stands: only then has everybody a place.
	const differ = among(['ab', 'ac', 'ad', 'be']);
	const { groups, left } = group(6, differ, [[4, 5]]);
	expect([groups[0], left]).toEqual([[4, 5, 1], []]);
});

/** The heaviest there is, by trying all: of every set of vertices, given as bits. */
function heaviest(size: number, weight: Difference): number {
	const most = [0];
	for (let some = 1; some < 1 << size; some++) {
		const first = 31 - Math.clz32(some);
		const rest = some & ~(1 << first);
		let best = most[rest]!;
		for (let other = 0; other < first; other++)
			if (rest & (1 << other))
				best = Math.max(best, weight(first, other) + most[rest & ~(1 << other)]!);
		most.push(best);
	}
	return most.at(-1)!;
}

test('MT1 the matching is the heaviest of all, with any weights', () => {
	// Sparse ones too: there blossoms close in blossoms, and open again.
	const weights = integer({ min: 0, max: 12 }).chain((size) =>
		constantFrom(
			nat({ max: 9 }),
			constantFrom(0, 0, 0, 0, 5, 6, 7),
			constantFrom(0, 0, 1, 2)
		).chain((weight) =>
			record({
				size: constantFrom(size),
				far: array(weight, { minLength: 66, maxLength: 66 })
			})
		)
	);
	assert(
		property(weights, ({ size, far }) => {
			const weight = differIn(far);
			const work = heaviestMatching(size, weight);
			let step = work.next();
			while (!step.done) step = work.next();
			const pairs = [...step.value].flatMap((mate, one) => (mate > one ? [[one, mate]] : []));
			for (const [a, b] of pairs) expect(step.value[b!]).toBe(a);
			expect(apart(pairs, weight)).toBe(heaviest(size, weight));
		}),
		{ ...runs, numRuns: 2 * runs.numRuns }
	);
});

/** Always the same people. */
function crowd(people: number, countries: number, kinds: number, blank = 0): Person[] {
	let chance = 7;
	const next = (below: number) => (chance = (chance * 48271) % 2147483647) % below;
	return Array.from({ length: people }, () => ({
		country: next(100) < blank ? 0 : 1 + next(countries),
		kind: next(100) < blank ? 0 : 1 + next(kinds)
	}));
}

test('MT5 the same people are matched alike, and three hundred in one theme in a moment', () => {
	for (const people of [
		crowd(300, 60, 7),
		crowd(300, 3, 3),
		crowd(299, 1, 2, 20),
		crowd(300, 2, 2, 60)
	]) {
		const differ = byFields(people);
		const began = process.threadCpuUsage();
		const { groups, left } = group(people.length, differ);
		// In µs of this thread, as others are at work as well; far from what it takes.
		expect(process.threadCpuUsage(began).user).toBeLessThan(1_500_000);
		expect(group(people.length, differ)).toEqual({ groups, left });
		expect(groups.flat().length + left.length).toBe(people.length);
	}
});
