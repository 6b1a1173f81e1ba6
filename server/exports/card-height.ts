/**
 * How high a card is where it is printed: so pages are filled without setting each card twice, and
 * are set side by side. It counts what `face` in `templates/card.typ` draws, in points, and is never
 * too low: letters are taken a little wider than they are, lines are broken at spaces alone. What has
 * other letters than plain ones is not known here, and Typst measures it.
 */
import { sans, sansStrong, serif, type Metrics } from './fonts.ts';
import type { PrintedCard } from './printed-card.ts';
import type { Paragraph } from './text.ts';

/** Kerning may move letters apart, too. */
const WIDER = 1.003;

class Unknown extends Error {}

/** Of a word or a few; throws where a letter is not plain. */
function widthOf(text: string, { widths }: Metrics, size: number): number {
	let width = 0;
	for (let i = 0; i < text.length; i++) {
		const one = widths.get(text.charCodeAt(i));
		if (one === undefined) throw new Unknown();
		width += one;
	}
	return width * size * WIDER;
}

/** A line may end at a space, but for some beside brackets and quotes. */
const MAY_END = /(?<![([{“‘„‚«‹"'¿¡]) (?=[\p{L}\p{N}])/u;

/** Of a paragraph in so much room, its first line less; throws where a word is wider than that. */
function linesOf(text: string, font: Metrics, size: number, room: number, taken = 0): number {
	const space = widthOf(' ', font, size);
	let [lines, used] = [1, taken];
	for (const word of text.split(MAY_END)) {
		const width = widthOf(word, font, size);
		if (width > room) throw new Unknown();
		if (used > 0 && used + width > room) [lines, used] = [lines + 1, 0];
		used += width + space;
	}
	return lines;
}

/** Of a capital in Noto, to which Typst sets the first line, as a part of a font's size. */
const CAPITAL = 0.714;
/** Lines below each other, without what is around them. */
const high = (lines: number, size: number, between: number): number =>
	lines * CAPITAL * size + (lines - 1) * between;

const plain = (paragraph: Paragraph): string => {
	if (paragraph.rtl) throw new Unknown();
	return paragraph.t;
};

/**
 * In points, in a column of such a width; null where Typst has to measure it. `answers`: what stands
 * before the card that it answers.
 */
export function cardHeight(card: PrintedCard, width: number, answers: string): number | null {
	try {
		return heightIn(card, width - 16, answers);
	} catch (error) {
		if (error instanceof Unknown) return null;
		throw error;
	}
}

/** `room`: between the card's edges. */
function heightIn(card: PrintedCard, room: number, answers: string): number {
	if (card.comments.length > 0) throw new Unknown();
	let height = 15;
	if (card.tab) height += 7 + high(linesOf(plain(card.tab), sansStrong(), 7.5, room), 7.5, 6.5);
	for (const [i, paragraph] of card.text.entries())
		height += (i > 0 ? 7.5 : 0) + high(linesOf(plain(paragraph), serif(), 10, room), 10, 6.2);
	for (const { title, value } of card.fields) {
		if (value.length !== 1) throw new Unknown();
		const name = widthOf(plain(title), sans(), 7.5) + 5;
		height += 7.5 + high(linesOf(plain(value[0]!), sans(), 8, room, name), 8, 4.4);
	}
	if (card.answers) {
		// An arrow is of another font, and a little higher.
		const before = widthOf(`${answers}  `, sans(), 7.5) + 7.5;
		height += 8.5 + high(linesOf(plain(card.answers), sans(), 7.5, room, before), 7.5, 6.2);
	}
	for (const { title, cards } of card.answered) {
		height += 9 + high(linesOf(plain(title), sansStrong(), 7.5, room - 7), 7.5, 6.2);
		for (const { text, author } of cards) {
			for (const paragraph of text)
				height += 6 + high(linesOf(plain(paragraph), serif(), 9, room - 7), 9, 5.6);
			if (author) height += 6 + high(linesOf(plain(author), sans(), 7, room - 7), 7, 6.2);
		}
	}
	if (card.part) height += 9 + high(1, 7.5, 0);
	if (card.reactions) height += 9 + high(linesOf(card.reactions, sans(), 7.5, room), 7.5, 6.2);
	if (card.author || card.votes) {
		const stamp = card.votes ? widthOf(card.votes, sansStrong(), 7.5) + 12 : 0;
		const lines = linesOf(card.author ? plain(card.author) : '', sans(), 7.5, room, stamp);
		height += 9 + high(lines, 7.5, 6.2) + (card.votes ? 6 : 0);
	}
	return height;
}
