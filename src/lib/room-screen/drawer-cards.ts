/** How full a drawer can be drawn: past this its cards stand closer than they can be told apart. */
const MOST = 160;

/** Cards as they stand in the drawer: each a little taller, or leaning a little, and always the same. */
export function drawerCards(count: number): { at: number; height: number; lean: number }[] {
	return Array.from({ length: Math.min(count, MOST) }, (_, at) => ({
		at,
		height: 74 + ((at * 37) % 11),
		lean: (((at * 53) % 7) - 3) * 0.18
	}));
}
