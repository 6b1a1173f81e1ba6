/** One port: Kit's pages and API, Socket.IO, and the boards' sockets under `/yjs/`. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isIPv6, type AddressInfo, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { addressesOf } from './addresses.ts';
import type { Plenary } from './app.ts';
import { TOLD, type KitHandler } from './kit.ts';
import { headersFor, WORKER } from '#server/doors/headers.ts';
import { createRevalidation } from '#server/doors/revalidation.ts';
import { createSockets } from './sockets/server.ts';
import { createTurnAway, dress } from '#server/doors/turn-away.ts';
import { createUpgrades } from '#server/doors/upgrades.ts';

/** Whoever has not said within this what they want is let go of; it is looked for every second. */
const FIRST_WORDS = 9000;
const LAST_WORDS = 60_000;
/** What Node says of a request that it cannot read. */
const UNREADABLE: Partial<Record<string, string>> = {
	ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
	HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
	HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large'
};

/** When everything is committed, goodbyes and requests that are under way still have this long. */
const LAST_WORD = 1000;
const LEAVING = 'The server stops and will be back in a moment. Please try again then.';

export interface Http {
	/** The port that it got; or why it got none, in a sentence. */
	listen(): Promise<{ port: number } | { unavailable: string }>;
	/** Says goodbye, commits what is under way, and lets go of the port. */
	stop(): Promise<void>;
}

export interface HttpOptions {
	app: Plenary;
	/** Kit, for this server; null where only sockets are served. */
	kit: (server: Server) => Promise<KitHandler | null>;
	development?: boolean;
}

export async function createHttp({ app, kit, development }: HttpOptions): Promise<Http> {
	const { port, host, origin, trustProxy } = app.settings;
	const headers = headersFor(origin);
	const turnAway = createTurnAway(headers);
	const server = createServer({
		headersTimeout: FIRST_WORDS,
		requestTimeout: LAST_WORDS,
		connectionsCheckingInterval: 1000,
		// Node would refuse these by itself, and without our headers; they are nobody's browser.
		requireHostHeader: false
	});

	const addressOf = (request: IncomingMessage): string => {
		const forwarded = trustProxy ? request.headers['x-forwarded-for'] : undefined;
		const last = String(forwarded ?? '')
			.split(',')
			.at(-1)
			?.trim();
		return networkOf(last || request.socket.remoteAddress || 'unknown');
	};

	/** What goes wrong in a request ends that one, and no other. */
	function answer(handler: KitHandler, request: IncomingMessage, response: ServerResponse): void {
		const failed = (error: unknown): void => {
			app.fault(error, 'a request failed');
			if (response.headersSent) response.destroy();
			else response.writeHead(500).end();
		};
		// A file of the build is sent as a stream to which nobody listens: it may have gone meanwhile.
		response.on('pipe', (file: Readable) => file.once('error', failed));
		(async () => handler(request, response))().catch(failed);
	}

	/** All that are open, upgraded ones too, of which Node lets go. */
	const connections = new Set<Socket>();
	server.on('connection', (socket: Socket) => {
		connections.add(socket);
		socket.once('close', () => connections.delete(socket));
	});
	let leaving = false;

	globalThis.plenary = app; // before Kit is loaded: see src/hooks.server.ts
	const handler = await kit(server);
	server.on('request', (request, response) => {
		if (leaving) return turnBack(request, response);
		if (!handler) return void response.writeHead(404).end();
		request.headers[TOLD.address] = addressOf(request);
		request.headers[TOLD.protocol] = origin.startsWith('https:') ? 'https' : 'http';
		request.headers[TOLD.host] = origin
			? new URL(origin).host
			: (request.headers.host ?? 'localhost');
		answer(handler, request, response);
	});
	const revalidation = createRevalidation(app);
	const sockets = createSockets(server, app, { addressOf, revalidation }); // after: it puts itself before Kit
	const workerHeaders = { ...headers, ...WORKER.headers };
	server.prependListener('request', ({ url }, response) => {
		const own = url?.split('?')[0] === WORKER.path ? workerHeaders : headers;
		for (const [name, value] of Object.entries(own)) response.setHeader(name, value);
	});
	server.on('checkExpectation', (_request, response) => {
		response.writeHead(417, headers).end();
	});
	server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
		// Into the middle of an answer, or after it, nothing is said.
		if (!socket.writable || socket.bytesWritten > 0) socket.destroy();
		else turnAway(socket, UNREADABLE[error.code ?? ''] ?? '400 Bad Request');
	});
	const upgrades = createUpgrades(app, { addressOf, revalidation, turnAway });
	server.prependListener('upgrade', (request, socket, head) => {
		socket.on('error', () => socket.destroy()); // Node has let go of it: nobody else listens yet
		const path = request.url ?? '';
		if (upgrades.isMine(path)) upgrades.accept(request, socket, head);
		else if (path.startsWith('/socket.io/')) dress(socket, headers);
		else if (!development) turnAway(socket, '404 Not Found');
	});

	return {
		listen: () =>
			new Promise((resolve) => {
				server.once('error', (error: NodeJS.ErrnoException) =>
					resolve({ unavailable: whyNot(error, port, host) })
				);
				server.listen(port, host, () => {
					const got = (server.address() as AddressInfo).port;
					// The people of a rehearsal come by the same door as all others.
					app.rehearsals.reachedAt(addressesOf(got, host, '')[0]!);
					resolve({ port: got });
				});
			}),
		async stop() {
			leaving = true;
			revalidation.stop();
			upgrades.close();
			// Nobody new comes in. Who has asked for something is answered, or cut short.
			const closed = new Promise((resolve) => server.close(resolve));
			await Promise.all([sockets.stop(), app.stop()]);
			const cut = app.clock.after(LAST_WORD, () => connections.forEach((one) => one.destroy()));
			await closed;
			cut();
		}
	};
}

/** For who asks on a connection that is open already. */
function turnBack({ url }: IncomingMessage, response: ServerResponse): void {
	const isApi = url?.startsWith('/api/');
	response
		.writeHead(503, {
			'content-type': isApi ? 'application/json' : 'text/plain; charset=utf-8',
			'retry-after': '1',
			connection: 'close'
		})
		.end(isApi ? JSON.stringify({ error: { code: 'try-again', message: LEAVING } }) : LEAVING);
}

/** An address as limits count it: behind an IPv6 one stands a whole network of one customer. */
export function networkOf(address: string): string {
	const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase();
	if (!isIPv6(plain)) return plain;
	const [front = '', back] = plain.split('%')[0]!.split('::');
	const before = front === '' ? [] : front.split(':');
	const after = back ? back.split(':').length : 0;
	const filled =
		back === undefined ? before : [...before, ...Array(8 - before.length - after).fill('0')];
	return `${filled.slice(0, 4).join(':')}::/64`;
}

function whyNot(error: NodeJS.ErrnoException, port: number, host: string | undefined): string {
	switch (error.code) {
		case 'EADDRINUSE':
			return `Port ${port} is taken by another program. Stop that one, or choose another port: PORT=${port + 1} npm start`;
		case 'EACCES':
			return `This user may not open port ${port}. Choose one from 1024 up, with PORT.`;
		case 'EADDRNOTAVAIL':
		case 'ENOTFOUND':
			return `${host} (HOST) is not an address of this machine.`;
		default:
			return `Port ${port} could not be opened: ${error.message}.`;
	}
}
