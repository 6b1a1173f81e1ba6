/**
 * The line between one person's browser and the server: an address of its own, which a test can take
 * away, and where the answer to a path can be another than the server's. What was open breaks off.
 */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export class Line {
	readonly url: string;
	readonly #to: URL;
	readonly #port: number;
	readonly #open = new Set<Socket>();
	readonly #others = new Map<string, (words: string) => string>();
	readonly #server = createServer((asked, answer) => void this.#pass(asked, answer));

	private constructor(to: string, port: number) {
		this.#to = new URL(to);
		this.#port = port;
		this.url = `http://localhost:${port}`;
		this.#server.on('connection', (socket) => this.#hold(socket));
		this.#server.on('upgrade', (asked: IncomingMessage, socket: Duplex, head: Buffer) =>
			this.#upgrade(asked, socket, head)
		);
	}

	static async to(server: { url: string }): Promise<Line> {
		const probe = createServer();
		await new Promise<void>((done) => probe.listen(0, done));
		const { port } = probe.address() as { port: number };
		await new Promise((done) => probe.close(done));
		const line = new Line(server.url, port);
		await line.mend();
		return line;
	}

	mend(): Promise<void> {
		return new Promise((done) => this.#server.listen(this.#port, done));
	}

	async cut(): Promise<void> {
		const closed = new Promise((done) => this.#server.close(done));
		for (const socket of this.#open) socket.destroy();
		await closed;
	}

	/** From now on, what the server says of a path is changed on its way. */
	changes(path: string, change: (words: string) => string): void {
		this.#others.set(path, change);
	}

	#hold(socket: Socket): void {
		this.#open.add(socket);
		socket.on('error', () => {});
		socket.once('close', () => this.#open.delete(socket));
	}

	#pass(asked: IncomingMessage, answer: ServerResponse): void {
		const { hostname, port } = this.#to;
		const { url = '/', method, headers } = asked;
		const change = this.#others.get(url.split('?')[0]!);
		const sent = { ...headers, ...(change ? { 'accept-encoding': 'identity' } : {}) };
		const onward = request({ hostname, port, path: url, method, headers: sent }, (said) => {
			if (!change) {
				answer.writeHead(said.statusCode ?? 502, said.headers);
				return void said.pipe(answer);
			}
			let words = '';
			said.on('data', (part: Buffer) => (words += part.toString()));
			said.on('end', () => {
				const { 'content-length': _length, etag: _etag, ...kept } = said.headers;
				answer.writeHead(said.statusCode ?? 502, kept).end(change(words));
			});
		});
		onward.on('error', () => answer.destroy());
		asked.pipe(onward);
	}

	#upgrade(asked: IncomingMessage, socket: Duplex, head: Buffer): void {
		const onward = connect(Number(this.#to.port), this.#to.hostname, () => {
			const lines = asked.rawHeaders.reduce(
				(all, word, at) => all + word + (at % 2 === 0 ? ': ' : '\r\n'),
				''
			);
			onward.write(`${asked.method} ${asked.url} HTTP/1.1\r\n${lines}\r\n`);
			onward.write(head);
			socket.pipe(onward).pipe(socket);
		});
		this.#hold(onward);
		socket.on('error', () => onward.destroy());
	}
}
