import type { Clock } from '#shared/clock.ts';

/** Time that passes only when a test says so: `advance` runs what is due, in order. */
export function createTestClock(
	start = Date.UTC(2026, 2, 3, 9)
): Clock & { advance(ms: number): void } {
	let now = start;
	let count = 0;
	const waiting = new Map<number, { at: number; fn: () => void }>();
	const next = (end: number) =>
		[...waiting]
			.filter(([, { at }]) => at <= end)
			.sort(([i, a], [j, b]) => a.at - b.at || i - j)[0];
	return {
		now: () => now,
		after(ms, fn) {
			const id = count++;
			waiting.set(id, { at: now + Math.max(0, ms), fn });
			return () => waiting.delete(id);
		},
		advance(ms) {
			const end = now + ms;
			for (let due = next(end); due; due = next(end)) {
				const [id, { at, fn }] = due;
				waiting.delete(id);
				now = at;
				fn();
			}
			now = end;
		}
	};
}
