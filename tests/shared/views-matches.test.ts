import { array, assert, nat, property } from 'fast-check';
import { expect, test } from 'vitest';
import type { View } from '#shared/exercises/format.ts';
import { group } from '#shared/matching/groups.ts';
import { board, sectionsOf } from './views-board.ts';

const view: View = { type: 'matches', title: 'Matches', differ: ['country', 'kind'] };
const person = (id: string, country: string, kind: string, column = 'near') =>
	[id, `author-${id}`, { name: id, country, kind }, { column }] as [
		string,
		string,
		Record<string, string>,
		object
	];

test('VI12 the most different are paired first, within their column', () => {
	const contents = board([
		person('a', 'KE', 'public'),
		person('b', 'KE', 'school'),
		person('c', 'FI', 'public'),
		person('d', 'FI', 'school'),
		person('e', 'AT', 'school', 'far')
	]);
	expect(sectionsOf(view, contents)).toEqual([
		['Near', 2, 'a', 'd'],
		['Near', 2, 'b', 'c'],
		['unmatched', 1, 'e']
	]);
});

test('VI12 one person is matched once in a column, and never with themselves', () => {
	const contents = board([
		['a', 'ben', { name: 'A', country: 'KE' }],
		['b', 'ben', { name: 'B', country: 'FI' }],
		['c', 'chidi', { name: 'C', country: 'AT' }]
	]);
	expect(sectionsOf(view, contents)).toEqual([['Near', 2, 'a', 'c']]);
});

test('VI12 nobody is left alone where a group of three is possible', () => {
	const contents = board([
		person('a', 'KE', 'public'),
		person('b', 'FI', 'public'),
		person('c', 'AT', 'public')
	]);
	expect(sectionsOf(view, contents)).toEqual([['Near', 3, 'a', 'b', 'c']]);
});

test('VI12 once people were matched in the room it is as they were, as far as that stands', () => {
	const people = [
		person('a', 'KE', 'public'),
		person('b', 'KE', 'school'),
		person('c', 'FI', 'public'),
		person('d', 'FI', 'school'),
		person('e', 'AT', 'school', 'far'),
		person('f', 'AT', 'public', 'far')
	];
	const matched = [
		{ column: 'near', cards: ['b', 'a', 'c'] },
		{ column: 'far', cards: ['f', 'd'] }
	];
	expect(sectionsOf(view, { ...board(people), matched })).toEqual([
		['Near', 3, 'b', 'a', 'c'],
		['unmatched', 3, 'd', 'e', 'f']
	]);
	// Who is gone leaves it; two who do not differ are no match, nor one who has moved.
	const without = (gone: string) => board(people.filter(([id]) => id !== gone));
	expect(sectionsOf(view, { ...without('c'), matched })[0]).toEqual(['Near', 2, 'b', 'a']);
	const alike = people.map((one) => (one[0] === 'b' ? person('b', 'KE', 'public') : one));
	const [first] = sectionsOf(view, { ...board(alike.slice(0, 2)), matched });
	expect(first).toEqual(['unmatched', 2, 'a', 'b']);
});

/** People as classes of the same values: two differ where their classes do. */
const classes = array(nat({ max: 3 }), { maxLength: 14 });

/** The most people that can be in pairs: all, less one where odd, less what one class has too many. */
function most(of: number[]): number {
	const largest = Math.max(0, ...[0, 1, 2, 3].map((one) => of.filter((x) => x === one).length));
	return 2 * Math.min(Math.floor(of.length / 2), of.length - largest);
}

test('VI12 as many as can be matched are, and everyone once', () => {
	assert(
		property(classes, (of) => {
			const differ = (a: number, b: number) => Number(of[a] !== of[b]);
			const { groups, left } = group(of.length, differ);
			const all = [...groups.flat(), ...left].sort((a, b) => a - b);
			expect(all).toEqual([...of.keys()]);
			for (const [a, b, c] of groups) {
				expect(differ(a!, b!)).toBe(1);
				if (c !== undefined) expect(differ(a!, c) + differ(b!, c)).toBeGreaterThan(0);
			}
			expect(groups.length * 2).toBe(most(of));
			// Whoever is left would be alone in any way: every pair has its third already.
			if (left.length > 0) expect(groups.every((group) => group.length === 3)).toBe(true);
		})
	);
});
