/** Headings, paragraphs and lists, each read from the side that its own words are read from. */
import { HeadingLevel, Paragraph, type IParagraphOptions } from 'docx';
import type { Item, Said } from '#shared/summary/model.ts';
import { inOneLine, linesOf, proseOf, runsOf } from './runs.ts';
import { NOTE, NOTE_WORDS } from './styles.ts';

export type Words = Said | string;
export const saidBy = (words: Words): Said => (typeof words === 'string' ? { text: words } : words);

const LEVELS = [
	HeadingLevel.TITLE,
	HeadingLevel.HEADING_1,
	HeadingLevel.HEADING_2,
	HeadingLevel.HEADING_3,
	HeadingLevel.HEADING_4
] as const;
/** 0 is the document's title. */
export type Level = 0 | 1 | 2 | 3 | 4;

export const heading = (level: Level, words: Words): Paragraph[] =>
	paragraph(inOneLine(saidBy(words)), { heading: LEVELS[level] });

/** What people wrote: paragraphs where they left lines empty. */
export const prose = (words: Words): Paragraph[] =>
	proseOf(saidBy(words)).flatMap((part) => paragraph(part));

/** What Plenary says about it, small. */
export const note = (words: Words, options: IParagraphOptions = {}): Paragraph[] =>
	paragraph(saidBy(words), { style: NOTE, ...options });

/** Short words beside one another; those that are not there are left out. */
export const beside = (...words: (string | undefined)[]): string =>
	words
		.map((one) => inOneLine({ text: one ?? '' }).text.trim())
		.filter(Boolean)
		.join(' · ');

/**
 * One paragraph, whose lines stay lines, and `small` a line of Plenary's own; none where there is
 * nothing to say.
 */
export function paragraph(
	words: Words,
	options: IParagraphOptions = {},
	{ bold, small = '' }: { bold?: boolean; small?: string } = {}
): Paragraph[] {
	const said = linesOf(saidBy(words)).map((line) => ({ line, as: { bold } }));
	const after = linesOf(saidBy(small)).map((line) => ({ line, as: { style: NOTE_WORDS } }));
	const lines = [...said, ...after];
	if (lines.length === 0) return [];
	const children = lines.flatMap(({ line, as }, i) => runsOf(line, as, i > 0));
	return [new Paragraph({ bidirectional: lines[0]!.line.rtl, ...options, children })];
}

/** How the items of a list begin: with a dot, or with their rank; each ranked list counts for itself. */
export type Marks = { reference: 'dots' } | { reference: 'ranks'; instance: number };

/** Cards, each with who wrote it and its votes; under it its group's cards, and what answers it. */
export const itemsOf = (items: Item[], marks: Marks, level = 0): Paragraph[] =>
	items.flatMap((item) => {
		const { author, votes, standing, reactions, from } = item;
		const small = beside(author?.text, votes, standing, reactions, from?.text);
		const dash = { numbering: { reference: 'dashes', level: level + 1 } };
		return [
			...paragraph(item.text, { numbering: { ...marks, level }, keepLines: true }, { small }),
			...(item.links ?? []).flatMap((link) => paragraph('', dash, { small: link.text })),
			...itemsOf(item.members ?? [], { reference: 'dots' }, level + 1),
			...item.notes.flatMap((said) => paragraph(said, dash)),
			...paragraph('', dash, { small: item.more ?? '' })
		];
	});
