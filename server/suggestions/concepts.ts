/**
 * What words mean, as far as workshops of libraries go: `thesaurus.json` has for each concept the
 * words of each language. `budget-` is the beginning of a word, `no_time` are two words that follow
 * each other; Chinese is looked for anywhere in the text.
 */
import { readFileSync } from 'node:fs';
import type { Language } from '#shared/ids.ts';
import { folded, withoutArticle, type Token } from './tokens.ts';

/** A concept that a text has, and how the text says it. */
export interface Met {
	concept: string;
	written: string;
	/** The word with which it is said first; none where words are not divided. */
	token?: Token;
}

interface Lexicon {
	words: Map<string, string[]>;
	beginnings: Map<string, string[]>;
	phrases: { words: string[]; concept: string }[];
	/** The longest beginning. */
	longest: number;
}

const THESAURUS = JSON.parse(
	readFileSync(new URL('thesaurus.json', import.meta.url), 'utf8')
) as Record<string, Record<Language, string>>;

const lexicons = new Map<Language, Lexicon>();

function lexiconOf(language: Language): Lexicon {
	const known = lexicons.get(language);
	if (known) return known;
	const made: Lexicon = { words: new Map(), beginnings: new Map(), phrases: [], longest: 0 };
	const add = (to: Map<string, string[]>, word: string, concept: string) =>
		to.set(word, [...(to.get(word) ?? []), concept]);
	for (const [concept, of] of Object.entries(THESAURUS))
		for (const entry of of[language].split(' ')) {
			if (entry.includes('_')) made.phrases.push({ words: entry.split('_').map(folded), concept });
			else if (!entry.endsWith('-')) add(made.words, folded(entry), concept);
			else {
				const beginning = folded(entry.slice(0, -1));
				add(made.beginnings, beginning, concept);
				made.longest = Math.max(made.longest, beginning.length);
			}
		}
	lexicons.set(language, made);
	return made;
}

/** Every concept of a text, each as often as it is met. */
export function conceptsOf(text: string, tokens: Token[], language: Language): Met[] {
	const { words, beginnings, phrases, longest } = lexiconOf(language);
	if (language === 'zh') {
		const all = folded(text);
		return [...words].flatMap(([word, concepts]) =>
			all.includes(word) ? concepts.map((concept) => ({ concept, written: word })) : []
		);
	}
	const met: Met[] = [];
	for (const token of tokens)
		for (const form of new Set([token.word, withoutArticle(token.word, language), token.term])) {
			const concepts = [...(words.get(form) ?? [])];
			for (let length = Math.min(longest, form.length); length > 1; length--)
				concepts.push(...(beginnings.get(form.slice(0, length)) ?? []));
			for (const concept of concepts) met.push({ concept, written: token.written, token });
		}
	for (const { words: phrase, concept } of phrases)
		for (let at = 0; at + phrase.length <= tokens.length; at++) {
			if (!phrase.every((word, i) => says(tokens[at + i]!.word, word))) continue;
			const said = tokens.slice(at, at + phrase.length);
			met.push({
				concept,
				written: said.map(({ written }) => written).join(' '),
				token: said[0]!
			});
		}
	return met;
}

const says = (word: string, wanted: string): boolean =>
	wanted.endsWith('-') ? word.startsWith(wanted.slice(0, -1)) : word === wanted;
