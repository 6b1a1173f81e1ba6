/** How answers differ between workshops, and between what people said of themselves. */
import { expect, test } from 'vitest';
import {
	compare,
	divisionsOf,
	questionsOf,
	returningIn,
	type CompareWords,
	type Source
} from '#shared/across/compare.ts';
import type { CardValue } from '#shared/doc/contents.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import { words as viewWords } from './views-board.ts';

const words: CompareWords = {
	...viewWords,
	workshop: 'workshop',
	origin: ({ title, at }) => `${title} ${at}`,
	ownWords: 'own words'
};
const barrier = findExercise('barrier')!;
const challenge = findExercise('common-challenge')!;

let cards = 0;
function source(
	at: number,
	exercise: Source['contents']['exercise'],
	said: (CardValue['fields'] & { column?: string })[]
): Source {
	return {
		workshop: { id: `w${at}`, title: 'A day', at },
		contents: {
			exercise,
			board: {
				cards: said.map(({ column, ...fields }) => ({
					id: `card-${(cards += 1)}`,
					author: 'ben',
					column: column ?? exercise.columns[0]!.id,
					order: `a${cards}`,
					fields: fields as CardValue['fields']
				})),
				groups: []
			},
			votes: null,
			actions: [],
			names: {},
			people: {},
			countryName: (code) => `land of ${code}`
		}
	};
}
const wall = (cause: string | string[], stoppedUs = 'x') => ({ stoppedUs, cause });
const find = (all: { id: string; title: string }[], id: string) =>
	all.find((one) => one.id === id)!;
const compared = (sources: Source[], question: string, by: string) => {
	const { exercise } = sources[0]!.contents;
	return compare(
		sources,
		find(questionsOf(exercise, words), question),
		find(divisionsOf(exercise, words), by),
		words
	);
};

test('AW11 choices, scales, countries and columns are counted; by workshop, country or choice', () => {
	expect(questionsOf(challenge, words).map(({ id }) => id)).toEqual([
		'myCountry',
		'libraryType',
		'of:column'
	]);
	expect(divisionsOf(challenge, words).map(({ id }) => id)).toEqual([
		'of:workshop',
		'myCountry',
		'libraryType'
	]);
	expect(questionsOf(findExercise('advocate')!, words).length).toBe(3);
});

test('AW11 by workshop: every option, zeroes too; own words together; cards that say nothing are not counted', () => {
	const { answers, groups } = compared(
		[
			source(2, barrier, [wall('time'), wall('time'), wall('the moon'), wall(''), wall('money')]),
			source(1, barrier, [wall('money')])
		],
		'cause',
		'of:workshop'
	);
	const options = barrier.fields.flatMap((one) =>
		one.id === 'cause' && one.type === 'choice' ? one.options : []
	);
	expect(answers).toHaveLength(options.length + 1);
	expect(answers.at(-1)!.title).toBe('own words');
	expect(groups.map(({ title, cards }) => [title, cards])).toEqual([
		['A day 2', 4],
		['A day 1', 1]
	]);
	const at = (id: string) => answers.findIndex((one) => one.id === id);
	expect(groups.map(({ counts }) => counts[at('time')])).toEqual([2, 0]);
	expect(groups.map(({ counts }) => counts[at('money')])).toEqual([1, 1]);
	expect(groups[0]!.counts[answers.length - 1]).toBe(1);
});

test('AW11 by country: the largest first, those who said none last; countries by their names', () => {
	const say = (myCountry: string, libraryType: string) => ({
		challenge: 'x',
		myCountry,
		libraryType
	});
	const sources = [
		source(1, challenge, [say('KE', 'public'), say('', 'public'), say('PE', 'school')]),
		source(2, challenge, [say('PE', 'public')])
	];
	const byCountry = compared(sources, 'libraryType', 'myCountry');
	expect(byCountry.groups.map(({ title, rest }) => [title, rest])).toEqual([
		['land of PE', false],
		['land of KE', false],
		[expect.stringContaining('without'), true]
	]);
	const byType = compared(sources, 'myCountry', 'libraryType');
	expect(byType.answers.map(({ title }) => title)).toEqual(['land of PE', 'land of KE']);
});

test('AW12 what comes back is of two workshops at least, the most workshops first; answers to cards are left aside', async () => {
	const sources = [
		source(1, barrier, [wall('time', 'Nobody asked us'), wall('time', 'No budget for travel')]),
		source(2, barrier, [wall('time', 'Nobody asked'), wall('time', 'Rain'), wall('time', 'Rain')]),
		source(3, barrier, [
			wall('time', 'nobody asked us!'),
			wall('time', 'We had no budget for travel'),
			{ column: 'ways-round', whatWeCouldDo: 'Rain' }
		])
	];
	const told = returningIn(sources).map((group) =>
		group.map(({ workshop, text }) => `${workshop.id} ${text}`)
	);
	expect(told).toEqual([
		['w1 Nobody asked us', 'w2 Nobody asked', 'w3 nobody asked us!'],
		['w1 No budget for travel', 'w3 We had no budget for travel']
	]);
});
