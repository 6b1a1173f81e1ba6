/** Cards as vectors: how much each of their words and concepts says, among the cards they lie with. */
import type { Language } from '#shared/ids.ts';
import { conceptsOf } from './concepts.ts';
import { pairsOf, tokensOf, type Token } from './tokens.ts';

/** A feature → how much it says. */
type Features = Map<string, number>;

/** A text as it is compared. */
export interface Read {
	/** Words without their endings, and pairs of characters. */
	words: Features;
	concepts: Features;
	/** What its first clause says: its words and concepts, in one line. */
	head: string;
	/** Feature → as it was written. */
	written: Map<string, string>;
}

/** What a plain word counts, one of a column's own title, and one far behind in a long text. */
const PLAIN = 0.25;
const OF_TITLE = { words: 0.25, concepts: 0.5 };
const BEHIND = 0.6;
const EARLY = 14;
/** Two characters are not yet a word. */
const PAIR = 0.5;

/** `title`: of its column, which all cards of it are about. */
export function readText(text: string, language: Language, title?: Read): Read {
	const tokens = tokensOf(text, language);
	const read = { words: new Map(), concepts: new Map(), written: new Map() } as Omit<Read, 'head'>;
	const head = new Set<string>();
	const telling = tokens.filter(({ stop }) => !stop);
	const isBehind = (token: Token) => (telling[EARLY] ? token.at >= telling[EARLY].at : false);
	const add = (to: Features, name: string, much: number, written: string) => {
		to.set(name, Math.max(to.get(name) ?? 0, much));
		if (!read.written.has(name)) read.written.set(name, written);
	};

	for (const token of telling) {
		const { term, written, plain } = token;
		const much = (plain ? PLAIN : 1) * (title?.words.has(term) ? OF_TITLE.words : 1);
		add(read.words, term, much * (isBehind(token) ? BEHIND : 1), written);
		if (token.head && !plain) head.add(term);
	}
	for (const pair of pairsOf(text)) if (!read.words.has(pair)) add(read.words, pair, PAIR, '');
	for (const { concept, written, token } of conceptsOf(text, tokens, language)) {
		const much = title?.concepts.has(concept) ? OF_TITLE.concepts : 1;
		add(read.concepts, concept, much * (token && isBehind(token) ? BEHIND : 1), written);
		if (token?.head) head.add(`#${concept}`);
	}
	return { ...read, head: [...head].sort().join(' ') };
}

export interface Vector {
	of: Features;
	length: number;
}

/** Among fewer cards than these, what most of them share says nothing yet. */
const FEW = 12;

/** Weighs features by how few of the cards have them. */
export function weigh(all: Features[]): Vector[] {
	const having = new Map<string, number>();
	for (const features of all)
		for (const name of features.keys()) having.set(name, (having.get(name) ?? 0) + 1);
	const many = Math.max(all.length, FEW);
	return all.map((features) => {
		const of: Features = new Map();
		for (const [name, much] of features)
			of.set(name, much * Math.log((many + 1) / (having.get(name)! + 0.5)));
		const squares = [...of.values()].reduce((sum, much) => sum + much * much, 0);
		return { of, length: Math.sqrt(squares) };
	});
}

/** From 0, nothing in common, to 1. */
export function cosine(a: Vector, b: Vector): number {
	const [small, large] = a.of.size <= b.of.size ? [a.of, b.of] : [b.of, a.of];
	let sum = 0;
	for (const [name, much] of small) sum += much * (large.get(name) ?? 0);
	return sum === 0 ? 0 : sum / (a.length * b.length);
}
