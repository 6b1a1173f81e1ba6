/** How much is made for one person: a roomful is not slowed, one script is. */
import { refuse, type Refusal, type RefusalReason } from '#shared/refusals.ts';

export interface Limits {
	/** Makes one more thing for somebody, or says when to come back. */
	one<T>(person: string, make: () => Promise<T>): Promise<T | Refusal>;
}

export interface Limit {
	aMinute: number;
	atOnce: number;
	/** What more than that is refused as. */
	reason: RefusalReason;
}

export const FILES: Limit = { aMinute: 30, atOnce: 3, reason: 'too-many-files' };
/** Pages that are gathered for each who looks. */
export const PAGES: Limit = { aMinute: 240, atOnce: 20, reason: 'too-many-tries' };
/** The same for whoever is known by an address alone, behind which a whole room may stand. */
export const PAGES_OF_ADDRESS: Limit = { aMinute: 600, atOnce: 600, reason: 'too-many-tries' };

const MINUTE = 60_000;
/** In seconds: what is under way is done by then. */
const SOON = 5;

/** Counts in memory: a restart forgets, and that is well. */
export function createLimits(now: () => number, { aMinute, atOnce, reason }: Limit): Limits {
	const under = new Map<string, number>();
	const taken = new Map<string, number>();
	let minute = 0;

	return {
		async one(person, make) {
			const at = now();
			if (Math.floor(at / MINUTE) !== minute) taken.clear();
			minute = Math.floor(at / MINUTE);
			const [count, running] = [taken.get(person) ?? 0, under.get(person) ?? 0];
			if (count >= aMinute)
				return { ...refuse(reason), after: Math.ceil(((minute + 1) * MINUTE - at) / 1000) };
			if (running >= atOnce) return { ...refuse(reason), after: SOON };
			taken.set(person, count + 1);
			under.set(person, running + 1);
			try {
				return await make();
			} finally {
				const left = under.get(person)! - 1;
				if (left > 0) under.set(person, left);
				else under.delete(person);
			}
		}
	};
}
