import { lettersOf } from './letters.ts';

const LARGEST = 7.4;
const SMALLEST = 4.4;
/** About how many letters stand in three lines at the largest size. */
const THREE_LINES = 110;

/** The prompt's size in vh: as large as its words leave room for, smaller where a nudge stands below. */
export function promptSize(prompt: string, nudged: boolean): number {
	const letters = lettersOf(prompt);
	const room = nudged ? THREE_LINES * 0.6 : THREE_LINES;
	const size = letters <= room ? LARGEST : LARGEST * Math.sqrt(room / letters);
	return Math.max(SMALLEST, Math.round(size * 10) / 10);
}
