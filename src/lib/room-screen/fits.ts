/** How large letters are on the room screen where what they say has to fit. */

/** In vh, tried in this order, and after how many lines words are cut. Nothing is smaller than the last. */
export const FITS = [
	{ size: 5.6, lines: 9 },
	{ size: 4.4, lines: 9 },
	{ size: 3.7, lines: 9 },
	{ size: 3.1, lines: 9 },
	{ size: 2.7, lines: 9 },
	{ size: 2.6, lines: 6 }
] as const;
export type Fit = (typeof FITS)[number];

/** How many lanes of cards stand side by side where their words are this large; all in vh. */
export const lanesAcross = (size: number, width: number, gap: number): number =>
	Math.max(1, Math.floor((width + gap) / (size * 11.5 + gap)));

/** How many rows a place holds: as tall as `tallest` where there are few, never lower than `lowest`. */
export function rowsIn(
	rows: number,
	height: number,
	{ lowest, tallest }: { lowest: number; tallest: number }
): { onPage: number; pages: number; tall: number } {
	const most = Math.max(1, Math.floor(height / lowest));
	const pages = Math.max(1, Math.ceil(rows / most));
	// Pages of about one length, so that the last is not a lonely row.
	const onPage = Math.max(1, Math.ceil(rows / pages));
	return { onPage, pages, tall: Math.min(tallest, Math.max(lowest, height / onPage)) };
}
