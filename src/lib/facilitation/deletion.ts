/** When a workshop is deleted by itself, and from when on its facilitators are warned. */
import { keptSince } from '#shared/facilitation/collecting.ts';

const DAY = 24 * 60 * 60 * 1000;
/** So long before, the desk and the list of workshops say so. */
const WARNED = 14 * DAY;
const MOST_DAYS = 3650;

/** What that follows from. */
type Kept = Parameters<typeof keptSince>[0];

/** The day on which it is deleted; null while it goes on, or where it is kept until somebody deletes it. */
export function deletionOf(view: Kept, days: number | null): number | null {
	const since = keptSince(view);
	return since === null || days === null ? null : since + days * DAY;
}

/** Whether it is near enough to be said. */
export const isNear = (deletesAt: number | null, now: number): deletesAt is number =>
	deletesAt !== null && deletesAt - now <= WARNED;

/** A number of days as it was typed; null where it is none that a workshop can be kept. */
export function readDays(typed: string): number | null {
	if (!/^\d{1,4}$/.test(typed.trim())) return null;
	const days = Number(typed);
	return days >= 1 && days <= MOST_DAYS ? days : null;
}

/** Why a workshop cannot be kept for so many days as were typed; null where it can. */
export function whyNotDays(typed: string, view: Kept, now: number): 'range' | 'past' | null {
	const days = readDays(typed);
	if (days === null) return 'range';
	const at = deletionOf(view, days);
	return at !== null && at <= now ? 'past' : null;
}
