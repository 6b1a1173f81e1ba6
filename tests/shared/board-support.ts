/** A board to arrange: two columns of the barrier exercise, written by the real documents. */
import * as Y from 'yjs';
import { joinGroup, leaveGroup, makeGroup, place } from '#shared/doc/board.ts';
import { addCard, makeAuthorMap } from '#shared/doc/notebook.ts';
import { readBoard } from '#shared/doc/read.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { Arranged } from '../../src/lib/board/arranging.ts';

export const barrier = findExercise('barrier')!;

/** The columns of `cards`, each card by its letter, in order. Counts the writes to the board. */
export function arrangedBoard(cards: Record<string, string[]>) {
	const notebook = new Y.Doc();
	Y.applyUpdate(notebook, makeAuthorMap('author-ben'));
	for (const [column, ids] of Object.entries(cards))
		ids.forEach((id, index) =>
			addCard(notebook, barrier, { id, column, order: `a${index}`, fields: {} })
		);
	const room = new Y.Doc();
	Y.applyUpdate(room, Y.encodeStateAsUpdate(notebook));
	let writes = 0;
	let made = 0;
	room.on('update', () => (writes += 1));
	const board: Arranged = {
		get value() {
			return readBoard(room);
		},
		place: (id, at) => place(room, id, at),
		makeGroup: (ids, at) => {
			const id = `group-${(made += 1)}`;
			makeGroup(room, { id, kind: 'theme', cards: ids, ...at });
			return id;
		},
		joinGroup: (card, group) => joinGroup(room, card, group),
		leaveGroup: (card, at) => leaveGroup(room, card, at)
	};
	return {
		board,
		room,
		writes: () => writes
	};
}
