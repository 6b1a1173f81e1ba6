/**
 * Upgrades under `/yjs/`: from a request to a seat at a board. Who may not come is accepted first
 * and closed with a code at once, since a browser never shows a page the status of a failed upgrade.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { LIMITS } from '#shared/doc/schema.ts';
import type { Who } from '#shared/facilitation/commands.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { CLOSE, type CloseCode } from '#shared/wire/close-codes.ts';
import { holderOf } from './access.ts';
import type { Credentials, Plenary } from './app.ts';
import type { Connecting } from './yjs/ports.ts';

const PATH = /^\/yjs\/([A-Za-z0-9_-]{6,40})(\/notebook)?$/;
/** Two a board and tab; a person may have many tabs, and a flood has more. */
const SOCKETS_A_PERSON = 80;
/** A frame's head beside the largest update. */
const LARGEST_FRAME = LIMITS.syncBytes + 1024;

export interface Upgrades {
	isMine(path: string): boolean;
	accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	/** From now on, come back later. */
	close(): void;
}

interface Guest {
	workshop: WorkshopId;
	who: Who;
}

type Admission = { connecting: Connecting; workshop: WorkshopId } | { close: CloseCode };

export function createUpgrades(
	app: Plenary,
	addressOf: (request: IncomingMessage) => string
): Upgrades {
	const server = new WebSocketServer({
		noServer: true,
		perMessageDeflate: false,
		maxPayload: LARGEST_FRAME
	});
	const guests = new Map<WebSocket, Guest>();
	let leaving = false;

	app.gauge('board_sockets', () => guests.size);
	// A session that has ended, and a workshop that is gone, let go of what they had opened.
	app.news.listen((item) => {
		for (const [socket, { workshop, who }] of guests) {
			if (item.kind === 'logged-out' && 'account' in who && who.account === item.account)
				socket.close(CLOSE.unauthenticated);
			if (item.kind === 'deleted' && item.workshop === workshop) socket.close(CLOSE.noSuchBoard);
		}
	});

	const isFull = (who: Who) =>
		who.role !== 'screen' &&
		[...guests.values()].filter((guest) => holderOf(guest.who) === holderOf(who)).length >=
			SOCKETS_A_PERSON;

	async function admit(url: URL, credentials: Credentials): Promise<Admission> {
		const [, board, notebook] = PATH.exec(url.pathname) ?? [];
		const workshop = board === undefined ? null : await app.stored.ofBoard(board);
		if (board === undefined || workshop === null) return { close: CLOSE.noSuchBoard };
		const who = await app.workshops.who(workshop, credentials);
		if (who.role === 'visitor')
			return { close: (await isSomebody(credentials)) ? CLOSE.notAllowed : CLOSE.unauthenticated };
		if (notebook !== undefined && who.role === 'screen') return { close: CLOSE.notAllowed };
		if (leaving || isFull(who)) return { close: CLOSE.tryAgain };
		const connecting: Connecting = {
			board,
			document: notebook === undefined ? 'board' : 'notebook',
			who,
			seat: await app.access.seat(workshop, who),
			ack: url.searchParams.get('ack') === '1',
			epoch: url.searchParams.get('epoch')
		};
		return { connecting, workshop };
	}

	/** Known, though not here: logged in, or a participant of another workshop. */
	async function isSomebody(credentials: Credentials): Promise<boolean> {
		if (await app.accounts.of(credentials)) return true;
		return credentials.token !== null && app.access.isParticipant(credentials.token);
	}

	async function accept(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
		const url = new URL(request.url ?? '/', 'http://plenary');
		const credentials: Credentials = {
			cookies: request.headers.cookie ?? '',
			token: url.searchParams.get('token') || null,
			screen: url.searchParams.get('screen') || null,
			address: addressOf(request),
			as: url.searchParams.get('as') === 'participant' ? 'participant' : undefined
		};
		const { origin = null, host = null } = request.headers;
		const { cookies, token } = credentials;
		if (!app.mayKnock({ origin, host, cookies, token, acts: true }))
			return turnAway(socket, '403 Forbidden');
		if (request.headers.upgrade?.toLowerCase() !== 'websocket')
			return turnAway(socket, '400 Bad Request');

		// All of this is settled before the handshake is answered: no frame can come before its reader.
		const admission = await admit(url, credentials).catch((error: unknown): Admission => {
			app.fault(error, 'an upgrade could not be admitted');
			return { close: CLOSE.tryAgain };
		});
		server.handleUpgrade(request, socket, head, (webSocket) => {
			webSocket.on('error', () => webSocket.terminate()); // a frame too large, or no frame at all
			if ('close' in admission) return webSocket.close(admission.close);
			const { connecting, workshop } = admission;
			guests.set(webSocket, { workshop, who: connecting.who });
			webSocket.on('close', () => guests.delete(webSocket));
			void app.rooms.serve(webSocket, connecting);
		});
	}

	return {
		isMine: (path) => path.startsWith('/yjs/'),
		accept(request, socket, head) {
			accept(request, socket, head).catch((error: unknown) => {
				app.fault(error, 'an upgrade failed');
				socket.destroy();
			});
		},
		close() {
			leaving = true;
		}
	};
}

/** Refuses an upgrade with a status, before there is a WebSocket. */
export function turnAway(socket: Duplex, status: string): void {
	socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
