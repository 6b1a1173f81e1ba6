/** A card is taken away, and put back: by the server, in its author's notebook. */
import * as Y from 'yjs';
import type { CardValue } from '#shared/doc/contents.ts';
import { deleteCard } from '#shared/doc/notebook.ts';
import { isPutDown, readNotebook } from '#shared/doc/read.ts';
import { cardsOf } from '#shared/doc/schema.ts';
import type { Who } from '#shared/permissions.ts';
import { forwards } from '#shared/facilitation/phases.ts';
import type { AuthorKey, CardId, ParticipantId } from '#shared/ids.ts';
import { refuse, type Refusal } from '#shared/refusals.ts';
import { cardOf, copyOf, isSame, leaveOut, putBack, writeAgain, writtenOn } from './late-cards.ts';
import type { Notebook } from './notebook.ts';
import type { Room } from './room.ts';

/**
 * The last deed in each room. They run one after the other, to the end of their commits: else one
 * would restore a copy that another is just replacing, or both would be in one commit.
 */
const deeds = new WeakMap<Room, Promise<unknown>>();

function inTurn<T>(room: Room, deed: () => Promise<T>): Promise<T> {
	const done = (deeds.get(room) ?? Promise.resolve()).then(deed, deed);
	deeds.set(room, done);
	return done;
}

/**
 * Deletes a card. On the board it is gone at once, whatever the phase: its deletion there is an
 * entry of the board's own, so that what else its author's notebook holds stays held.
 */
export const removeCard = (
	room: Room,
	card: CardId,
	why: 'removed' | 'withdrawn',
	by: Who
): Promise<CardValue | Refusal> =>
	inTurn(room, async () => {
		const notebook = room.documents.ownerOf(card);
		if (notebook) await arrival(room, notebook);
		const value = notebook && find(notebook, card);
		if (!notebook || !value) return refuse('no-such-card');
		if (why === 'withdrawn' && !isAuthor(notebook, by)) return refuse('not-allowed');
		await takeAway(room, notebook, { cards: [value], copies: [value], why });
		return value;
	});

/**
 * Deletes all that one person has written, what is held or private too. Of what was put down a copy
 * is kept; a draft was nobody's yet.
 */
export const removeAllOf = (room: Room, participant: ParticipantId): Promise<void> =>
	inTurn(room, async () => {
		const notebook = room.documents.ofSeat(participant);
		if (!notebook) return;
		await arrival(room, notebook);
		const cards = readNotebook(notebook.document.doc);
		if (cards.length === 0) return;
		const copies = cards.filter((card) => isPutDown(card, room.facts.exercise));
		await takeAway(room, notebook, { cards, copies, why: 'removed' });
	});

/**
 * Until the board has what is on its way to it from this notebook: only there can it be deleted. What
 * is gathered after that is not committed yet, and goes with the deletion.
 */
async function arrival(room: Room, { key }: Notebook): Promise<void> {
	if (room.saving.isForwarding(key)) await room.saving.now();
}

/** Deletes cards of whomever; no copy is kept. Answers which. */
export const removeForGood = (room: Room, isOne: (card: CardValue) => boolean): Promise<CardId[]> =>
	inTurn(room, async () => {
		const gone: CardId[] = [];
		for (const notebook of room.documents.notebooks.values()) {
			await arrival(room, notebook);
			const cards = readNotebook(notebook.document.doc).filter(isOne);
			if (cards.length > 0) await takeAway(room, notebook, { cards, copies: [], why: 'removed' });
			gone.push(...cards.map(({ id }) => id));
		}
		return gone;
	});

async function takeAway(
	room: Room,
	notebook: Notebook,
	{ cards, copies, why }: { cards: CardValue[]; copies: CardValue[]; why: string }
): Promise<void> {
	const { doc } = notebook.document;
	const { board } = room.documents;
	const isHeld = notebook.behind && !room.saving.isForwarding(notebook.key);
	const seen = isHeld ? writtenOn(board.doc) : new Map<CardId, CardValue>();
	const { removed } = room.saving.current;
	for (const card of copies) {
		const copy = keep(room, notebook, seen.get(card.id) ?? card, why);
		// What the room did not see of it is beside.
		if (!isSame(card, { ...copy.card, id: card.id })) copy.card.late = cardOf(card);
		removed.push(copy);
	}
	writeInto(room, notebook, () => cards.forEach(({ id }) => deleteCard(doc, id)));
	room.writeBoard(() => {
		const own = cardsOf(board.doc).get(notebook.key);
		const there = cards.filter(({ id }) => own?.has(id));
		return own && there.length > 0
			? board.write(room.documents.freeClientId(), () => there.forEach(({ id }) => own.delete(id)))
			: null;
	});
	await room.saving.now();
}

/** As its author writes: where words go on to the board, this does too, and holds nothing behind it. */
function writeInto(room: Room, notebook: Notebook, write: () => void): Uint8Array | null {
	const update = room.write(notebook, write);
	if (forwards(room.facts.state, room.deps.clock.now()))
		room.saving.current.forward.add(notebook.key);
	return update;
}

/**
 * Sets the key of a removed card again, so that votes, answers and its place hold. The board gets
 * the very same structs, and no other of the notebook's; where it lacks what they follow (the card
 * was never shown), they wait with the rest, as do the late words in it that the room had not seen.
 * A card that is there (its late words were left out, and it stands as it was before) becomes what
 * the copy says, and what it said until now is the copy.
 */
export const restoreCard = (room: Room, card: CardId): Promise<true | Refusal> =>
	inTurn(room, async () => {
		const copy = await room.deps.updates.removed(room.board, card);
		const notebook = copy && room.documents.ofSeat(copy.participant);
		if (!notebook || room.gone.has(copy.participant)) return refuse('no-such-card');
		const { doc } = notebook.document;
		const { exercise } = room.facts;
		const { late, ...seen } = copy.card;
		const was = { ...seen, id: card };
		const living = find(notebook, card);
		const update = writeInto(room, notebook, () => {
			if (living) putBack(doc, exercise, was);
			else writeAgain(doc, exercise, card, seen);
		});
		const { board } = room.documents;
		if (update && follows(update, board.doc))
			room.writeBoard(() => board.apply([update], { source: 'server' }));
		if (late) writeInto(room, notebook, () => putBack(doc, exercise, { ...late, id: card }));
		room.documents.own(card, notebook.key);
		const { removed, restored } = room.saving.current;
		if (living && !isSame(living, was))
			removed.push(keep(room, notebook, living, copy.why === 'replaced' ? 'left' : 'replaced'));
		else restored.push(card);
		await room.saving.now();
		return true;
	});

/** Leaves late cards outside: deleted in the notebook, a copy kept, and what is then left let in. */
export const leaveLateCards = (room: Room, people?: (ParticipantId | AuthorKey)[]): Promise<void> =>
	inTurn(room, async () => {
		const { current } = room.saving;
		const among = new Set(room.notebooksOf(people));
		for (const [notebook, late] of room.news.lateCards()) {
			if (!among.has(notebook)) continue;
			room.write(notebook, () => leaveOut(notebook.document.doc, room.facts.exercise, late));
			for (const { card } of late) current.removed.push(keep(room, notebook, card, 'left'));
			current.forward.add(notebook.key);
		}
		await room.saving.now();
	});

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
