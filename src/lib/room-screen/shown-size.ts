import { lettersOf } from './letters.ts';

/** In vh: a card that is shown to everybody, and a sentence that stands on all screens. */
const CARD = { largest: 7, smallest: 2.7, letters: 150 };
const TEXT = { largest: 5.6, smallest: 3.4, letters: 75 };

/** As large as words leave room for: `letters` of them stand there at the largest. */
function sizeOf(words: string, { largest, smallest, letters }: typeof CARD): number {
	const size = largest * Math.sqrt(Math.min(1, letters / Math.max(1, lettersOf(words))));
	return Math.max(smallest, Math.round(size * 10) / 10);
}

export const shownCardSize = (words: string): number => sizeOf(words, CARD);
export const textSize = (words: string): number => sizeOf(words, TEXT);
