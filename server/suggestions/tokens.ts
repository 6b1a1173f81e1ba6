/** A text as the words that it is compared by: folded, without endings, in the order of the text. */
import type { Language } from '#shared/ids.ts';
import { ARABIC_BEGINNINGS, ENDINGS, PLAIN, STOP } from './languages.ts';

export interface Token {
	/** What it is compared by. */
	term: string;
	/** Folded, with its ending: what the thesaurus knows. */
	word: string;
	/** As it was written. */
	written: string;
	/** Where it stands among all words of the text, those that say nothing too. */
	at: number;
	/** It says nothing by itself. */
	stop: boolean;
	/** Every card may have it. */
	plain: boolean;
	/** It stands in the first clause: people begin with what it is about. */
	head: boolean;
}

/** As many characters of a text are looked at: who has a point makes it early. */
const LONGEST = 1200;
const CLAUSE_ENDS = /[.!?;:,،؛؟。，、！？；：()（）\n—–]|\s-\s/u;
const HAN = /\p{sc=Han}/u;
const SIGNS = /[$€£¥₹]/u;

const segmenters = new Map<Language, Intl.Segmenter>();
function segmenterOf(language: Language): Intl.Segmenter {
	let segmenter = segmenters.get(language);
	if (!segmenter)
		segmenters.set(language, (segmenter = new Intl.Segmenter(language, { granularity: 'word' })));
	return segmenter;
}

/** Marks beyond what any letter carries take their number's square to bring into order. */
const TOO_MANY_MARKS = /(\p{M}{30})\p{M}+/gu;

/** Without case, accents, vowel signs, and the letters that are written in two ways. */
export function folded(text: string): string {
	return (
		text
			.replace(TOO_MANY_MARKS, '$1')
			.normalize('NFKC')
			.toLowerCase()
			.replace(/ß/g, 'ss')
			.replace(/[أإآٱ]/g, 'ا')
			.replace(/ى/g, 'ي')
			.replace(/ة/g, 'ه')
			.replace(/ـ/g, '')
			.normalize('NFD')
			// In Russian й is a letter of its own, and ё is written е.
			.replace(/(?<!и)\p{M}/gu, '')
			.normalize('NFC')
	);
}

/** A word without what Arabic writes in front of it. */
export function withoutArticle(word: string, language: Language): string {
	if (language !== 'ar') return word;
	const begins = ARABIC_BEGINNINGS.find((one) => word.startsWith(one));
	return begins && word.length - begins.length >= 3 ? word.slice(begins.length) : word;
}

/** A word without its ending. */
function stemmed(word: string, language: Language): string {
	if (language === 'zh' || word.length < 4 || /\d/.test(word)) return word;
	const bare = withoutArticle(word, language);
	const { least, of } = ENDINGS[language];
	const end = of.find((one) => bare.endsWith(one) && bare.length - one.length >= least);
	return end ? bare.slice(0, -end.length) : bare;
}

/** Every word of a text. Chinese is looked at in pairs of characters, besides. */
export function tokensOf(text: string, language: Language): Token[] {
	const tokens: Token[] = [];
	const cut = text.slice(0, LONGEST).toWellFormed();
	let head = true;
	let at = 0;
	for (const { segment, isWordLike } of segmenterOf(language).segment(cut)) {
		if (!isWordLike && !SIGNS.test(segment)) {
			// A clause of stop words alone says nothing yet: "Honestly? Nobody asked us."
			if (CLAUSE_ENDS.test(segment) && tokens.some((one) => !one.stop)) head = false;
			continue;
		}
		for (const written of segment.split(/['’]/u)) {
			const word = folded(written);
			if (word === '') continue;
			tokens.push({
				term: stemmed(word, language),
				word,
				written,
				at: at++,
				stop: STOP[language].has(word) || (/^\d/.test(word) && word.length < 3),
				plain: PLAIN[language].has(word),
				head
			});
		}
	}
	return tokens;
}

/** The language of a text: by its letters, else by its small words; null where neither tells. */
export function languageOf(text: string): Language | null {
	const cut = text.slice(0, LONGEST);
	const count = (letters: RegExp) => cut.match(letters)?.length ?? 0;
	const latin = count(/\p{sc=Latin}/gu);
	// A Chinese character stands for about two letters, and names are written in Latin ones everywhere.
	const scripts: [Language, number][] = [
		['zh', count(/\p{sc=Han}/gu) * 3],
		['ar', count(/\p{sc=Arabic}/gu)],
		['ru', count(/\p{sc=Cyrillic}/gu)]
	];
	const most = scripts.sort((a, b) => b[1] - a[1])[0]!;
	if (most[1] > 0 && most[1] >= latin / 2) return most[0];

	const words = cut.split(/[^\p{L}\p{M}]+/u).map(folded);
	const accents: [Language, RegExp][] = [
		['de', /[äöüß]/giu],
		['es', /[ñ¿¡áíóú]/giu],
		['fr', /[çèêàùœ]/giu]
	];
	let [best, hits, second]: [Language | null, number, number] = [null, 0, 0];
	for (const language of ['en', 'fr', 'es', 'de'] as const) {
		const marks = accents.find(([one]) => one === language)?.[1];
		const found =
			words.filter((word) => STOP[language].has(word)).length + (marks && count(marks) > 0 ? 1 : 0);
		if (found > hits) [best, hits, second] = [language, found, hits];
		else second = Math.max(second, found);
	}
	return hits > second ? best : null;
}

/** Pairs of characters, where words are not divided by spaces. */
export function pairsOf(text: string): string[] {
	const pairs: string[] = [];
	const letters = [...folded(text.slice(0, LONGEST).toWellFormed())];
	for (let i = 0; i + 1 < letters.length; i++)
		if (HAN.test(letters[i]!) && HAN.test(letters[i + 1]!))
			pairs.push(letters[i]! + letters[i + 1]!);
	return pairs;
}
