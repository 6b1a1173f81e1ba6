/** The other end of a document's connection: real sockets, a real Y.Doc, and commits by hand. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, WebSocket } from 'ws';
import * as Y from 'yjs';
import {
	readClientFrame,
	writeCommitted,
	writeEpoch,
	writeStep1,
	writeStep2,
	writeUpdate
} from '#shared/wire/yjs-frames.ts';
import type { YjsServer } from '../../src/lib/sync/yjs-connection.ts';

interface Held {
	doc: Y.Doc;
	sockets: Set<WebSocket>;
}

export class Peer {
	epoch = 'epoch-one';
	/** Whoever asks is told what there is; where not, it is still on its way. */
	answers = true;
	/** Every update frame is committed at once; where not, `commit` does it. */
	commits = true;
	/** What closes connections at an update frame that says something: one each, in order. */
	refusals: { code: number; reason: string }[] = [];
	/** What closes connections at once, likewise. */
	turnsAway: { code: number; reason: string }[] = [];
	/** The upgrades' addresses, in order. */
	readonly asked: string[] = [];
	readonly #documents = new Map<string, Held>();
	readonly #frames = new Map<WebSocket, number>();
	readonly #http = createServer();
	readonly #server = new WebSocketServer({ server: this.#http });

	static async start(): Promise<Peer> {
		const peer = new Peer();
		peer.#server.on('connection', (socket, request) => peer.#serve(socket, request.url ?? ''));
		await new Promise<void>((listening) => peer.#http.listen(0, '127.0.0.1', listening));
		return peer;
	}

	get server(): YjsServer {
		const { port } = this.#http.address() as AddressInfo;
		return { url: `ws://127.0.0.1:${port}/yjs`, WebSocket: WebSocket as never };
	}

	/** The server's document under `/yjs/<path>`. */
	doc(path: string): Y.Doc {
		return this.#held(path).doc;
	}

	/** Another history: of this path, with nothing of before. */
	forget(path: string, epoch: string): void {
		this.#documents.delete(path);
		this.epoch = epoch;
		this.drop();
	}

	/** How many sockets are open under a path. */
	open(path: string): number {
		return this.#held(path).sockets.size;
	}

	/** Commits every frame that came in so far. */
	commit(): void {
		for (const [socket, frames] of this.#frames) socket.send(writeCommitted(frames));
	}

	/** Update frames that came in over the connections that are open. */
	get frames(): number {
		return [...this.#frames.values()].reduce((sum, frames) => sum + frames, 0);
	}

	/** Ends every connection; clients come back. */
	drop(code = 1012): void {
		for (const socket of this.#server.clients) socket.close(code);
	}

	async stop(): Promise<void> {
		for (const socket of this.#server.clients) socket.terminate();
		await new Promise((closed) => this.#http.close(closed));
	}

	#held(path: string): Held {
		const held = this.#documents.get(path) ?? { doc: new Y.Doc(), sockets: new Set() };
		if (!this.#documents.has(path))
			held.doc.on('update', (update: Uint8Array, origin: unknown) => {
				for (const socket of held.sockets) if (socket !== origin) socket.send(writeUpdate(update));
			});
		this.#documents.set(path, held);
		return held;
	}

	#serve(socket: WebSocket, address: string): void {
		this.asked.push(address);
		const url = new URL(address, 'http://peer');
		const held = this.#held(url.pathname.slice('/yjs/'.length));
		const has = url.searchParams.get('epoch');
		if (has !== null && has !== this.epoch) return socket.close(4409, 'other-epoch');
		const away = this.turnsAway.shift();
		if (away) return socket.close(away.code, away.reason);
		held.sockets.add(socket);
		this.#frames.set(socket, 0);
		socket.on('close', () => {
			held.sockets.delete(socket);
			this.#frames.delete(socket);
		});
		socket.on('message', (data) => this.#read(socket, held.doc, new Uint8Array(data as Buffer)));
		socket.send(writeEpoch(this.epoch));
		socket.send(writeStep1(Y.encodeStateVector(held.doc)));
	}

	#read(socket: WebSocket, doc: Y.Doc, bytes: Uint8Array): void {
		const frame = readClientFrame(bytes);
		if (frame?.type === 'step1' && this.answers)
			socket.send(writeStep2(Y.encodeStateAsUpdate(doc, frame.stateVector)));
		if (frame?.type !== 'update') return;
		const says = Y.decodeUpdate(frame.update).structs.length > 0;
		const refusal = says ? this.refusals.shift() : undefined;
		if (refusal) return socket.close(refusal.code, refusal.reason);
		Y.applyUpdate(doc, frame.update, socket);
		if (doc.store.pendingStructs) throw new Error('a gap: an update came before what it builds on');
		const frames = (this.#frames.get(socket) ?? 0) + 1;
		this.#frames.set(socket, frames);
		if (this.commits) socket.send(writeCommitted(frames));
	}
}
