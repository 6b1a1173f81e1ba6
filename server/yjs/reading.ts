/** A board read for an export, however large it is, while others write on it. */
import { setImmediate as turn } from 'node:timers/promises';
import type * as Y from 'yjs';
import type { BoardValue } from '#shared/doc/contents.ts';
import { cardsAhead, readBoard, type CardsRead } from '#shared/doc/read.ts';
import type { Saving } from './saving.ts';

/** In ms: how long others wait for a part of the reading. */
const PART = 4;

/**
 * The board as it is committed, of one moment. Its cards are read ahead, in turns; at the cut, those
 * that somebody has changed meanwhile are read again, and all are put in their places.
 */
export async function readInTurns(
	board: Y.Doc,
	saving: Pick<Saving, 'atCut'>
): Promise<BoardValue> {
	const read: CardsRead = new Map();
	const forget = ({ changedParentTypes }: Y.Transaction) => {
		for (const changed of changedParentTypes.keys()) read.delete(changed);
	};
	board.on('afterTransaction', forget);
	try {
		let began = performance.now();
		for (const _ of cardsAhead(board, read)) {
			if (performance.now() - began < PART) continue;
			await turn();
			began = performance.now();
		}
		await turn();
		return await saving.atCut(() => readBoard(board, read));
	} finally {
		board.off('afterTransaction', forget);
	}
}
