/**
 * A summary as its template takes it: everything that somebody typed made fit for print, in one walk
 * over the whole value, so that nothing can be forgotten.
 */
import type { Paper } from '#shared/export-formats.ts';
import type { Block, Said, Summary } from '#shared/summary/model.ts';
import type { Logo } from '#shared/summary/settings.ts';
import { isRightToLeft } from '#shared/ids.ts';
import { clean, oneLine, paragraphs, type Paragraph } from '../text.ts';
import { wordsIn, type Words } from '../words.ts';

/** What `templates/summary.typ` sets. */
function printed(summary: Summary, logo: Logo | null, paper: Paper): object {
	const { front, language } = summary;
	const words = wordsIn(language);
	const name = front.organisation ?? front.title;
	return {
		...fit(summary, words),
		...pageOf(summary, words),
		paper,
		roomy: summary.parts.flatMap(({ blocks }) => blocks).some((block) => sizeOf(block) > ROOMY),
		document: clean(`${front.title.text}: ${front.kind}`),
		author: clean(front.organisation?.text ?? ''),
		logo: logo && {
			// Typst takes no base64; it takes numbers.
			bytes: [...logo.bytes],
			format: logo.type === 'image/png' ? 'png' : 'jpg',
			alt: clean(words.say('export_logo', { name: name.text }))
		}
	};
}

/** With so many things in a block, each exercise begins on a page of its own. */
const ROOMY = 10;

function sizeOf(block: Block): number {
	if (block.kind === 'list')
		return block.sections.reduce((sum, { items }) => sum + items.length, 0);
	if (block.kind === 'ranking') return block.items.length;
	if (block.kind === 'table') return block.rows.length;
	return 0;
}

/** Sets a summary. A logo that cannot be drawn, whatever it says it is, is left out: it must not cost the rest. */
export function setSummary<T>(
	summary: Summary,
	logo: Logo | null,
	paper: Paper,
	set: (data: object) => T
): T {
	try {
		return set(printed(summary, logo, paper));
	} catch (error) {
		if (!logo) throw error;
		return set(printed(summary, null, paper));
	}
}

/** What `templates/picture.typ` sets: one block on a page cut to its size, and what it says. */
export function printedPicture(
	block: Extract<Block, { alt: string }>,
	summary: Pick<Summary, 'language' | 'direction'>
): { alt: { title: string; text: string } } & Record<string, unknown> {
	const words = wordsIn(summary.language);
	return {
		...pageOf(summary, words),
		block: fit(block, words),
		alt: { title: clean(block.title.text), text: clean(block.alt) }
	};
}

const pageOf = (
	{ language, direction }: Pick<Summary, 'language' | 'direction'>,
	words: Words
) => ({
	language,
	rtl: direction === 'rtl',
	ownRtl: isRightToLeft(language),
	words: { page: words.say('export_page'), darker: words.say('export_darker') }
});

/** `Said` becomes paragraphs; our own words are cleaned as well, for they have people's in them. */
type Fit<T> = T extends Said
	? Paragraph[]
	: T extends (infer One)[]
		? Fit<One>[]
		: T extends object
			? { [Key in keyof T]: Fit<T[Key]> }
			: T;

export function fit<T>(value: T, words: Words): Fit<T> {
	return walk(value, '', words) as Fit<T>;
}

function walk(value: unknown, key: string, words: Words): unknown {
	if (typeof value === 'string') return key === 'alt' ? clean(value) : oneLine(value).t;
	// "and 4 more", of what is not here.
	if (typeof value === 'number' && key === 'more')
		return value === 0 ? null : words.say('export_more_here', { count: value });
	if (Array.isArray(value)) return value.map((one: unknown) => walk(one, key, words));
	if (typeof value !== 'object' || value === null) return value;
	if (isSaid(value)) return paragraphs(value.text, value.lang);
	return Object.fromEntries(
		Object.entries(value).map(([name, one]) => [name, walk(one, name, words)])
	);
}

const isSaid = (value: object): value is Said =>
	'text' in value &&
	typeof value.text === 'string' &&
	Object.keys(value).every((key) => key === 'text' || key === 'lang');
