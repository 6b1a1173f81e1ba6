/**
 * The way to Postgres. A network that swallows everything never says so: the driver would wait for
 * an answer for ever, and people's words with it. So a connection on which nothing moves is given up.
 */
import { connect, type Socket } from 'node:net';

export interface Way {
	/** In turn, where the address names several. */
	host: string[];
	port: number[];
	/** Of a socket in the file system, in place of both. */
	path?: string | false;
}

/** Opens sockets for the driver, which puts TLS over them where it is asked to. */
export function watchedSockets(stalledFor: number): (way: Way) => Socket {
	let opened = 0;
	return ({ host, port, path }) => {
		const turn = opened++ % host.length;
		const socket = path ? connect(path) : connect({ host: host[turn]!, port: port[turn]! });
		watch(socket, stalledFor);
		return socket; // connected or not: what is written waits, and a failure is heard by the driver
	};
}

function watch(socket: Socket, stalledFor: number): void {
	let moved = 0;
	let since = performance.now();
	// By its counts: the driver takes every listener away when it puts TLS over the socket.
	const looking = setInterval(() => {
		const now = performance.now();
		const bytes = socket.bytesRead + socket.bytesWritten;
		if (socket.destroyed) clearInterval(looking);
		else if (bytes !== moved) [moved, since] = [bytes, now];
		else if (now - since > stalledFor) giveUp(socket);
	}, stalledFor / 10);
	looking.unref();
}

function giveUp(socket: Socket): void {
	const error = Object.assign(new Error('the database did not answer'), { code: 'ETIMEDOUT' });
	socket.destroy(socket.listenerCount('error') > 0 ? error : undefined);
}
