/** Refusals that are written to a bare socket, where Node has no response yet or never will. */
import type { Duplex } from 'node:stream';

/** Refuses with a status, says goodbye, and lets go. */
export type TurnAway = (socket: Duplex, status: string) => void;

const asLines = (headers: Readonly<Record<string, string>>): string =>
	Object.entries(headers)
		.map(([name, value]) => `${name}: ${value}\r\n`)
		.join('');

export function createTurnAway(headers: Readonly<Record<string, string>>): TurnAway {
	const lines = asLines(headers);
	return (socket, status) => {
		// Who does not hang up is not waited for.
		socket.once('finish', () => socket.destroy());
		socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n${lines}\r\n`);
	};
}

/** Gives what a library writes to a socket by itself the headers too, where it is a refusal. */
export function dress(socket: Duplex, headers: Readonly<Record<string, string>>): void {
	const dressed = (said: unknown): unknown =>
		typeof said === 'string' && said.startsWith('HTTP/1.1 4')
			? said.replace('\r\n', `\r\n${asLines(headers)}`)
			: said;
	for (const way of ['write', 'end'] as const) {
		const plain = socket[way].bind(socket) as (...words: unknown[]) => unknown;
		const told = (first: unknown, ...more: unknown[]) => plain(dressed(first), ...more);
		Object.assign(socket, { [way]: told });
	}
}
