/**
 * A board for one person: what they see of it and what they may do to it. Nothing is copied: what
 * is shown is read through from the documents, and what is done is written into them.
 */
import { nanoid } from 'nanoid';
import type * as Y from 'yjs';
import * as arrange from '#shared/doc/board.ts';
import type { BoardValue, CardValue } from '#shared/doc/contents.ts';
import * as notebook from '#shared/doc/notebook.ts';
import { between } from '#shared/doc/order.ts';
import { mainText, readNotebook } from '#shared/doc/read.ts';
import {
	placementsOf,
	type CardFrom,
	type FieldValue,
	type GroupKind,
	type Placement
} from '#shared/doc/schema.ts';
import { mainFieldOf, type Column, type Exercise } from '#shared/exercises/format.ts';
import {
	forwards,
	GRACE,
	isAfter,
	isFacilitator,
	mayArrange
} from '#shared/facilitation/phases.ts';
import type { WorkshopView } from '#shared/facilitation/view.ts';
import type { AuthorKey, BoardId, CardId, GroupId, ParticipantId } from '#shared/ids.ts';
import type { RefusalReason } from '#shared/refusals.ts';
import type { DocumentStatus } from '../sync/synced-document.ts';
import { BoardDocuments } from './board-documents.ts';
import { columnsSeen, keepSame, shownBoard } from './shown-board.ts';
import type { Workshop } from './workshop.svelte.ts';

/** What a board needs of its workshop. */
export type Around = Pick<
	Workshop,
	'id' | 'view' | 'now' | 'connection' | 'documents' | 'withClosing' | 'onView' | 'send' | 'opened'
>;

/** An arrangement leaves this much earlier than the grace ends, for its way to the server. */
const ON_THE_WAY = 1000;

export class Board {
	readonly board: BoardId;
	readonly exercise: Exercise;
	readonly #workshop: Around;
	readonly #writes: boolean;
	readonly #seat: ParticipantId | undefined;
	readonly #documents: BoardDocuments;
	#shown: { from: unknown[]; value: BoardValue } | null = null;
	#stops: (() => void)[] = [];

	/**
	 * Opens nothing: `connect` does, on the page. `notebook`: whether this person writes here; `seat`:
	 * in place of whom.
	 */
	constructor(options: {
		board: BoardId;
		exercise: Exercise;
		notebook: boolean;
		seat?: ParticipantId;
		workshop: Around;
	}) {
		const { board, exercise, workshop } = options;
		this.board = board;
		this.exercise = exercise;
		this.#workshop = workshop;
		this.#writes = options.notebook;
		this.#seat = options.seat;
		this.#documents = new BoardDocuments({
			workshop: workshop.id,
			board,
			exercise,
			writes: options.notebook,
			seat: options.seat,
			server: () => workshop.documents
		});
	}

	/**
	 * Own cards from the notebook, the rest from the room; what is hidden only for those who see it, and
	 * of the columns those that are shown.
	 */
	get value(): BoardValue {
		const room = this.#documents.inRoom.current;
		const own = this.#writes ? this.#documents.inNotebook.current : null;
		const { author } = this;
		const view = this.#workshop.view;
		const hidden = view?.boards.find(({ id }) => id === this.board)?.hidden ?? [];
		const seesHidden = isFacilitator(view?.role ?? 'visitor');
		const columnsShown = this.#columnsShown;
		const from = [room, own, author, hidden.join(), seesHidden, columnsShown?.join()];
		const before = this.#shown;
		if (before && from.every((one, i) => one === before.from[i])) return before.value;

		const placed = this.#documents.room && placementsOf(this.#documents.room);
		const isPlaced = (card: CardId) => placed?.has(card) ?? false;
		const { exercise } = this;
		const shown = shownBoard({
			exercise,
			room,
			own,
			author,
			isPlaced,
			hidden,
			seesHidden,
			columnsShown
		});
		const value = {
			cards: keepSame(shown.cards, before?.value.cards),
			groups: keepSame(shown.groups, before?.value.groups)
		};
		this.#shown = { from, value };
		return value;
	}

	/** The columns that this person sees now. */
	get columns(): Column[] {
		return columnsSeen(this.exercise, this.#columnsShown);
	}
	/** Who facilitates sees them all. */
	get #columnsShown(): string[] | null {
		const view = this.#workshop.view;
		if (!view || isFacilitator(view.role)) return null;
		return view.boards.find(({ id }) => id === this.board)?.columnsShown ?? null;
	}

	/** Every own card, drafts included. */
	get own(): CardValue[] {
		return this.#documents.inNotebook.current;
	}
	/** Every card that the room has, as it has it. */
	get inRoom(): CardValue[] {
		return this.#documents.inRoom.current.cards;
	}
	/** Who this person is on this board; null until the notebook is there to be written. */
	get author(): AuthorKey | null {
		return this.#documents.status.current.author;
	}
	/** Everything that there was to load is here; it stays when a connection goes. */
	get synced(): boolean {
		return this.#documents.status.current.loaded;
	}
	/** It can be shown: whole, or without a network what this device has of it. */
	get readable(): boolean {
		return this.synced || (this.author !== null && this.#workshop.connection === 'offline');
	}
	/** `unkept`: the server does not have all of it, nor does this device keep it. */
	get saved(): DocumentStatus {
		return this.#documents.status.current.saved;
	}
	/** Why the server will not go on with what this device has. */
	get refusal(): RefusalReason | null {
		return this.#documents.status.current.refusal;
	}
	get canUndo(): boolean {
		return this.#documents.history.current.canUndo;
	}
	get canRedo(): boolean {
		return this.#documents.history.current.canRedo;
	}
	/** Cards that others move now, and who, where names are told. */
	get moving(): Record<CardId, string> {
		return this.#documents.movers.current;
	}
	/** Whether this person may arrange now; where not, the functions that do so do nothing. */
	get mayArrange(): boolean {
		const view = this.#workshop.withClosing(this.board);
		const role = this.#workshop.view?.role;
		if (!view || !role) return false;
		// The time matters in the grace alone: at other times this does not change as it passes.
		return mayArrange(view, role, view.closing ? this.#workshop.now + ON_THE_WAY : 0);
	}

	/** A new card at the end of its column. The notebook must be there: `author` is not null. */
	add(card: {
		column: string;
		answers?: CardId;
		from?: CardFrom;
		draft?: boolean;
		fields?: Record<string, FieldValue>;
	}): CardId {
		const id = nanoid();
		const order = this.#atEnd(card.column);
		this.#writing((own) => notebook.addCard(own, this.exercise, { ...card, id, order }));
		return id;
	}

	/** Cards that say the same as these of an earlier board, as one step of undo. */
	carry(column: string, cards: { from: CardFrom; text: string }[]): void {
		const main = mainFieldOf(this.exercise, column);
		if (!main) return;
		let order = this.#atEnd(column);
		this.#writing((own) =>
			own.transact(() => {
				for (const { from, text } of cards) {
					const fields = { [main.id]: text };
					notebook.addCard(own, this.exercise, { id: nanoid(), column, order, from, fields });
					order = between(order, null);
				}
			}, notebook.LOCAL)
		);
	}

	/** The text of an own card's field, to bind an input to. */
	text(card: CardId, field: string): Y.Text | null {
		const own = this.#documents.notebook;
		return own && notebook.fieldText(own, card, field);
	}

	setField(card: CardId, field: string, value: FieldValue | null): void {
		this.#writing((own) => notebook.setField(own, card, field, value));
	}

	putDown(card: CardId): void {
		this.#writing((own) => notebook.putDown(own, card));
	}

	/** Moves an own card to the end of another column, or says what it answers, or is for. */
	change(
		card: CardId,
		change: { column?: string; answers?: CardId | null; from?: CardFrom | null }
	): void {
		const { column } = change;
		if (column === undefined) return this.#writing((own) => notebook.changeCard(own, card, change));
		const order = this.#atEnd(column);
		this.#writing((own) => notebook.changeCard(own, card, { ...change, order }));
		// A placement beats the card's own column.
		const { room } = this.#documents;
		if (room && placementsOf(room).has(card)) this.place(card, { column, order });
	}

	/**
	 * Takes an own card back, in any phase: in the notebook, or by command where the notebook is held
	 * and the room would go on seeing the card.
	 */
	remove(card: CardId): void {
		const view = this.#workshop.withClosing(this.board);
		const seen = this.#documents.inRoom.current.cards.some(({ id }) => id === card);
		if (seen && view && !forwards(view, view.closing ? this.#workshop.now : 0))
			void this.#workshop.send({ type: 'withdraw-card', board: this.board, card, ...this.#whose });
		else this.#writing((own) => notebook.deleteCard(own, card));
	}

	place(id: CardId | GroupId, placement: Placement): void {
		this.#arranging((room) => arrange.place(room, id, placement));
	}

	makeGroup(
		cards: (CardId | GroupId)[],
		at: { column: string; order: string },
		kind: GroupKind = 'theme',
		more: arrange.NewGroup = {}
	): GroupId {
		const id = nanoid();
		this.#documents.undo.beginStep();
		this.#arranging((room) => arrange.makeGroup(room, { id, kind, cards, ...at, ...more }));
		return id;
	}

	joinGroup(card: CardId | GroupId, group: GroupId): void {
		this.#arranging((room) => arrange.joinGroup(room, card, group));
	}

	joinAll(cards: CardId[], group: GroupId): void {
		this.#documents.undo.beginStep();
		this.#arranging((room) => arrange.joinAll(room, cards, group));
	}

	leaveGroup(card: CardId | GroupId, to: { column: string; order: string }): void {
		this.#arranging((room) => arrange.leaveGroup(room, card, to));
	}

	/** As one step of undo: it comes back with its name, and every card in its place. */
	dissolve(group: GroupId): void {
		this.#documents.undo.beginStep();
		this.#arranging((room) => arrange.dissolveGroup(room, group));
	}

	/** A group's title, to bind an input to while this person may arrange. */
	title(group: GroupId): Y.Text | null {
		const { room } = this.#documents;
		return room && this.mayArrange ? arrange.groupTitle(room, group) : null;
	}

	/** Others see that this card is in somebody's hand; nothing is written. */
	hold(card: CardId | null): void {
		this.#documents.presence.hold(card);
	}

	undo(): void {
		this.#documents.undo.undo();
	}

	redo(): void {
		this.#documents.undo.redo();
	}

	/** Opens the documents and keeps them in step with the server. */
	connect(): void {
		this.#documents.open();
		this.#stops = [
			this.#workshop.onView((now, before) => this.#seen(now, before)),
			this.#workshop.opened(this.#documents)
		];
	}

	close(): void {
		for (const stop of this.#stops) stop();
		this.#documents.close();
	}

	get #whose(): { for?: ParticipantId } {
		return this.#seat === undefined ? {} : { for: this.#seat };
	}

	#writing(write: (notebook: Y.Doc) => void): void {
		if (!this.#documents.notebook) return;
		this.#documents.undo.beginStep();
		write(this.#documents.notebook);
	}

	#arranging(write: (room: Y.Doc) => void): void {
		if (this.#documents.room && this.mayArrange) write(this.#documents.room);
	}

	/** Behind every card that this person sees in the column, and every own one. */
	#atEnd(column: string): string {
		const orders = [...this.value.cards, ...this.own]
			.filter((card) => card.column === column)
			.map(({ order }) => order);
		return between(orders.sort().at(-1) ?? null, null);
	}

	#seen(now: WorkshopView, before: WorkshopView | null): void {
		const is = now.boards.find(({ id }) => id === this.board);
		const was = before?.boards.find(({ id }) => id === this.board);
		if (!is || !was || is.phase === was.phase) return;
		const ends = isAfter(is.phase, 'write') || is.revealed !== was.revealed;
		const inTime = now.now - is.phaseStartedAt <= GRACE;
		if (was.phase === 'write' && ends && inTime) this.putDownDrafts();
		this.#documents.undo.empty();
	}

	/** When writing ends, what was written is meant to be seen. Offline it stays, and is offered again. */
	putDownDrafts(): void {
		const own = this.#documents.notebook;
		if (!own || !this.#documents.notebookConnected) return;
		for (const card of readNotebook(own))
			if (card.draft && mainText(card, this.exercise) !== '') notebook.putDown(own, card.id);
	}
}
