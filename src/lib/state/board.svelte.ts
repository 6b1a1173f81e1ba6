/**
 * A board for one person: the room's document and their own notebook, read through. Nothing is
 * copied: what is shown is computed from the documents, and what is done is written into them.
 */
import { nanoid } from 'nanoid';
import type * as Y from 'yjs';
import * as arrange from '#shared/doc/board.ts';
import type { BoardValue, CardValue } from '#shared/doc/contents.ts';
import * as notebook from '#shared/doc/notebook.ts';
import { between } from '#shared/doc/order.ts';
import { mainText, readBoard, readNotebook } from '#shared/doc/read.ts';
import {
	placementsOf,
	type FieldValue,
	type GroupKind,
	type Placement
} from '#shared/doc/schema.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import {
	forwards,
	GRACE,
	isAfter,
	isFacilitator,
	mayArrange
} from '#shared/facilitation/phases.ts';
import type { BoardView, WorkshopView } from '#shared/facilitation/view.ts';
import type { AuthorKey, BoardId, CardId, GroupId } from '#shared/ids.ts';
import type { RefusalReason } from '#shared/refusals.ts';
import type { SaveStatus } from '../sync/sent-frames.ts';
import { SyncedDocument } from '../sync/synced-document.ts';
import { UndoHistory } from '../sync/undo-history.ts';
import { Presence } from './presence.ts';
import { Reading } from './reading.ts';
import { keepSame, shownBoard } from './shown-board.ts';
import type { Workshop } from './workshop.svelte.ts';

/** An arrangement leaves this much earlier than the grace ends, for its way to the server. */
const ON_THE_WAY = 1000;

export interface BoardOptions {
	board: BoardId;
	exercise: Exercise;
	/** Whether this person writes: whether a notebook is opened for them. */
	notebook: boolean;
	workshop: Workshop;
}

export class Board {
	readonly board: BoardId;
	readonly exercise: Exercise;
	readonly #workshop: Workshop;
	readonly #writes: boolean;
	#room: SyncedDocument | null = null;
	#notebook: SyncedDocument | null = null;
	#presence: Presence | null = null;
	#stopListening: (() => void) | null = null;

	readonly #undo = new UndoHistory(() => this.#history.invalidate());
	readonly #inRoom = new Reading<BoardValue>((before) => {
		const read = this.#room ? readBoard(this.#room.doc) : { cards: [], groups: [] };
		return {
			cards: keepSame(read.cards, before?.cards),
			groups: keepSame(read.groups, before?.groups)
		};
	});
	readonly #inNotebook = new Reading<CardValue[]>((before) =>
		keepSame(this.#notebook ? readNotebook(this.#notebook.doc) : [], before)
	);
	readonly #status = new Reading(() => this.#readStatus());
	readonly #history = new Reading(() => ({
		canUndo: this.#undo.canUndo,
		canRedo: this.#undo.canRedo
	}));
	readonly #movers = new Reading(() => this.#presence?.moving() ?? {});
	#shown: { from: unknown[]; value: BoardValue } | null = null;

	/** Opens nothing: `connect` does, on the page. */
	constructor(options: BoardOptions) {
		this.board = options.board;
		this.exercise = options.exercise;
		this.#workshop = options.workshop;
		this.#writes = options.notebook;
	}

	/** Own cards from the notebook, the rest from the room; what is hidden only for those who see it. */
	get value(): BoardValue {
		const room = this.#inRoom.current;
		const own = this.#writes ? this.#inNotebook.current : null;
		const view = this.#view;
		const seesHidden = isFacilitator(this.#workshop.view?.role ?? 'visitor');
		const hidden = view?.hidden.join() ?? '';
		const from = [room, own, this.author, hidden, seesHidden];
		if (this.#shown && from.every((one, i) => one === this.#shown!.from[i]))
			return this.#shown.value;
		const placements = this.#room ? placementsOf(this.#room.doc) : null;
		const shown = shownBoard({
			exercise: this.exercise,
			room,
			own,
			author: this.author,
			isPlaced: (card) => placements?.has(card) ?? false,
			hidden: view?.hidden ?? [],
			seesHidden
		});
		const value = {
			cards: keepSame(shown.cards, this.#shown?.value.cards),
			groups: keepSame(shown.groups, this.#shown?.value.groups)
		};
		this.#shown = { from, value };
		return value;
	}

	/** Every own card, drafts included. */
	get own(): CardValue[] {
		return this.#inNotebook.current;
	}

	/** Who this person is on this board; null until the notebook is there to be written. */
	get author(): AuthorKey | null {
		return this.#status.current.author;
	}
	/** Everything that there was to load is here. */
	get synced(): boolean {
		return this.#status.current.synced;
	}
	get saved(): SaveStatus | 'refused' {
		return this.#status.current.saved;
	}
	/** Why the server will not go on with what this device has. */
	get refusal(): RefusalReason | null {
		return this.#status.current.refusal;
	}
	get canUndo(): boolean {
		return this.#history.current.canUndo;
	}
	get canRedo(): boolean {
		return this.#history.current.canRedo;
	}
	/** Cards that others move now, and who, where names are told. */
	get moving(): Record<CardId, string> {
		return this.#movers.current;
	}

	/** A new card at the end of its column. The notebook must be there: `author` is not null. */
	add(card: {
		column: string;
		answers?: CardId;
		draft?: boolean;
		fields?: Record<string, FieldValue>;
	}): CardId {
		const id = nanoid();
		const doc = this.#notebook?.doc;
		if (doc && notebook.ownAuthor(doc) !== null)
			notebook.addCard(doc, this.exercise, { ...card, id, order: this.#atEnd(card.column) });
		return id;
	}

	/** The text of an own card's field, to bind an input to. */
	text(card: CardId, field: string): Y.Text | null {
		return this.#notebook && notebook.fieldText(this.#notebook.doc, card, field);
	}

	setField(card: CardId, field: string, value: FieldValue | null): void {
		if (this.#notebook) notebook.setField(this.#notebook.doc, card, field, value);
	}

	putDown(card: CardId): void {
		if (this.#notebook) notebook.putDown(this.#notebook.doc, card);
	}

	/** Moves an own card to the end of another column, or says what it answers. */
	change(card: CardId, change: { column?: string; answers?: CardId | null }): void {
		if (!this.#notebook) return;
		const order = change.column === undefined ? undefined : this.#atEnd(change.column);
		notebook.changeCard(this.#notebook.doc, card, { ...change, order });
		const placed = this.#room && placementsOf(this.#room.doc).has(card);
		if (placed && change.column !== undefined)
			this.place(card, { column: change.column, order: order! });
	}

	/**
	 * Takes an own card back, in any phase: in the notebook, or by command where the notebook is held
	 * and the room would go on seeing the card.
	 */
	remove(card: CardId): void {
		if (!this.#notebook) return;
		const view = this.#workshop.withClosing(this.board);
		const seen = this.#inRoom.current.cards.some(({ id }) => id === card);
		if (seen && view && !forwards(view, this.#workshop.now))
			void this.#workshop.send({ type: 'withdraw-card', board: this.board, card });
		else notebook.deleteCard(this.#notebook.doc, card);
	}

	/** Whether this person may arrange now; where not, the functions below do nothing. */
	get mayArrange(): boolean {
		const view = this.#workshop.withClosing(this.board);
		const role = this.#workshop.view?.role;
		return !!view && !!role && mayArrange(view, role, this.#workshop.now + ON_THE_WAY);
	}

	place(id: CardId | GroupId, placement: Placement): void {
		this.#arranging((room) => arrange.place(room, id, placement));
	}

	makeGroup(
		cards: CardId[],
		at: { column: string; order: string },
		kind: GroupKind = 'theme'
	): GroupId {
		const id = nanoid();
		this.#arranging((room) => arrange.makeGroup(room, { id, kind, cards, ...at }));
		return id;
	}

	joinGroup(card: CardId | GroupId, group: GroupId): void {
		this.#arranging((room) => arrange.joinGroup(room, card, group));
	}

	leaveGroup(card: CardId | GroupId, to: { column: string; order: string }): void {
		this.#arranging((room) => arrange.leaveGroup(room, card, to));
	}

	dissolve(group: GroupId): void {
		this.#arranging((room) => arrange.dissolveGroup(room, group));
	}

	/** A group's title, to bind an input to while this person may arrange. */
	title(group: GroupId): Y.Text | null {
		return this.#room && this.mayArrange ? arrange.groupTitle(this.#room.doc, group) : null;
	}

	/** Others see that this card is in somebody's hand; nothing is written. */
	hold(card: CardId | null): void {
		this.#presence?.hold(card);
	}

	undo(): void {
		this.#undo.undo();
	}

	redo(): void {
		this.#undo.redo();
	}

	/** Opens the documents and keeps them in step with the server. */
	connect(): void {
		const { board, exercise } = this;
		const shared = {
			server: this.#workshop.documents,
			board,
			exercise,
			told: this.#status.invalidate,
			replaced: () => this.#follow(),
			now: () => this.#workshop.now
		};
		const room = new SyncedDocument({
			...shared,
			document: 'board',
			changed: this.#inRoom.invalidate,
			presence: () => this.#movers.invalidate()
		});
		this.#room = room;
		this.#presence = new Presence(() => room.awareness);
		if (this.#writes)
			this.#notebook = new SyncedDocument({
				...shared,
				document: 'notebook',
				changed: () => {
					this.#inNotebook.invalidate();
					this.#status.invalidate();
				},
				presence: () => {}
			});
		this.#follow();
		this.#stopListening = this.#workshop.onView((now, before) => this.#seen(now, before));
		void this.#room.open();
		void this.#notebook?.open();
	}

	close(): void {
		this.#stopListening?.();
		this.#presence?.close();
		this.#undo.close();
		this.#room?.close();
		this.#notebook?.close();
	}

	get #view(): BoardView | undefined {
		return this.#workshop.view?.boards.find(({ id }) => id === this.board);
	}

	/** A document is there, or another than before: everything is read again. */
	#follow(): void {
		const own = this.#notebook?.doc ?? null;
		if (this.#room) this.#undo.follow(this.#room.doc, own);
		own?.on('update', (_update: Uint8Array, origin: unknown) => {
			if (origin === notebook.LOCAL) this.#presence?.wrote();
		});
		for (const reading of [this.#inRoom, this.#inNotebook, this.#status, this.#movers])
			reading.invalidate();
	}

	#arranging(write: (room: Y.Doc) => void): void {
		if (this.#room && this.mayArrange) write(this.#room.doc);
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
		const ends =
			was.phase === 'write' && (isAfter(is.phase, 'write') || is.revealed !== was.revealed);
		if (ends && this.#workshop.now - is.phaseStartedAt <= GRACE) this.#putDownDrafts();
		this.#undo.empty();
	}

	/** When writing ends, what was written is meant to be seen. Offline it stays, and is offered again. */
	#putDownDrafts(): void {
		if (!this.#notebook?.connected) return;
		for (const card of readNotebook(this.#notebook.doc))
			if (card.draft && mainText(card, this.exercise) !== '') this.putDown(card.id);
	}

	#readStatus() {
		const documents = [this.#notebook, this.#room].filter((one) => one !== null);
		const author = this.#notebook && notebook.ownAuthor(this.#notebook.doc);
		const worst = (['refused', 'device', 'saving'] as const).find((status) =>
			documents.some((one) => one.saved === status)
		);
		return {
			author,
			synced: documents.length > 0 && documents.every((one) => one.synced),
			saved: worst ?? ('saved' as const),
			refusal: documents.find((one) => one.refusal)?.refusal ?? null
		};
	}
}
