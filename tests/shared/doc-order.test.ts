import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { between, byOrder } from '#shared/doc/order.ts';

/** Orders as other people's devices may send them. */
const anyOrder = fc.stringMatching(/^[A-Za-z0-9]{1,8}$/);

test('DO1 an order lies strictly between its neighbours, whatever these look like', () => {
	fc.assert(
		fc.property(fc.option(anyOrder), fc.option(anyOrder), (a, b) => {
			const [low, high] = a !== null && b !== null && a > b ? [b, a] : [a, b];
			const order = between(low, high);
			expect(order).toMatch(/^[A-Za-z0-9]{1,200}$/);
			if (low !== null) expect(order > low).toBe(true);
			const room =
				high !== null && high !== (low ?? '') && !/^0*$/.test(high.slice((low ?? '').length));
			if (high !== null && (room || !high.startsWith(low ?? ''))) expect(order < high).toBe(true);
		}),
		{ seed: 20260917, numRuns: 2000 }
	);
});

test('DO1 where nothing lies between two orders, the answer is just behind the first', () => {
	expect(between('a0', 'a0') > 'a0').toBe(true);
	expect(between('a0', 'a0') < 'a1').toBe(true);
	expect(between('b', 'a') > 'b').toBe(true);
});

test('DO2 orders stay short: a thousand cards one behind another', () => {
	let last: string | null = null;
	for (let card = 0; card < 1000; card += 1) last = between(last, null);
	expect(last!.length).toBeLessThan(5);
});

test('DO2 orders stay short: a thousand cards dropped at the same place', () => {
	const first = between(null, null);
	let next = between(first, null);
	for (let card = 0; card < 1000; card += 1) next = between(first, next);
	expect(next.length).toBeLessThan(200);
});

test('DO3 cards of the same order are sorted by id, so that all screens agree', () => {
	const cards = [
		{ order: 'a1', id: 'x' },
		{ order: 'a0', id: 'z' },
		{ order: 'a0', id: 'y' }
	];
	expect(cards.sort(byOrder).map((card) => card.id)).toEqual(['y', 'z', 'x']);
	expect(byOrder(cards[0]!, cards[0]!)).toBe(0);
});
