/** The day that an action was set for, `2027-02-28`, at midnight in UTC; null for any other words. */
export function dayOf(when: string): Date | null {
	if (!/^\d{4}-\d\d-\d\d$/.test(when)) return null;
	const day = new Date(`${when}T00:00:00Z`);
	// The thirty-first of February is read as a day in March.
	return Number.isFinite(+day) && day.toISOString().startsWith(when) ? day : null;
}
