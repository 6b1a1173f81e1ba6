/** WebSocket by hand, for what no library sends. */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { until } from '../support/until.ts';

/** A frame of WebSocket, byte by byte. */
export function rawFrame(
	first: number,
	payload: Uint8Array,
	{ masked = true, length = payload.byteLength } = {}
): Buffer {
	const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
	head[0] = first;
	head[1] = (masked ? 0x80 : 0) | (length < 126 ? length : length < 65_536 ? 126 : 127);
	if (head.length === 4) head.writeUInt16BE(length, 2);
	if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
	// A mask of zeros leaves what it masks as it is.
	const mask = Buffer.alloc(masked ? 4 : 0);
	return Buffer.concat([head, mask, payload]);
}

/** A connection whose every byte is ours. */
export class Wire {
	readonly socket: Socket;
	head = '';
	/** What was said at the end; 1006 where nothing was. */
	code: number | null = null;
	#bytes = Buffer.alloc(0);

	constructor(address: string, extensions = '') {
		const { port, host, pathname, search } = new URL(address);
		this.socket = connect(Number(port), '127.0.0.1');
		this.socket.write(
			`GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
				`Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n${extensions}\r\n`
		);
		this.socket.on('data', (data: Buffer) => this.#read(data));
		this.socket.on('error', () => {});
		this.socket.on('close', () => (this.code ??= 1006));
	}

	opened(): Promise<unknown> {
		return until(() => this.head.startsWith('HTTP/1.1 101'), { what: 'an upgrade' });
	}

	/** Sends no faster than it is read, and nothing after the end. */
	async send(bytes: Buffer): Promise<void> {
		if (this.code !== null || this.socket.write(bytes)) return;
		await until(() => this.code !== null || !this.socket.writableNeedDrain);
	}

	#read(data: Buffer): void {
		this.#bytes = Buffer.concat([this.#bytes, data]);
		if (!this.head) {
			const end = this.#bytes.indexOf('\r\n\r\n');
			if (end < 0) return;
			this.head = this.#bytes.subarray(0, end).toString();
			this.#bytes = this.#bytes.subarray(end + 4);
		}
		for (;;) {
			const bytes = this.#bytes;
			if (bytes.length < 4) return;
			const long = bytes[1]! & 127;
			const [from, length] =
				long < 126 ? [2, long] : long === 126 ? [4, bytes.readUInt16BE(2)] : [10, 0];
			if (from === 10 || bytes.length < from + length) return;
			if ((bytes[0]! & 15) === 8) this.code ??= bytes.readUInt16BE(from);
			this.#bytes = bytes.subarray(from + length);
		}
	}
}
