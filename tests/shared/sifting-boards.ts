/** Boards by chance, and whatever they may be looked through by. */
import { array, constantFrom, integer, option, record, subarray } from 'fast-check';
import type { BoardValue, CardValue, GroupValue } from '#shared/doc/contents.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { SiftWords } from '../../src/lib/board/facets.ts';
import { HAVING, type Around, type Filter, type Order } from '../../src/lib/board/sifting.ts';

const exercise = {
	id: 'every-field',
	fields: [
		{ type: 'text', id: 'main', title: 'Main', main: true },
		{
			type: 'choice',
			id: 'cause',
			title: 'Cause',
			several: true,
			options: [
				{ id: 'time', title: 'Time' },
				{ id: 'money', title: 'Money' }
			]
		},
		{ type: 'scale', id: 'hard', title: 'How hard', low: 'Easy', high: 'Hard' },
		{ type: 'country', id: 'country', title: 'Country' },
		{ type: 'sdg-target', id: 'goals', title: 'Goals', several: true },
		{ type: 'person', id: 'who', title: 'Who' }
	],
	columns: [
		{ id: 'first', title: 'First', fields: ['main', 'cause', 'hard', 'country', 'goals', 'who'] },
		{ id: 'second', title: 'Second', fields: ['main', 'hard'], answers: 'first' }
	]
} as unknown as Exercise;

export const around: Around = {
	exercise,
	totals: { c1: 3, c2: 1, g1: 9 },
	comments: (card) => (card === 'c3' ? 2 : 0),
	reactions: (card) => (card === 'c4' ? 5 : card === 'c5' ? 1 : 0),
	answers: (card) => (card === 'c1' ? 1 : 0),
	earlier: ({ from }) => from !== undefined,
	author: ({ author }) => (author === 'ben' ? 'Ben' : author === 'ana' ? 'Ana' : null),
	own: 'ben',
	people: { olena: 'Olena' },
	countryName: (code) => (code === 'KE' ? 'Kenya' : code),
	language: 'en'
};

/** Whatever is asked of it. */
export const words = new Proxy(() => 'said', { get: () => words }) as unknown as SiftWords;

export const card = (id: string, rest: Partial<CardValue> = {}): CardValue => ({
	id,
	author: 'ben',
	column: 'first',
	order: `b${id}`,
	...rest,
	fields: { main: `Words of ${id}`, ...rest.fields }
});
// A board by chance: cards, groups and groups within them, and whatever it may be looked through by.
const someCard = record({
	author: constantFrom('ben', 'ana', 'nobody'),
	column: constantFrom('first', 'second'),
	order: constantFrom('a', 'b', 'c'),
	group: option(constantFrom('g1', 'g2', 'g3')),
	language: option(constantFrom('fr', 'ar')),
	fields: record(
		{
			main: constantFrom('Nobody had time', 'Größe', 'لم يكن لدى أحد وقت', ''),
			cause: subarray(['time', 'money', 'a word of their own']),
			hard: integer({ min: 1, max: 5 }),
			country: constantFrom('KE', 'FJ'),
			goals: subarray(['4', '4.7', '16.10']),
			who: constantFrom('olena', 'Somebody')
		},
		{ requiredKeys: ['main'] }
	)
});
export const someBoard = array(someCard, { maxLength: 12 }).map((made): BoardValue => {
	const cards = made.map(({ group, language, ...one }, at) => ({
		...one,
		id: `c${at}`,
		...(group === null ? {} : { group }),
		...(language === null ? {} : { language })
	})) as CardValue[];
	const groups = ['g1', 'g2', 'g3'].map((id): GroupValue => ({
		id,
		kind: id === 'g3' ? 'same' : 'theme',
		title: id,
		column: 'first',
		order: 'b',
		...(id === 'g3' ? { group: 'g1' } : {}),
		cards: cards.filter((one) => one.group === id).map((one) => one.id)
	}));
	const full = groups.filter(
		(one) => one.cards.length > 0 || (one.id === 'g1' && groups[2]!.cards.length > 0)
	);
	const there = new Set(full.map((one) => one.id));
	return {
		cards,
		groups: full.map((one) => (one.group && !there.has(one.group) ? { ...one } : one))
	};
});
export const FILTERS: Filter[] = [
	{ by: 'column', value: 'first' },
	{ by: 'column', value: 'second' },
	{ by: 'author', value: 'ana' },
	{ by: 'language', value: 'fr' },
	{ by: 'theme', value: 'g1' },
	{ by: 'theme', value: '' },
	{ by: 'field', field: 'cause', value: 'time' },
	{ by: 'field', field: 'country', value: 'KE' },
	{ by: 'field', field: 'goals', value: '4' },
	{ by: 'field', field: 'who', value: 'olena' },
	{ by: 'scale', field: 'hard', from: 2, to: 4 },
	{ by: 'without', field: 'country' },
	...HAVING.map((value): Filter => ({ by: 'having', value }))
];
export const ORDERS: Order[] = [
	'placed',
	'votes',
	'reactions',
	'comments',
	'author',
	...exercise.fields.map(({ id }) => `field/${id}` as const)
];
export const someSifting = record({
	words: constantFrom('', 'time', 'NOBODY  had', 'grosse', 'no such word'),
	filters: subarray(FILTERS),
	order: constantFrom(...ORDERS)
});
