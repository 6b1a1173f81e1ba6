/**
 * Upgrades under `/yjs/`: from a request to a seat at a board. Who may not come is accepted first
 * and closed with a code at once, since a browser never shows a page the status of a failed upgrade.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { LIMITS } from '#shared/doc/schema.ts';
import type { Who } from '#shared/permissions.ts';
import type { ParticipantId, WorkshopId } from '#shared/ids.ts';
import { isRefusal } from '#shared/refusals.ts';
import { CLOSE, type CloseCode } from '#shared/wire/close-codes.ts';
import { holderOf } from './access.ts';
import type { Credentials, Plenary } from '#server/app.ts';
import type { NewsItem } from '#server/news.ts';
import type { Revalidation } from './revalidation.ts';
import type { TurnAway } from './turn-away.ts';
import type { Connecting } from '#server/yjs/ports.ts';

const PATH = /^\/yjs\/([A-Za-z0-9_-]{6,40})(\/notebook)?$/;
/** Two a board and tab; a person may have many tabs, and a flood has more. */
const SOCKETS_A_PERSON = 80;
/** Whoever cannot be admitted within this is let go of. */
const PATIENCE = 10_000;
/** Whoever does not answer our goodbye within this is let go of, too. */
const GOODBYE = 2000;
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
	/** Whose notebook it has open, or might. */
	seat: ParticipantId | null;
}

type Admission = { connecting: Connecting; workshop: WorkshopId } | { close: CloseCode };

export function createUpgrades(
	app: Plenary,
	deps: {
		addressOf: (request: IncomingMessage) => string;
		revalidation: Revalidation;
		turnAway: TurnAway;
	}
): Upgrades {
	const { addressOf, revalidation, turnAway } = deps;
	const settings = {
		noServer: true,
		perMessageDeflate: false,
		maxPayload: LARGEST_FRAME,
		closeTimeout: GOODBYE // known to `ws`, and not yet to its types
	};
	const server = new WebSocketServer(settings);
	server.on('wsClientError', (_error, socket) => turnAway(socket, '400 Bad Request'));
	const guests = new Map<WebSocket, Guest>();
	/** How many sockets somebody has. */
	const open = new Map<string, number>();
	let leaving = false;

	app.gauge('board_sockets', () => guests.size);
	// A session that has ended, a seat that was taken away, and a workshop that is gone, let go of
	// what they had opened.
	app.news.listen((item) => {
		for (const [socket, guest] of guests) {
			if (hasEnded(item, guest)) letGo(socket, CLOSE.unauthenticated);
			if (item.kind === 'deleted' && item.workshop === guest.workshop)
				letGo(socket, CLOSE.noSuchBoard);
		}
	});

	const isFull = (who: Who) =>
		who.role !== 'screen' && (open.get(holderOf(who)) ?? 0) >= SOCKETS_A_PERSON;

	function count(who: Who, one: 1 | -1): void {
		const many = (open.get(holderOf(who)) ?? 0) + one;
		if (many > 0) open.set(holderOf(who), many);
		else open.delete(holderOf(who));
	}

	async function admit(url: URL, credentials: Credentials): Promise<Admission> {
		const [, board, notebook] = PATH.exec(url.pathname) ?? [];
		const workshop = board === undefined ? null : await app.stored.ofBoard(board);
		const who = workshop === null ? null : await app.workshops.who(workshop, credentials);
		// Whose it is not hears that it is not there, whether or not it is.
		if (board === undefined || workshop === null || who === null || who.role === 'visitor') {
			const known = await app.access.isSomebody(credentials);
			return { close: known ? CLOSE.noSuchBoard : CLOSE.unauthenticated };
		}
		if (notebook !== undefined && who.role === 'screen') return { close: CLOSE.notAllowed };
		if (leaving || isFull(who)) return { close: CLOSE.tryAgain };
		const asked = notebook === undefined ? null : url.searchParams.get('seat');
		const other = asked === null ? null : await app.access.seatFor(workshop, who, asked);
		if (isRefusal(other))
			return { close: other.refused === 'not-allowed' ? CLOSE.notAllowed : CLOSE.noSuchBoard };
		const connecting: Connecting = {
			board,
			document: notebook === undefined ? 'board' : 'notebook',
			who,
			seat: other?.id ?? (await app.access.seat(workshop, who)),
			account: other === null && 'account' in who ? who.account : null,
			ack: url.searchParams.get('ack') === '1',
			epoch: url.searchParams.get('epoch')
		};
		return { connecting, workshop };
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
		const enough = app.clock.after(PATIENCE, () => socket.destroy());
		const admission = await admit(url, credentials).catch((error: unknown): Admission => {
			app.fault(error, 'an upgrade could not be admitted');
			return { close: CLOSE.tryAgain };
		});
		enough();
		server.handleUpgrade(request, socket, head, (webSocket) => {
			// A frame too large, or no frame at all: `ws` says which, reads no more, and waits for GOODBYE.
			webSocket.on('error', () => {});
			if ('close' in admission) return webSocket.close(admission.close);
			const { connecting, workshop } = admission;
			const { who, seat } = connecting;
			const end = () => letGo(webSocket, CLOSE.unauthenticated);
			const forget = revalidation.watch({ workshop, who, credentials, end });
			guests.set(webSocket, { workshop, who, seat });
			count(who, 1);
			webSocket.on('close', () => {
				guests.delete(webSocket);
				count(who, -1);
				forget();
			});
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

/** Closes it and hears nothing more of it: until it says goodbye as well, it might go on writing. */
function letGo(socket: WebSocket, code: CloseCode): void {
	socket.removeAllListeners('message');
	socket.close(code);
}

/** Whether this news ends what somebody has open. */
function hasEnded(item: NewsItem, { workshop, who, seat }: Guest): boolean {
	const account = 'account' in who ? who.account : undefined;
	if (item.kind === 'logged-out') return item.account === account;
	if (item.kind !== 'access-ended' || item.workshop !== workshop) return false;
	if (seat !== null && item.participant === seat) return true;
	if (who.role === 'participant') return item.participant === who.participant;
	if (who.role === 'screen') return item.screens === true;
	return account !== undefined && item.account === account;
}
