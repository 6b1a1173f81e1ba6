/**
 * Text in Word's terms: runs that know their language and from which side they are read. What XML
 * cannot hold is left out, and text is never more than text.
 */
import { TextRun } from 'docx';
import type { Said } from '#shared/summary/model.ts';
import { clean, oneLine } from '../text.ts';

/** One line, and whether it reads from the right. */
export interface Line {
	text: string;
	rtl: boolean;
	lang: string;
}

/** Its lines, without those that are empty. */
export const linesOf = ({ text, lang }: Said): Line[] =>
	clean(text)
		.split('\n')
		.map((line) => line.replaceAll('\t', ' ').trim())
		.filter(Boolean)
		.map((line) => ({ text: line, rtl: oneLine(line).rtl, lang: oneLine(line, lang).lang }));

/** The same in one line. */
export const inOneLine = ({ text, ...said }: Said): Said => ({
	...said,
	text: clean(text).replaceAll('\n', ' ')
});

/** Paragraphs, divided at empty lines. */
export const proseOf = ({ text, lang }: Said): Said[] =>
	clean(text)
		.split(/\n\s*\n/)
		.filter((part) => part.trim())
		.map((part) => ({ text: part, ...(lang !== undefined && { lang }) }));

/** Letters that are read from the right. */
const RIGHT =
	/[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}\p{sc=Adlam}\p{sc=Samaritan}\p{sc=Mandaic}]/u;

/**
 * A line in pieces of one direction each. Word goes by what it is told of a run, not by its letters:
 * what is read against the line is a piece of its own, from its first letter to its last, and the
 * spaces and stops around it go with the line.
 */
function piecesOf({ text, rtl }: Line): { text: string; rtl: boolean }[] {
	const pieces = [{ text: '', rtl }];
	/** Between letters: whose it is, is seen by what follows. */
	let between = '';
	const turn = (to: boolean) => {
		const last = pieces.at(-1)!;
		if (last.rtl === rtl) last.text += between;
		if (last.rtl !== to) pieces.push({ text: last.rtl === rtl ? '' : between, rtl: to });
		else if (last.rtl !== rtl) last.text += between;
		between = '';
	};
	for (const letter of text) {
		if (/\p{L}/u.test(letter)) turn(RIGHT.test(letter));
		else if (/\p{N}/u.test(letter)) turn(pieces.at(-1)!.rtl);
		else if (between || !/[\p{M}\u200d]/u.test(letter)) {
			between += letter;
			continue;
		}
		pieces.at(-1)!.text += letter;
	}
	turn(rtl);
	return pieces.filter((piece) => piece.text);
}

/** A line as runs, one a piece; `anew`: on a line of its own. */
export const runsOf = (
	line: Line,
	{ bold, style }: { bold?: boolean | undefined; style?: string } = {},
	anew = false
): TextRun[] =>
	piecesOf(line).map(
		({ text, rtl }, i) =>
			new TextRun({
				text,
				rightToLeft: rtl,
				...(bold && { bold, boldComplexScript: bold }),
				...(style !== undefined && { style }),
				...(i === 0 && anew && { break: 1 }),
				...languageOf(line, text, rtl)
			})
	);

function languageOf({ lang }: Line, text: string, rightToLeft: boolean) {
	if (rightToLeft) return { language: { bidirectional: lang || 'ar' } };
	if (/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(text))
		return { language: { eastAsia: lang === 'ja' ? 'ja-JP' : 'zh-CN' } };
	return /^(ar|fa|ur|ps|ku|ug|he|yi|dv|zh|ja)?$/.test(lang) ? {} : { language: { value: lang } };
}
