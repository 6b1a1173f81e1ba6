import { expect, test } from 'vitest';
import { emptyFormsOf } from '../../src/lib/downloads/empty.ts';
import { emptyForms } from '#shared/empty-forms.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';

const [barrier, organisations] = [findExercise('barrier')!, findExercise('organisations')!];
const action = (when: string) => [{ id: 'a', board: 'b', what: 'Call', who: '', when, at: 0 }];
const cardSaying = (organisation: string) => ({
	id: 'card-1',
	author: 'key',
	column: 'un-agencies',
	order: 'a0',
	fields: { organisation }
});

test('EX88 an address book needs a card that names somebody, a calendar an action that has a day', () => {
	const of = (organisation: string, when: string) =>
		emptyForms([
			{ exercise: barrier, actions: [] },
			{
				exercise: organisations,
				actions: action(when),
				board: { cards: [cardSaying(organisation)] }
			}
		]);
	expect(of('UNESCO', '2027-02-28')).toEqual([]);
	expect(of(' ', '2027-02-28')).toEqual(['vcf']);
	expect(of('UNESCO', '2027-02-31')).toEqual(['ics']);
	expect(emptyForms([])).toEqual(['vcf', 'ics']);
});

test('EX88 a page that has not read the boards goes by their exercises and numbers', () => {
	const room = {
		exercises: { b1: barrier, b2: organisations },
		actions: { b2: action('2027-02-28') },
		counts: { b1: { cards: 3, people: 1, writing: 0 }, b2: { cards: 0, people: 0, writing: 0 } }
	};
	const of = (...boards: string[]) =>
		emptyFormsOf(
			room,
			boards.map((id) => ({ id }))
		);
	expect(of('b1')).toEqual(['vcf', 'ics']);
	expect(of('b1', 'b2')).toEqual(['vcf']);
	expect(emptyFormsOf({ ...room, counts: {} }, [{ id: 'b2' }])).toEqual([]);
	expect(of('b1', 'not-told-yet')).toEqual([]);
});
