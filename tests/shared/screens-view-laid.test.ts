/** How a view that everybody is led to is laid out for the last row of a large room. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CardValue } from '#shared/doc/contents.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { View } from '#shared/exercises/format.ts';
import { cloudPages } from '../../src/lib/room-screen/cloud-pages.ts';
import { FITS, lanesAcross, rowsIn } from '../../src/lib/room-screen/fits.ts';
import { flow, type Place } from '../../src/lib/room-screen/flow.ts';
import { matrixOf } from '../../src/lib/room-screen/matrix-field.ts';
import { partsOf, widthsOf } from '../../src/lib/room-screen/parts.ts';

const barrier = findExercise('barrier')!;
const card = (id: string): CardValue => ({
	id,
	author: 'ben',
	column: 'barriers',
	order: id,
	fields: {}
});

const stacks = fc.array(
	fc.record({
		head: fc.constantFrom(0, 5),
		items: fc.array(fc.double({ min: 3, max: 40, noNaN: true }), { minLength: 1, maxLength: 25 })
	}),
	{ maxLength: 12 }
);
const place = fc.record({
	height: fc.double({ min: 60, max: 90, noNaN: true }),
	across: fc.integer({ min: 1, max: 5 }),
	gap: fc.constant(1.3),
	between: fc.constant(2.6)
});

test('SC31 each card stands once under its heading, in its order, and no lane is too tall', () => {
	fc.assert(
		fc.property(stacks, place, (all, at: Place) => {
			const pages = flow(all, at);
			const pieces = pages.flat(2);
			for (const [of, { items }] of all.entries()) {
				const places = pieces
					.filter((piece) => piece.of === of)
					.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, one) => from + one));
				expect(places).toEqual(items.map((_, one) => one));
			}
			for (const lane of pages.flat()) {
				expect(lane.length).toBeGreaterThan(0);
				const tall = lane.reduce((sum, { of, from, to }, index) => {
					expect(to).toBeGreaterThan(from);
					const { head, items } = all[of]!;
					const under = head > 0 ? head + at.gap : 0;
					const own = items.slice(from, to).reduce((rows, item) => rows + item + at.gap, -at.gap);
					return sum + under + own + (index > 0 ? at.between : 0);
				}, 0);
				expect(tall).toBeLessThanOrEqual(at.height + 1e-6);
			}
			for (const lanes of pages) expect(lanes.length).toBeLessThanOrEqual(at.across);
		})
	);
});

test('SC31 on one page each heading has lanes of its own, of about one height, where there are enough', () => {
	const at = { height: 70, across: 4, gap: 1, between: 2 };
	const six = { head: 5, items: [8, 8, 8, 8, 8, 8] };
	const two = { head: 5, items: [8, 8] };
	const [lanes, ...more] = flow([six, two], at);
	expect(more).toEqual([]);
	expect(lanes!.map((lane) => lane.map(({ of, from, to }) => [of, from, to]))).toEqual([
		[[0, 0, 2]],
		[[0, 2, 4]],
		[[0, 4, 6]],
		[[1, 0, 2]]
	]);
	// Where there are not, they stand under each other.
	const many = flow(
		Array.from({ length: 7 }, () => two),
		at
	);
	expect(many).toHaveLength(1);
	expect(many[0]!.map((lane) => lane.length)).toEqual([2, 2, 2, 1]);
	expect(flow([], at)).toEqual([[]]);
});

test('SC31 cards are tried from the largest to the smallest, and the larger they are, the fewer stand side by side', () => {
	const sizes = FITS.map(({ size }) => size);
	expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
	expect(sizes.at(-1)).toBeGreaterThanOrEqual(2.6);
	const across = sizes.map((size) => lanesAcross(size, 160, 2.2));
	expect(across).toEqual(across.toSorted((a, b) => a - b));
	expect(lanesAcross(5.6, 20, 2.2)).toBe(1);
});

test('SC31 headings without a card are left out, and what several said stands there once', () => {
	const one = { card: card('late'), text: 'Radio' };
	const sections = [
		{ title: 'Radio', count: 3, cards: [one, one, one] },
		{ title: 'Nobody', count: 0, cards: [] }
	];
	const seen = barrier.columns;
	expect(partsOf({ type: 'themes', title: '' }, sections, barrier, seen)).toEqual([
		{ title: 'Radio', count: 3, items: [{ card: one }, { card: one }, { card: one }] }
	]);
	const open: View = { type: 'unanswered', title: 'Open', column: 'barriers' };
	expect(partsOf(open, sections, barrier, seen)).toMatchObject([{ title: '', count: 3 }]);
	expect(partsOf({ type: 'duplicates', title: '' }, sections, barrier, seen)).toEqual([
		{ title: '', count: 1, items: [{ card: one, times: 3 }] }
	]);
	// A column keeps its cloth where not all of them are seen.
	const ways = [{ title: 'Ways round', count: 1, cards: [one] }];
	const shown = partsOf({ type: 'by-column', title: '' }, ways, barrier, [seen[1]!]);
	expect(shown).toMatchObject([{ cloth: 2 }]);
});

test('SC32 rows are as tall as they fit, within two limits, and go on on the next page', () => {
	const limits = { lowest: 7, tallest: 11 };
	expect(rowsIn(3, 70, limits)).toEqual({ onPage: 3, pages: 1, tall: 11 });
	expect(rowsIn(8, 70, limits)).toEqual({ onPage: 8, pages: 1, tall: 8.75 });
	expect(rowsIn(12, 70, limits)).toEqual({ onPage: 6, pages: 2, tall: 11 });
	expect(rowsIn(0, 70, limits)).toMatchObject({ pages: 1 });
	expect(rowsIn(3, 0, limits)).toEqual({ onPage: 1, pages: 3, tall: 7 });
});

test('SC32 a cloud has as many pages as its words need to be read', () => {
	const at = { width: 1600, height: 700 };
	const said = (count: number, text: string) =>
		Array.from({ length: count }, () => ({ text, size: 1.6 }));
	expect(cloudPages(said(30, 'Money'), at)).toHaveLength(1);
	const long = said(40, 'What would have to be paid for by somebody else');
	const pages = cloudPages(long, at);
	expect(pages.length).toBeGreaterThan(1);
	expect(pages.flat().map(({ text }) => text)).toEqual(long.map(({ text }) => text));
	const [once, often] = cloudPages([...said(1, 'Time'), { text: 'Money', size: 3.2 }], at).flat();
	expect([once!.size, often!.size]).toEqual([1, 2]);
	expect(cloudPages([], at)).toEqual([]);
});

test('SC32 a table gives more room to what says more', () => {
	const rows = [{ cells: ['a', 'x'.repeat(24), 'y'.repeat(900)] }];
	expect(widthsOf(rows, 3)).toEqual([1, 2, 3]);
	expect(widthsOf([], 2)).toEqual([1, 1]);
});

const lies = (id: string, x: number, y: number) => ({
	card: card(id),
	text: id,
	at: { x, y }
});
const quarter = (...cards: ReturnType<typeof lies>[]) => ({
	title: 'quarter',
	count: cards.length,
	cards
});
const unplaced = {
	title: 'rest',
	count: 1,
	cards: [{ card: card('nowhere'), text: '' }],
	rest: true as const
};

test('SC33 each card’s number lies on the field, and is in the list', () => {
	const sections = [quarter(lies('a', 5, 5), lies('b', 5, 4)), quarter(), quarter(lies('c', 1, 1))];
	const { counted, lying, parts } = matrixOf([...sections, unplaced]);
	expect(counted).toBe(false);
	expect(lying).toEqual([
		{ id: 'a', label: '1', x: 5, y: 5 },
		{ id: 'b', label: '2', x: 5, y: 4 },
		{ id: 'c', label: '3', x: 1, y: 1 }
	]);
	expect(parts.map(({ title, items }) => [title, items.map(({ number }) => number)])).toEqual([
		['quarter', [1, 2]],
		['quarter', [3]],
		['rest', [null]]
	]);
});

test('SC33 where one place has more than can be read, the field says how many lie in each', () => {
	const many = Array.from({ length: 12 }, (_, at) => lies(`m${at}`, 4, 4));
	const { counted, lying, parts } = matrixOf([quarter(...many, lies('one', 5, 5)), unplaced]);
	expect(counted).toBe(true);
	expect(lying.map(({ label, x, y }) => [label, x, y])).toEqual([
		['1', 5, 5],
		['12', 4, 4]
	]);
	expect(parts[0]!.items).toHaveLength(13);
	expect(parts[0]!.items.every(({ number }) => number === null)).toBe(true);
});
