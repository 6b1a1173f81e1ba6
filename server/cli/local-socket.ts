/**
 * The local socket in DATA_DIR by which the command line asks a running server: the embedded
 * database admits one process. One request a connection, a line of JSON each way, and after the
 * answer to `backup` the archive. Who may open the socket's file is who may do everything, so it
 * belongs to the server's user alone.
 */
import { createHash } from 'node:crypto';
import { rmSync, statSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import * as v from 'valibot';
import {
	answerSchema,
	requestSchema,
	type Admin,
	type AdminAnswer,
	type AdminRequest
} from './admin.ts';

/** The system's limit for a socket's path, with room for its final zero. */
const LONGEST_PATH = 100;
const LONGEST_LINE = 64 * 1024;

export function localSocketPath(dataDir: string): string {
	const path = join(dataDir, 'plenary.sock');
	if (Buffer.byteLength(path) <= LONGEST_PATH) return path;
	const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
	return join(tmpdir(), `plenary-${name}.sock`);
}

/** Listens until it is closed. Where another server has this folder's socket, there is none. */
export async function openLocalSocket(
	dataDir: string,
	admin: Admin,
	log: Logger
): Promise<{ close(): void }> {
	const path = localSocketPath(dataDir);
	if (await ask(path, { command: 'list' })) {
		log.warn('another server listens for the command line in this folder');
		return { close: () => {} };
	}
	rmSync(path, { force: true }); // left behind by one that was killed

	const open = new Set<Socket>();
	const server = createServer((socket) => {
		open.add(socket);
		socket.on('close', () => open.delete(socket));
		socket.on('error', () => socket.destroy());
		answer(socket, admin).catch((error: unknown) => {
			log.error({ err: error }, 'a command line was not answered');
			socket.end(
				`${JSON.stringify({ ok: false, lines: ['The server could not do it; its log says why.'] })}\n`
			);
		});
	});
	// The file is made with these rights: there is no moment in which others could open it.
	const before = process.umask(0o177);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(path, resolve);
		process.umask(before);
	});
	server.unref();
	return {
		close() {
			server.close();
			// A backup under way would hold up a server that stops.
			for (const socket of open) socket.destroy();
		}
	};
}

async function answer(socket: Socket, admin: Admin): Promise<void> {
	const request = v.safeParse(requestSchema, parse(await readLine(socket)));
	if (!request.success)
		return void socket.end(
			`${JSON.stringify({ ok: false, lines: ['The running server does not know this command.'] })}\n`
		);
	const { following, ...said } = await admin(request.output);
	if (!following) return void socket.end(`${JSON.stringify(said)}\n`);
	socket.write(`${JSON.stringify(said)}\n`);
	// What fails from here on leaves it without its end, by which whoever asked knows.
	await following(socket);
}

/** Asks the running server; null where none runs. */
export async function ask(path: string, request: AdminRequest): Promise<AdminAnswer | null> {
	return (await askFor(path, request))?.answer ?? null;
}

/** The same, with what follows the answer: nothing after most. */
export async function askFor(
	path: string,
	request: AdminRequest
): Promise<{ answer: AdminAnswer; following: Readable } | null> {
	try {
		// In a shared folder for temporary files anybody could lie in wait for passwords.
		if (process.getuid && statSync(path).uid !== process.getuid()) return null;
		const socket = createConnection(path);
		await new Promise<void>((resolve, reject) => {
			socket.once('connect', resolve);
			socket.once('error', reject);
		});
		socket.write(`${JSON.stringify(request)}\n`);
		return { answer: v.parse(answerSchema, parse(await readLine(socket))), following: socket };
	} catch {
		return null;
	}
}

/** A line, and not a byte more: what comes behind it is for whoever reads on. */
async function readLine(socket: Socket): Promise<string> {
	const read: Buffer[] = [];
	let length = 0;
	// The connection outlives its first line: the answer goes back on it.
	for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
		const end = chunk.indexOf(10);
		read.push(end < 0 ? chunk : chunk.subarray(0, end));
		length += chunk.length;
		if (end >= 0) {
			if (end + 1 < chunk.length) socket.unshift(chunk.subarray(end + 1));
			break;
		}
		if (length > LONGEST_LINE) break;
	}
	return Buffer.concat(read).toString();
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
