/** How a summary is laid out on its page, and what a facilitator chooses from. */
import { expect, test } from 'vitest';
import { countIn, rowsOf } from '../../src/lib/summary/layout.ts';
import { choicesOf, wordsOf } from '../../src/lib/summary/outline.ts';
import type { Block, Item, Summary } from '../../src/shared/summary/model.ts';

const item = (card: string, text: string, rest: Partial<Item> = {}): Item => ({
	card,
	text: { text },
	notes: [],
	cloth: 1,
	...rest
});
const bars = (id: string): Block => ({
	id,
	title: { text: `Bars ${id}` },
	kind: 'bars',
	bars: [],
	alt: '',
	head: ['Cause', 'Cards']
});
const ranking = (id: string, items: Item[] = []): Block => ({
	id,
	title: { text: `Ranking ${id}` },
	kind: 'ranking',
	items
});
const list = (id: string, items: Item[] = []): Block => ({
	id,
	title: { text: `List ${id}` },
	kind: 'list',
	bars: [],
	alt: '',
	head: ['Theme', 'Cards'],
	sections: [{ count: items.length, rest: false, items, more: 0 }]
});

test('SU22 two that need half the width share a row, in their order; what needs all of it has it', () => {
	const ids = (blocks: Block[]) => rowsOf(blocks).map((row) => row.map(({ id }) => id).join(' '));
	expect(ids([bars('1'), ranking('2'), list('3')])).toEqual(['1 2', '3']);
	expect(ids([list('1'), bars('2'), list('3')])).toEqual(['1', '2', '3']);
	expect(ids([bars('1'), ranking('2'), bars('3')])).toEqual(['1 2', '3']);
	expect(ids([])).toEqual([]);
});

test('SU22 a count is taken out of its words wherever it stands in them', () => {
	expect(countIn('14 votes', 14)).toEqual(['', '14', ' votes']);
	expect(countIn('票数 14', 14)).toEqual(['票数 ', '14', '']);
	expect(countIn('١٤ صوتا', 14)).toEqual(['١٤ صوتا', '', '']);
});

const whole: Summary = {
	language: 'en',
	direction: 'ltr',
	front: {} as Summary['front'],
	did: { title: 'What we did', rows: [] },
	ideas: null,
	chains: null,
	actions: { title: 'Who does what', head: ['', '', '', ''], people: [], none: '' },
	parts: [
		{
			board: 'board-one',
			anchor: 'board-1',
			title: { text: 'Barriers' },
			references: [],
			prompt: { text: '' },
			counts: [],
			left: [],
			blocks: [
				bars('board-one/0'),
				ranking('board-one/1', [
					item('card-one', 'Time', { members: [item('card-two', 'No afternoon')] })
				])
			]
		}
	],
	conclusions: null,
	appendix: {
		title: 'Appendix',
		parts: [{ title: { text: 'Barriers' }, blocks: [list('board-one/2', [item('far', 'Money')])] }]
	},
	colophon: '',
	empty: []
};

test('SU27 every section that there is, and every picture of an exercise, can be chosen', () => {
	expect(choicesOf(whole)).toEqual([
		{ id: 'did', title: 'What we did', parts: [] },
		{ id: 'actions', title: 'Who does what', parts: [] },
		{
			id: 'board-one',
			title: 'Barriers',
			parts: [
				{ id: 'board-one/0', title: 'Bars board-one/0', parts: [] },
				{ id: 'board-one/1', title: 'Ranking board-one/1', parts: [] }
			]
		}
	]);
});

test('SU26 a card that was left out is known by its words, in a group and in the appendix too', () => {
	expect(wordsOf(whole, ['card-two', 'far', 'gone'])).toEqual({
		'card-two': 'No afternoon',
		far: 'Money'
	});
	expect(wordsOf(whole, [])).toEqual({});
});
