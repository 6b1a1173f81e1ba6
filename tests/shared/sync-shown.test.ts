import { expect, test } from 'vitest';
import type { CardValue, GroupValue } from '#shared/doc/contents.ts';
import { Reading } from '../../src/lib/state/reading.ts';
import { keepSame, shownBoard, type Sources } from '../../src/lib/state/shown-board.ts';
import { exerciseOf } from './facilitation-room.ts';

const card = (id: string, author: string, more: Partial<CardValue> = {}): CardValue => ({
	id,
	author,
	column: 'barriers',
	order: id,
	fields: { what: `words of ${id}` },
	...more
});
const group = (id: string, cards: string[], more: Partial<GroupValue> = {}): GroupValue => ({
	id,
	kind: 'theme',
	title: '',
	column: 'barriers',
	order: id,
	cards,
	...more
});
const shown = (sources: Partial<Sources>) =>
	shownBoard({
		exercise: exerciseOf('barrier')!,
		room: { cards: [], groups: [] },
		own: [],
		author: 'ben',
		isPlaced: () => false,
		hidden: [],
		seesHidden: false,
		columnsShown: null,
		...sources
	});
const ids = (board: ReturnType<typeof shown>) => board.cards.map(({ id }) => id);

test('CL14 own cards from the notebook, the rest from the room', () => {
	const board = shown({
		room: { cards: [card('a', 'ben'), card('b', 'chidi'), card('gone', 'ben')], groups: [] },
		own: [card('a', 'ben', { fields: { what: 'newer words' } }), card('held', 'ben')]
	});
	expect(ids(board)).toEqual(['a', 'b', 'held']);
	expect(board.cards[0]!.fields.what).toBe('newer words');
});

test('CL14 drafts are not shown, nor cards of others without words', () => {
	const board = shown({
		room: { cards: [card('blank', 'chidi', { fields: {} })], groups: [] },
		own: [card('draft', 'ben', { draft: true }), card('cleared', 'ben', { fields: {} })]
	});
	expect(ids(board)).toEqual(['cleared']);
});

test('CL14 an own card lies where the room has put it', () => {
	const moved = card('a', 'ben', { column: 'ways', order: 'z', group: 'g' });
	const room = {
		cards: [moved, card('b', 'chidi', { group: 'g' })],
		groups: [group('g', ['a', 'b'])]
	};
	const own = [card('a', 'ben', { fields: { what: 'newer words' } })];
	expect(shown({ room, own, isPlaced: () => true }).cards.at(-1)).toEqual({
		...moved,
		fields: { what: 'newer words' }
	});
	expect(shown({ room, own }).cards[0]).toEqual(own[0]);
});

test('CL14 without a notebook everything is the room’s', () => {
	const room = { cards: [card('a', 'ben'), card('b', 'chidi')], groups: [] };
	expect(ids(shown({ room, own: null, author: null }))).toEqual(['a', 'b']);
});

test('CL15 hidden cards are for their author and facilitators', () => {
	const sources = {
		room: { cards: [card('b', 'chidi'), card('c', 'chidi')], groups: [] },
		own: [card('a', 'ben')],
		hidden: ['a', 'b']
	};
	expect(ids(shown(sources))).toEqual(['a', 'c']);
	expect(ids(shown({ ...sources, seesHidden: true }))).toEqual(['a', 'b', 'c']);
});

test('CL15 a group with fewer than two cards to see is none, nor is an answer to nothing', () => {
	const room = {
		cards: [
			card('b', 'chidi', { group: 'g' }),
			card('c', 'chidi', { group: 'g' }),
			card('d', 'chidi', { answers: 'b' }),
			card('e', 'chidi', { answers: 'c' })
		],
		groups: [group('g', ['b', 'c'])]
	};
	expect(shown({ room }).groups).toEqual([group('g', ['b', 'c'])]);
	const less = shown({ room, hidden: ['b'] });
	expect(less.groups).toEqual([]);
	expect(less.cards).toEqual([
		card('c', 'chidi'),
		card('d', 'chidi'),
		card('e', 'chidi', { answers: 'c' })
	]);
});

test('CL15 a theme counts the cards of the groups that stand in it', () => {
	const room = {
		cards: [card('b', 'chidi', { group: 'same' }), card('c', 'chidi', { group: 'same' })],
		groups: [group('same', ['b', 'c'], { kind: 'same', group: 'theme' }), group('theme', [])]
	};
	expect(shown({ room }).groups.map(({ id }) => id)).toEqual(['same', 'theme']);
	expect(shown({ room, hidden: ['b'] }).groups).toEqual([]);
});

test('CL16 what says the same is the same', () => {
	const before = [card('a', 'ben'), card('b', 'chidi')];
	const next = [card('a', 'ben'), card('b', 'chidi', { fields: { what: 'other words' } })];
	const kept = keepSame(next, before);
	expect(kept[0]).toBe(before[0]);
	expect(kept[1]).toBe(next[1]);
	expect(keepSame(next, undefined)).toBe(next);
});

test('CL17 a reading is read once until it is stale', () => {
	let reads = 0;
	const reading = new Reading<number>((before) => (before ?? 0) + (reads += 1));
	expect([reading.current, reading.current]).toEqual([1, 1]);
	reading.invalidate();
	reading.invalidate();
	expect(reading.current).toBe(3);
	expect(reads).toBe(2);
});
