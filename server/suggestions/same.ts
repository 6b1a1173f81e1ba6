/** Near-duplicates: cards that say the same idea, in other words, more words, or in a hurry. */
import type { Compared } from './cards.ts';
import { APART, clustersOf } from './clusters.ts';
import { cosine } from './vectors.ts';

/** From here on two cards say the same. */
const SAME = 0.45;
/** What common concepts count beside common words; and being in the same town, beside a word. */
const CONCEPTS = 0.25;
const PLACE = 0.4;

/** Indices of cards that say the same, those least in doubt first. */
export function* sameIdeas(set: Compared[]): Generator<void, number[][]> {
	const found = yield* clustersOf(set.length, (a, b) => sameness(set[a]!, set[b]!), SAME);
	return found.filter((cards) => {
		const [first, ...others] = cards.map((i) => set[i]!.lies.same);
		return first === undefined || others.some((same) => same !== first);
	});
}

/** How surely two cards say the same: 1 is letter by letter. */
function sameness(a: Compared, b: Compared): number {
	if (arePutApart(a, b)) return APART;
	if (a.exact === b.exact) return 1;
	if (a.place && b.place && a.place !== b.place) return 0;
	// "No time!!", and "No time, there are only two of us": people begin with what it is about.
	if (a.read.head !== '' && a.read.head === b.read.head) return 1;
	const words = cosine(a.words, b.words);
	if (words === 0) return 0;
	const isPlace = a.place !== '' && a.place === b.place;
	return Math.min(1, words + CONCEPTS * cosine(a.concepts, b.concepts) + (isPlace ? PLACE : 0));
}

/** Somebody has decided: they lie in two groups. */
function arePutApart({ lies: a }: Compared, { lies: b }: Compared): boolean {
	if (a.theme && b.theme && a.theme !== b.theme) return true;
	if (a.same && b.same && a.same !== b.same) return true;
	// One in a theme, the other in a group that stands outside it.
	return Boolean((a.theme && b.same && !b.theme) || (b.theme && a.same && !a.theme));
}
