/** The facilitators' notes: two texts become one, and what is not saved stands on the device. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { caretIn, mergeText } from '../../src/lib/sync/merged-notes.ts';

const SEED = { seed: 20261124, numRuns: 1500 };
const text = (letters: string) =>
	fc.string({ unit: fc.constantFrom(...letters, ' ', '\n'), maxLength: 40 });
/** Words at places of a text; `inMine` are nobody else's letters. */
const insertions = (letters: string) =>
	fc.array(
		fc.record({
			at: fc.nat(40),
			words: fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 6 })
		}),
		{ maxLength: 4 }
	);
const put = (base: string, all: { at: number; words: string }[]): string =>
	all.reduce((now, { at, words }) => now.slice(0, at) + words + now.slice(at), base);
const only = (letters: RegExp, words: string) => (words.match(letters) ?? []).join('');
const isWithin = (few: string, many: string) => {
	let at = 0;
	for (const letter of many) if (letter === few[at]) at += 1;
	return at === few.length;
};

test('DE28 where one of two changed nothing, or both the same, the text is what was changed', () => {
	const any = fc.oneof(text('abc'), fc.string({ unit: 'grapheme', maxLength: 30 }));
	fc.assert(
		fc.property(any, any, (base, now) => {
			expect(mergeText(base, now, base)).toBe(now);
			expect(mergeText(base, base, now)).toBe(now);
			expect(mergeText(base, now, now)).toBe(now);
		}),
		SEED
	);
});

test('DE28 no letter that either wrote is lost, nor written twice, nor one that neither took away', () => {
	fc.assert(
		fc.property(text('abc'), insertions('DEF'), insertions('XYZ'), (base, mine, theirs) => {
			const merged = mergeText(base, put(base, mine), put(base, theirs));
			expect(only(/[DEF]/g, merged)).toBe(only(/[DEF]/g, put(base, mine)));
			expect(only(/[XYZ]/g, merged)).toBe(only(/[XYZ]/g, put(base, theirs)));
			expect(isWithin(base, merged)).toBe(true);
		}),
		SEED
	);
});

test('DE28 whatever else they took away or wrote over, what each wrote is there', () => {
	const other = (letters: string) => fc.oneof(text(`abc${letters}`), text(letters));
	fc.assert(
		fc.property(text('abc'), other('DEF'), other('XYZ'), (base, mine, theirs) => {
			const merged = mergeText(base, mine, theirs);
			expect(only(/[DEF]/g, merged)).toBe(only(/[DEF]/g, mine));
			expect(only(/[XYZ]/g, merged)).toBe(only(/[XYZ]/g, theirs));
		}),
		SEED
	);
});

test('DE28 changes in different lines are both taken, as each made them', () => {
	const lines = fc.array(fc.constantFrom('Ask Ben', 'Bring chalk', ''), {
		minLength: 2,
		maxLength: 12
	});
	fc.assert(
		fc.property(lines, fc.nat(11), fc.nat(11), (written, mine, theirs) => {
			fc.pre(mine !== theirs && Math.max(mine, theirs) < written.length);
			const base = written.map((words, i) => `${i}. ${words}`);
			const mined = base.with(mine, 'Mine');
			const theirsToo = base.with(theirs, 'Theirs');
			const merged = mergeText(base.join('\n'), mined.join('\n'), theirsToo.join('\n'));
			expect(merged).toBe(mined.with(theirs, 'Theirs').join('\n'));
		}),
		SEED
	);
});

test.each([
	['Ask Ben', 'Ask Ben first', 'Ask Ben, Chidi', 'Ask Ben, Chidi first'],
	['', 'Bring chalk', 'Ask Ben', 'Ask Ben\nBring chalk'],
	['Bring cha', 'Bring chalk', 'Bring cha\nand pens', 'Bring chalk\nand pens'],
	['', 'Ask Ben about pens', 'Ask Ben', 'Ask Ben about pens'],
	['Ask Ben', 'Ask Chidi', 'Ask Dan', 'Ask Dan Chidi'],
	['Ask Ben', '', 'Ask Ben first', ' first'],
	['问本要粉笔', '先问本要粉笔', '问本要粉笔和笔', '先问本要粉笔和笔'],
	['😀', '😁', '😂', '😂 😁']
])('DE28 %j as %j and as %j is %j', (base, mine, theirs, merged) => {
	expect(mergeText(base, mine, theirs)).toBe(merged);
});

test('DE28 the caret stays between the letters that it stood between', () => {
	const mine = 'Ask Ben\nBring chalk';
	const at = mine.indexOf('chalk');
	expect(caretIn(mine, `Early: ${mine}`, at)).toBe(at + 7);
	expect(caretIn(mine, `${mine}\nLate`, at)).toBe(at);
	expect(caretIn(mine, `${mine}\nLate`, mine.length)).toBe(mine.length);
	expect(caretIn('Mine', 'Theirs\nMine', 4)).toBe(11);
	fc.assert(
		fc.property(text('ab'), text('ab'), fc.nat(40), (before, after, caret) => {
			const now = caretIn(before, after, Math.min(caret, before.length));
			expect(now).toBeGreaterThanOrEqual(0);
			expect(now).toBeLessThanOrEqual(after.length);
		}),
		SEED
	);
});
