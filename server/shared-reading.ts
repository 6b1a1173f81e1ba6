import type { Clock } from '#shared/clock.ts';

/**
 * What many want to know at about the same moment is read once: who asks while it is being read,
 * or within a second of it, has the same answer.
 */
export interface Shared<Key, Value> {
	of(key: Key): Promise<Value>;
	/** Reads it now, whatever is known; who asks from now on has this. */
	anew(key: Key): Promise<Value>;
	/** It is otherwise now. */
	forget(key: Key): void;
}

const FRESH_FOR = 1000;

export function createShared<Key, Value>(
	clock: Clock,
	read: (key: Key) => Promise<Value>
): Shared<Key, Value> {
	const known = new Map<Key, Promise<Value>>();

	function anew(key: Key): Promise<Value> {
		const value = read(key);
		known.set(key, value);
		const forget = () => {
			if (known.get(key) === value) known.delete(key);
		};
		value.then(() => clock.after(FRESH_FOR, forget), forget);
		return value;
	}

	return {
		anew,
		of: (key) => known.get(key) ?? anew(key),
		forget: (key) => void known.delete(key)
	};
}
