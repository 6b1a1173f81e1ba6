/** A field of five by five: what lies where, and where an arrow key leads. */
import type { Place } from '#shared/facilitation/ways.ts';

/** Something that lies on the field. */
export interface Lying extends Place {
	id: string;
	/** Its number in the list. */
	label: string;
	/** It is the one that is placed now. */
	now?: boolean;
}

/** The rows from the top, each cell with its place. */
export const CELLS: readonly Place[] = [5, 4, 3, 2, 1].flatMap((y) =>
	[1, 2, 3, 4, 5].map((x) => ({ x, y }))
);

const STEPS: Readonly<Record<string, Place>> = {
	ArrowUp: { x: 0, y: 1 },
	ArrowDown: { x: 0, y: -1 },
	ArrowLeft: { x: -1, y: 0 },
	ArrowRight: { x: 1, y: 0 }
};

const within = (at: number) => Math.min(5, Math.max(1, at));

/** The cell that a key leads to; null for other keys. `rtl`: the field begins at the right. */
export function steppedTo({ x, y }: Place, key: string, rtl: boolean): Place | null {
	const step = STEPS[key];
	return step ? { x: within(x + (rtl ? -step.x : step.x)), y: within(y + step.y) } : null;
}

/** The cell of something that lies between cells, as a middle does. */
const cellOf = ({ x, y }: Place): Place => ({
	x: within(Math.round(x)),
	y: within(Math.round(y))
});

/** What lies in a cell. */
export const lyingIn = <Of extends Place>(all: readonly Of[], cell: Place): Of[] =>
	all.filter((one) => {
		const { x, y } = cellOf(one);
		return x === cell.x && y === cell.y;
	});
