/** Everything that one person wrote on a board, taken off for good: no copy is kept, and no row has it. */
import type { CardValue } from '#shared/doc/contents.ts';
import { cardsOf } from '#shared/doc/schema.ts';
import type { CardId, ParticipantId } from '#shared/ids.ts';
import { CLOSE } from '#shared/wire/close-codes.ts';
import { removeForGood } from './card-removal.ts';
import type { Notebook } from './notebook.ts';
import type { Room } from './room.ts';

/**
 * Two commits: what was on its way when the cards were deleted is on the board after the first, with
 * its deletion; only then has no document the words, and the log is written anew from these. Answers
 * the ids of all cards that the person ever had here, so that it can be done again where the server
 * died in the midst of it.
 */
export async function eraseAuthor(room: Room, participant: ParticipantId): Promise<CardId[]> {
	room.gone.add(participant);
	room.audience.close(CLOSE.unauthenticated, participant);
	const notebook = room.documents.ofSeat(participant);
	const cards = notebook ? deleteAll(room, notebook) : [];
	await room.saving.now();
	room.saving.current.snapshot = 'anew';
	await room.saving.now();
	return cards;
}

/** Cards of others that say what somebody had said: no copy of these either, and no row has them. */
export async function eraseCopies(
	room: Room,
	isCopy: (card: CardValue) => boolean
): Promise<CardId[]> {
	const gone = await removeForGood(room, isCopy);
	if (gone.length === 0) return gone;
	room.saving.current.snapshot = 'anew';
	await room.saving.now();
	return gone;
}

function deleteAll(room: Room, notebook: Notebook): CardId[] {
	const { board } = room.documents;
	const own = cardsOf(notebook.document.doc).get(notebook.key);
	const shown = cardsOf(board.doc).get(notebook.key);
	const ever = new Set([...(own?._map.keys() ?? []), ...(shown?._map.keys() ?? [])]);
	if (own && own.size > 0) room.write(notebook, () => own.clear());
	if (shown && shown.size > 0)
		room.writeBoard(() => board.write(room.documents.freeClientId(), () => shown.clear()));
	room.saving.current.forward.add(notebook.key);
	return [...ever];
}
