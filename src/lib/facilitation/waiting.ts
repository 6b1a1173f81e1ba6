import type { SavingView } from '#shared/wire/events.ts';

/** How much waits for the database, over all boards, and since when; null while nothing does. */
export function waitingToBeSaved(
	saving: readonly (SavingView | null)[],
	now: number
): { kilobytes: number; seconds: number; full: boolean } | null {
	const waiting = saving.filter((one) => one !== null);
	if (waiting.length === 0) return null;
	const bytes = waiting.reduce((sum, one) => sum + one.bytes, 0);
	const since = Math.min(...waiting.map((one) => one.since));
	return {
		kilobytes: Math.max(1, Math.round(bytes / 1024)),
		seconds: Math.max(0, Math.floor((now - since) / 1000)),
		full: waiting.some(({ full }) => full)
	};
}
