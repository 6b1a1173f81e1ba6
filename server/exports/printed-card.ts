/** A card as it is printed, and how one is divided that is taller than the paper. */
import type { Paragraph } from './text.ts';

interface PrintedAnswer {
	text: Paragraph[];
	author: Paragraph | null;
}

export interface PrintedCard {
	kind: 'card';
	tab: Paragraph | null;
	text: Paragraph[];
	fields: { title: Paragraph; value: Paragraph[] }[];
	author: Paragraph | null;
	votes: string | null;
	reactions: string | null;
	/** The first words of the card that it answers. */
	answers: Paragraph | null;
	/** The cards that answer it, whole, under the title of their column. */
	answered: { title: Paragraph; cards: PrintedAnswer[] }[];
	comments: { name: Paragraph | null; text: Paragraph[] }[];
	/** At most, in points, where it stands; null where that is not known without setting it. */
	height: number | null;
	/** "2 / 3", where it is divided. */
	part: string | null;
}

export interface PrintedGroup {
	kind: 'group';
	/** No other group on this board has it. */
	key: string;
	title: Paragraph;
	count: string;
	votes: string | null;
	items: PrintedItem[];
}
export type PrintedItem = PrintedCard | PrintedGroup;

export const countCards = (items: PrintedItem[]): number =>
	items.reduce((sum, item) => sum + (item.kind === 'card' ? 1 : countCards(item.items)), 0);

/** What fits on a line of a card, in bytes: wide scripts have more of them to a letter. */
const LINE = 45;
const lines = (all: Paragraph[]): number =>
	all.reduce((sum, { t }) => sum + 1 + Math.floor(Buffer.byteLength(t) / LINE), 0);

/** Roughly how many lines a card takes, rather too many than too few. */
function linesOf(card: PrintedCard): number {
	return (
		lines(card.text) +
		card.fields.reduce((sum, field) => sum + 1 + lines(field.value), 0) +
		card.answered.flatMap((one) => one.cards).reduce((sum, one) => sum + 2 + lines(one.text), 0) +
		card.comments.reduce((sum, comment) => sum + 1 + lines(comment.text), 0) +
		3
	);
}

/** Cards of at most about so many lines, which together say what this one says. */
export function divided(
	card: PrintedCard,
	most: number,
	partName: (part: number, of: number) => string
): PrintedCard[] {
	if (linesOf(card) <= most) return [card];
	const parts: PrintedCard[] = [];
	let room = 0;
	/** Puts paragraphs where there is room; `open` is asked for their place in each card that they reach. */
	function put(all: Paragraph[], extra: number, open: (part: PrintedCard) => Paragraph[]): void {
		let [part, place]: [PrintedCard | null, Paragraph[]] = [null, []];
		for (const paragraph of all.flatMap((one) => pieces(one, most - 10))) {
			const wanted = lines([paragraph]) + (part ? 0 : extra);
			if (wanted > room) {
				parts.push(emptied(card));
				room = most - 3;
			}
			room -= wanted;
			if (part !== parts.at(-1)) {
				part = parts.at(-1)!;
				place = open(part);
			}
			place.push(paragraph);
		}
	}
	put(card.text, 0, (part) => part.text);
	for (const { title, value } of card.fields)
		put(value, 1, ({ fields }) => added(fields, { title, value: [] }).value);
	for (const { title, cards } of card.answered)
		for (const answer of cards)
			put(answer.text, 3, ({ answered }) => {
				const last = answered.at(-1);
				const under = last?.title === title ? last : added(answered, { title, cards: [] });
				return added(under.cards, { ...answer, text: [] }).text;
			});
	for (const { name, text } of card.comments)
		put(text, 1, ({ comments }) => added(comments, { name, text: [] }).text);
	const { author, votes, reactions, answers } = card;
	Object.assign(parts.at(-1)!, { author, votes, reactions });
	Object.assign(parts[0]!, { answers });
	return parts.map((one, i) => ({ ...one, part: partName(i + 1, parts.length) }));
}

const emptied = (card: PrintedCard): PrintedCard => ({
	...card,
	text: [],
	fields: [],
	author: null,
	votes: null,
	reactions: null,
	answers: null,
	answered: [],
	comments: []
});

function added<T>(list: T[], one: T): T {
	list.push(one);
	return one;
}

const words = new Intl.Segmenter('en', { granularity: 'word' });

/** A paragraph as several of at most so many lines; they are parted between words. */
function pieces(paragraph: Paragraph, most: number): Paragraph[] {
	if (lines([paragraph]) <= most) return [paragraph];
	const all = [''];
	for (const { segment } of words.segment(paragraph.t)) {
		if (Buffer.byteLength(all.at(-1)! + segment) > (most - 1) * LINE) all.push('');
		all[all.length - 1] += segment;
	}
	return all.filter((t) => t !== '').map((t) => ({ ...paragraph, t }));
}
