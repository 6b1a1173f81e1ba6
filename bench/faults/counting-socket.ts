/** A device's socket that knows which changes each of its frames carried, and hears which are committed. */
import * as decoding from 'lib0/decoding';
import { WebSocket } from 'ws';
import { FRAME, SYNC } from '#shared/wire/yjs-frames.ts';
import type { Ledger } from './ledger.ts';

export interface Counting {
	/** For y-websocket, and for the product's own engine. */
	WebSocket: typeof globalThis.WebSocket;
	/** Those that are open, or were just closed. */
	open: Set<WebSocket>;
}

/** `carried` answers up to which change everything has gone out when a frame does. */
export function countingSocket(ledger: Ledger, carried: () => number): Counting {
	const open = new Set<WebSocket>();
	class CountingSocket extends WebSocket {
		readonly #carried: number[] = [];

		constructor(...args: ConstructorParameters<typeof WebSocket>) {
			super(...args);
			open.add(this);
			this.on('error', () => {});
			this.on('close', () => open.delete(this));
			this.on('message', (data: ArrayBuffer | Buffer) => {
				const decoder = decoding.createDecoder(new Uint8Array(data));
				if (decoding.readVarUint(decoder) !== FRAME.committed) return;
				const frames = decoding.readVarUint(decoder);
				if (frames > 0) ledger.hears(this.#carried[frames - 1] ?? ledger.made);
			});
		}

		override send(data: Uint8Array): void {
			if (data[0] === FRAME.sync && data[1] !== SYNC.step1) this.#carried.push(carried());
			super.send(data);
		}
	}
	return { WebSocket: CountingSocket as unknown as typeof globalThis.WebSocket, open };
}
