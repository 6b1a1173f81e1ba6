/** Somebody who writes numbered cards, edits them, and moves them about; and remembers all of it. */
import { nanoid } from 'nanoid';
import type * as Y from 'yjs';
import { makeGroup, place } from '#shared/doc/board.ts';
import { addCard, editText, fieldText, LOCAL, ownAuthor } from '#shared/doc/notebook.ts';
import { between } from '#shared/doc/order.ts';
import { readBoard, readNotebook } from '#shared/doc/read.ts';
import { placementsOf } from '#shared/doc/schema.ts';
import { mainFieldOf } from '#shared/exercises/format.ts';
import type { CardId } from '#shared/ids.ts';
import type { Chance } from '../../tests/support/chance.ts';
import { pause } from '../simulated-person.ts';
import { openHalf, type Half, type Kind, type Seat } from './device.ts';
import { Ledger } from './ledger.ts';

const COLUMN = 'barriers';
/** A card is left for the next one when it is so long; and so many are written. */
const LONG = 240;
const MOST_CARDS = 60;
const PASTED = 1500;
/** In ms, between two changes. */
const PACE = { least: 15, most: 70 };

export class Writer {
	readonly seat: Seat;
	readonly kind: Kind;
	readonly words = new Ledger();
	readonly places = new Ledger();
	readonly notebook: Half;
	readonly board: Half;
	readonly #chance: Chance;
	readonly #field: string;
	#number = 0;
	#typing: Promise<void> | null = null;
	#stopped = false;

	constructor(kind: Kind, seat: Seat, chance: Chance) {
		this.kind = kind;
		this.seat = seat;
		this.#chance = chance;
		this.#field = mainFieldOf(seat.exercise, COLUMN)!.id;
		this.notebook = openHalf(kind, seat, 'notebook', this.words, (doc) => this.#hasAll(doc));
		this.board = openHalf(kind, seat, 'board', this.places, () => true);
	}

	/** Both documents are here, and can be written. */
	get isReady(): boolean {
		const { notebook, board } = this;
		return notebook.synced && board.synced && ownAuthor(notebook.doc) !== null;
	}

	/** Nothing is owed. */
	get isSettled(): boolean {
		const { words, places, notebook, board } = this;
		return (
			words.acknowledged === words.made &&
			places.acknowledged === places.made &&
			[notebook, board].every(({ synced, saved, refusal }) => synced && saved && refusal === null)
		);
	}

	type(): void {
		this.#stopped = false;
		this.#typing ??= this.#go();
	}

	async rest(): Promise<void> {
		this.#stopped = true;
		await this.#typing;
		this.#typing = null;
	}

	/** Writes a long card anew from its first letter: what it said before is history. */
	paste(): void {
		const card = this.words.ids.at(-1);
		if (card === undefined) return;
		let text = '';
		while (text.length < PASTED) text += this.#next();
		this.#edit(card, text);
	}

	/** What a card of this device says in a document. */
	textIn(cards: { id: CardId; fields: Record<string, unknown> }[], id: CardId): string | undefined {
		const card = cards.find((one) => one.id === id);
		return card && String(card.fields[this.#field] ?? '');
	}

	leave(): void {
		this.#stopped = true;
		this.notebook.close();
		this.board.close();
	}

	async #go(): Promise<void> {
		while (!this.#stopped) {
			if (ownAuthor(this.notebook.doc) !== null) this.#change();
			await pause(PACE.least + this.#chance.below(PACE.most - PACE.least));
		}
	}

	#change(): void {
		const chance = this.#chance.below(100);
		const card = this.words.ids.at(-1);
		const text = card === undefined ? '' : this.words.latest(card)!;
		if (card === undefined || text.length > LONG) return this.#begin();
		if (chance < 4) this.#begin();
		else if (chance < 10) this.#arrange(card);
		else if (chance < 16 && text.length > 8) this.#edit(card, text.slice(0, -1));
		else if (chance < 24) this.#insert(card, text);
		else this.#edit(card, text + this.#next());
	}

	#begin(): void {
		if (this.words.ids.length >= MOST_CARDS) return;
		const { notebook, seat, words } = this;
		const id = nanoid();
		const text = this.#next();
		words.writes(id, text);
		addCard(notebook.doc, seat.exercise, {
			id,
			column: COLUMN,
			order: between(readNotebook(notebook.doc).at(-1)?.order ?? null, null),
			fields: { [this.#field]: text }
		});
	}

	#insert(card: CardId, text: string): void {
		const at = this.#chance.below(text.length);
		this.#edit(card, text.slice(0, at) + this.#next() + text.slice(at));
	}

	#edit(card: CardId, text: string): void {
		const field = fieldText(this.notebook.doc, card, this.#field);
		if (!field) return;
		this.words.writes(card, text);
		editText(field, text);
	}

	/** Moves an own card, or lays it together with the one before. */
	#arrange(card: CardId): void {
		const { doc } = this.board;
		const shown = new Set(readBoard(doc).cards.map(({ id }) => id));
		const own = this.words.ids.filter((id) => shown.has(id)).slice(-2);
		if (!own.includes(card) || own.length < 2) return;
		doc.transact(() => {
			const order = between(null, null);
			if (this.#chance.below(3) === 0)
				makeGroup(doc, {
					id: nanoid(),
					kind: 'theme',
					title: this.seat.name,
					column: COLUMN,
					order,
					cards: own
				});
			else place(doc, card, { column: COLUMN, order: `${order}${this.#next().trim()}V` });
			for (const id of own) {
				const placed = placementIn(doc, id);
				if (placed !== undefined && placed !== this.places.latest(id))
					this.places.writes(id, placed);
			}
		}, LOCAL);
	}

	#hasAll(doc: Y.Doc): boolean {
		const cards = readNotebook(doc);
		return this.words.ids.every((id) => this.textIn(cards, id) === this.words.latest(id));
	}

	/** A word that nobody else writes, and this one never again. */
	#next(): string {
		this.#number += 1;
		return `${this.seat.name}${this.#number.toString(36)} `;
	}
}

/** Where a card was put, as text; undefined where nobody moved it. */
export function placementIn(board: Y.Doc, card: CardId): string | undefined {
	const placed = placementsOf(board).get(card);
	return placed && JSON.stringify([placed.column, placed.order, placed.group ?? null]);
}
