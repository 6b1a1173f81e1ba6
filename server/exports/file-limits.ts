/** How many files one person may take: a roomful is not slowed, one script is. */
import { refuse, type Refusal } from '#shared/refusals.ts';

/** A minute, where nothing else is said. */
const FILES = 30;
const AT_ONCE = 3;
const MINUTE = 60_000;

export interface FileLimits {
	/** Makes one more file for somebody, or says when to come back. */
	one<T>(person: string, make: () => Promise<T>): Promise<T | Refusal>;
}

/** Counts in memory: a restart forgets, and that is well. */
export function createFileLimits(now: () => number, aMinute = FILES): FileLimits {
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
				return {
					...refuse('too-many-files'),
					after: Math.ceil(((minute + 1) * MINUTE - at) / 1000)
				};
			if (running >= AT_ONCE) return { ...refuse('too-many-files'), after: 5 };
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
