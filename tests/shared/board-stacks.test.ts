/** Groups of the same idea as stacks: how they lie, what of them is seen, and taken apart again. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { dissolveGroup, groupTitle, makeGroup } from '#shared/doc/board.ts';
import type { BoardValue, GroupValue } from '#shared/doc/contents.ts';
import { readBoard } from '#shared/doc/read.ts';
import { drop, itemsIn } from '../../src/lib/board/arranging.ts';
import { otherKind, remake } from '../../src/lib/board/remaking.ts';
import { liesShut, outOfSight, seenAs, topOf, under } from '../../src/lib/board/stack.ts';
import { UndoHistory } from '../../src/lib/sync/undo-history.ts';
import { arrangedBoard } from './board-support.ts';

const SIX = {
	barriers: ['card-a', 'card-b', 'card-c', 'card-d'],
	'ways-round': ['card-x', 'card-y']
};
const ids = (board: BoardValue, column: string) => itemsIn(board, column).map(({ id }) => id);
const group = (id: string, kind: GroupValue['kind'], cards: string[], rest = {}): GroupValue => ({
	id,
	kind,
	title: '',
	column: 'barriers',
	order: 'a0',
	cards,
	...rest
});

/** Three cards as one stack, made as people make it: dropped on one another, and said to be the same. */
function stacked() {
	const { board, room } = arrangedBoard(SIX);
	drop(board, { kind: 'card', id: 'card-c' }, { on: 'card', card: 'card-a', column: 'barriers' });
	const theme = board.value.groups[0]!;
	drop(board, { kind: 'card', id: 'card-x' }, { on: 'group', group: theme.id, column: 'barriers' });
	const made = remake(
		{
			get value() {
				return board.value;
			},
			makeGroup(cards, at, kind, more) {
				makeGroup(room, { id: 'stack', kind: kind!, cards, ...at, ...more });
				return 'stack';
			}
		},
		board.value.groups[0]!
	);
	return { board, room, made };
}

test('BO26 cards that were dropped on one another are stacked by saying that they are the same, and a stack is a theme again', () => {
	const { board, made } = stacked();
	const [stack, ...others] = board.value.groups;
	expect([made, others]).toEqual(['stack', []]);
	expect(stack).toMatchObject({ id: 'stack', kind: 'same', cards: ['card-a', 'card-c', 'card-x'] });
	expect(ids(board.value, 'barriers')).toEqual(['stack', 'card-b', 'card-d']);
	expect(otherKind(stack!)).toBe('theme');
	// Its cards are whose they were.
	expect(new Set(board.value.cards.map(({ author }) => author))).toEqual(new Set(['author-ben']));
	expect(
		drop(board, { kind: 'card', id: 'card-d' }, { on: 'group', group: 'stack', column: 'barriers' })
	).toBe('joined');
	expect(board.value.groups[0]!.cards).toHaveLength(4);
});

test('BO27 what is the same lies as a stack, a theme open where there is room; whoever looks for something sees all', () => {
	const lies = (['same', 'theme'] as const).map((kind) =>
		(['wide', 'phone'] as const).map((layout) => liesShut({ kind }, layout, false))
	);
	expect(lies).toEqual([
		[true, true],
		[false, true]
	]);
	for (const kind of ['same', 'theme'] as const)
		expect(liesShut({ kind }, 'phone', true)).toBe(false);
});

test('BO27 of a stack the top card is seen and the others lie under it; of what is shut otherwise, nothing', () => {
	const stack = group('stack', 'same', ['card-a', 'card-b', 'card-c']);
	const theme = group('theme', 'theme', ['card-d']);
	const inner = group('inner', 'same', ['card-e', 'card-f'], { group: 'theme' });
	const board = { groups: [stack, theme, inner] };
	expect([topOf(stack), under(stack)]).toEqual(['card-a', ['card-b', 'card-c']]);
	const shut =
		(...all: string[]) =>
		({ id }: GroupValue) =>
			all.includes(id);
	const gone = (...all: string[]) => [...outOfSight(board, shut(...all))].sort();
	expect(gone()).toEqual([]);
	expect(gone('stack')).toEqual(['card-b', 'card-c']);
	expect(gone('inner')).toEqual(['card-f']);
	expect(gone('theme')).toEqual(['card-d', 'card-e', 'card-f', 'inner']);
	// Links of what lies under it end at the top card.
	expect(['card-a', 'card-c', 'card-d'].map((id) => seenAs(id, board, shut('stack')))).toEqual([
		'card-a',
		'card-a',
		'card-d'
	]);
	expect(seenAs('card-c', board, shut())).toBe('card-c');
});

test('BO29 unstacked, its cards lie side by side where they came from, each its author’s', () => {
	const { board, room } = stacked();
	const before = board.value.cards;
	dissolveGroup(room, 'stack');
	expect(board.value.groups).toEqual([]);
	expect(ids(board.value, 'barriers')).toEqual(SIX.barriers);
	expect(ids(board.value, 'ways-round').sort()).toEqual(SIX['ways-round']);
	const told = (all: typeof before) =>
		all
			.map(({ id, author, fields }) => ({ id, author, fields }))
			.sort((a, b) => (a.id < b.id ? -1 : 1));
	expect(told(board.value.cards)).toEqual(told(before));
});

test('BO29 undo brings a stack back as it was, whatever its cards and its name', () => {
	fc.assert(
		fc.property(
			fc.shuffledSubarray(SIX.barriers, { minLength: 2 }),
			fc.string({ maxLength: 20 }),
			(cards, title) => {
				const { room } = arrangedBoard(SIX);
				const history = new UndoHistory(() => {});
				history.follow(room, null);
				const told = () => JSON.stringify(readBoard(room));
				const loose = told();
				makeGroup(room, {
					id: 'stack',
					kind: 'same',
					column: 'barriers',
					order: 'a0',
					cards,
					title
				});
				const stack = told();
				history.beginStep();
				dissolveGroup(room, 'stack');
				expect(readBoard(room).groups).toEqual([]);
				history.undo();
				expect(told()).toBe(stack);
				expect(groupTitle(room, 'stack')).toBeInstanceOf(Y.Text);
				history.undo();
				expect(told()).toBe(loose);
				history.close();
			}
		)
	);
});
