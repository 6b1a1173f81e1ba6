/** Which pairs somebody compares: each person a few, and the room together all of them evenly. */

import { PAIRS } from '#shared/facilitation/votes.ts';
import type { PersonView } from '#shared/wire/events.ts';

/** So many at first; whoever wants goes on. */
export const FEW = 10;

export type Pair = readonly [string, string];

/**
 * Every pair of `ids` for the person at `place` in the room, as many as one person compares, those
 * first that are theirs. The pairs
 * lie in a ring, in rounds in which each id stands once; the next person begins where the one before
 * has ended. So no pair is dealt to more than one person more than another.
 */
export function dealtPairs(ids: readonly string[], place: number): Pair[] {
	const ring = rounds(ids.toSorted());
	if (ring.length === 0) return [];
	const few = Math.min(FEW, ring.length);
	const from = (place * few) % ring.length;
	const turned = [...ring.slice(from), ...ring.slice(0, from)];
	// Once it goes round again, the two stand the other way: neither side is always the same.
	const lap = Math.floor((place * few) / ring.length);
	return turned.slice(0, PAIRS).map(([one, other], at) => {
		const around = lap + (from + at >= ring.length ? 1 : 0);
		return around % 2 === 0 ? [one, other] : [other, one];
	});
}

/**
 * A person's place in the room, by when they came: who comes later changes nobody's. Where the room
 * is not known, as in an anonymous one, some place that is always theirs.
 */
export function placeIn(
	people: readonly Pick<PersonView, 'id' | 'joinedAt'>[],
	own: string
): number {
	const inOrder = people.toSorted((a, b) => a.joinedAt - b.joinedAt || (a.id < b.id ? -1 : 1));
	const at = inOrder.findIndex(({ id }) => id === own);
	return at >= 0 ? at : [...own].reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)!) % 9973, 7);
}

/** A tournament of all against all, by the circle: in each round everybody meets one other. */
function rounds(ids: string[]): Pair[] {
	const all: (string | null)[] = ids.length % 2 === 0 ? ids : [...ids, null];
	const [still, ...turning] = all;
	const pairs: Pair[] = [];
	for (let round = 0; round < all.length - 1; round++) {
		const circle = [still!, ...turning];
		for (let at = 0; at < circle.length / 2; at++) {
			const one = circle[at]!;
			const other = circle[circle.length - 1 - at]!;
			// The one that stands still stands on both sides in turn.
			if (one !== null && other !== null) pairs.push(round % 2 === 0 ? [one, other] : [other, one]);
		}
		turning.unshift(turning.pop()!);
	}
	return pairs;
}
