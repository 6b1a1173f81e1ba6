/**
 * What stands under headings, laid into lanes and pages of the room screen by its measured heights, all
 * in one unit. A heading never stands without something below it, and begins each lane again.
 */

/** One heading with what stands under it, by their heights; a heading of 0 is none. */
export interface Stack {
	head: number;
	items: number[];
}

/** Of the stack `of`, the items from `from` up to, and without, `to`. */
interface Piece {
	of: number;
	from: number;
	to: number;
}

export type Lane = Piece[];

/** Lower lanes that are tried, in parts of the full height. */
const HEIGHTS = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

export interface Place {
	/** How tall a lane is, and how many stand side by side. */
	height: number;
	across: number;
	/** Between two items, and above a heading that is not the first. */
	gap: number;
	between: number;
}

/**
 * Pages of lanes. Where all fits on one page, each stack has lanes of its own if there are enough, and
 * lanes are of about one height.
 */
export function flow(stacks: Stack[], place: Place): Lane[][] {
	const fit = (lanes: Lane[]) => lanes.length <= place.across;
	for (const apart of [true, false]) {
		if (!fit(lanesOf(stacks, place, apart))) continue;
		for (const part of HEIGHTS) {
			const lanes = lanesOf(stacks, { ...place, height: place.height * part }, apart);
			if (fit(lanes)) return [lanes];
		}
	}
	return paged(lanesOf(stacks, place, false), place.across);
}

const paged = (lanes: Lane[], across: number): Lane[][] =>
	Array.from({ length: Math.ceil(lanes.length / across) }, (_, page) =>
		lanes.slice(page * across, (page + 1) * across)
	);

function lanesOf(stacks: Stack[], { height, gap, between }: Place, apart: boolean): Lane[] {
	const lanes: Lane[] = [];
	let left = 0;
	const begin = () => {
		lanes.push([]);
		left = height;
	};
	for (const [of, { head, items }] of stacks.entries()) {
		const under = head > 0 ? head + gap : 0;
		const whole = items.reduce((sum, item) => sum + item + gap, under) - gap;
		if (lanes.length === 0 || apart || (between + whole > left && whole <= height)) begin();
		for (let at = 0; at < items.length;) {
			const before = lanes.at(-1)!.length > 0 ? between : 0;
			if (before > 0 && before + under + items[at]! > left) {
				begin();
				continue;
			}
			left -= before + under;
			const from = at;
			// The first stands there however tall it is.
			while (at < items.length && (at === from || items[at]! <= left)) left -= items[at++]! + gap;
			lanes.at(-1)!.push({ of, from, to: at });
			if (at < items.length) begin();
		}
	}
	return lanes;
}
