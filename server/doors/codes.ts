/** Codes of workshops: a fresh one, and how long an old one rests. */
import { newCode } from './secrets.ts';
import type { WorkshopStore } from '#server/store/workshops.ts';

/** An old code stands on slides and in letters: for a year it opens nothing, and nobody else's. */
const RESTS = 365 * 24 * 60 * 60 * 1000;

/** Until when a code that a workshop has given up now is not given again. */
export const retiredUntil = (now: number): number => now + RESTS;

/** A code that no workshop has, nor had within the year. */
export async function freshCode(
	store: Pick<WorkshopStore, 'codeIsFree'>,
	now: number
): Promise<string> {
	for (;;) {
		const code = newCode();
		if (await store.codeIsFree(code, now)) return code;
	}
}
