import { expect, test } from 'vitest';
import { makeGroup, place } from '#shared/doc/board.ts';
import {
	drop,
	groupOf,
	groupsFor,
	itemsIn,
	placeOf,
	targetsIn
} from '../../src/lib/board/arranging.ts';
import { targetByKey } from '../../src/lib/board/keys.ts';
import { arrangedBoard } from './board-support.ts';

const ids = (board: Parameters<typeof itemsIn>[0], column: string) =>
	itemsIn(board, column).map(({ id }) => id);
const card = (id: string) => ({ kind: 'card' as const, id });
const COLUMNS = ['barriers', 'ways-round'];
const SIX = {
	barriers: ['card-a', 'card-b', 'card-c', 'card-d'],
	'ways-round': ['card-x', 'card-y']
};

test('BO8 a column shows its groups and loose cards in one order, and a group in a theme only there', () => {
	const { board, room } = arrangedBoard(SIX);
	const theme = board.makeGroup(['card-a', 'card-c'], { column: 'barriers', order: 'a1V' });
	expect(ids(board.value, 'barriers')).toEqual(['card-b', theme, 'card-d']);
	makeGroup(room, {
		id: 'same-1',
		kind: 'same',
		column: 'barriers',
		order: 'a9',
		cards: ['card-b', 'card-d']
	});
	expect(ids(board.value, 'barriers')).toEqual([theme, 'same-1']);
	place(room, 'same-1', { column: 'barriers', order: 'a9', group: theme });
	expect(ids(board.value, 'barriers')).toEqual([theme]);
});

test('BO9 a card dropped on a card makes a group at its place', () => {
	const { board } = arrangedBoard(SIX);
	expect(drop(board, card('card-d'), { on: 'card', card: 'card-b', column: 'barriers' })).toBe(
		'grouped'
	);
	const group = groupOf(board.value, 'card-d')!;
	expect(group.cards.sort()).toEqual(['card-b', 'card-d']);
	expect(ids(board.value, 'barriers')).toEqual(['card-a', group.id, 'card-c']);
});

test('BO31 a card dropped on one that somebody else has grouped meanwhile joins that group', () => {
	const { board } = arrangedBoard(SIX);
	const group = board.makeGroup(['card-a', 'card-b'], { column: 'barriers', order: 'a0' });
	const onCard = { on: 'card' as const, card: 'card-b', column: 'barriers' };
	expect(drop(board, card('card-d'), onCard)).toBe('joined');
	expect(groupOf(board.value, 'card-b')?.id).toBe(group);
	expect(groupOf(board.value, 'card-d')?.id).toBe(group);
	expect(drop(board, card('card-a'), onCard)).toBe('nothing');
});

test('BO9 a card dropped on a group joins it, and leaves it for a free place', () => {
	const { board } = arrangedBoard(SIX);
	const group = board.makeGroup(['card-a', 'card-b'], { column: 'barriers', order: 'a0' });
	const onGroup = { on: 'group' as const, group, column: 'barriers' };
	expect(drop(board, card('card-x'), onGroup)).toBe('joined');
	expect(groupOf(board.value, 'card-x')?.id).toBe(group);
	expect(drop(board, card('card-x'), onGroup)).toBe('nothing');
	expect(drop(board, card('card-x'), { on: 'slot', column: 'ways-round', before: 'card-y' })).toBe(
		'left'
	);
	expect(ids(board.value, 'ways-round')).toEqual(['card-x', 'card-y']);
	expect(groupOf(board.value, 'card-x')).toBeUndefined();
});

test('BO10 a drop between two lies between them; where it lay already nothing is written', () => {
	const { board, writes } = arrangedBoard(SIX);
	drop(board, card('card-d'), { on: 'slot', column: 'barriers', before: 'card-b' });
	expect(ids(board.value, 'barriers')).toEqual(['card-a', 'card-d', 'card-b', 'card-c']);
	drop(board, card('card-a'), { on: 'slot', column: 'barriers', before: null });
	expect(ids(board.value, 'barriers')).toEqual(['card-d', 'card-b', 'card-c', 'card-a']);
	const before = writes();
	expect(drop(board, card('card-d'), { on: 'slot', column: 'barriers', before: 'card-b' })).toBe(
		'nothing'
	);
	expect(writes()).toBe(before);
});

test('BO10 a drop before something that has gone meanwhile goes to the foot', () => {
	const { board } = arrangedBoard(SIX);
	drop(board, card('card-a'), { on: 'slot', column: 'barriers', before: 'card-gone' });
	expect(ids(board.value, 'barriers').at(-1)).toBe('card-a');
});

test('BO11 whatever is dropped wherever, it is one write at most', () => {
	const { board, writes } = arrangedBoard(SIX);
	board.makeGroup(['card-a', 'card-b'], { column: 'barriers', order: 'a0' });
	for (const hand of ['card-a', 'card-c', 'card-x'])
		for (const column of COLUMNS)
			for (const target of targetsIn(board.value, column, card(hand))) {
				const before = writes();
				drop(board, card(hand), target);
				expect(writes() - before).toBeLessThanOrEqual(1);
			}
});

test('BO12 arrow keys walk every place from the head to the foot of a column', () => {
	const { board } = arrangedBoard({ barriers: ['card-a', 'card-b', 'card-c'], 'ways-round': [] });
	const group = board.makeGroup(['card-b', 'card-c'], { column: 'barriers', order: 'a5' });
	const step = (key: string, target: Parameters<typeof targetByKey>[4]) =>
		targetByKey(key, board.value, COLUMNS, card('card-x'), target, false);
	const walked = [step('Home', { on: 'slot', column: 'barriers', before: null })!];
	for (let i = 0; i < 4; i++) walked.push(step('ArrowDown', walked.at(-1)!)!);
	expect(walked).toEqual([
		{ on: 'slot', column: 'barriers', before: 'card-a' },
		{ on: 'card', card: 'card-a', column: 'barriers' },
		{ on: 'slot', column: 'barriers', before: group },
		{ on: 'group', group, column: 'barriers' },
		{ on: 'slot', column: 'barriers', before: null }
	]);
	expect(step('ArrowDown', walked.at(-1)!)).toEqual(walked.at(-1));
	expect(step('ArrowUp', walked[4]!)).toEqual(walked[3]);
	expect(step('q', walked[0]!)).toBeNull();
});

test('BO12 a group goes between, never on', () => {
	const { board } = arrangedBoard(SIX);
	const group = board.makeGroup(['card-a', 'card-b'], { column: 'barriers', order: 'a0' });
	const targets = targetsIn(board.value, 'barriers', { kind: 'group', id: group });
	expect(targets.map(({ on }) => on)).toEqual(['slot', 'slot', 'slot']);
	expect(drop(board, { kind: 'group', id: group }, targets.at(-1)!)).toBe('moved');
	expect(ids(board.value, 'barriers').at(-1)).toBe(group);
});

test('BO13 sideways keys go to the next column on that side, in both directions of writing', () => {
	const { board } = arrangedBoard(SIX);
	const step = (key: string, rtl: boolean) =>
		targetByKey(key, board.value, COLUMNS, card('card-a'), null, rtl);
	expect(step('ArrowRight', false)).toEqual({ on: 'slot', column: 'ways-round', before: 'card-x' });
	expect(step('ArrowLeft', true)).toEqual(step('ArrowRight', false));
	expect(step('ArrowLeft', false)).toBeNull();
	const low = targetByKey('ArrowRight', board.value, COLUMNS, card('card-d'), null, false);
	expect(low).toEqual({ on: 'slot', column: 'ways-round', before: null });
});

test('BO14 a card in a group starts on its group, a loose one where it lies', () => {
	const { board } = arrangedBoard(SIX);
	const group = board.makeGroup(['card-a', 'card-b'], { column: 'barriers', order: 'a0' });
	const targets = targetsIn(board.value, 'barriers', card('card-a'));
	expect(targets[placeOf(board.value, card('card-a'), targets)]).toMatchObject({
		on: 'group',
		group
	});
	const loose = targetsIn(board.value, 'barriers', card('card-c'));
	expect(loose[placeOf(board.value, card('card-c'), loose)]).toEqual({
		on: 'slot',
		column: 'barriers',
		before: 'card-d'
	});
});

test('MS20 one idea goes into a theme and out of it again; no other group goes into one', () => {
	const { board, room, writes } = arrangedBoard(SIX);
	const theme = board.makeGroup(['card-a', 'card-b'], { column: 'barriers', order: 'a1' });
	const other = board.makeGroup(['card-x', 'card-y'], { column: 'ways-round', order: 'a1' });
	makeGroup(room, {
		id: 'same-1',
		kind: 'same',
		column: 'barriers',
		order: 'a9',
		cards: ['card-c', 'card-d']
	});
	const group = (id: string) => ({ kind: 'group' as const, id });
	const on = (id: string) => ({ on: 'group' as const, group: id, column: 'barriers' });
	const themesFor = (id: string) => groupsFor(board.value, group(id)).map((one) => one.id);
	const count = writes();
	for (const [id, target] of [
		[theme, other],
		[theme, 'same-1'],
		[theme, theme],
		['same-1', 'same-1'],
		['same-1', 'gone']
	] as const)
		expect(drop(board, group(id), on(target))).toBe('nothing');
	expect(writes()).toBe(count);
	expect(themesFor(theme)).toEqual([]);
	expect(themesFor('same-1').toSorted()).toEqual([theme, other].toSorted());
	expect(drop(board, group('same-1'), on(theme))).toBe('joined');
	expect(board.value.groups.find(({ id }) => id === 'same-1')?.group).toBe(theme);
	expect(themesFor('same-1')).toEqual([other]);
	expect(drop(board, group('same-1'), { on: 'slot', column: 'barriers', before: null })).toBe(
		'moved'
	);
	expect(board.value.groups.find(({ id }) => id === 'same-1')?.group).toBeUndefined();
	expect(writes()).toBe(count + 2);
});
