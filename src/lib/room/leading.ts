/**
 * One person's way with what everybody is led to: their view goes there once, they may wander off,
 * and one button brings them back. Whoever is busy is not moved.
 */
export interface Leading {
	/** What is shown stands on the page: not before who was busy asks for it. */
	open: boolean;
	inSight: boolean;
	/** How often the view was brought there. */
	brought: number;
	/** The person asked for it: then the focus goes there too. */
	asked: boolean;
}

export const NOWHERE: Leading = { open: false, inSight: false, brought: 0, asked: false };

/** Something else is shown now, or, where null, nothing. */
export const shows = ({ brought }: Leading, what: string | null, busy: boolean): Leading =>
	what === null || busy
		? { ...NOWHERE, brought }
		: { open: true, inSight: true, brought: brought + 1, asked: false };

/** The person goes back to it. */
export const goesBack = ({ brought }: Leading): Leading => ({
	open: true,
	inSight: true,
	brought: brought + 1,
	asked: true
});

/** The person has seen enough of it, until they go back to it. */
export const foldsAway = (leading: Leading): Leading => ({
	...leading,
	open: false,
	inSight: false
});

/** They are elsewhere: there is a way back. */
export const isAway = ({ open, inSight }: Leading): boolean => !open || !inSight;

/** Somebody types, or reads in a dialog: nothing may move under them. */
export function isBusy(page: Document): boolean {
	if (page.querySelector('dialog[open]')) return true;
	const focused = page.activeElement;
	return (
		focused !== null &&
		focused.matches('textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])')
	);
}
