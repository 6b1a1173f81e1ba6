/**
 * What a Socket.IO connection is owed, kept within the bounds of a board's socket: who does not take
 * it is ended, comes back, and is told everything anew.
 */
import type { WebSocket } from 'ws';
import type { Clock } from '#shared/clock.ts';
import { MOST_QUEUED, STUCK_FOR } from '#server/yjs/outbox.ts';
import type { OneSocket } from './addresses.ts';

/** A connection below Socket.IO: `engine.io` is no package of ours to import its type from. */
export type Engine = OneSocket['conn'];

interface Packet {
	data?: string | Uint8Array;
}

/** Looks at everything that is sent, its pings every few seconds too. `slow` is called once. */
export function watchOwed(connection: Engine, clock: Clock, slow: () => void): void {
	/** Bytes that wait for those before them. */
	let waiting = 0;
	let largest = 0;
	let movedAt = clock.now();
	let isOver = false;

	connection.on('flush', () => {
		waiting = 0;
		movedAt = clock.now();
	});
	connection.on('packetCreate', ({ data }: Packet) => {
		const onTheWay = socketOf(connection)?.bufferedAmount ?? 0;
		if (waiting + onTheWay === 0) {
			movedAt = clock.now();
			largest = 0;
		}
		const size = data?.length ?? 0;
		largest = Math.max(largest, size);
		waiting += size;
		const isStuck = clock.now() - movedAt > STUCK_FOR;
		if (isOver || (!isStuck && waiting + onTheWay <= MOST_QUEUED + largest)) return;
		isOver = true;
		const socket = socketOf(connection);
		if (socket) socket.terminate();
		else connection.close(true);
		slow();
	});
}

/** None where it is polled; `engine.io` has it, and does not say so in its types. */
const socketOf = ({ transport }: Engine): WebSocket | undefined =>
	(transport as { socket?: WebSocket }).socket;
