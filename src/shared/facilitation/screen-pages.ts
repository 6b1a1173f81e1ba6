/** The pages of a room screen, as they are spoken of between it and those who facilitate. */

/** How a page is turned; `stay` holds the one that is on, and lets it go on again. */
export const TURNS = ['next', 'previous', 'stay'] as const;
export type Turn = (typeof TURNS)[number];

/** What a room screen shows of several pages. */
export interface ScreenPage {
	/** From 0. */
	page: number;
	pages: number;
	/** It does not turn by itself now. */
	stays: boolean;
}
