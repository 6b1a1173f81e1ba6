/**
 * A participant without hands: sits at a server's sockets with a token as a phone does, writes
 * through the same y-websocket connections, and votes, comments and acts through the same commands.
 */
import { nanoid } from 'nanoid';
import { io, type Socket } from 'socket.io-client';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { joinGroup, makeGroup } from '#shared/doc/board.ts';
import type { BoardValue, CardValue } from '#shared/doc/contents.ts';
import {
	addCard,
	editText,
	fieldText,
	ownAuthor,
	putDown,
	setField
} from '#shared/doc/notebook.ts';
import { between } from '#shared/doc/order.ts';
import { readBoard, readNotebook } from '#shared/doc/read.ts';
import type { FieldValue } from '#shared/doc/schema.ts';
import { isWritten, mainFieldOf, type Exercise } from '#shared/exercises/format.ts';
import type { Command } from '#shared/facilitation/commands.ts';
import type { BoardId, CardId } from '#shared/ids.ts';
import type { ClientToServer, Outcome, ServerToClient } from '#shared/wire/events.ts';

/** A seat that was taken. */
export interface Seat {
	participant: string;
	workshop: string;
	token: string;
}

/** What is to be written. */
export interface Written {
	column: string;
	language: string;
	fields: Record<string, FieldValue>;
}

export type CommandBody = Command extends infer C
	? C extends { board: string }
		? Omit<C, 'board'>
		: never
	: never;

/** In ms: a server that leaves meanwhile answers nobody. */
const PATIENCE = 10_000;
/** A socket that is closed with this or more was told no. */
const REFUSED = 4400;
/** So many letters are typed at once. */
const A_FEW = 8;

export class SimulatedPerson {
	readonly participant: string;
	readonly #url: string;
	readonly #token: string;
	readonly #socket: Socket<ServerToClient, ClientToServer>;
	/** Settled when they have gone, so that nothing waits for them. */
	readonly #gone = Promise.withResolvers<void>();
	#left = false;
	#board: {
		id: BoardId;
		exercise: Exercise;
		doc: Y.Doc;
		notebook: Y.Doc;
		providers: WebsocketProvider[];
		/** Called when they stand up: what was not opened by then is not waited for. */
		stoodUp: () => void;
	} | null = null;

	constructor(url: string, seat: Seat) {
		// Every connection of y-websocket listens for the end of this process.
		process.setMaxListeners(0);
		this.#url = url;
		this.participant = seat.participant;
		this.#token = seat.token;
		this.#socket = io(url, {
			auth: { workshop: seat.workshop, token: seat.token },
			transports: ['websocket'],
			forceNew: true
		});
		// Shown out: they do not come back.
		this.#socket.on('access:ended', () => this.leave());
	}

	/** They left the room, or were shown out. */
	get hasLeft(): boolean {
		return this.#left;
	}

	/** Leaves the room. */
	leave(): void {
		this.#left = true;
		this.#gone.resolve();
		this.standUp();
		this.#socket.disconnect();
	}

	/**
	 * Opens the board and this person's notebook, and waits until both have what the server has, or
	 * until it said no.
	 */
	async sitDown(id: BoardId, exercise: Exercise): Promise<void> {
		this.standUp();
		const doc = new Y.Doc();
		const notebook = new Y.Doc();
		const connect = (room: string, to: Y.Doc) =>
			new WebsocketProvider(`${this.#url.replace(/^http/, 'ws')}/yjs`, room, to, {
				params: { token: this.#token },
				WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
				disableBc: true
			});
		const providers = [connect(id, doc), connect(`${id}/notebook`, notebook)];
		// What was refused is refused again: they begin with a clean sheet, rather than insist.
		for (const provider of providers)
			provider.on('connection-close', (event) => {
				if (event && event.code >= REFUSED && this.#board?.doc === doc) this.standUp();
			});
		const up = Promise.withResolvers<void>();
		this.#board = { id, exercise, doc, notebook, providers, stoodUp: up.resolve };
		const synced = providers.map(
			(provider) => new Promise<void>((done) => provider.once('sync', () => done()))
		);
		await Promise.race([Promise.all(synced), up.promise, this.#gone.promise]);
	}

	standUp(): void {
		for (const provider of this.#board?.providers ?? []) provider.destroy();
		this.#board?.stoodUp();
		this.#board = null;
	}

	/** The board at which they sit. */
	get sitsAt(): BoardId | null {
		return this.#board?.id ?? null;
	}

	board(): BoardValue {
		return readBoard(this.here().doc);
	}

	own(): CardValue[] {
		return readNotebook(this.here().notebook);
	}

	/** Writes a card as a person does: a draft, a few letters each time one looks, the rest, then put down. */
	*writing(card: Written, answers?: CardId): Generator<void, CardId> {
		const { notebook, exercise } = this.here();
		if (!ownAuthor(notebook)) throw new Error(`${this.participant} has no notebook`);
		const id = nanoid();
		const main = mainFieldOf(exercise, card.column)!;
		const last = this.own().at(-1)?.order ?? null;
		addCard(notebook, exercise, {
			id,
			column: card.column,
			order: between(last, null),
			language: card.language,
			draft: true,
			answers
		});
		const text = isWritten(main) ? String(card.fields[main.id] ?? '') : '';
		for (let end = A_FEW; end < text.length + A_FEW; end += A_FEW) {
			editText(fieldText(notebook, id, main.id)!, wholeLetters(text, end));
			yield;
		}
		for (const [field, value] of Object.entries(card.fields)) {
			const known = exercise.fields.find((one) => one.id === field);
			if (!known || (known === main && isWritten(main))) continue;
			if (isWritten(known)) editText(fieldText(notebook, id, field)!, String(value));
			else setField(notebook, id, field, value);
		}
		putDown(notebook, id);
		return id;
	}

	/** Puts a card to another: into its group, or the two into a new one. */
	group(card: CardId, to: CardId, title: string): void {
		const { doc } = this.here();
		const { cards, groups } = this.board();
		const target = cards.find(({ id }) => id === to);
		const group = groups.find((one) => one.cards.includes(to));
		if (group) joinGroup(doc, card, group.id);
		else if (target)
			makeGroup(doc, {
				id: nanoid(),
				kind: 'theme',
				title,
				column: target.column,
				order: target.order,
				cards: [to, card]
			});
	}

	/** Gives a command about this board. A refusal changes nothing and is part of the play. */
	async give(command: CommandBody): Promise<Outcome> {
		const whole = { ...command, board: this.here().id } as Command;
		try {
			const asked = this.#socket.timeout(PATIENCE);
			return await asked.emitWithAck('command', { id: nanoid(), command: whole });
		} catch {
			return { ok: false, refusal: 'try-again' };
		}
	}

	protected here() {
		if (!this.#board) throw new Error(`${this.participant} sits at no board`);
		return this.#board;
	}
}

/** The first `end` units of a text, never half a letter. */
const wholeLetters = (text: string, end: number): string =>
	/[\uD800-\uDBFF]$/.test(text.slice(0, end)) ? text.slice(0, end + 1) : text.slice(0, end);
