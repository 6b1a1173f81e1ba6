/**
 * How long a letter takes from one person to the others, in one open board where everybody types:
 * rooms of several sizes on one server in one run, beside a bare WebSocket echo of the same machine.
 */
import { createServer } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import { CATALOGUE } from '#shared/exercises/catalogue.ts';
import type { BoardId } from '#shared/ids.ts';
import type { OwnServer } from './own-server.ts';
import { pause, post, SimulatedPerson } from './simulated-person.ts';

const exercise = CATALOGUE.find(({ id }) => id === 'barrier')!;
const quantile = (sorted: number[], q: number) =>
	sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? NaN;

export interface Delivery {
	people: number;
	median: number;
	p99: number;
}

/** `people` type four letters a second each for `seconds`; ten of them watch one of them. */
export async function measureRoom(
	server: OwnServer,
	people: number,
	seconds: number
): Promise<Delivery> {
	const api = (path: string, body: unknown) =>
		post(`${server.url}/api/v1/${path}`, body, server.token);
	const agenda = [{ exercise: exercise.id, writing: 'open' }];
	const workshop = (await api('workshops', { title: `Room of ${people}`, agenda })) as {
		id: string;
		code: string;
	};
	const command = (body: Record<string, unknown>) => api(`workshops/${workshop.id}/commands`, body);
	await command({ type: 'open' });
	const { board } = (await command({ type: 'start', exercise: 0 })) as { board: BoardId };
	await command({ type: 'next' });

	const seats = Array.from({ length: people }, (_, i) => ({ id: `s${i}`, name: `Person ${i}` }));
	const room = await Promise.all(
		seats.map((seat) => SimulatedPerson.join(server.url, workshop.code, seat))
	);
	for (const person of room) await person.sitDown(board, exercise);

	const cards = room.map((person) => person.begin('barriers'));
	const probe = cards[0]!;
	const sentAt: number[] = [];
	const took: number[] = [];
	for (const watcher of room.slice(1, 11)) {
		let seen = 0;
		watcher.watch(() => {
			const length = watcher.lengthOf(probe);
			for (; seen < length; seen++)
				if (sentAt[seen] !== undefined) took.push(performance.now() - sentAt[seen]!);
		});
	}
	const end = performance.now() + seconds * 1000;
	await Promise.all(
		room.map(async (person, i) => {
			await pause((i * 250) / people);
			for (let n = 0; performance.now() < end; n++) {
				if (i === 0) sentAt[n] = performance.now();
				person.type(cards[i]!, 'x');
				await pause(250);
			}
		})
	);
	await pause(1000);
	for (const person of room) person.leave();
	await command({ type: 'close' });
	took.sort((a, b) => a - b);
	return { people, median: quantile(took, 0.5), p99: quantile(took, 0.99) };
}

/** The round trip of a bare WebSocket on this machine, halved: what no server can be faster than. */
export async function measureEcho(): Promise<number> {
	const http = createServer().listen(0);
	const sockets = new WebSocketServer({ server: http });
	sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(data)));
	const address = http.address();
	const client = new WebSocket(
		`ws://localhost:${typeof address === 'object' ? address?.port : ''}`
	);
	await new Promise((done) => client.once('open', done));
	const took: number[] = [];
	for (let i = 0; i < 200; i++) {
		const at = performance.now();
		client.send('x');
		await new Promise((done) => client.once('message', done));
		took.push((performance.now() - at) / 2);
	}
	client.close();
	sockets.close();
	http.close();
	return quantile(
		took.sort((a, b) => a - b),
		0.5
	);
}
