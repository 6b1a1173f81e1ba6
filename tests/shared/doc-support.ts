import { findExercise } from '#shared/exercises/catalogue.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import { addCard, makeAuthorMap, type NewCard } from '#shared/doc/notebook.ts';
import * as Y from 'yjs';

const found = findExercise('barrier');
if (!found) throw new Error('the catalogue has no exercise "barrier"');
export const barrier: Exercise = found;

/** A notebook as its author's device has it after the handshake; `made` is what the server keeps. */
export function notebookOf(author: string, made = makeAuthorMap(author)): Y.Doc {
	const notebook = new Y.Doc();
	Y.applyUpdate(notebook, made);
	return notebook;
}

/** A card in the barrier exercise. */
export function write(
	notebook: Y.Doc,
	id: string,
	text: string,
	more: Partial<NewCard> = {}
): void {
	addCard(notebook, barrier, {
		id,
		column: 'barriers',
		order: 'a0',
		fields: { stoppedUs: text },
		...more
	});
}

/** The room's board with these notebooks revealed. */
export function boardWith(...notebooks: Y.Doc[]): Y.Doc {
	const board = new Y.Doc();
	for (const notebook of notebooks) Y.applyUpdate(board, Y.encodeStateAsUpdate(notebook));
	return board;
}
