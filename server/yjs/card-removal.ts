/** A card is taken away, and put back: by the server, in its author's notebook. */
import * as Y from 'yjs';
import type { CardValue } from '#shared/doc/contents.ts';
import { deleteCard } from '#shared/doc/notebook.ts';
import { isPutDown, readNotebook } from '#shared/doc/read.ts';
import { cardsOf } from '#shared/doc/schema.ts';
import type { Who } from '#shared/permissions.ts';
import type { AuthorKey, CardId, ParticipantId } from '#shared/ids.ts';
import { refuse, type Refusal } from '#shared/refusals.ts';
import { copyOf, isSame, leaveOut, putBack, writeAgain } from './late-cards.ts';
import type { Notebook } from './notebook.ts';
import type { Room } from './room.ts';

/**
 * Deletes a card. On the board it is gone at once, whatever the phase: its deletion there is an
 * entry of the board's own, so that what else its author's notebook holds stays held.
 */
export async function removeCard(
	room: Room,
	card: CardId,
	why: 'removed' | 'withdrawn',
	by: Who
): Promise<CardValue | Refusal> {
	const notebook = room.documents.ownerOf(card);
	const value = notebook && find(notebook, card);
	if (!notebook || !value) return refuse('no-such-card');
	if (why === 'withdrawn' && !isAuthor(notebook, by)) return refuse('not-allowed');

	takeAway(room, notebook, [card]);
	room.saving.current.removed.push(keep(room, notebook, value, why));
	await room.saving.now();
	return value;
}

/**
 * Deletes all that one person has written, what is held or private too. Of what was put down a copy
 * is kept; a draft was nobody's yet.
 */
export async function removeAllOf(room: Room, participant: ParticipantId): Promise<void> {
	const notebook = room.documents.ofSeat(participant);
	const cards = notebook ? readNotebook(notebook.document.doc) : [];
	if (!notebook || cards.length === 0) return;
	takeAway(
		room,
		notebook,
		cards.map(({ id }) => id)
	);
	for (const card of cards)
		if (isPutDown(card, room.facts.exercise))
			room.saving.current.removed.push(keep(room, notebook, card, 'removed'));
	await room.saving.now();
}

function takeAway(room: Room, notebook: Notebook, cards: CardId[]): void {
	const { doc } = notebook.document;
	room.write(notebook, () => cards.forEach((card) => deleteCard(doc, card)));
	const { board } = room.documents;
	room.writeBoard(() => {
		const own = cardsOf(board.doc).get(notebook.key);
		const there = cards.filter((card) => own?.has(card));
		return own && there.length > 0
			? board.write(room.documents.freeClientId(), () => there.forEach((card) => own.delete(card)))
			: null;
	});
}

/**
 * Sets the key of a removed card again, so that votes, answers and its place hold. The board gets
 * the very same structs, and no other of the notebook's; where it lacks what they follow (the card
 * was never shown), they wait with the rest. A card that is there (its late words were left out, and
 * it stands as it was before) becomes what the copy says, and what it said until now is the copy.
 */
export async function restoreCard(room: Room, card: CardId): Promise<true | Refusal> {
	const copy = await room.deps.updates.removed(room.board, card);
	const notebook = copy && room.documents.ofSeat(copy.participant);
	if (!notebook) return refuse('no-such-card');
	const { doc } = notebook.document;
	const { exercise } = room.facts;
	const living = find(notebook, card);
	const update = room.write(notebook, () => {
		if (living) putBack(doc, exercise, { ...copy.card, id: card });
		else writeAgain(doc, exercise, card, copy.card);
	});
	const { board } = room.documents;
	if (update && follows(update, board.doc))
		room.writeBoard(() => board.apply([update], { source: 'server' }));
	room.documents.own(card, notebook.key);
	const { removed, restored } = room.saving.current;
	if (living && !isSame(living, { ...copy.card, id: card }))
		removed.push(keep(room, notebook, living, copy.why === 'replaced' ? 'left' : 'replaced'));
	else restored.push(card);
	await room.saving.now();
	return true;
}

/** Leaves late cards outside: deleted in the notebook, a copy kept, and what is then left let in. */
export async function leaveLateCards(
	room: Room,
	people?: (ParticipantId | AuthorKey)[]
): Promise<void> {
	const { current } = room.saving;
	const among = new Set(room.notebooksOf(people));
	for (const [notebook, late] of room.news.lateCards()) {
		if (!among.has(notebook)) continue;
		room.write(notebook, () => leaveOut(notebook.document.doc, room.facts.exercise, late));
		for (const { card } of late) current.removed.push(keep(room, notebook, card, 'left'));
		current.forward.add(notebook.key);
	}
	await room.saving.now();
}

const find = (notebook: Notebook, card: CardId): CardValue | undefined =>
	readNotebook(notebook.document.doc).find(({ id }) => id === card);

const isAuthor = ({ participant, account }: Notebook, who: Who): boolean =>
	who.role === 'participant'
		? who.participant === participant
		: 'account' in who && who.account === account;

const keep = (room: Room, { participant }: Notebook, card: CardValue, why: string) =>
	copyOf(card, {
		boardId: room.board,
		participantId: participant,
		why,
		at: room.deps.clock.now()
	});

/** Whether a document has everything that an update builds on. */
function follows(update: Uint8Array, doc: Y.Doc): boolean {
	const { structs, ds } = Y.decodeUpdate(update);
	const own = new Set(structs.map(({ id }) => id.client));
	const has = (client: number, clock: number) =>
		own.has(client) || clock < Y.getState(doc.store, client);
	const hasId = (id: unknown) => !(id instanceof Y.ID) || has(id.client, id.clock);
	const deleted = [...ds.clients].flatMap(([client, all]) =>
		all.map(({ clock, len }) => ({ client, last: clock + len - 1 }))
	);
	return (
		deleted.every(({ client, last }) => has(client, last)) &&
		structs.every(
			(struct) =>
				!(struct instanceof Y.Item) ||
				(hasId(struct.origin) && hasId(struct.rightOrigin) && hasId(struct.parent))
		)
	);
}
