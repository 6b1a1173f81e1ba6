/** One seat and one document of those who send what no client sends. */
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { makeGroup, place } from '#shared/doc/board.ts';
import {
	addCard,
	deleteCard,
	editText,
	fieldText,
	ownAuthor,
	setField
} from '#shared/doc/notebook.ts';
import { readNotebook } from '#shared/doc/read.ts';
import { placementsOf } from '#shared/doc/schema.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import { writeAwareness, writeStep1, writeStep2, writeUpdate } from '#shared/wire/yjs-frames.ts';
import type { Chance } from '../tests/support/chance.ts';
import { MUTATIONS } from './mutation.ts';

const exercise = findExercise('barrier')!;
/** Frames that go out without waiting for what becomes of them. */
const BURST = 4;
/** Frames on one connection before its budget could end it. */
const MOST_ON_ONE = 160;
/** Frames of its own that a lane has at hand. */
const POOL = 100;

/** What has been sent, and what became of it. */
export interface Sent {
	/** Frames that were sent, and those of them that the server has read: a refused one is the last. */
	sent: number;
	read: number;
	connections: number;
	/** How often a socket ended so. */
	codes: Record<string, number>;
	mutations: Record<string, number>;
}

interface LaneOptions {
	url: string;
	/** Whose lane it is. */
	seat: number;
	token: string;
	document: 'board' | 'notebook';
	chance: Chance;
	/** What others have sent. */
	corpus: Uint8Array[];
	report: Sent;
}

/** One seat and one document: connects, sends, is closed, and comes again. */
export class Lane {
	readonly #options: LaneOptions;
	/** Its notebook, as the server told it last. */
	#state: Uint8Array | null = null;
	readonly #pool: Uint8Array[] = [];

	constructor(options: LaneOptions) {
		this.#options = options;
	}

	async run(isOver: () => boolean, after: () => void): Promise<void> {
		while (!isOver()) {
			await this.#connect(isOver);
			after();
		}
	}

	async #connect(isOver: () => boolean): Promise<void> {
		const { url, token, document, report } = this.#options;
		const path = document === 'notebook' ? '/notebook' : '';
		const socket = new WebSocket(`${url}${path}?token=${token}`);
		const closed = new Promise<number>((resolve) => socket.once('close', resolve));
		socket.on('error', () => {});
		const opened = new Promise<void>((resolve) => socket.once('open', () => resolve()));
		await Promise.race([opened, closed]);
		report.connections += 1;
		if (document === 'notebook' && !this.#state) await this.#learn(socket, closed);
		for (let sent = 0; sent < MOST_ON_ONE && !isOver(); sent += BURST) {
			if (!(await this.#burst(socket, closed))) break;
		}
		socket.close();
		const code = await closed;
		report.codes[code] = (report.codes[code] ?? 0) + 1;
	}

	/** Asks for the notebook, as any client does. */
	async #learn(socket: WebSocket, closed: Promise<unknown>): Promise<void> {
		const doc = new Y.Doc();
		const told = new Promise<void>((resolve) =>
			socket.on('message', (data: Buffer) => {
				if (data[0] !== 0 || data[1] !== 1) return;
				const long = data.byteLength - 2 < 129 ? 3 : 4;
				Y.applyUpdate(doc, data.subarray(long));
				resolve();
			})
		);
		socket.send(writeStep1(Y.encodeStateVector(doc)));
		await Promise.race([told, closed]);
		this.#state = Y.encodeStateAsUpdate(doc);
	}

	/** Each frame is followed by a ping: what is answered, was read before. Whether it may go on. */
	async #burst(socket: WebSocket, closed: Promise<unknown>): Promise<boolean> {
		const { report } = this.#options;
		let answered = 0;
		const all = new Promise<true>((resolve) =>
			socket.on('pong', () => {
				if ((answered += 1) === BURST) resolve(true);
			})
		);
		for (let sent = 0; sent < BURST && socket.readyState === socket.OPEN; sent += 1) {
			socket.send(this.#frame());
			socket.ping();
			report.sent += 1;
		}
		const goesOn = await Promise.race([all, closed.then(() => false)]);
		socket.removeAllListeners('pong');
		report.read += goesOn ? BURST : answered + 1;
		return goesOn;
	}

	#frame(): Uint8Array {
		const { chance, corpus, report } = this.#options;
		const name = chance.one(Object.keys(MUTATIONS));
		report.mutations[name] = (report.mutations[name] ?? 0) + 1;
		const frame = chance.below(3) === 0 ? chance.one(corpus) : this.#own();
		const others = chance.below(2) || this.#pool.length === 0 ? corpus : this.#pool;
		return MUTATIONS[name]!(frame, chance, others);
	}

	/** A frame that would be taken, or has been. */
	#own(): Uint8Array {
		const { chance } = this.#options;
		if (this.#pool.length > 0 && chance.below(8) > 0) return chance.one(this.#pool);
		const made = this.#make();
		if (this.#pool.length < POOL) this.#pool.push(made);
		else this.#pool[chance.below(POOL)] = made;
		return made;
	}

	#make(): Uint8Array {
		const { chance, document, seat } = this.#options;
		const doc = new Y.Doc();
		doc.clientID = chance.below(2 ** 32);
		if (document === 'notebook' && this.#state) Y.applyUpdate(doc, this.#state);
		if (chance.below(12) === 0) return writeStep1(Y.encodeStateVector(doc));
		if (chance.below(12) === 0) return presenceOf(doc.clientID, chance);
		const before = Y.encodeStateVector(doc);
		if (document === 'board') arrange(doc, chance);
		else if (ownAuthor(doc)) writeSomething(doc, chance, seat);
		if (chance.below(8) === 0) return writeStep2(Y.encodeStateAsUpdate(doc));
		return writeUpdate(Y.encodeStateAsUpdate(doc, before));
	}
}

function writeSomething(doc: Y.Doc, chance: Chance, seat: number): void {
	const id = `card-${seat}-${chance.below(60)}`;
	const there = readNotebook(doc).some((card) => card.id === id);
	if (!there)
		addCard(doc, exercise, {
			id,
			column: chance.one(exercise.columns).id,
			order: `a${chance.below(90) + 10}`,
			draft: chance.below(2) === 0,
			fields: { stoppedUs: 'no time 👍🏽 没有时间' }
		});
	const text = fieldText(doc, id, 'stoppedUs');
	if (text) editText(text, `${'no money '.repeat(chance.below(9))}لا وقت`);
	if (chance.below(4) === 0) setField(doc, id, chance.one(exercise.fields).id, 'echo');
	if (chance.below(6) === 0) deleteCard(doc, id);
}

function arrange(doc: Y.Doc, chance: Chance): void {
	const card = `card-${chance.below(60)}`;
	const at = { column: chance.one(exercise.columns).id, order: `b${chance.below(90) + 10}` };
	if (chance.below(3)) place(doc, card, at);
	else
		makeGroup(doc, {
			id: `group-${chance.below(60)}`,
			kind: 'theme',
			title: 'Means',
			cards: [card],
			...at
		});
	if (chance.below(4) === 0) placementsOf(doc).delete(card);
}

function presenceOf(clientId: number, chance: Chance): Uint8Array {
	return writeAwareness(
		encoding.encode((to) => {
			encoding.writeVarUint(to, 1);
			encoding.writeVarUint(to, clientId);
			encoding.writeVarUint(to, chance.below(1000));
			encoding.writeVarString(to, JSON.stringify({ moving: `card-${chance.below(60)}` }));
		})
	);
}
