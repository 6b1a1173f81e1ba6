/**
 * Challenges that were given out and wait for their answer: each is good once, for five minutes.
 * They are kept in memory, and only so many; a restart forgets them, and whoever was about to
 * answer asks again.
 */
import type { Clock } from '#shared/clock.ts';

const LAST = 5 * 60 * 1000;

export interface Challenges<About> {
	/** Remembers what a challenge was given out for. */
	give(challenge: string, about: About): void;
	/** What it was given out for, once; null where it was not, or too long ago. */
	take(challenge: string): About | null;
	readonly size: number;
}

export function createChallenges<About>(clock: Clock, most: number): Challenges<About> {
	// The oldest first: in a map, whatever was put in last stands last.
	const given = new Map<string, { about: About; until: number }>();
	return {
		get size() {
			return given.size;
		},
		give(challenge, about) {
			const now = clock.now();
			given.set(challenge, { about, until: now + LAST });
			for (const [oldest, { until }] of given) {
				if (until > now && given.size <= most) break;
				given.delete(oldest);
			}
		},
		take(challenge) {
			const one = given.get(challenge);
			given.delete(challenge);
			return one && one.until > clock.now() ? one.about : null;
		}
	};
}
