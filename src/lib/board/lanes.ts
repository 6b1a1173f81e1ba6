/**
 * How a board is laid out: columns share the lanes that fit on the desk, and a column's loose cards
 * fill its lanes. Heights are guessed from the words, so that nothing has to be measured and
 * nobody's card jumps while somebody types elsewhere.
 */
const LANE = 236;
const GAP = 16;

/** How many lanes fit. */
const lanesIn = (width: number): number => Math.max(1, Math.floor((width + GAP) / (LANE + GAP)));

/** How a row of columns is shared out: a column's lanes, its width in parts, and each lane's in px. */
export interface Plan {
	rows: number;
	columns: { lanes: number; part: number; laneWidth: number }[];
}

/**
 * One lane for each column, and the rest to where most lies. What answers another column keeps to
 * one lane, a broad one: so its links have only the gap to cross. Where not every column finds a
 * lane, columns stand in rows of as many as fit.
 */
export function planColumns(
	width: number,
	columns: { cards: number; answers: boolean }[],
	lanes = lanesIn(width)
): Plan {
	const inRow = Math.min(lanes, columns.length);
	const rows = Math.ceil(columns.length / inRow);
	const shared = columns.map(() => 1);
	if (rows === 1)
		for (let spare = lanes - columns.length; spare > 0; spare--) {
			const loads = columns.map(({ cards, answers }, i) =>
				answers ? 0 : (1 + cards) / shared[i]!
			);
			const most = loads.indexOf(Math.max(...loads));
			shared[most] = shared[most]! + 1;
		}
	const parts = columns.map(({ answers }, i) => (rows === 1 && answers ? 1.5 : shared[i]!));
	const whole = parts.slice(0, inRow).reduce((sum, part) => sum + part, 0);
	return {
		rows,
		columns: columns.map((_, i) => ({
			lanes: shared[i]!,
			part: parts[i]!,
			laneWidth: ((width / whole) * parts[i]!) / shared[i]! - GAP
		}))
	};
}

const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/** About how many lines a text takes in a lane. */
export function linesOf(text: string, perLine: number): number {
	return text.split('\n').reduce((sum, line) => {
		const wide = line.match(WIDE)?.length ?? 0;
		return sum + Math.max(1, Math.ceil((line.length + wide) / perLine));
	}, 0);
}

/** About how tall a card is, in px. */
export const cardHeight = (text: string, tab: boolean, perLine: number, most = 6): number => {
	const lines = linesOf(text, perLine);
	return (tab ? 25 : 2) + 44 + Math.min(lines, most) * 21.5 + (lines > most ? 34 : 0);
};

/** About how many letters stand on a line of a card that is `width` px wide. */
export const lettersIn = (width: number): number => Math.max(12, Math.floor((width - 26) / 7.3));

/** Puts each item into the lane that is shortest, in order. `taken`: what a lane holds already. */
export function fillLanes<T>(items: T[], heightOf: (item: T) => number, taken: number[]): T[][] {
	const heights = [...taken];
	const lanes: T[][] = taken.map(() => []);
	for (const item of items) {
		const lane = heights.indexOf(Math.min(...heights));
		lanes[lane]!.push(item);
		heights[lane] = heights[lane]! + heightOf(item) + GAP;
	}
	return lanes;
}
