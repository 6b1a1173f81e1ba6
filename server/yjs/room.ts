/**
 * One board: its documents, who is connected to them, and its facilitation as far as it matters
 * here. The order is the room's promise: a frame is read, judged and applied without a pause,
 * gathered for the tick, committed, and only then forwarded, relayed and acknowledged.
 */
import type { WebSocket } from 'ws';
import type { BoardValue } from '#shared/doc/contents.ts';
import { LIMITS } from '#shared/doc/schema.ts';
import { forwards, GRACE, neverLive } from '#shared/facilitation/phases.ts';
import type { AuthorKey, BoardId, ParticipantId } from '#shared/ids.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import { CLOSE, type CloseCode } from '#shared/wire/close-codes.ts';
import { writeEpoch, writeStep1, type ClientFrame } from '#shared/wire/yjs-frames.ts';
import { holderOf } from '#server/doors/access.ts';
import { byWhom } from '#server/log.ts';
import { BOARD } from '#server/store/log-entries.ts';
import { takeIn } from './arrival.ts';
import { Audience } from './audience.ts';
import type { Batch, Cut } from './batch.ts';
import { Compaction, type KeptLog } from './compaction.ts';
import { byteBudget, Connection } from './connection.ts';
import type { Budget } from '#server/budget.ts';
import type { Documents } from './documents.ts';
import type { Notebook } from './notebook.ts';
import type { BoardFacts, Connecting } from './ports.ts';
import { readInTurns } from './reading.ts';
import { RoomNewsDesk } from './room-news.ts';
import type { RoomDeps } from './rooms.ts';
import { Saving } from './saving.ts';
import { Seating } from './seating.ts';
import { UnsavedOfRoom } from './unsaved.ts';

export class Room {
	readonly board: BoardId;
	readonly documents: Documents;
	readonly saving: Saving;
	readonly audience: Audience;
	readonly deps: RoomDeps;
	readonly news: RoomNewsDesk;
	readonly unsaved: UnsavedOfRoom;
	facts: BoardFacts;
	/** Once it is over, what is in it is not to be used any more. */
	over = false;
	/** Frames are not taken any more; what was taken is still committed, and told. */
	resting = false;
	/** Settles when nothing more is written. */
	ended: Promise<void> = Promise.resolve();
	/** Erased while the room was in memory: who is still on the way in is turned back. */
	readonly gone = new Set<ParticipantId>();
	readonly #epoch: string;
	readonly #compaction: Compaction;
	readonly #left: (room: Room) => void;
	readonly #bytes = new Map<string, Budget>();
	readonly #seating = new Seating(this);
	#seq: number;

	constructor(options: {
		board: BoardId;
		facts: BoardFacts;
		documents: Documents;
		epoch: string;
		last: number;
		log: KeptLog;
		deps: RoomDeps;
		/** Nobody is connected any more, or the room is over. */
		left: (room: Room) => void;
	}) {
		const { board, deps } = options;
		this.board = board;
		this.facts = options.facts;
		this.documents = options.documents;
		this.deps = deps;
		this.#epoch = options.epoch;
		this.#seq = options.last;
		this.#left = options.left;
		this.#compaction = new Compaction(options.log, this);
		this.audience = new Audience(deps.pace);
		this.saving = new Saving(deps.pace, {
			cut: (batch) => batch.cut(this.documents, this.#seq, deps.clock.now()),
			commit: async (commit) => {
				// Else a snapshot of before could come behind it, with what was taken out.
				if (commit.anew) await this.#compaction.idle();
				await deps.updates.commit(board, commit);
			},
			handOut: (batch, cut) => this.#handOut(batch, cut),
			grew: () => this.unsaved.grew(),
			shrank: () => this.unsaved.shrank(),
			away: (error) => deps.log.warn({ err: error, board }, 'the database does not answer'),
			failed: (error) => this.drop(error)
		});
		this.unsaved = new UnsavedOfRoom(deps.unsaved, {
			saving: this.saving,
			audience: this.audience,
			clock: deps.clock,
			pace: deps.pace,
			tell: (saving) => deps.news.waiting(this.facts.workshop, board, saving)
		});
		this.news = new RoomNewsDesk(this);
	}

	/** Serves a socket from now on. */
	async admit(socket: WebSocket, connecting: Connecting): Promise<void> {
		const { who, seat, account, epoch, document } = connecting;
		if (epoch !== null && epoch !== this.#epoch)
			return socket.close(CLOSE.otherEpoch, 'other-epoch' satisfies Refusal['refused']);
		const notebook =
			document === 'notebook' && seat !== null ? await this.#seating.seat(seat, account) : null;
		// Told with one's presence, which a notebook has not.
		const isShown = notebook === null && who.role === 'participant';
		const named = isShown && !this.facts.state.anonymous;
		const name = named ? await this.deps.nameOf(who.participant) : null;
		if (socket.readyState !== socket.OPEN) return;
		if (this.over) return socket.close(CLOSE.tryAgain);
		if (seat !== null && this.gone.has(seat)) return socket.close(CLOSE.unauthenticated);

		const holder = notebook?.participant ?? holderOf(who);
		const bytes = this.#bytes.get(holder) ?? byteBudget(this.deps.pace.now());
		this.#bytes.set(holder, bytes);
		const connection = new Connection({
			socket,
			connecting,
			document: notebook?.document ?? this.documents.board,
			notebook,
			holder,
			name,
			bytes,
			pace: this.deps.pace,
			listener: {
				received: (from, frame) => this.#receive(from, frame),
				refused: (from, refusal) => this.#refuse(from, refusal),
				closed: (from) => this.#leave(from),
				slow: () => this.deps.slow(),
				failed: (from, error) => {
					from.close(CLOSE.malformed, 'malformed');
					this.drop(error);
				}
			}
		});
		if (connection.ack) connection.send(writeEpoch(this.#epoch));
		connection.send(writeStep1(connection.document.stateVector));
		this.audience.add(connection);
	}

	/** The board as it is committed. */
	read(): Promise<BoardValue> {
		return readInTurns(this.documents.board.doc, this.saving);
	}

	/** Takes on a new state. What it lets in is committed and handed out when this settles. */
	async adopt(facts: BoardFacts): Promise<void> {
		const reveals = facts.state.revealed && !this.facts.state.revealed;
		this.facts = facts;
		if (reveals || forwards(facts.state, this.deps.clock.now())) await this.letIn(this.#inTime());
		this.news.stir();
	}

	/** Everybody; or, where writing had ended by a date that was past already, who had begun by then. */
	#inTime(): (ParticipantId | AuthorKey)[] | undefined {
		const { state } = this.facts;
		const until = neverLive(state) && state.closing ? state.closing.at + GRACE : Infinity;
		if (until >= this.deps.clock.now()) return undefined;
		const { anonymous } = state;
		return [...this.documents.notebooks.values()]
			.filter(({ heldSince }) => heldSince !== null && heldSince <= until)
			.map(({ key, participant }) => (anonymous ? key : participant));
	}

	/** Forwards whole notebooks with all that they hold: these people's, or everybody's. */
	async letIn(people?: (ParticipantId | AuthorKey)[]): Promise<void> {
		for (const { key } of this.notebooksOf(people)) this.saving.current.forward.add(key);
		await this.saving.now();
	}

	/** On an anonymous board people go by their authors: by person, it would tell whose cards are whose. */
	notebooksOf(people?: (ParticipantId | AuthorKey)[]): Notebook[] {
		const all = [...this.documents.notebooks.values()];
		const { anonymous } = this.facts.state;
		return people
			? all.filter(({ key, participant }) => people.includes(anonymous ? key : participant))
			: all;
	}

	/** The server writes into a notebook, under a client id of its own. Answers the update. */
	write(notebook: Notebook, write: () => void): Uint8Array | null {
		const clientId = this.documents.freeClientId();
		const update = this.orDrop(() => notebook.document.write(clientId, write));
		if (!update) return null;
		this.documents.bind(clientId, null);
		this.saving.current.bind([clientId], null);
		this.saving.current.gather(notebook.key, update, null);
		notebook.behind = true;
		this.news.changed(notebook);
		return update;
	}

	/** The server changes the board's own document. */
	writeBoard(change: () => Uint8Array | null): void {
		const update = this.orDrop(change);
		if (update) this.saving.current.gather(BOARD, update, null);
	}

	/** The documents may not be what the log says: everybody has to come again, to what it says. */
	drop(error: unknown): void {
		if (this.over) return;
		this.deps.log.error({ err: error, board: this.board }, 'a room is dropped and read again');
		this.end(CLOSE.tryAgain, error);
	}

	/** No more frames are taken, and none is sent. */
	end(code: CloseCode, reason: unknown = new Error('the room is over')): void {
		if (this.over) return;
		this.over = true;
		this.news.end();
		this.unsaved.end();
		this.audience.close(code);
		this.ended = Promise.all([this.saving.end(reason), this.#compaction.end()]).then(() => {});
		this.#left(this);
	}

	#receive(connection: Connection, frame: ClientFrame): void {
		if (this.over || this.resting) return;
		switch (frame.type) {
			case 'update':
				return this.#update(connection, frame.update);
			case 'step1':
				this.saving.current.asking.push({ connection, stateVector: frame.stateVector });
				return this.saving.touch();
			case 'awareness':
				return this.#hear(connection, frame.update);
			case 'query-awareness':
				return this.audience.tellPresence(connection);
		}
	}

	#update(connection: Connection, update: Uint8Array): void {
		const batch = this.saving.current;
		const now = this.deps.clock.now();
		const { documents, facts } = this;
		const gained = takeIn(update, connection, { documents, batch, facts, now });
		if (isRefusal(gained)) return this.#refuse(connection, gained);
		const { notebook } = connection;
		if (gained && notebook) {
			notebook.behind = true;
			if (forwards(facts.state, now)) batch.forward.add(notebook.key);
			this.news.written(notebook);
		}
		this.saving.touch();
	}

	#hear(connection: Connection, update: Uint8Array): void {
		if (connection.notebook || update.byteLength > LIMITS.updateBytes) return;
		const isFree = (id: number) =>
			(this.documents.holderOf(id) ?? connection.holder) === connection.holder;
		const isNews = this.audience.hear(connection, update, isFree);
		if (isNews === null) return this.#refuse(connection, refuse('malformed', 'awareness'));
		if (isNews) this.#tellPresence();
	}

	#tellPresence(): void {
		this.saving.current.presence = true;
		this.saving.touch();
	}

	#refuse(connection: Connection, refusal: Refusal): void {
		// Not its detail: that may be a key which somebody has typed.
		const about = { board: this.board, ...byWhom(connection.who), refused: refusal.refused };
		this.deps.log.info(about, 'a frame was refused');
		connection.refuse(refusal);
	}

	/** The batch is in the database. Nothing of it has been told to anybody until here. */
	#handOut(batch: Batch, cut: Cut): void {
		const { commit, row, taken, forwarding } = cut;
		const { notebooks, board } = this.documents;
		this.#seq = cut.seq;
		for (const { document, forwarded, update } of row?.entries ?? [])
			notebooks.get(document)?.committed(row!, { gained: update.byteLength > 0, forwarded });
		const { updates, authors } = forwarding;
		const forwarded = updates.length > 0 ? board.apply(updates, { source: 'forward' }) : null;
		for (const key of authors) notebooks.get(key)!.behind = this.saving.current.notebooks.has(key);
		this.audience.handOut(batch, cut, forwarded);
		if (batch.authors.length > 0) this.deps.news.seated(this.board);
		if (forwarded || batch.board.length > 0) this.deps.news.changed(this.board);
		if (commit) this.news.stir();
		if (row) this.#compaction.gained(row);
		if (taken && commit?.anew) this.#compaction.beganWith(taken);
		else if (taken) this.#compaction.keep(taken);
		if (this.#compaction.isDue()) this.saving.current.snapshot ??= 'beside';
	}

	/** Before the board leaves memory: whether its log is just being shortened. */
	tidiesUp(): boolean {
		if (!this.#compaction.isDue(true)) return this.#compaction.isUnderWay;
		this.saving.current.snapshot ??= 'beside';
		this.saving.touch();
		return true;
	}

	#leave(connection: Connection): void {
		this.saving.current.leave(connection);
		if (this.audience.remove(connection) && !this.over) this.#tellPresence();
		if (this.audience.isEmpty && !this.over) this.#left(this);
	}

	/** What throws has left a document in an unknown state. */
	orDrop<T>(change: () => T): T {
		try {
			return change();
		} catch (error) {
			this.drop(error);
			throw error;
		}
	}
}
