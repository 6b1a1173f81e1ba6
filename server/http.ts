/** One port: Kit's pages and API, Socket.IO, and the boards' sockets under `/yjs/`. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Plenary } from './app.ts';
import { TOLD, type KitHandler } from './kit.ts';
import { createSockets } from './sockets/server.ts';
import { createUpgrades, turnAway } from './upgrades.ts';

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
		return (last || request.socket.remoteAddress || 'unknown').replace(/^::ffff:/, '');
	};

	globalThis.plenary = app; // before Kit is loaded: see src/hooks.server.ts
	const handler = await kit(server);
	server.on('request', (request, response) => {
		if (!handler) return void response.writeHead(404).end();
		request.headers[TOLD.address] = addressOf(request);
		request.headers[TOLD.protocol] = origin.startsWith('https:') ? 'https' : 'http';
		request.headers[TOLD.host] = origin
			? new URL(origin).host
			: (request.headers.host ?? 'localhost');
		handler(request, response);
	});
	const sockets = createSockets(server, app, addressOf); // after: it puts itself before Kit
	const upgrades = createUpgrades(app, addressOf);
	server.on('upgrade', (request, socket, head) => {
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
