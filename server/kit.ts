/**
 * SvelteKit as a request handler: its build, or Vite in development. Both are imported through
 * computed paths, so that neither type checking nor a bundler follows them into here.
 */
import { existsSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type * as Vite from 'vite';
import { FILE_LIMITS } from '#shared/workshop-file.ts';

export type KitHandler = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Headers in which `http.ts` tells Kit what it has found out; a client's own are overwritten. */
export const TOLD = {
	protocol: 'x-plenary-protocol',
	host: 'x-plenary-host',
	address: 'x-plenary-address'
} as const;

const builtHandler = fileURLToPath(new URL('../build/handler.js', import.meta.url));

export const isBuilt = (): boolean => existsSync(builtHandler);

/**
 * The built Kit. It reads these variables once, when it is imported. How long a body may be is for
 * `src/hooks.server.ts` to say, route by route, and never longer than this.
 */
export async function builtKit(): Promise<KitHandler> {
	process.env.PROTOCOL_HEADER = TOLD.protocol;
	process.env.HOST_HEADER = TOLD.host;
	process.env.ADDRESS_HEADER = TOLD.address;
	process.env.BODY_SIZE_LIMIT = String(FILE_LIMITS.bytes);
	const { handler } = (await import(pathToFileURL(builtHandler).href)) as { handler: KitHandler };
	return handler;
}

/** Vite with Kit in it; its hot reloading shares the server's port. */
export async function developmentKit(server: Server): Promise<KitHandler> {
	const name = 'vite';
	const { createServer } = (await import(name)) as typeof Vite;
	const vite = await createServer({
		server: { middlewareMode: true, hmr: { server } },
		appType: 'custom'
	});
	server.once('close', () => void vite.close());
	return vite.middlewares;
}
