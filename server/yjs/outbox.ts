/**
 * What a socket is owed. It is handed to the network one piece after the other, each when the one
 * before has gone: so it is seen whether a slow line moves at all, and what it does not take waits
 * here, as the very bytes that everybody has, and within bounds.
 */
import type { WebSocket } from 'ws';
import type { Clock } from '#shared/clock.ts';

const PIECE = 64 * 1024;
/** Beyond the largest single frame that it is owed. */
export const MOST_QUEUED = 1024 * 1024;
export const STUCK_FOR = 10_000;

export class Outbox {
	/** When the network last took what had had to wait: the other end must have read. */
	takenAt = -Infinity;
	readonly #socket: WebSocket;
	readonly #pace: Clock;
	readonly #slow: () => void;
	#queue: Uint8Array[] = [];
	/** How much of the first one is on its way. */
	#begun = 0;
	/** Bytes that are in the queue, and not on their way. */
	#waiting = 0;
	#largest = 0;
	/** Since when nothing has moved, where something waits. */
	#movedAt = 0;
	/** Pieces that were handed over, and those that have gone; the last may have to wait. */
	#handed = 0;
	#gone = 0;
	#isBlocked = false;
	#over = false;

	/** `slow` is called once, when it has been ended for what it does not take. */
	constructor(socket: WebSocket, pace: Clock, slow: () => void) {
		this.#socket = socket;
		this.#pace = pace;
		this.#slow = slow;
	}

	get isIdle(): boolean {
		return this.#queue.length === 0 && !this.#isBlocked;
	}

	send(frame: Uint8Array): void {
		if (this.#over) return;
		if (this.isIdle) {
			this.#movedAt = this.#pace.now();
			this.#largest = 0;
		}
		this.#largest = Math.max(this.#largest, frame.byteLength);
		this.#queue.push(frame);
		this.#waiting += frame.byteLength;
		this.#pump();
		this.check();
	}

	/** Ends a socket that does not take what it is owed. It comes back, and asks for what it lacks. */
	check(): void {
		if (this.#over || this.isIdle) return;
		const isStuck = this.#pace.now() - this.#movedAt > STUCK_FOR;
		const owed = this.#waiting + this.#socket.bufferedAmount;
		if (!isStuck && owed <= MOST_QUEUED + this.#largest) return;
		this.end();
		this.#socket.terminate();
		this.#slow();
	}

	/** Nothing more goes out, and what waits is let go of. */
	end(): void {
		this.#over = true;
		this.#queue = [];
	}

	#pump(): void {
		for (let first = this.#queue[0]; first && !this.#isBlocked; first = this.#queue[0]) {
			const piece = first.subarray(this.#begun, this.#begun + PIECE);
			this.#begun += piece.byteLength;
			this.#waiting -= piece.byteLength;
			const fin = this.#begun >= first.byteLength;
			if (fin) {
				this.#queue.shift();
				this.#begun = 0;
			}
			this.#handed += 1;
			this.#socket.send(piece, { binary: true, fin }, this.#sent);
			this.#isBlocked = this.#socket.bufferedAmount > 0;
		}
	}

	readonly #sent = (): void => {
		this.#gone += 1;
		if (this.#over || !this.#isBlocked || this.#gone < this.#handed) return;
		this.#isBlocked = false;
		this.#movedAt = this.#pace.now();
		this.takenAt = this.#movedAt;
		this.#pump();
	};
}
