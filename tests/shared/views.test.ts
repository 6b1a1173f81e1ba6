import { expect, test } from 'vitest';
import type { View } from '#shared/exercises/format.ts';
import { computeView } from '#shared/exercises/views.ts';
import { board, group, sectionsOf, words } from './views-board.ts';

const titled = <T extends object>(view: T): T & { title: string } => ({ title: 'A view', ...view });
const byCause: View = titled({ type: 'by-field', field: 'cause' } as const);

test('VI1 cards without a main field are in no view, and a view without cards is empty', () => {
	const blank = board([['blank', 'ben', { name: ' ', cause: 'time' }]]);
	blank.board.cards[0]!.fields = { cause: 'time' };
	expect(computeView(byCause, blank, words)).toMatchObject({ title: 'A view', empty: true });
	const said = board([['said', 'ben', { name: 'A bank', cause: 'time' }]]);
	expect(computeView(byCause, said, words)).toMatchObject({ empty: false, kind: 'sections' });
});

test('VI2 by a choice: by size, zeroes shown, own words as a heading, no value last', () => {
	const contents = board([
		['a', 'ben', { name: 'A' }],
		['b', 'ben', { name: 'B', cause: 'law' }],
		['c', 'chidi', { name: 'C', cause: 'law' }],
		['d', 'chidi', { name: 'D', cause: 'Rain' }],
		['e', 'ada', { name: 'E', cause: 'rain!' }],
		['elsewhere', 'ada', { name: 'F' }, { column: 'far' }]
	]);
	expect(sectionsOf(byCause, contents)).toEqual([
		['Law', 2, 'b', 'c'],
		['Rain', 2, 'd', 'e'],
		['Time', 0],
		['Money', 0],
		['without cause', 1, 'a']
	]);
	const last = computeView(byCause, contents, words);
	expect(last.kind === 'sections' && last.sections.at(-1)?.rest).toBe(true);
});

test('VI2 one of several values puts a card under each, and a scale goes from the top', () => {
	const contents = board([
		['a', 'ben', { name: 'A', help: ['echo', 'tell'], known: 1 }],
		['b', 'ben', { name: 'B', help: ['tell'], known: 4 }]
	]);
	expect(sectionsOf(titled({ type: 'by-field', field: 'help' }), contents)).toEqual([
		['Tell', 2, 'a', 'b'],
		['Echo', 1, 'a']
	]);
	expect(sectionsOf(titled({ type: 'by-field', field: 'known' }), contents)).toEqual([
		['5: widely', 0],
		['4', 1, 'b'],
		['3', 0],
		['2', 0],
		['1: hardly', 1, 'a']
	]);
});

test('VI3 countries and people are named, whoever cannot be named is someone', () => {
	const id = 'AbCdEfGhIjKlMnOpQrStU';
	const contents = board(
		[
			['a', 'ben', { name: 'A', country: 'KE', who: id }],
			['b', 'ben', { name: 'B', country: 'AT', who: 'my aunt' }],
			['c', 'ben', { name: 'C', who: 'ZZZZZfGhIjKlMnOpQrStU' }]
		],
		{ people: { [id]: 'Chidi' } }
	);
	const by = (field: string) => sectionsOf(titled({ type: 'by-field', field }), contents);
	expect(by('country')).toEqual([
		['Austria', 1, 'b'],
		['Kenya', 1, 'a'],
		['without country', 1, 'c']
	]);
	expect(by('who').map(([title]) => title)).toEqual(['Chidi', 'my aunt', 'someone']);
});

test('VI4 by column: every column, as the exercise has them', () => {
	const contents = board([
		['a', 'ben', { name: 'A' }, { column: 'far' }],
		['b', 'ben', { name: 'B' }, { order: 'b2' }],
		['c', 'ben', { name: 'C' }, { order: 'b1' }]
	]);
	expect(sectionsOf(titled({ type: 'by-column' }), contents)).toEqual([
		['Near', 2, 'c', 'b'],
		['Far', 1, 'a'],
		['Ways', 0]
	]);
});

test('VI5 themes: largest first, the same idea inside its theme, what is in none last', () => {
	const cards = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(
		(id) => [id, 'ben', { name: id }] as [string, string, { name: string }]
	);
	const contents = board(cards, {
		groups: [
			group('small', ['a', 'b'], { title: '' }),
			group('large', ['c']),
			group('same', ['d', 'e'], { kind: 'same', group: 'large', title: '' })
		]
	});
	expect(sectionsOf(titled({ type: 'themes' }), contents)).toEqual([
		['large', 3, 'c', 'd', 'e'],
		['untitled', 2, 'a', 'b'],
		['ungrouped', 2, 'f', 'g']
	]);
});

test('VI6 votes: cards and groups by votes, ties as they lie, answers as notes', () => {
	const contents = board(
		[
			['a', 'ben', { name: 'A' }],
			['b', 'ben', { name: 'B' }],
			['c', 'ben', { name: 'C' }],
			['d', 'ben', { name: 'D' }],
			['way', 'chidi', { answer: 'Ask' }, { column: 'ways', answers: 'b' }]
		],
		{ groups: [group('both', ['a', 'b'])], votes: { both: 3, c: 2, d: 3, way: 9, gone: 4 } }
	);
	const near = titled({ type: 'votes', columns: ['near'] } as View);
	expect(sectionsOf(near, contents)).toEqual([
		['both', 3, 'a', 'b'],
		['', 3, 'd'],
		['', 2, 'c']
	]);
	const result = computeView(near, contents, words);
	expect(result.kind === 'sections' && result.sections[0]!.cards[1]!.notes).toEqual(['Ask']);
	expect(sectionsOf(titled({ type: 'votes' }), contents)[0]).toEqual(['', 9, 'way']);
	expect(sectionsOf(near, { ...contents, votes: null })).toEqual([]);
});

test('VI7 unanswered: what no card answers; of the same ideas one answer is enough', () => {
	const contents = board(
		[
			['a', 'ben', { name: 'A' }],
			['b', 'ben', { name: 'B' }],
			['c', 'ben', { name: 'C' }],
			['way', 'chidi', { answer: 'Ask' }, { column: 'ways', answers: 'b' }]
		],
		{ groups: [group('same', ['b', 'c'], { kind: 'same' })] }
	);
	expect(sectionsOf(titled({ type: 'unanswered', column: 'near' }), contents)).toEqual([
		['Near', 1, 'a']
	]);
});

test('VI8 without: only cards of columns that have the field', () => {
	const contents = board([
		['a', 'ben', { name: 'A', who: 'me' }],
		['b', 'ben', { name: 'B' }],
		['c', 'ben', { name: 'C' }, { column: 'far' }]
	]);
	expect(sectionsOf(titled({ type: 'without', field: 'who' }), contents)).toEqual([
		['without who', 1, 'b']
	]);
});

test('VI9 duplicates: the same words of several people, however they are written', () => {
	const contents = board([
		['a', 'ben', { name: 'UNESCO, Dakar' }],
		['b', 'chidi', { name: 'unesco dakar!' }],
		['c', 'ben', { name: 'Café' }],
		['d', 'ben', { name: 'cafe' }],
		['e', 'ada', { name: 'كتابٌ' }],
		['f', 'ben', { name: 'كتاب' }],
		['g', 'ben', { name: '?' }],
		['h', 'ada', { name: '!' }]
	]);
	expect(sectionsOf(titled({ type: 'duplicates' }), contents)).toEqual([
		['UNESCO, Dakar', 2, 'a', 'b'],
		['كتابٌ', 2, 'e', 'f']
	]);
});

test('VI10 matrix: a quarter each, best first, every card with its place, the unplaced last', () => {
	const contents = board([
		['a', 'ben', { name: 'A', known: 2, skilled: 5 }],
		['b', 'ben', { name: 'B', known: 4, skilled: 4 }],
		['c', 'ben', { name: 'C', known: 5, skilled: 5 }],
		['d', 'ben', { name: 'D', known: 5 }]
	]);
	const view = titled({ type: 'matrix', x: 'known', y: 'skilled' } as const);
	expect(sectionsOf(view, contents)).toEqual([
		['known 4–5 · skilled 4–5', 2, 'c', 'b'],
		['known 4–5 · skilled 1–3', 0],
		['known 1–3 · skilled 4–5', 1, 'a'],
		['known 1–3 · skilled 1–3', 0],
		['unplaced', 1, 'd']
	]);
	const result = computeView(view, contents, words);
	expect(result.kind === 'sections' && result.sections[2]!.cards[0]).toMatchObject({
		at: { x: 2, y: 5 }
	});
});

test('VI11 coverage: a target belongs to its goal, a card counts once in it, gaps are named', () => {
	const contents = board([
		['a', 'ben', { name: 'A', targets: ['16.6', '16.10'] }],
		['b', 'ben', { name: 'B', targets: ['9.5'] }, { column: 'far' }],
		['c', 'chidi', { name: 'C', targets: ['16'] }]
	]);
	const view = titled({ type: 'coverage', field: 'targets' } as const);
	expect(computeView(view, contents, words)).toMatchObject({
		kind: 'table',
		head: ['column', 'goal 4', 'goal 9', 'goal 16', 'gaps'],
		rows: [{ cells: ['Near', '0', '0', '2', '4.6'] }, { cells: ['Far', '0', '1', '0', ''] }],
		notes: ['1 in 2 of 3', '1 in 1 of 3']
	});
});

test('VI13 table: sorted by the field, empty ones last; else by column, which then leads', () => {
	const contents = board([
		['a', 'ben', { name: 'A' }, { column: 'far' }],
		['b', 'ben', { name: 'B', country: 'KE' }],
		['c', 'ben', { name: 'C', country: 'AT', help: ['echo', 'tell'] }]
	]);
	const fields = ['country', 'name', 'help'];
	const rows = (view: View) => {
		const result = computeView(view, contents, words);
		return result.kind === 'table' ? [result.head, ...result.rows.map((row) => row.cells)] : [];
	};
	expect(rows(titled({ type: 'table', fields, sort: 'country' }))).toEqual([
		['country', 'name', 'help'],
		['Austria', 'C', 'Echo, Tell'],
		['Kenya', 'B', ''],
		['', 'A', '']
	]);
	expect(rows(titled({ type: 'table', fields: ['name'] }))).toEqual([
		['column', 'name'],
		['Near', 'B'],
		['Near', 'C'],
		['Far', 'A']
	]);
});

test('VI14 field: the cards that have it, and what it says', () => {
	const contents = board([
		['a', 'ben', { name: 'A', step: 'ring them' }],
		['b', 'ben', { name: 'B' }]
	]);
	const result = computeView(titled({ type: 'field', field: 'step' }), contents, words);
	expect(result.kind === 'sections' && result.sections).toMatchObject([
		{ title: 'step', count: 1, cards: [{ text: 'A', notes: ['ring them'] }] }
	]);
});
