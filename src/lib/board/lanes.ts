/**
 * How a board is laid out: columns share the lanes that fit on the desk, and a column's loose cards
 * fill its lanes. Heights are guessed from the words, so that nothing has to be measured and
 * nobody's card jumps while somebody types elsewhere.
 */
export const LANE = 236;
export const GAP = 16;

/** How many lanes fit. */
export const lanesIn = (width: number): number =>
	Math.max(1, Math.floor((width + GAP) / (LANE + GAP)));

/**
 * Lanes for each column: one each, and the rest to where most lies. Where not every column finds
 * one, columns stand in rows of as many as fit, one lane each.
 */
export function shareLanes(lanes: number, weights: number[]): number[] {
	const shared = weights.map(() => 1);
	for (let spare = lanes - weights.length; spare > 0; spare--) {
		const loads = weights.map((weight, i) => weight / shared[i]!);
		const most = loads.indexOf(Math.max(...loads));
		shared[most] = shared[most]! + 1;
	}
	return shared;
}

const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/** About how many lines a text takes in a lane. */
export function linesOf(text: string, perLine = 30): number {
	return text.split('\n').reduce((sum, line) => {
		const wide = line.match(WIDE)?.length ?? 0;
		return sum + Math.max(1, Math.ceil((line.length + wide) / perLine));
	}, 0);
}

/** About how tall a card is, in px. */
export const cardHeight = (text: string, tab: boolean, most = 6): number => {
	const lines = linesOf(text);
	return (tab ? 27 : 2) + 66 + Math.min(lines, most) * 22 + (lines > most ? 34 : 0);
};

/**
 * Puts each item into the lane that is shortest, in order. `taken`: what a lane holds already;
 * `most`: how tall a lane may grow, where what does not fit is only counted.
 */
export function fillLanes<T>(
	items: T[],
	heightOf: (item: T) => number,
	taken: number[],
	most = Infinity
): { lanes: T[][]; left: number } {
	const heights = [...taken];
	const lanes: T[][] = taken.map(() => []);
	for (const [index, item] of items.entries()) {
		const lane = heights.indexOf(Math.min(...heights));
		const height = heights[lane]! + heightOf(item) + GAP;
		if (height > most) return { lanes, left: items.length - index };
		lanes[lane]!.push(item);
		heights[lane] = height;
	}
	return { lanes, left: 0 };
}
