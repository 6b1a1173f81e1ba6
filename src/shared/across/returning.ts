/**
 * Which cards of different workshops say the same. Two texts are alike by the letters that they
 * share, three in a row: of a word, with its beginning and end, so that endings matter little; where
 * words are not divided, two. Letters that most texts share count for little. Nothing is known of any
 * language, and what is said in two of them is not found.
 */
import { normalised } from '../exercises/views/cards.ts';

/** From here on texts say the same: 1 is letter by letter, 0 nothing in common. */
const ALIKE = 0.4;
/** Among fewer texts than these, what most of them share says nothing yet. */
const FEW = 50;
/** As many texts are looked at, the first. */
const MOST = 5000;
/** As many letters of one text: who repeats what others said says it early. */
const LONGEST = 400;

/** Groups of at least two that are alike, the largest first. It takes seconds for thousands. */
export function alike<T>(all: T[], textOf: (one: T) => string): T[][] {
	const numbers = new Map<string, number>();
	/** How many texts have a part. */
	const having: number[] = [];
	const texts: { one: T; parts: number[] }[] = [];
	for (const one of all.slice(0, MOST)) {
		const parts = partsOf(textOf(one)).map((part) => {
			const number = numbers.get(part) ?? numbers.size;
			numbers.set(part, number);
			having[number] = (having[number] ?? 0) + 1;
			return number;
		});
		texts.push({ one, parts });
	}
	const many = Math.max(texts.length, FEW);
	const weights = having.map((count) => Math.log(1 + many / count) ** 2);

	/** A group is known by its first text: so it stays about one thing. */
	const groups: { size: number; members: T[] }[] = [];
	const groupsWith: number[][] = having.map(() => []);
	for (const { one, parts } of texts) {
		const size = Math.sqrt(parts.reduce((sum, part) => sum + weights[part]!, 0));
		if (size === 0) continue;
		const common = new Float64Array(groups.length);
		for (const part of parts)
			for (const group of groupsWith[part]!) common[group]! += weights[part]!;
		let best = -1;
		let most = ALIKE;
		for (let group = 0; group < common.length; group++) {
			const likeness = common[group]! / (size * groups[group]!.size);
			if (likeness >= most) [best, most] = [group, likeness];
		}
		if (best >= 0) groups[best]!.members.push(one);
		else {
			for (const part of parts) groupsWith[part]!.push(groups.length);
			groups.push({ size, members: [one] });
		}
	}
	return groups
		.map(({ members }) => members)
		.filter((members) => members.length > 1)
		.sort((a, b) => b.length - a.length);
}

const UNDIVIDED =
	/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]+/gu;

/** What a text is compared by, each once. */
function partsOf(text: string): string[] {
	const parts = new Set<string>();
	for (const typed of text.slice(0, LONGEST).split(/[\s\p{P}\p{S}]+/u)) {
		const word = normalised(typed);
		for (const [run] of word.matchAll(UNDIVIDED)) addEach(parts, run, 2);
		for (const rest of word.split(UNDIVIDED)) if (rest) addEach(parts, ` ${rest} `, 3);
	}
	return [...parts];
}

function addEach(parts: Set<string>, text: string, length: number): void {
	const letters = [...text];
	if (letters.length <= length) parts.add(text);
	else
		for (let at = 0; at + length <= letters.length; at++)
			parts.add(letters.slice(at, at + length).join(''));
}
