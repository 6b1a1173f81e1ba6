import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { CardValue } from '#shared/doc/contents.ts';
import type { EarlierCard } from '#shared/earlier.ts';
import { CATALOGUE, findExercise } from '#shared/exercises/catalogue.ts';
import { exerciseSchema, type Exercise } from '#shared/exercises/format.ts';
import { scoreOfCards } from '#shared/facilitation/votes.ts';
import { offersOf } from '../../src/lib/board/action-offers.ts';
import { controlAt } from '../../src/lib/exercise-editor/controls.ts';

const barrier = findExercise('barrier')!;
const partner = findExercise('potential-partner')!;

test('NX1 a column builds on exercises, of which some are there in the catalogue, and none needs to be', () => {
	const builds = Object.fromEntries(
		CATALOGUE.map(({ id, columns }) => [id, columns.map(({ buildsOn = [] }) => buildsOn.join())])
	);
	const challenge = 'common-challenge';
	for (const id of ['potential-partner', 'work-with'])
		expect(new Set(builds[id])).toEqual(new Set([`barrier,${challenge}`]));
	expect(builds['barrier']).toEqual([challenge, '']);
	expect(new Set(builds['advocate'])).toEqual(new Set(['barrier,potential-partner,work-with']));
	expect(new Set(builds['organisations'])).toEqual(new Set(['barrier,potential-partner']));
	const ids = new Set(CATALOGUE.map(({ id }) => id));
	for (const { columns } of CATALOGUE)
		for (const { buildsOn = [] } of columns) for (const id of buildsOn) expect(ids).toContain(id);

	const building = (buildsOn: string[]): Exercise => ({
		...barrier,
		columns: barrier.columns.map((column) => ({ ...column, buildsOn }))
	});
	expect(v.is(exerciseSchema, building(['not-there-yet']))).toBe(true);
	expect(v.is(exerciseSchema, building([]))).toBe(false);
	expect(v.is(exerciseSchema, building(['No id at all!']))).toBe(false);
});

const card = (id: string, column: string, field: string, text: string): CardValue => ({
	id,
	author: 'key-ben',
	column,
	order: `a${id}`,
	fields: { [field]: text }
});

test('NX2 a card counts as the best of what it got itself and what a group around it got, and no sum of means', () => {
	const groups = [
		{ id: 'same', group: 'theme', cards: ['one', 'two'] },
		{ id: 'theme', cards: ['three'] }
	];
	const score = scoreOfCards(groups, { one: 4.2, same: 3.9, theme: 3, alone: 2 });
	expect(['one', 'two', 'three', 'alone', 'none'].map(score)).toEqual([4.2, 3.9, 3, 2, 0]);
});

test('NX7 who does it: the people, then whom cards name, each once; and which card it is about', () => {
	const earlier: EarlierCard[] = [
		{
			board: 'two',
			card: 'mayor',
			exercise: 'advocate',
			title: 'Advocates',
			column: 'Local',
			text: 'The mayor',
			contact: 'person'
		},
		{
			board: 'two',
			card: 'ben',
			exercise: 'advocate',
			title: 'Advocates',
			column: 'Local',
			text: 'Ben',
			contact: 'person'
		},
		{
			board: 'zero',
			card: 'time',
			exercise: 'barrier',
			title: 'Barriers',
			column: 'Barrier',
			text: 'No time'
		}
	];
	const value = {
		cards: [
			card('bank', 'business', 'partner', 'A bank'),
			card('same', 'business', 'partner', 'The bank')
		].map((one) => ({ ...one, group: 'group-1' })),
		groups: [
			{
				id: 'group-1',
				kind: 'same' as const,
				title: '',
				column: 'business',
				order: 'a0',
				cards: ['bank', 'same']
			}
		]
	};
	const board = { id: 'three', value, exercise: partner };
	const offers = offersOf([{ name: 'Ben' }, {}], board, earlier);
	expect(offers.who.map(({ id }) => id)).toEqual(['Ben', 'A bank', 'The bank', 'The mayor']);
	expect(offers.who[3]!.note).toBe('Local · Advocates');
	expect(offers.cards).toEqual([{ id: 'bank', title: 'A bank', note: 'Business' }]);
	expect(offersOf([{ name: 'Ben' }], null, []).cards).toEqual([]);
	// A barrier that was carried over is nobody.
	const carried = { ...card('copy', 'business', 'partner', 'No time') };
	const from = { board: 'zero', card: 'time' };
	const carriedTo = { ...board, value: { cards: [{ ...carried, from }], groups: [] } };
	expect(offersOf([], carriedTo, earlier).who.map(({ id }) => id)).toEqual(['The mayor', 'Ben']);
});

test('NX16 the editor sets what a column builds on from the account’s exercises', () => {
	expect(controlAt(partner, ['columns', 0, 'buildsOn'])).toEqual({ kind: 'exercises' });
});
