/**
 * Who works with whom: pairs of people who differ, the most different first, and threes for who is
 * left. What it promises is in docs/SPEC.md (MT1 to MT5), why it holds in docs/decisions/0022-matching.md.
 */
import { heaviestMatching } from './blossoms.ts';

/** How much two people differ, who are numbers from 0: at most 255, and 0 where they must not be matched. */
export type Difference = (a: number, b: number) => number;

/** So many rows of a table of everybody by everybody are filled between two stops. */
const ROWS = 16;

export interface Grouped {
	/** Pairs, each perhaps with a third at its end; those that stood before come first, as they were. */
	groups: number[][];
	left: number[];
}

/**
 * `standing`: pairs and threes that stay as they are, but that who is left may join a pair.
 * It yields now and then, so that a server can do something else meanwhile.
 */
export function* grouping(
	people: number,
	differ: Difference,
	standing: number[][] = []
): Generator<void, Grouped> {
	const difference = yield* lookedUp(people, differ);
	const placed = new Set(standing.flat());
	const free = [...Array(people).keys()].filter((person) => !placed.has(person));
	const open = standing.filter((group) => group.length === 2);

	let pairs = yield* pairsOf(free, difference, null);
	let grouped = yield* withThirds(free, [...open, ...pairs], difference);
	// Other pairs, as many, may give a place to more.
	if (grouped.left.length > 0) {
		pairs = yield* pairsOf(free, difference, open);
		grouped = yield* withThirds(free, [...open, ...pairs], difference);
	}
	const joined = new Map(grouped.groups.map((group) => [group[0], group]));
	const stood = standing.map((group) => joined.get(group[0]) ?? group);
	const made = grouped.groups.slice(open.length);
	const apart = ([a, b]: number[]) => difference(a!, b!);
	return { groups: [...stood, ...made.sort((a, b) => apart(b) - apart(a))], left: grouped.left };
}

/** The same at once, for who need not wait for others. */
export function group(people: number, differ: Difference, standing?: number[][]): Grouped {
	const work = grouping(people, differ, standing);
	for (;;) {
		const step = work.next();
		if (step.done) return step.value;
	}
}

/** Each pair is asked for once. */
function* lookedUp(people: number, differ: Difference): Generator<void, Difference> {
	const all = new Uint8Array(people * people);
	for (let a = 0; a < people; a++) {
		for (let b = 0; b < a; b++) all[a * people + b] = all[b * people + a] = differ(b, a);
		if (a % ROWS === 0) yield;
	}
	return (a, b) => all[a * people + b]!;
}

/**
 * As many pairs as there can be, and of all such choices the one with the greatest sum of
 * differences. With `open`, first of all the one that leaves as few as possible without a place: each
 * person is there another time, as a place beside them, and so is each pair that stands. A place
 * beside somebody who got no pair would have made one; two places taken beside the two of a pair,
 * two pairs. So no pair is counted on for more than one, though nothing here forbids it.
 */
function* pairsOf(
	free: number[],
	difference: Difference,
	open: number[][] | null
): Generator<void, number[][]> {
	const count = free.length;
	const apart = (a: number, b: number) => difference(free[a]!, free[b]!);
	let most = 0;
	for (let a = 0; a < count; a++) for (let b = 0; b < a; b++) most = Math.max(most, apart(b, a));
	const place = 1 + Math.floor(count / 2) * most;
	const pair = 1 + (count + 1) * place;
	const mate = yield* heaviestMatching(open ? 2 * count + open.length : count, (a, b) => {
		if (a >= count) return 0;
		if (b < count) return apart(a, b) && pair + apart(a, b);
		const beside = b < 2 * count ? [free[b - count]!] : open![b - 2 * count]!;
		return beside.some((person) => difference(free[a]!, person) > 0) ? place : 0;
	});
	return [...Array(count).keys()].flatMap((a) =>
		mate[a]! > a && mate[a]! < count ? [[free[a]!, free[mate[a]!]!]] : []
	);
}

/** Who is left joins a pair: as many as can be, each pair taking one, and then where they differ most. */
function* withThirds(
	free: number[],
	pairs: number[][],
	difference: Difference
): Generator<void, Grouped> {
	const paired = new Set(pairs.flat());
	const left = free.filter((person) => !paired.has(person));
	const apart = (person: number, pair: number[]) =>
		pair.reduce((sum, one) => sum + difference(person, one), 0);
	let most = 0;
	for (const person of left) for (const pair of pairs) most = Math.max(most, apart(person, pair));
	const joining = 1 + left.length * most;
	const mate = yield* heaviestMatching(left.length + pairs.length, (a, b) => {
		if (a >= left.length || b < left.length) return 0;
		const far = apart(left[a]!, pairs[b - left.length]!);
		return far && joining + far;
	});
	const third = new Map(left.map((person, i) => [mate[i]! - left.length, person]));
	return {
		groups: pairs.map((pair, i) => (third.has(i) ? [...pair, third.get(i)!] : pair)),
		left: left.filter((_, i) => mate[i] === -1)
	};
}
