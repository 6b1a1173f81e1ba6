/**
 * Small values that this device keeps, in localStorage: written at once, so that a crash finds them
 * there, and seen by every tab. It may be missing, forbidden or full: then nothing is kept, and
 * whoever writes is told so.
 */
/** So long this device keeps what is saved, in ms: computers of libraries are shared. */
export const KEEP = 7 * 24 * 60 * 60 * 1000;

function storage(): Storage | null {
	try {
		return globalThis.localStorage ?? null;
	} catch {
		return null; // forbidden here
	}
}

/** What stands there; null where there is nothing that can be read. */
export function readValue(key: string): unknown {
	try {
		return JSON.parse(storage()?.getItem(key) ?? 'null');
	} catch {
		return null; // not ours
	}
}

/** Whether it is kept now. */
export function writeValue(key: string, value: unknown): boolean {
	const there = storage();
	if (!there) return false;
	try {
		there.setItem(key, JSON.stringify(value));
		return true;
	} catch {
		return false; // full
	}
}

export function eraseValue(key: string): void {
	storage()?.removeItem(key);
}

/** Every key that begins so. */
export function keysUnder(prefix: string): string[] {
	const there = storage();
	if (!there) return [];
	const keys = Array.from({ length: there.length }, (_, i) => there.key(i) ?? '');
	return keys.filter((key) => key.startsWith(prefix));
}
