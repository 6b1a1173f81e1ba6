/** Among what a further round can be: what came first, or what is tied for the first place. */
import type { Ranked } from '$lib/room/vote-targets.ts';

interface Among {
	id: string;
	kind: 'first' | 'tied';
	count: number;
}

/** So many at most; a round needs two. */
const FIRSTS = [2, 3, 5];

type Placed = Pick<Ranked, 'id' | 'place'>;

const upTo = (ranked: readonly Placed[], place: number) =>
	ranked.filter((one) => one.place <= place);

/** Where several share the last of these places, all of them are in. */
export function choicesOf(ranked: readonly Placed[]): Among[] {
	const tied = upTo(ranked, 1).length;
	const firsts = FIRSTS.map((most) => upTo(ranked, most).length).filter(
		(count, at, all) =>
			count > 1 && count < ranked.length && count !== tied && all.indexOf(count) === at
	);
	return [
		...(tied > 1 ? [{ id: 'tied', kind: 'tied' as const, count: tied }] : []),
		...firsts.map((count) => ({ id: `first-${count}`, kind: 'first' as const, count }))
	];
}

/** The ids of one of the choices. */
export const amongOf = (ranked: readonly Placed[], choice: string): string[] =>
	choice === 'tied'
		? upTo(ranked, 1).map(({ id }) => id)
		: ranked.slice(0, Number(choice.slice('first-'.length))).map(({ id }) => id);
