/** One port: Kit's pages and API, Socket.IO, and the boards' sockets under `/yjs/`. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isIPv6, type AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import type { Plenary } from './app.ts';
import { TOLD, type KitHandler } from './kit.ts';
import { createSockets } from './sockets/server.ts';
import { createUpgrades, turnAway } from './upgrades.ts';

/** On every answer, whoever gives it: pages, API, files, Socket.IO. Pages have a longer policy of Kit's. */
const HEADERS = {
	'content-security-policy': "frame-ancestors 'none'",
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': 'camera=(), microphone=(), geolocation=()',
	'referrer-policy': 'same-origin',
	'x-content-type-options': 'nosniff'
};

/** Requests that are under way when the server stops have this long. */
const LAST_REQUESTS = 1000;

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
	const server = createServer({ headersTimeout: 10_000, requestTimeout: 60_000 });

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

	globalThis.plenary = app; // before Kit is loaded: see src/hooks.server.ts
	const handler = await kit(server);
	server.on('request', (request, response) => {
		if (!handler) return void response.writeHead(404).end();
		request.headers[TOLD.address] = addressOf(request);
		request.headers[TOLD.protocol] = origin.startsWith('https:') ? 'https' : 'http';
		request.headers[TOLD.host] = origin
			? new URL(origin).host
			: (request.headers.host ?? 'localhost');
		answer(handler, request, response);
	});
	const sockets = createSockets(server, app, addressOf); // after: it puts itself before Kit
	server.prependListener('request', (_request, response) => {
		for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
		if (origin.startsWith('https:'))
			response.setHeader('strict-transport-security', 'max-age=31536000');
	});
	const upgrades = createUpgrades(app, addressOf);
	server.on('upgrade', (request, socket, head) => {
		socket.on('error', () => socket.destroy()); // Node has let go of it: nobody else listens yet
		const path = request.url ?? '';
		if (upgrades.isMine(path)) upgrades.accept(request, socket, head);
		else if (!path.startsWith('/socket.io/') && !development) turnAway(socket, '404 Not Found');
	});

	return {
		listen: () =>
			new Promise((resolve) => {
				server.once('error', (error: NodeJS.ErrnoException) =>
					resolve({ unavailable: whyNot(error, port, host) })
				);
				server.listen(port, host, () => resolve({ port: (server.address() as AddressInfo).port }));
			}),
		async stop() {
			upgrades.close();
			await sockets.stop();
			await app.stop();
			const closed = new Promise((resolve) => server.close(resolve));
			server.closeIdleConnections();
			const cut = app.clock.after(LAST_REQUESTS, () => server.closeAllConnections());
			await closed;
			cut();
		}
	};
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
