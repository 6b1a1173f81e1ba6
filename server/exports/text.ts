/**
 * What people typed, made fit for print without changing a word of it: text stays text (it reaches
 * the template as data), but what a PDF cannot hold is taken out, lines that could not be broken
 * get places to break, and each paragraph knows its direction.
 */

/** One paragraph: its text, whether it reads from the right, its language where it is known. */
export interface Paragraph {
	t: string;
	rtl: boolean;
	lang: string;
}

// Controls; bidirectional embeddings and isolates, which would reorder what follows; byte order
// marks and noncharacters. Direction marks, joiners and variation selectors stay.
const UNPRINTABLE =
	// eslint-disable-next-line no-control-regex -- control characters are what it looks for
	/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]|\p{Noncharacter_Code_Point}/gu;

/** Text without what neither a PDF nor a table may hold; line ends become `\n`. */
export const clean = (text: string): string =>
	text
		.toWellFormed()
		.replace(/\r\n?|\u2028|\u2029|\u0085|\v|\f/g, '\n')
		.replace(UNPRINTABLE, '');

/** A run this long without a place to break might not fit the narrowest column. */
const LONGEST = 26;
const PIECE = 16;
// Scripts written without spaces break anywhere by themselves.
const RUN = new RegExp(
	`[^\\s\\-/\\u200b\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}]{${LONGEST},}`,
	'gu'
);
const ZERO_WIDTH_SPACE = '\u200b';
const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Puts zero-width spaces into very long words and addresses, never inside a letter. */
const withBreaks = (text: string): string =>
	text.replace(RUN, (run) => {
		let broken = '';
		let since = 0;
		for (const { segment } of letters.segment(run)) {
			if (since >= PIECE) [broken, since] = [broken + ZERO_WIDTH_SPACE, 0];
			broken += segment;
			since++;
			// In an address, rather where it has a joint.
			if (since > PIECE / 2 && /[&=?_.,;:]/.test(segment))
				[broken, since] = [broken + ZERO_WIDTH_SPACE, 0];
		}
		return broken;
	});

const RIGHT_TO_LEFT =
	/[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}\p{sc=Adlam}\p{sc=Samaritan}\p{sc=Mandaic}\u200f]/u;

/** Whether text reads from the right: by its first letter that has a direction. */
function isRightToLeft(text: string): boolean {
	const strong = text.match(/[\p{L}\u200e\u200f]/u)?.[0];
	return strong !== undefined && RIGHT_TO_LEFT.test(strong);
}

/** A language tag that Typst takes: the primary one alone, else what the script tells, else none. */
function languageOf(text: string, tag: string | undefined): string {
	if (/\p{sc=Arabic}/u.test(text)) return /^(ar|fa|ur|ps|ku|ug)\b/.exec(tag ?? '')?.[1] ?? 'ar';
	if (/\p{sc=Hiragana}|\p{sc=Katakana}/u.test(text)) return 'ja';
	if (/\p{sc=Han}/u.test(text)) return 'zh';
	const primary = /^[a-z]{2,3}(?=$|-)/.exec(tag ?? '')?.[0] ?? '';
	// Digits and Latin words on an Arabic card are not Arabic, and would be turned round as if they were.
	return /^(ar|fa|ur|ps|ku|ug|he|yi|dv)$/.test(primary) && !isRightToLeft(text) ? '' : primary;
}

/** Text as paragraphs, ready to be set. Empty lines at either end are left out. */
export function paragraphs(text: string, language?: string): Paragraph[] {
	return clean(text)
		.replace(/^\s*\n/, '')
		.trimEnd()
		.split('\n')
		.map((line) => ({
			t: withBreaks(line),
			rtl: isRightToLeft(line),
			lang: languageOf(line, language)
		}));
}

/** Text as one paragraph: titles, names, cells of one line. */
export const oneLine = (text: string, language?: string): Paragraph =>
	paragraphs(text.replace(/\s+/gu, ' ').trim(), language)[0]!;
