/** What a group is called to begin with, in the words that people wrote. */
import type { Compared } from './cards.ts';

/** In characters. */
const LONGEST = 60;
const WORDS = 3;
const CLAUSE = /[.!?;:,،؛؟。，、！？；：()（）\n—–]/u;
const cutter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The shortest of them says it best; its first clause, where that is long. */
export function nameOfSame(cards: Compared[]): string {
	const [shortest] = cards
		.map(({ card }) => card.text.trim().replace(/\s+/g, ' '))
		.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
	if (shortest!.length <= LONGEST) return shortest!;
	const clause = shortest!.split(CLAUSE)[0]!.trim();
	return cut(clause.length >= 4 ? clause : shortest!);
}

/** The words that most of them have and few others do. */
export function nameOfTheme(cards: Compared[]): string {
	const telling = new Map<string, { much: number; of: number; written: Map<string, number> }>();
	for (const { words, concepts, read } of cards)
		for (const vector of [words, concepts])
			for (const [name, much] of vector.of) {
				const written = read.written.get(name) ?? '';
				if (written === '') continue;
				// A word and a concept may be called alike.
				const key = vector === words ? name : `#${name}`;
				const one = telling.get(key) ?? { much: 0, of: 0, written: new Map() };
				telling.set(key, one);
				one.much += much;
				one.of += 1;
				one.written.set(written, (one.written.get(written) ?? 0) + 1);
			}
	const ranked = [...telling]
		.filter(([, { of }]) => of > 1)
		.sort(([a, one], [b, other]) => other.much * other.of - one.much * one.of || (a < b ? -1 : 1));
	const chosen: string[] = [];
	const isIn = (a: string, b: string) => a.toLowerCase().includes(b.toLowerCase());
	const isNew = (way: string) => !chosen.some((one) => isIn(one, way) || isIn(way, one));
	for (const [name, { written }] of ranked) {
		const ways = [...written].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
		// A concept is said in several words; a word is the same one, whatever its ending.
		for (const [way] of name.startsWith('#') ? ways : ways.slice(0, 1))
			if (chosen.length < WORDS && isNew(way)) chosen.push(way);
	}
	const [first] = cards;
	return cut(chosen.join(', ') || (first?.card.about ?? ''));
}

function cut(text: string): string {
	if (text.length <= LONGEST) return text;
	let kept = '';
	for (const { segment } of cutter.segment(text)) {
		if (kept.length + segment.length >= LONGEST) break;
		kept += segment;
	}
	return `${kept.trimEnd()}…`;
}
