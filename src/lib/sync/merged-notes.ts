/**
 * Notes that two desks wrote on at once, as one text. What either wrote is in it: changes in
 * different places are both taken; in the same place both stand, one after the other.
 */
import { diff } from 'lib0/diff/patience';

/** Words of the text that both began from, and what stands in their place now. */
interface Change {
	from: number;
	to: number;
	insert: string;
}

/** `theirs` is what was saved first, and comes first where both wrote in the same place. */
export function mergeText(base: string, mine: string, theirs: string): string {
	const ours = { mine: changes(base, mine), theirs: changes(base, theirs) };
	let merged = '';
	let done = 0;
	for (;;) {
		const next = takeNext(ours.mine, ours.theirs);
		if (!next) return merged + base.slice(done);
		const { from, to } = next;
		const [m, t] = [next.mine, next.theirs].map((part) =>
			applied(base.slice(from, to), from, part)
		);
		const put =
			next.theirs.length === 0
				? m!
				: next.mine.length === 0
					? t!
					: bothOf(m!, t!, from === to ? '\n' : ' ');
		const kept = base.slice(done, from);
		// What each of them put beside the other's words is no part of these.
		const glued = done > 0 && kept === '' && /[\p{L}\p{N}]$/u.test(merged);
		merged += kept + (glued && /^[\p{L}\p{N}]/u.test(put) ? ' ' : '') + put;
		done = to;
	}
}

/** Where a caret at `at` stands once `before` has become `after`: beside the letters it stood at. */
export function caretIn(before: string, after: string, at: number): number {
	const shorter = Math.min(before.length, after.length);
	let start = 0;
	while (start < shorter && before[start] === after[start]) start += 1;
	if (at <= start) return at;
	let end = 0;
	while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
	return Math.max(start, after.length - Math.min(before.length - at, end));
}

/** Changed lines, and in these the changed words. */
function changes(base: string, now: string): Change[] {
	const inLines = changesBetween(base.split(/(?<=\n)/), now.split(/(?<=\n)/));
	return inLines.flatMap(({ from, to, insert }) =>
		changesBetween(words(base.slice(from, to)), words(insert)).map((change) => ({
			from: change.from + from,
			to: change.to + from,
			insert: change.insert
		}))
	);
}

function changesBetween(base: string[], now: string[]): Change[] {
	const starts = [0];
	for (const part of base) starts.push(starts.at(-1)! + part.length);
	return diff(base, now).map(({ index, remove, insert }) => ({
		from: starts[index]!,
		to: starts[index + remove.length]!,
		insert: insert.join('')
	}));
}

/** Also of scripts that write no spaces; a browser that knows no words takes letters. */
function words(text: string): string[] {
	if (!('Segmenter' in Intl)) return Array.from(text);
	const segments = new Intl.Segmenter('en', { granularity: 'word' }).segment(text);
	return Array.from(segments, ({ segment }) => segment);
}

/** The next place that one of them changed, or both: every change that lies in it, taken off. */
function takeNext(mine: Change[], theirs: Change[]) {
	const [m, t] = [mine[0], theirs[0]];
	const first = m && (!t || isBefore(m, t)) ? m : t && (!m || isBefore(t, m)) ? t : null;
	if (first) {
		const own = first === m;
		(own ? mine : theirs).shift();
		return { ...first, mine: own ? [first] : [], theirs: own ? [] : [first] };
	}
	if (!m || !t) return null;
	const place = { from: Math.min(m.from, t.from), to: Math.max(m.to, t.to) };
	const taken = { mine: [mine.shift()!], theirs: [theirs.shift()!] };
	const reaches = (change?: Change) => change !== undefined && change.from < place.to;
	while (reaches(mine[0]) || reaches(theirs[0])) {
		const side = reaches(mine[0]) ? 'mine' : 'theirs';
		const change = (side === 'mine' ? mine : theirs).shift()!;
		taken[side].push(change);
		place.to = Math.max(place.to, change.to);
	}
	return { ...place, ...taken };
}

/** Two that only touch are two places; two insertions at one point are one. */
function isBefore(one: Change, other: Change): boolean {
	const samePoint = one.from === one.to && other.from === other.to && one.from === other.from;
	return one.to <= other.from && !samePoint;
}

function applied(part: string, start: number, made: readonly Change[]): string {
	let now = '';
	let done = 0;
	for (const { from, to, insert } of made) {
		now += part.slice(done, from - start) + insert;
		done = to - start;
	}
	return now + part.slice(done);
}

/** Once where one goes on from the other. */
function bothOf(mine: string, theirs: string, between: string): string {
	if (holds(theirs, mine)) return theirs;
	if (holds(mine, theirs)) return mine;
	const apart = /\s$/.test(theirs) || /^\s/.test(mine);
	return theirs + (apart ? '' : between) + mine;
}

/** All that the other says, in its order, and more. */
function holds(one: string, other: string): boolean {
	if (one.startsWith(other)) return true;
	const said = words(other);
	let at = 0;
	for (const word of words(one)) if (word === said[at]) at += 1;
	return at === said.length;
}
