/**
 * One workshop on one server, with people who write and arrange, all of them through one proxy:
 * what a fault strikes, and how it is found out afterwards whether anything was lost.
 */
import type * as Y from 'yjs';
import { readBoard } from '#shared/doc/read.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { BoardId } from '#shared/ids.ts';
import type { Chance } from '../../tests/support/chance.ts';
import { pause, post } from '../simulated-person.ts';
import { boardContent, notebookContent, readFresh, waits } from './content.ts';
import type { Kind, Seat } from './device.ts';
import type { KillableServer } from './killable-server.ts';
import { Proxy } from './proxy.ts';
import type { Verdict } from './ledger.ts';
import { placementIn, Writer } from './writer.ts';

export interface Found {
	/** Characters that were acknowledged. */
	acknowledged: number;
	/** Cards and placements of which acknowledged words are not there. */
	lost: number;
	doubled: number;
	foreign: number;
}

interface Person {
	name: string;
	token: string;
}

const exercise = findExercise('barrier')!;
const READY_WITHIN = 90_000;

export class Scene {
	readonly server: KillableServer;
	readonly proxy: Proxy;
	readonly chance: Chance;
	readonly writers: Writer[] = [];
	readonly workshop: string;
	readonly board: BoardId;
	readonly code: string;
	#reader: Person | null = null;
	#people = 0;

	private constructor(
		server: KillableServer,
		proxy: Proxy,
		chance: Chance,
		made: { workshop: string; code: string; board: BoardId }
	) {
		this.server = server;
		this.proxy = proxy;
		this.chance = chance;
		this.workshop = made.workshop;
		this.code = made.code;
		this.board = made.board;
	}

	/** A board on which everybody writes openly and arranges. */
	static async open(server: KillableServer, chance: Chance): Promise<Scene> {
		const token = await server.token();
		const api = (path: string, body: unknown) => post(`${server.url}/api/v1/${path}`, body, token);
		const agenda = [{ exercise: exercise.id, writing: 'open' }];
		const { id, code } = (await api('workshops', { title: 'Faults', agenda })) as {
			id: string;
			code: string;
		};
		const command = (body: object) => api(`workshops/${id}/commands`, body);
		await command({ type: 'open' });
		const { board } = (await command({ type: 'start', exercise: 0 })) as { board: BoardId };
		await command({ type: 'go', phase: 'group' });
		await command({ type: 'set-grouping', who: 'everyone' }).catch(() => {}); // it may be so already
		const proxy = new Proxy(chance);
		await proxy.listen();
		proxy.upstream = server.port;
		return new Scene(server, proxy, chance, { workshop: id, code, board });
	}

	/** A person takes a seat. */
	async join(): Promise<Person> {
		const name = `w${(this.#people += 1)}x`;
		const url = `${this.server.url}/api/v1/join`;
		const { token } = (await post(url, { code: this.code, name }, null)) as { token: string };
		return { name, token };
	}

	/** A device of somebody who is here, or comes now. Answers when it can write. */
	async sit(
		kind: Kind,
		{ person, now = Date.now }: { person?: Person; now?: () => number } = {}
	): Promise<Writer> {
		const { token } = person ?? (await this.join());
		const seat: Seat = {
			name: `d${this.writers.length}x`,
			url: `ws://127.0.0.1:${this.proxy.port}`,
			token,
			board: this.board,
			exercise,
			now
		};
		const writer = new Writer(kind, seat, this.chance);
		this.writers.push(writer);
		await reached(() => writer.isReady, READY_WITHIN, `${seat.name} has its documents`);
		return writer;
	}

	type(): void {
		for (const writer of this.writers) writer.type();
	}

	async rest(): Promise<void> {
		await Promise.all(this.writers.map((writer) => writer.rest()));
	}

	/** The server is up again, perhaps elsewhere. */
	async start(): Promise<void> {
		this.proxy.upstream = 0;
		await this.server.start();
		this.proxy.upstream = this.server.port;
	}

	/**
	 * Waits until every device (of these) has everything acknowledged, and they and the server have
	 * the same content. Answers how long that took, in ms; throws where it does not come.
	 */
	async agree(within: number, writers: Writer[] = this.writers): Promise<number> {
		const began = performance.now();
		let why = '';
		for (;;) {
			why = await this.#disagreement(writers).catch(String);
			if (why === '') return performance.now() - began;
			if (performance.now() - began > within)
				throw new Error(`After ${within / 1000} s they do not agree: ${why}`);
			await pause(25);
		}
	}

	/** Judges what a fresh reader gets of the board, by what was acknowledged. */
	async judge(): Promise<Found> {
		const { token } = await this.#eye();
		return this.judgeDocument(await readFresh(this.server.url, token, this.board));
	}

	/** Judges what another server has, by what was acknowledged at an earlier moment. */
	async judgeAt(url: string, token: string, then: Acknowledged): Promise<Found> {
		return this.judgeDocument(await readFresh(url, token, this.board), then);
	}

	/**
	 * The server was ended, and is started while nobody can reach it: what it has by itself, before
	 * any device brings its words again, is all that was acknowledged, or shown to others.
	 */
	async comeBackAlone(): Promise<void> {
		this.proxy.upstream = 0;
		this.proxy.cutAll();
		await pause(50); // what was told until then has been heard
		const then = this.acknowledged();
		await this.server.start();
		const { token } = await this.#eye();
		const doc = await readFresh(this.server.url, token, this.board);
		judgedGood(this.judgeDocument(doc, then), 'what the server has by itself');
		if (this.#hasShownMore(doc)) throw new Error('Words were shown that were not in the database.');
		this.proxy.upstream = this.server.port;
	}

	/** When a device next hears that something is saved. */
	acknowledgement(): Promise<void> {
		return new Promise((done) => {
			for (const { words } of this.writers) words.heard = done;
		});
	}

	judgeDocument(doc: Y.Doc, then: Acknowledged = this.acknowledged()): Found {
		const verdicts: Verdict[] = [];
		const { cards } = readBoard(doc);
		for (const [at, { words, places }] of this.writers.entries()) {
			const sure = then[at]!;
			for (const id of words.ids)
				verdicts.push(words.judge(id, this.writers[at]!.textIn(cards, id), sure.words));
			for (const id of places.ids)
				verdicts.push(places.judge(id, placementIn(doc, id), sure.places));
		}
		const known = new Set(this.writers.flatMap(({ words }) => words.ids));
		const count = (verdict: Verdict) => verdicts.filter((one) => one === verdict).length;
		return {
			acknowledged: this.writers.reduce((sum, { words }) => sum + words.characters, 0),
			lost: count('lost'),
			doubled: count('doubled'),
			foreign: count('foreign') + cards.filter(({ id }) => !known.has(id)).length
		};
	}

	/** How much of each device is acknowledged now. */
	acknowledged(): Acknowledged {
		return this.writers.map(({ words, places }) => ({
			words: words.acknowledged,
			places: places.acknowledged
		}));
	}

	/** The words on everybody's board: all of them have come from the server. */
	shown(): string {
		const words = this.writers.map(({ board }) =>
			readBoard(board.doc).cards.map(({ id, fields }) => [id, fields])
		);
		return JSON.stringify(words.map((cards) => cards.sort(([a], [b]) => (a! < b! ? -1 : 1))));
	}

	/** Everybody goes, and the network with them. */
	close(): void {
		for (const writer of this.writers) writer.leave();
		this.proxy.close();
	}

	#hasShownMore(there: Y.Doc): boolean {
		const { cards } = readBoard(there);
		return this.writers.some(({ board }) => {
			const shown = readBoard(board.doc).cards;
			return this.writers.some((writer) =>
				writer.words.ids.some((id) => {
					const text = writer.textIn(shown, id);
					return text !== undefined && writer.words.isOlder(id, writer.textIn(cards, id), text);
				})
			);
		});
	}

	/** In a sentence; empty where there is none. */
	async #disagreement(writers: Writer[]): Promise<string> {
		for (const { seat, kind, isSettled, words, places, notebook, board } of writers) {
			if (!isSettled)
				return `${seat.name} (${kind}) has ${words.acknowledged} of ${words.made} changes and ${places.acknowledged} of ${places.made} places acknowledged${notebook.refusal ? `, refused: ${notebook.refusal}` : ''}${board.synced && notebook.synced ? '' : ', and is not in step'}`;
			if (waits(notebook.doc) || waits(board.doc)) return `${seat.name} has something that waits`;
		}
		const first = writers[0]!;
		const same = boardContent(first.board.doc);
		const other = writers.find(({ board }) => boardContent(board.doc) !== same);
		if (other) return `${first.seat.name} and ${other.seat.name} see different boards`;
		const { token } = await this.#eye();
		const fresh = await readFresh(this.server.url, token, this.board);
		if (waits(fresh)) return 'the server has something that waits';
		if (boardContent(fresh) !== same) return `the server has another board than the devices`;
		for (const { seat, notebook } of writers) {
			const own = await readFresh(this.server.url, seat.token, `${this.board}/notebook`);
			if (notebookContent(own) !== notebookContent(notebook.doc))
				return `the server has another notebook than ${seat.name}`;
		}
		return '';
	}

	/** Somebody who only looks. */
	async #eye(): Promise<Person> {
		return (this.#reader ??= await this.join());
	}
}

/** Throws where something is wrong. */
export function judgedGood({ lost, doubled, foreign }: Found, where: string): void {
	if (lost + doubled + foreign > 0)
		throw new Error(`In ${where}: ${lost} lost, ${doubled} doubled, ${foreign} foreign.`);
}

export type Acknowledged = { words: number; places: number }[];

/** Waits for it; throws with what it was where it does not come. */
export async function reached(
	condition: () => boolean | Promise<boolean>,
	within: number,
	what: string
): Promise<void> {
	const deadline = performance.now() + within;
	while (!(await condition())) {
		if (performance.now() > deadline) throw new Error(`Not within ${within / 1000} s: ${what}`);
		await pause(20);
	}
}
