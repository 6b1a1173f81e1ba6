/** Which page of the room screen is shown when: they turn by themselves, and by whoever turns them. */
import type { Turn } from '#shared/facilitation/screen-pages.ts';

export const TURN_EVERY = 14_000;
/** How long a page that somebody turned to stays. */
const HOLD = 2 * 60_000;

/** The page that was on when somebody last decided, and when the next one follows it. */
export interface Turned {
	page: number;
	next: number;
}

/** Pages as they begin: turning, or held at the first. */
export const unturned = (now: number, held = false): Turned => ({
	page: 0,
	next: held ? Infinity : now + TURN_EVERY
});

/** The page that is on now, from 0; after the last comes the first. */
export function pageAt({ page, next }: Turned, pages: number, now: number): number {
	const since = now < next ? 0 : 1 + Math.floor((now - next) / TURN_EVERY);
	return pages < 2 ? 0 : (page + since) % pages;
}

/** Whether the page stays for longer than one would that turns by itself. */
export const staysAt = ({ next }: Turned, now: number): boolean => next - now > TURN_EVERY;

/** What a turn makes of it; null where there is nothing to turn. */
export function turnedTo(to: Turn, turned: Turned, pages: number, now: number): Turned | null {
	if (pages < 2) return null;
	const page = pageAt(turned, pages, now);
	const next = turned.next === Infinity ? Infinity : now + HOLD;
	switch (to) {
		case 'next':
			return { page: (page + 1) % pages, next };
		case 'previous':
			return { page: (page + pages - 1) % pages, next };
		case 'stay':
			return { page, next: staysAt(turned, now) ? now + TURN_EVERY : Infinity };
	}
}

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>;

/** The turn that a key of the room screen is; null where it is none. */
export function turnBy(press: Press): Turn | null {
	if (press.repeat || press.ctrlKey || press.metaKey || press.altKey) return null;
	switch (press.key) {
		case 'ArrowRight':
		// As a clicker has it.
		case 'PageDown':
			return 'next';
		case 'ArrowLeft':
		case 'PageUp':
			return 'previous';
		case ' ':
			return 'stay';
		default:
			return null;
	}
}
