/**
 * A participant without hands: joins with the code over HTTP, writes through the same
 * y-websocket connections as a browser, and votes, comments and acts through the same commands.
 */
import { nanoid } from 'nanoid';
import { io, type Socket } from 'socket.io-client';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { BoardValue, CardValue } from '#shared/doc/contents.ts';
import {
	addCard,
	editText,
	fieldText,
	ownAuthor,
	putDown,
	setField
} from '#shared/doc/notebook.ts';
import { makeGroup, joinGroup } from '#shared/doc/board.ts';
import { between } from '#shared/doc/order.ts';
import { mainText, readBoard, readNotebook } from '#shared/doc/read.ts';
import { isWritten, mainFieldOf, type Exercise } from '#shared/exercises/format.ts';
import type { Command } from '#shared/facilitation/commands.ts';
import type { ClientToServer, Outcome, ServerToClient } from '#shared/wire/events.ts';
import type { BoardId, CardId } from '#shared/ids.ts';
import type { SampleCard } from './sample.ts';

interface Joined {
	participant: string;
	workshop: string;
	token: string;
}

type CommandBody = Command extends infer C
	? C extends { board: string }
		? Omit<C, 'board'>
		: never
	: never;

// Every connection of y-websocket listens for the end of this process.
process.setMaxListeners(0);

/** Resolves after `ms`: pace for people to watch, never a wait for something to happen. */
export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export class SimulatedPerson {
	readonly sample: string;
	readonly participant: string;
	readonly #url: string;
	readonly #token: string;
	#board: {
		id: BoardId;
		exercise: Exercise;
		doc: Y.Doc;
		notebook: Y.Doc;
		providers: WebsocketProvider[];
	} | null = null;

	readonly #socket: Socket<ServerToClient, ClientToServer>;

	private constructor(url: string, sample: string, joined: Joined) {
		this.#url = url;
		this.sample = sample;
		this.participant = joined.participant;
		this.#token = joined.token;
		this.#socket = io(url, {
			auth: { workshop: joined.workshop, token: joined.token },
			transports: ['websocket'],
			forceNew: true
		});
	}

	/** Takes a seat. Throws where the server says no: a simulation that cannot run has nothing to show. */
	static async join(
		url: string,
		code: string,
		person: { id: string; name: string }
	): Promise<SimulatedPerson> {
		const joined = await post(`${url}/api/v1/join`, { code, name: person.name }, null);
		return new SimulatedPerson(url, person.id, joined as Joined);
	}

	/** Leaves the room. */
	leave(): void {
		this.standUp();
		this.#socket.disconnect();
	}

	/** Opens the board and this person's notebook, and waits until both have what the server has. */
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
		this.#board = { id, exercise, doc, notebook, providers };
		await Promise.all(
			providers.map((provider) => new Promise<void>((done) => provider.once('sync', () => done())))
		);
	}

	standUp(): void {
		for (const provider of this.#board?.providers ?? []) provider.destroy();
		this.#board = null;
	}

	board(): BoardValue {
		return readBoard(this.#here().doc);
	}

	own(): CardValue[] {
		return readNotebook(this.#here().notebook);
	}

	/** Writes a card as a person does: a draft, letter by letter, then the rest of it, then put down. */
	async write(card: SampleCard, answers: CardId | undefined, msPerStep: number): Promise<CardId> {
		const { notebook, exercise } = this.#here();
		if (!ownAuthor(notebook)) throw new Error(`${this.sample} has no notebook`);
		const id = nanoid();
		const main = mainFieldOf(exercise, card.column)!.id;
		const last = this.own().at(-1)?.order ?? null;
		addCard(notebook, exercise, {
			id,
			column: card.column,
			order: between(last, null),
			language: card.language,
			draft: true,
			answers
		});
		const text = String(card.fields[main] ?? '');
		for (let end = 8; end < text.length + 8; end += 8) {
			editText(fieldText(notebook, id, main)!, wholeLetters(text, end));
			await pause(msPerStep);
		}
		for (const [field, value] of Object.entries(card.fields)) {
			const known = exercise.fields.find((one) => one.id === field);
			if (!known || field === main) continue;
			if (isWritten(known)) editText(fieldText(notebook, id, field)!, String(value));
			else setField(notebook, id, field, value);
		}
		putDown(notebook, id);
		return id;
	}

	/** Begins an empty card, for `type`. */
	begin(column: string): CardId {
		const { notebook, exercise } = this.#here();
		const id = nanoid();
		addCard(notebook, exercise, { id, column, order: between(null, null) });
		return id;
	}

	/** Adds letters to the main field of an own card. */
	type(card: CardId, letters: string): void {
		const { notebook, exercise } = this.#here();
		const column = this.own().find(({ id }) => id === card)!.column;
		const text = fieldText(notebook, card, mainFieldOf(exercise, column)!.id)!;
		text.insert(text.length, letters);
	}

	/** Calls back with every update that this person sends, and when a connection is lost. */
	overhear({ sent, lost }: { sent: (update: Uint8Array) => void; lost: () => void }): void {
		const { doc, notebook, providers } = this.#here();
		for (const one of [doc, notebook])
			one.on('update', (update: Uint8Array, origin: unknown) => {
				if (!providers.includes(origin as WebsocketProvider)) sent(update);
			});
		for (const provider of providers) provider.on('connection-close', lost);
	}

	/** Calls back when the board has changed. */
	watch(changed: () => void): void {
		this.#here().doc.on('update', changed);
	}

	/** How long the main field of anybody's card is on the board. */
	lengthOf(card: CardId): number {
		const { exercise } = this.#here();
		const found = this.board().cards.find(({ id }) => id === card);
		return found ? mainText(found, exercise).length : 0;
	}

	/** Puts a card to another: into its group, or the two into a new one. */
	group(card: CardId, to: CardId, title: string): void {
		const { doc } = this.#here();
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
	give(command: CommandBody): Promise<Outcome> {
		const whole = { ...command, board: this.#here().id } as Command;
		return this.#socket.emitWithAck('command', { id: nanoid(), command: whole });
	}

	#here() {
		if (!this.#board) throw new Error(`${this.sample} sits at no board`);
		return this.#board;
	}
}

/** The first `end` units of a text, never half a letter. */
const wholeLetters = (text: string, end: number): string =>
	/[\uD800-\uDBFF]$/.test(text.slice(0, end)) ? text.slice(0, end + 1) : text.slice(0, end);

/** Sends JSON, answers JSON. Throws where the server says no. */
export async function post(url: string, body: unknown, token: string | null): Promise<unknown> {
	const response = await fetch(url, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			...(token ? { authorization: `Bearer ${token}` } : {})
		},
		body: JSON.stringify(body)
	});
	const answer: unknown = await response.json();
	if (!response.ok) throw new Error(`${url}: ${response.status} ${JSON.stringify(answer)}`);
	return answer;
}
