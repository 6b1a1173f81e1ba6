/** The people of the tests: Ada facilitates; Ben and Chidi take part. They come by the doors that all use. */
import { nanoid } from 'nanoid';
import { io, type Socket } from 'socket.io-client';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { BoardValue } from '#shared/doc/contents.ts';
import { addCard, ownAuthor } from '#shared/doc/notebook.ts';
import { readBoard } from '#shared/doc/read.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { Phase } from '#shared/exercises/format.ts';
import type { Command } from '#shared/facilitation/commands.ts';
import type { WorkshopView } from '#shared/facilitation/view.ts';
import type { BoardId, CardId, WorkshopId } from '#shared/ids.ts';
import { isRefusal } from '#shared/refusals.ts';
import type { ClientToServer, Outcome, ServerToClient } from '#shared/wire/events.ts';
import type { TestApp } from './app.ts';
import { until } from './until.ts';

/** What the API says, as far as tests look into it. */
interface Body {
	[key: string]: unknown;
	id: string;
	code: string;
	version: number;
	board: string;
	token: string;
	participant: string;
	workshop: string;
	state: Body;
	error: { code: string; message: string };
}
export interface Answer {
	status: number;
	body: Body;
	headers: Headers;
}

export interface Asking {
	method?: string;
	body?: unknown;
	token?: string;
	cookie?: string;
	origin?: string | null;
}

/** Asks over HTTP; where a cookie goes with it, so does the server's own Origin, as in a browser. */
export async function ask(url: string, path: string, asking: Asking = {}): Promise<Answer> {
	const { body, token, cookie } = asking;
	const origin = asking.origin === undefined && cookie ? url : asking.origin;
	const response = await fetch(url + path, {
		method: asking.method ?? (body === undefined ? 'GET' : 'POST'),
		redirect: 'manual',
		headers: {
			...(body === undefined ? {} : { 'content-type': 'application/json' }),
			...(token ? { authorization: `Bearer ${token}` } : {}),
			...(cookie ? { cookie } : {}),
			...(origin ? { origin } : {})
		},
		...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) })
	});
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.startsWith('application/json');
	return {
		status: response.status,
		body: (isJson ? JSON.parse(text) : { text }) as Body,
		headers: response.headers
	};
}

export const PASSWORD = 'correct horse battery';

export interface Ada {
	account: string;
	token: string;
	/** A workshop of hers, its doors open. */
	open(form?: {
		agenda?: unknown[];
		anonymous?: boolean;
	}): Promise<{ id: WorkshopId; code: string }>;
	command(workshop: WorkshopId, command: Command): Promise<Answer>;
	/** Starts the agenda's first exercise and goes on to this phase. */
	run(workshop: WorkshopId, phase?: string): Promise<BoardId>;
}

/** A facilitator with an account and a token. */
export async function comeAda(server: TestApp, email = 'ada@example.org'): Promise<Ada> {
	const account = await server.app.accounts.add(email, PASSWORD);
	if (isRefusal(account)) throw new Error(account.refused);
	const token = await server.app.accounts.token(email);
	if (typeof token !== 'string') throw new Error(token.refused);
	const post = async (path: string, body: unknown) => {
		const answer = await ask(server.url, `/api/v1/${path}`, { token, body });
		if (answer.status >= 400) throw new Error(`${path}: ${answer.body.error.code}`);
		return answer.body;
	};
	return {
		account: account.id,
		token,
		async open(form = {}) {
			const title = 'A day in Dakar';
			const { id, code } = await post('workshops', { title, agenda: ['barrier'], ...form });
			await post(`workshops/${id}/commands`, { type: 'open' });
			return { id, code };
		},
		command: (workshop, body) =>
			ask(server.url, `/api/v1/workshops/${workshop}/commands`, { token, body }),
		async run(workshop, phase = 'write') {
			const { board } = await post(`workshops/${workshop}/commands`, {
				type: 'start',
				exercise: 0
			});
			if (phase !== 'brief') await post(`workshops/${workshop}/commands`, { type: 'go', phase });
			return board;
		}
	};
}

export interface Person {
	participant: string;
	workshop: WorkshopId;
	token: string;
	cookie: string;
}

/** Someone who joins with the code. */
export async function join(server: { url: string }, code: string, name?: string): Promise<Person> {
	const { status, body, headers } = await ask(server.url, '/api/v1/join', {
		body: { code, ...(name === undefined ? {} : { name }) }
	});
	if (status !== 200) throw new Error(`join: ${body.error.code}`);
	const cookie = headers.getSetCookie()[0]!.split(';')[0]!;
	return { participant: body.participant, workshop: body.workshop, token: body.token, cookie };
}

type News = keyof ServerToClient;

export interface Hearing {
	socket: Socket<ServerToClient, ClientToServer>;
	/** Everything of one kind that came, oldest first. */
	all<N extends News>(news: N): Parameters<ServerToClient[N]>[];
	last<N extends News>(news: N): Parameters<ServerToClient[N]> | undefined;
	state(): WorkshopView;
	send(command: Command, more?: { id?: string; version?: number }): Promise<Outcome>;
	close(): void;
}

/** A live socket of somebody; it hears its first state before it is given. */
export async function listen(
	server: { url: string },
	workshop: WorkshopId,
	as: { token?: string; cookie?: string; screen?: string; origin?: string }
): Promise<Hearing> {
	const { token, screen, cookie } = as;
	const origin = as.origin ?? (cookie ? server.url : undefined);
	const socket: Socket<ServerToClient, ClientToServer> = io(server.url, {
		transports: ['websocket'],
		forceNew: true,
		reconnectionDelay: 20,
		reconnectionDelayMax: 50,
		auth: { workshop, ...(token ? { token } : {}), ...(screen ? { screen } : {}) },
		extraHeaders: { ...(cookie ? { cookie } : {}), ...(origin ? { origin } : {}) }
	});
	const heard: { news: string; told: unknown[] }[] = [];
	socket.onAny((news: string, ...told: unknown[]) => heard.push({ news, told }));
	const all = <N extends News>(news: N) =>
		heard.filter((one) => one.news === news).map((one) => one.told) as Parameters<
			ServerToClient[N]
		>[];
	const last = <N extends News>(news: N) => all(news).at(-1);
	const state = () => last('state:changed')?.[0] as WorkshopView;
	await new Promise<void>((resolve, reject) => {
		const turnedAway = (error: Error) => {
			socket.close();
			reject(error);
		};
		socket.once('connect_error', turnedAway);
		socket.once('state:changed', () => {
			socket.off('connect_error', turnedAway); // later on it comes back by itself
			resolve();
		});
	});
	return {
		socket,
		all,
		last,
		state,
		send: (command, more = {}) => socket.emitWithAck('command', { id: nanoid(), ...more, command }),
		close: () => void socket.close()
	};
}

export interface Writing {
	notebook: Y.Doc;
	board: Y.Doc;
	/** Puts a card down in a column of `barrier`. */
	put(text: string, column?: string): CardId;
	seen(): BoardValue;
	/** The connections below. */
	providers: { notebook: WebsocketProvider; board: WebsocketProvider };
	close(): void;
}

/** Somebody's notebook and board, through the stock client of y-websocket. */
export async function write(
	server: { url: string },
	board: BoardId,
	token: string,
	/** Of somebody without a device, the notebook; else one's own. */
	seat?: string
): Promise<Writing> {
	const exercise = findExercise('barrier')!;
	const connect = (room: string) => {
		const doc = new Y.Doc();
		const provider = new WebsocketProvider(`${server.url.replace('http', 'ws')}/yjs`, room, doc, {
			WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
			disableBc: true,
			params: { token, ...(seat === undefined ? {} : { seat }) }
		});
		return { doc, provider };
	};
	const own = connect(`${board}/notebook`);
	const shared = connect(board);
	await until(() => ownAuthor(own.doc) && shared.provider.synced, { what: 'both documents' });
	return {
		notebook: own.doc,
		board: shared.doc,
		put(text, column = exercise.columns[0]!.id) {
			const id = nanoid();
			const main = exercise.fields.find((field) => field.main)!.id;
			addCard(own.doc, exercise, { id, column, order: 'a0', fields: { [main]: text } });
			return id;
		},
		seen: () => readBoard(shared.doc),
		providers: { notebook: own.provider, board: shared.provider },
		close() {
			own.provider.destroy();
			shared.provider.destroy();
		}
	};
}

/** Runs somebody's command, as the API and the sockets do. */
export async function give(
	server: TestApp,
	workshop: WorkshopId,
	{ token }: { token: string },
	command: Command,
	more: { id?: string; version?: number } = {}
): Promise<Outcome> {
	const credentials = { cookies: '', token, screen: null, address: '' };
	const who = await server.app.workshops.who(workshop, credentials);
	return server.app.workshops.run(workshop, who, { id: nanoid(), ...more, command });
}

/** Somebody has put a card down on a board that is in this phase now. */
export async function putCard(
	server: TestApp,
	{ ada, workshop, by, phase }: { ada: Ada; workshop: WorkshopId; by: Person; phase: Phase }
): Promise<{ board: BoardId; card: CardId }> {
	const board = await ada.run(workshop);
	const writing = await write(server, board, by.token);
	const card = writing.put('Nobody had time');
	await until(() => server.app.rooms.counts(board).then(({ cards }) => cards === 1));
	await ada.command(workshop, { type: 'go', phase });
	await until(() => writing.seen().cards.length === 1, { what: 'the card on the board' });
	writing.close();
	return { board, card };
}
