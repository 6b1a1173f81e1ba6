/**
 * Which cards that were left out somebody has read of: remembered by this tab, so that the notice
 * stays closed when the page is loaded again. No words are kept.
 */
import type { LeftView } from '#shared/wire/events.ts';

const KEY = 'plenary-left-read';

/** What tells one leaving out from a later one of the same card. */
export const leavingOf = ({ card, at }: LeftView): string => `${card}/${at}`;

export function leavingsRead(): ReadonlySet<string> {
	try {
		const stored: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
		return new Set(Array.isArray(stored) ? stored.map(String) : []);
	} catch {
		return new Set(); // on the server, or where the browser keeps nothing
	}
}

/** Answers all that were read until now. */
export function readLeavings(left: LeftView[]): ReadonlySet<string> {
	const read = new Set([...leavingsRead(), ...left.map(leavingOf)]);
	try {
		sessionStorage.setItem(KEY, JSON.stringify([...read]));
	} catch {
		// The notice stays closed until the page is left.
	}
	return read;
}
