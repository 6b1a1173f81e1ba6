/** Where a card lies among others: a string that sorts between two others, so that moving one writes one. */
import { generateKeyBetween } from 'fractional-indexing';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * An order strictly between two others; null is the end. Where nothing lies between (two people
 * dropped a card at the same place), it is just behind the first.
 */
export function between(before: string | null, after: string | null): string {
	const low = before || null;
	const high = after || null;
	if (low !== null && high !== null && low >= high) return `${low}V`;
	try {
		return generateKeyBetween(low, high);
	} catch {
		// Orders come from other people's devices: any letters and digits, not only the library's.
		return midpoint(low ?? '', high);
	}
}

/** The shortest string of our digits between two others, read as fractions. */
function midpoint(low: string, high: string | null): string {
	let shared = 0;
	if (high !== null)
		while (shared < high.length && (low[shared] ?? '0') === high[shared]) shared += 1;
	if (high !== null && shared > 0)
		return high.slice(0, shared) + midpoint(low.slice(shared), high.slice(shared) || null);

	const from = low === '' ? 0 : DIGITS.indexOf(low[0]!);
	const to = high === null ? DIGITS.length : DIGITS.indexOf(high[0]!);
	if (to - from > 1) return DIGITS[Math.round((from + to) / 2)]!;
	if (high !== null && high.length > 1) return high[0]!;
	return DIGITS[from]! + midpoint(low.slice(1), null);
}

/** Sorts by order, and by id where two have the same, so that every screen agrees. */
export function byOrder(
	a: { order: string; id: string },
	b: { order: string; id: string }
): number {
	if (a.order !== b.order) return a.order < b.order ? -1 : 1;
	if (a.id === b.id) return 0;
	return a.id < b.id ? -1 : 1;
}
