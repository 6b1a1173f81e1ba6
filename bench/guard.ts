/**
 * What the guard costs for a letter typed and for a card moved, in rooms of several sizes, side by
 * side: beside what Yjs takes to apply the very same update.
 */
import * as Y from 'yjs';
import { place } from '#shared/doc/board.ts';
import { addCard, fieldText, makeAuthorMap } from '#shared/doc/notebook.ts';
import { placementsOf } from '#shared/doc/schema.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import { isRefusal } from '#shared/refusals.ts';
import { judge, type Rights } from '#server/yjs/guard.ts';

const exercise = findExercise('barrier')!;
const CARDS_A_PERSON = 50;
const ROUNDS = 2000;

interface GuardCost {
	cards: number;
	/** In µs, the median of many: judged, and applied. */
	letter: { judged: number; applied: number };
	move: { judged: number; applied: number };
}

/** A room of so many cards, everybody's on the board and one person's in their notebook. */
class Guarded {
	readonly cards: number;
	readonly #board = new Y.Doc();
	readonly #notebook = new Y.Doc();
	readonly #holders = new Map<number, string | null>();
	readonly letters: number[][] = [[], []];
	readonly moves: number[][] = [[], []];
	readonly #atNotebook: Y.Doc;
	readonly #atBoard: Y.Doc;

	constructor(cards: number) {
		this.cards = cards;
		for (let person = 0; person * CARDS_A_PERSON < cards; person++) {
			const notebook = person === 0 ? this.#notebook : new Y.Doc();
			Y.applyUpdate(notebook, makeAuthorMap(`author-${person}`));
			for (const client of notebook.store.clients.keys()) this.#holders.set(client, null);
			const device = copyOf(notebook);
			for (let card = 0; card < CARDS_A_PERSON; card++) {
				const id = `card-${person}-${card}`;
				const fields = { stoppedUs: 'Nobody had time to ask them.' };
				addCard(device, exercise, { id, column: 'barriers', order: `a${card + 10}`, fields });
			}
			this.#holders.set(device.clientID, `person-${person}`);
			Y.applyUpdate(notebook, Y.encodeStateAsUpdate(device));
			Y.applyUpdate(this.#board, Y.encodeStateAsUpdate(notebook));
		}
		for (let person = 0; person * CARDS_A_PERSON < cards; person++)
			for (let card = 0; card < CARDS_A_PERSON; card++)
				if (placementsOf(this.#board).size < 4000)
					place(this.#board, `card-${person}-${card}`, { column: 'barriers', order: 'a5' });
		this.#holders.set(this.#board.clientID, 'person-1');
		this.#atNotebook = copyOf(this.#notebook);
		this.#atBoard = copyOf(this.#board);
	}

	/** One letter, and one card moved. */
	round(at: number): void {
		const text = fieldText(this.#atNotebook, 'card-0-7', 'stoppedUs')!;
		const letter = madeBy(this.#atNotebook, () => text.insert(text.length, 'x'));
		this.#take(letter, this.#notebook, 'notebook', this.letters);
		if (text.length > 1500) {
			const shorter = madeBy(this.#atNotebook, () => text.delete(100, 1300));
			Y.applyUpdate(this.#notebook, shorter);
		}
		const where = { column: 'barriers', order: `b${at}` };
		const move = madeBy(this.#atBoard, () => place(this.#atBoard, `card-0-${at % 50}`, where));
		this.#take(move, this.#board, 'board', this.moves);
	}

	#take(update: Uint8Array, doc: Y.Doc, document: Rights['document'], took: number[][]): void {
		const rights: Rights = {
			document,
			author: document === 'notebook' ? 'author-0' : null,
			holder: 'person-0',
			holderOf: (client) => this.#holders.get(client),
			writesElsewhere: () => false,
			held: 2,
			mayArrange: true,
			exercise,
			cardTaken: () => false
		};
		const began = performance.now();
		const judged = judge(update, doc, rights);
		const between = performance.now();
		Y.applyUpdate(doc, update);
		took[0]!.push(between - began);
		took[1]!.push(performance.now() - between);
		if (isRefusal(judged)) throw new Error(`${judged.refused}: ${judged.detail}`);
		for (const client of judged.clientIds) this.#holders.set(client, 'person-0');
	}
}

/** Rooms of these sizes, each measured in turn with the others. */
export function measureGuard(sizes: number[]): GuardCost[] {
	const rooms = sizes.map((cards) => new Guarded(cards));
	for (let at = 0; at < ROUNDS; at++) for (const room of rooms) room.round(at);
	return rooms.map(({ cards, letters, moves }) => ({
		cards,
		letter: { judged: medianOf(letters[0]!), applied: medianOf(letters[1]!) },
		move: { judged: medianOf(moves[0]!), applied: medianOf(moves[1]!) }
	}));
}

function copyOf(doc: Y.Doc): Y.Doc {
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	return copy;
}

function madeBy(doc: Y.Doc, change: () => void): Uint8Array {
	let made: Uint8Array | null = null;
	const keep = (update: Uint8Array) => (made = update);
	doc.on('update', keep);
	change();
	doc.off('update', keep);
	if (!made) throw new Error('nothing has changed');
	return made;
}

/** In µs; the first half warms up. */
function medianOf(took: number[]): number {
	const sorted = took.slice(took.length / 2).sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)]! * 1000;
}
