/** Which page of the room screen is shown when: they turn by themselves, and by whoever stands there. */

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

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>;

/** What a press makes of it; null where it is none of these keys, or there is nothing to turn. */
export function turnedBy(press: Press, turned: Turned, pages: number, now: number): Turned | null {
	if (pages < 2 || press.repeat || press.ctrlKey || press.metaKey || press.altKey) return null;
	const page = pageAt(turned, pages, now);
	const held = turned.next - now > TURN_EVERY;
	const next = turned.next === Infinity ? Infinity : now + HOLD;
	switch (press.key) {
		case 'ArrowRight':
		// As a clicker has it.
		case 'PageDown':
			return { page: (page + 1) % pages, next };
		case 'ArrowLeft':
		case 'PageUp':
			return { page: (page + pages - 1) % pages, next };
		case ' ':
			return { page, next: held ? now + TURN_EVERY : Infinity };
		default:
			return null;
	}
}
