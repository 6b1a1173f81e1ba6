/**
 * A thousand people in one process, for `herd.ts`: each with the room's socket, a board and a
 * notebook, and with the product's pauses before coming back. All three protocols are written here
 * by hand: a thousand rosters parsed and a thousand copies of one board would measure this process
 * and not the server.
 */
import * as decoding from 'lib0/decoding';
import { nanoid } from 'nanoid';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { addCard, ownAuthor } from '#shared/doc/notebook.ts';
import { readBoard, readNotebook } from '#shared/doc/read.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import { mainFieldOf } from '#shared/exercises/format.ts';
import type { BoardId } from '#shared/ids.ts';
import { FRAME, SYNC, writeStep1, writeStep2, writeUpdate } from '#shared/wire/yjs-frames.ts';
import { COMING_BACK } from '../../src/lib/sync/socket.ts';
import { pauseAfter, silenceOf } from '../../src/lib/sync/yjs-connection.ts';
import { pause, post } from '../simulated-person.ts';

export type ToCrowd = { ask: 'join'; code: string } | { ask: 'come' | 'await-return' | 'returned' };

export interface Crowded {
	/** Since it was asked; until half, and until all but a hundredth, were there. */
	ms: number;
	half: number;
	most: number;
	connections: number;
	otherContent: number;
}

interface Place {
	url: string;
	workshop: string;
	board: BoardId;
}

const exercise = findExercise('barrier')!;
const COLUMN = 'barriers';
const FIELD = mainFieldOf(exercise, COLUMN)!.id;
let connections = 0;

/** One document of somebody, on a connection that is made again whenever it ends. */
abstract class Line {
	synced = false;
	readonly #address: string;
	#epoch = '';
	#failures = 0;
	#heardAt = 0;

	constructor(address: string) {
		this.#address = address;
	}

	connect(): void {
		const socket = new WebSocket(`${this.#address}${this.#epoch && `&epoch=${this.#epoch}`}`);
		this.#heardAt = performance.now();
		const silent = setInterval(() => {
			const open = socket.readyState === socket.OPEN;
			if (performance.now() - this.#heardAt > silenceOf(open, this.synced)) socket.terminate();
		}, 1000);
		socket.on('error', () => {});
		socket.on('open', () => {
			connections += 1;
			socket.send(writeStep1(this.stateVector()));
		});
		socket.on('message', (data: Buffer) => {
			this.#heardAt = performance.now();
			this.#read(socket, data);
		});
		socket.on('close', () => {
			clearInterval(silent);
			this.synced = false;
			setTimeout(() => this.connect(), pauseAfter(this.#failures++, Math.random()));
		});
	}

	/** What this side has. */
	abstract stateVector(): Uint8Array;
	/** What the server lacks. */
	abstract answer(stateVector: Uint8Array): Uint8Array;
	abstract take(update: Uint8Array): void;
	/** In step for the first time on this connection. */
	abstract begin(send: (frame: Uint8Array) => void): void;

	#read(socket: WebSocket, data: Buffer): void {
		const decoder = decoding.createDecoder(data);
		const type = decoding.readVarUint(decoder);
		if (type === FRAME.epoch) this.#epoch = decoding.readVarString(decoder);
		if (type !== FRAME.sync) return;
		const step = decoding.readVarUint(decoder);
		const body = decoding.readVarUint8Array(decoder);
		if (step === SYNC.step1) return socket.send(this.answer(body));
		this.take(body);
		if (step !== SYNC.step2) return;
		this.synced = true;
		this.#failures = 0;
		this.begin((frame) => socket.send(frame));
	}
}

/** Whatever is the same for everybody is worked out once. */
function remembered(work: (asked: Uint8Array) => Uint8Array) {
	const known = new Map<string, Uint8Array>();
	return {
		of(asked: Uint8Array): Uint8Array {
			const key = Buffer.from(asked).toString('latin1');
			const answer = known.get(key) ?? work(asked);
			known.set(key, answer);
			return answer;
		},
		forget: () => known.clear()
	};
}

/** The one board that everybody has. */
class SharedBoard {
	readonly doc = new Y.Doc();
	#stateVector: Uint8Array | null = null;
	readonly #answers = remembered((theirs) => writeStep2(Y.encodeStateAsUpdate(this.doc, theirs)));
	readonly #taken = new Set<string>();

	constructor() {
		this.doc.on('update', () => {
			this.#stateVector = null;
			this.#answers.forget();
		});
	}

	stateVector(): Uint8Array {
		return (this.#stateVector ??= Y.encodeStateVector(this.doc));
	}

	answer(theirs: Uint8Array): Uint8Array {
		return this.#answers.of(theirs);
	}

	take(update: Uint8Array): void {
		const key = Buffer.from(update).toString('latin1');
		if (this.#taken.has(key)) return;
		this.#taken.add(key);
		Y.applyUpdate(this.doc, update);
	}
}

class BoardLine extends Line {
	readonly #board: SharedBoard;

	constructor(address: string, board: SharedBoard) {
		super(address);
		this.#board = board;
	}

	override stateVector = () => this.#board.stateVector();
	override answer = (theirs: Uint8Array) => this.#board.answer(theirs);
	override take = (update: Uint8Array) => this.#board.take(update);
	override begin(): void {}
}

class NotebookLine extends Line {
	readonly doc = new Y.Doc();
	readonly #text: string;

	constructor(address: string, text: string) {
		super(address);
		this.#text = text;
	}

	override stateVector = () => Y.encodeStateVector(this.doc);
	override answer = (theirs: Uint8Array) => writeStep2(Y.encodeStateAsUpdate(this.doc, theirs));
	override take = (update: Uint8Array) => Y.applyUpdate(this.doc, update);

	/** Everybody puts one card down, the first time. */
	override begin(send: (frame: Uint8Array) => void): void {
		if (!ownAuthor(this.doc) || readNotebook(this.doc).length > 0) return;
		this.doc.once('update', (update: Uint8Array) => send(writeUpdate(update)));
		const fields = { [FIELD]: this.#text };
		addCard(this.doc, exercise, { id: nanoid(), column: COLUMN, order: 'a0', fields });
	}
}

/** As socket.io's client waits by the product's settings. */
function comingBackAfter(failures: number, chance: number): number {
	const { reconnectionDelay, reconnectionDelayMax, randomizationFactor } = COMING_BACK;
	const most = reconnectionDelay * 2 ** failures;
	return Math.min(most * (1 + randomizationFactor * (2 * chance - 1)), reconnectionDelayMax);
}

/** The room's socket: Socket.IO's packets, of which only the beginning is read. */
class RoomLine {
	/** Told the state on this connection. */
	told = false;
	readonly #address: string;
	readonly #hello: string;
	#failures = 0;

	constructor(address: string, auth: { workshop: string; token: string }) {
		this.#address = address;
		this.#hello = `40${JSON.stringify(auth)}`;
	}

	connect(): void {
		const socket = new WebSocket(this.#address, { skipUTF8Validation: true });
		socket.on('error', () => {});
		socket.on('message', (data: Buffer) => {
			const begins = (packet: string) => data.toString('latin1', 0, packet.length) === packet;
			if (begins('0')) {
				connections += 1;
				socket.send(this.#hello);
			} else if (begins('2')) socket.send('3');
			else if (begins('44')) socket.close();
			else if (begins('42["state:changed"')) {
				this.told = true;
				this.#failures = 0;
			}
		});
		socket.on('close', () => {
			this.told = false;
			setTimeout(() => this.connect(), comingBackAfter(this.#failures++, Math.random()));
		});
	}
}

class Person {
	readonly text: string;
	readonly notebook: NotebookLine;
	readonly #board: BoardLine;
	readonly #room: RoomLine;

	constructor({ url, workshop, board }: Place, shared: SharedBoard, token: string, at: number) {
		const server = url.replace('http', 'ws');
		const address = (path: string) => `${server}/yjs/${path}?ack=1&token=${token}`;
		this.text = `Words of number ${at}, who has something to say about it`;
		this.#board = new BoardLine(address(board), shared);
		this.notebook = new NotebookLine(address(`${board}/notebook`), this.text);
		const room = `${server}/socket.io/?EIO=4&transport=websocket`;
		this.#room = new RoomLine(room, { workshop, token });
	}

	get isHere(): boolean {
		return this.#room.told && this.#board.synced && this.notebook.synced;
	}

	connect(): void {
		this.#room.connect();
		this.#board.connect();
		this.notebook.connect();
	}
}

async function reached(isHere: () => number, all: number): Promise<Crowded> {
	const began = performance.now();
	const since = () => performance.now() - began;
	let half = 0;
	let most = 0;
	for (let here = isHere(); here < all; here = isHere()) {
		await pause(25);
		if (here >= all / 2) half ||= since();
		if (here >= all * 0.99) most ||= since();
	}
	const ms = since();
	return { ms, half: half || ms, most: most || ms, connections, otherContent: 0 };
}

const place = JSON.parse(process.argv[2]!) as Place & { clients: number };
const shared = new SharedBoard();
let people: Person[] = [];
const here = () => people.filter(({ isHere }) => isHere).length;

/** People whose card is not on the board, or not in their own notebook. */
function otherContent(): number {
	const shown = new Set(readBoard(shared.doc).cards.map(({ fields }) => fields[FIELD]));
	return people.filter(({ text, notebook }) => {
		const own = readNotebook(notebook.doc).map(({ fields }) => fields[FIELD]);
		return !shown.has(text) || own.length !== 1 || own[0] !== text;
	}).length;
}

async function answer(asked: ToCrowd): Promise<Crowded> {
	switch (asked.ask) {
		case 'join': {
			const began = performance.now();
			const join = (at: number) =>
				post(`${place.url}/api/v1/join`, { code: asked.code, name: `Number ${at}` }, null);
			const joined = await Promise.all(Array.from({ length: place.clients }, (_, at) => join(at)));
			people = joined.map(
				(one, at) => new Person(place, shared, (one as { token: string }).token, at)
			);
			const ms = performance.now() - began;
			return { ms, half: ms, most: ms, connections, otherContent: 0 };
		}
		case 'come': {
			for (const person of people) person.connect();
			const came = await reached(here, people.length);
			while (otherContent() > 0) await pause(100);
			return came;
		}
		case 'await-return':
			connections = 0;
			return { ms: 0, half: 0, most: 0, connections: 0, otherContent: otherContent() };
		case 'returned': {
			const back = await reached(here, people.length);
			return { ...back, otherContent: otherContent() };
		}
	}
}

process.on('message', (asked: ToCrowd) => {
	void answer(asked).then((answered) => process.send!(answered));
});
process.on('disconnect', () => process.exit());
