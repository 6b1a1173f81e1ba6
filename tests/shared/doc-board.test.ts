import { expect, test } from 'vitest';
import type * as Y from 'yjs';
import {
	dissolveGroup,
	groupTitle,
	joinGroup,
	leaveGroup,
	makeGroup,
	place
} from '#shared/doc/board.ts';
import { deleteCard, editText } from '#shared/doc/notebook.ts';
import { observe } from '#shared/doc/observe.ts';
import { readBoard } from '#shared/doc/read.ts';
import { placementsOf } from '#shared/doc/schema.ts';
import { boardWith, notebookOf, write } from './doc-support.ts';

/** Four cards of Ben's and Chidi's. */
function room(): { board: Y.Doc; ben: Y.Doc } {
	const ben = notebookOf('ben');
	const chidi = notebookOf('chidi');
	write(ben, 'card-1', 'no time', { order: 'a0' });
	write(ben, 'card-2', 'no money', { order: 'a1' });
	write(chidi, 'card-3', 'nobody asked', { order: 'a2' });
	write(chidi, 'card-4', 'the law', { order: 'a3', answers: 'card-1' });
	return { board: boardWith(ben, chidi), ben };
}

const theme = (board: Y.Doc, id: string, cards: string[], kind: 'theme' | 'same' = 'theme') =>
	makeGroup(board, { id, kind, title: 'Means', column: 'barriers', order: 'a0', cards });
const card = (board: Y.Doc, id: string) => readBoard(board).cards.find((one) => one.id === id);

test('DO11 a board shows everybody’s cards in order, without drafts', () => {
	const ben = notebookOf('ben');
	write(ben, 'card-2', 'no money', { order: 'a1' });
	write(ben, 'card-1', 'no time', { order: 'a0' });
	write(ben, 'card-9', 'not yet', { draft: true });
	expect(readBoard(boardWith(ben)).cards.map((one) => one.id)).toEqual(['card-1', 'card-2']);
});

test('DO12 a placement beats the card’s own place; the last one holds', () => {
	const { board } = room();
	place(board, 'card-1', { column: 'ways-round', order: 'a9' });
	place(board, 'card-1', { column: 'nowhere', order: 'b00' });
	expect(card(board, 'card-1')).toMatchObject({ column: 'nowhere', order: 'b00' });
	expect(
		readBoard(board)
			.cards.map((one) => one.id)
			.at(-1)
	).toBe('card-1');
});

test('DO12 placing a card where it lies writes nothing', () => {
	const { board } = room();
	place(board, 'card-1', { column: 'barriers', order: 'a9' });
	let updates = 0;
	board.on('update', () => (updates += 1));
	place(board, 'card-1', { column: 'barriers', order: 'a9' });
	expect(updates).toBe(0);
});

test('DO13 a group holds its cards in the order given, and has a title to type into', () => {
	const { board } = room();
	theme(board, 'group-1', ['card-3', 'card-1']);
	expect(readBoard(board).groups).toEqual([
		{
			id: 'group-1',
			kind: 'theme',
			title: 'Means',
			column: 'barriers',
			order: 'a0',
			cards: ['card-3', 'card-1']
		}
	]);
	editText(groupTitle(board, 'group-1')!, '');
	expect(readBoard(board).groups[0]?.title).toBe('');
	expect(groupTitle(board, 'group-2')).toBeNull();
});

test('DO13 a card joins behind the others, and leaves to where it is dropped', () => {
	const { board } = room();
	theme(board, 'group-1', ['card-2', 'card-3']);
	joinGroup(board, 'card-1', 'group-1');
	joinGroup(board, 'card-4', 'group-nowhere');
	expect(readBoard(board).groups[0]?.cards).toEqual(['card-2', 'card-3', 'card-1']);
	expect(card(board, 'card-4')).not.toHaveProperty('group');
	leaveGroup(board, 'card-2', { column: 'barriers', order: 'a7' });
	expect(readBoard(board).groups[0]?.cards).toEqual(['card-3', 'card-1']);
	expect(card(board, 'card-2')).toMatchObject({ column: 'barriers', order: 'a7' });
});

test('DO14 a group taken apart leaves its cards where they came from', () => {
	const { board } = room();
	const before = readBoard(board);
	theme(board, 'group-1', ['card-1', 'card-2', 'card-3']);
	dissolveGroup(board, 'group-1');
	expect(readBoard(board)).toEqual(before);
	expect(placementsOf(board).has('group-1')).toBe(false);
});

test('DO15 the same idea stands in a theme, one level deep, and the theme counts its cards', () => {
	const { board } = room();
	theme(board, 'group-1', ['card-1']);
	theme(board, 'group-2', ['card-2', 'card-3'], 'same');
	expect(readBoard(board).groups.map((one) => one.id)).toEqual(['group-2']);
	joinGroup(board, 'group-2', 'group-1');
	expect(readBoard(board).groups).toMatchObject([
		{ id: 'group-1', cards: ['card-1'] },
		{ id: 'group-2', group: 'group-1', cards: ['card-2', 'card-3'] }
	]);
	joinGroup(board, 'group-1', 'group-2');
	expect(readBoard(board).groups.find((one) => one.id === 'group-1')).not.toHaveProperty('group');
	dissolveGroup(board, 'group-2');
	expect(readBoard(board).groups).toMatchObject([
		{ id: 'group-1', cards: ['card-1', 'card-2', 'card-3'] }
	]);
});

test('DO16 a group of fewer than two cards is not drawn, and its card stands alone', () => {
	const { board, ben } = room();
	theme(board, 'group-1', ['card-2', 'card-3']);
	deleteCard(ben, 'card-2');
	const after = readBoard(boardWith(board, ben));
	expect(after.groups).toEqual([]);
	expect(after.cards.find((one) => one.id === 'card-3')).not.toHaveProperty('group');
});

test('DO16 a single card of a same idea falls to the theme around it', () => {
	const { board, ben } = room();
	theme(board, 'group-1', ['card-1', 'card-4']);
	theme(board, 'group-2', ['card-2', 'card-3'], 'same');
	joinGroup(board, 'group-2', 'group-1');
	deleteCard(ben, 'card-2');
	expect(readBoard(boardWith(board, ben)).groups).toMatchObject([
		{ id: 'group-1', cards: ['card-1', 'card-3', 'card-4'] }
	]);
});

test('DO16 what refers to nothing is ignored: an answer, a group, a placement', () => {
	const { board, ben } = room();
	expect(card(board, 'card-4')?.answers).toBe('card-1');
	place(board, 'card-2', { column: 'barriers', order: 'a1', group: 'group-gone' });
	place(board, 'card-gone', { column: 'barriers', order: 'a1' });
	deleteCard(ben, 'card-1');
	const after = readBoard(boardWith(board, ben));
	expect(after.cards.map((one) => one.id)).toEqual(['card-2', 'card-3', 'card-4']);
	expect(after.cards.every((one) => !('group' in one) && !('answers' in one))).toBe(true);
});

test('DO17 arranging is told too', () => {
	const { board } = room();
	let told = 0;
	observe(board, () => (told += 1));
	theme(board, 'group-1', ['card-1', 'card-2']);
	place(board, 'card-1', { column: 'barriers', order: 'a8' });
	dissolveGroup(board, 'group-1');
	expect(told).toBe(3);
});
