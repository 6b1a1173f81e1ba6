import { cloudScale, type Word } from '../polls/results.ts';

/** The least that a word is tall, in parts of the cloud's height: what is smaller cannot be read from the last row. */
const LEAST = 1 / 24;
/** More words than that are a wall. */
const MOST = 80;

/**
 * A cloud in as many pages as it takes for its words to be read; the order stays. The smallest word is
 * of size 1, so that a cloud whose words were all said once is not all of large ones.
 */
export function cloudPages<W extends Pick<Word, 'text' | 'size'>>(
	words: W[],
	place: { width: number; height: number }
): W[][] {
	const least = Math.min(...words.map(({ size }) => size));
	const pages: W[][] = [];
	for (const word of words.map((one) => ({ ...one, size: one.size / least }))) {
		const page = pages.at(-1);
		const more = page && [...page, word];
		if (more && more.length <= MOST && cloudScale(more, place) >= place.height * LEAST)
			page.push(word);
		else pages.push([word]);
	}
	return pages;
}
