/**
 * A room that comes back all at once: the server is ended and started again, and every person has
 * a Socket.IO socket, a board and a notebook to return to. The people are a process of their own.
 * Alone: `node bench/faults/herd.ts [clients] [kill|stop]`.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build, install } from '../../server/ready.mjs';
import { pause, post } from '../simulated-person.ts';
import type { Crowded, ToCrowd } from './crowd.ts';
import { KillableServer } from './killable-server.ts';

const WITHIN = 240_000;
const SAMPLED_EVERY = 100;

export interface HerdOptions {
	clients: number;
	/** How the server ends: SIGKILL, or SIGTERM. */
	how?: 'kill' | 'stop';
}

export interface Herd {
	clients: number;
	/** From the moment in which the server served again until everybody was in step and told the state. */
	returnedAfterMs: number;
	/** From the moment in which it was ended. */
	awayForMs: number;
	/** Until half, and until all but a hundredth, were back. */
	halfAfterMs: number;
	mostAfterMs: number;
	/** All of them through one address with the right code at once. */
	joinedAfterMs: number;
	firstConnectedAfterMs: number;
	/** Resident memory of the server: before it ended, at its highest after it came back, and then. */
	beforeRssBytes: number;
	peakRssBytes: number;
	afterRssBytes: number;
	/** Connections that were opened for that: three each at best. */
	connections: number;
	/** People whose board or notebook was not what it had been. */
	otherContent: number;
}

/** Throws where somebody does not come back. */
export async function herd({ clients, how = 'kill' }: HerdOptions): Promise<Herd> {
	const server = new KillableServer({ environment: { PORT: String(await freePort()) } });
	let crowd: Crowd | null = null;
	try {
		await server.start();
		const { workshop, code, board } = await openBoard(server);
		crowd = new Crowd({ url: server.url, workshop, board, clients });
		const joined = await crowd.ask({ ask: 'join', code });
		const first = await crowd.ask({ ask: 'come' });
		await pause(3000); // what is told to the room for their coming is told
		const beforeRssBytes = memoryOf(server, 'VmRSS');
		await crowd.ask({ ask: 'await-return' });
		const endedAt = performance.now();
		if (how === 'kill') await server.kill();
		else await server.stop();
		await server.start();
		const servedAt = performance.now();
		const peak = new Peak(server);
		const back = await crowd.ask({ ask: 'returned' });
		const returnedAt = performance.now();
		await pause(3000);
		const lag = returnedAt - servedAt - back.ms;
		return {
			clients,
			returnedAfterMs: Math.round(returnedAt - servedAt),
			awayForMs: Math.round(returnedAt - endedAt),
			halfAfterMs: Math.round(back.half + lag),
			mostAfterMs: Math.round(back.most + lag),
			joinedAfterMs: Math.round(joined.ms),
			firstConnectedAfterMs: Math.round(first.ms),
			beforeRssBytes,
			peakRssBytes: peak.end(),
			afterRssBytes: memoryOf(server, 'VmRSS'),
			connections: back.connections,
			otherContent: back.otherContent
		};
	} finally {
		crowd?.leave();
		await server.dispose();
	}
}

/** The clients come back to this one, as people do: a proxy would be measured as well. */
async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	return port;
}

/** A board on which everybody writes openly. */
async function openBoard(server: KillableServer) {
	const token = await server.token();
	const api = (path: string, body: unknown) => post(`${server.url}/api/v1/${path}`, body, token);
	const agenda = [{ exercise: 'barrier', writing: 'open' }];
	const made = (await api('workshops', { title: 'A herd', agenda })) as {
		id: string;
		code: string;
	};
	const command = (body: object) => api(`workshops/${made.id}/commands`, body);
	await command({ type: 'open' });
	const { board } = (await command({ type: 'start', exercise: 0 })) as { board: string };
	await command({ type: 'go', phase: 'write' });
	return { workshop: made.id, code: made.code, board };
}

/** The people, in a process of their own. */
class Crowd {
	readonly #process: ChildProcess;

	constructor(options: { url: string; workshop: string; board: string; clients: number }) {
		const file = fileURLToPath(new URL('crowd.ts', import.meta.url));
		this.#process = fork(file, [JSON.stringify(options)], { execArgv: [] });
		process.once('exit', () => this.#process.kill('SIGKILL'));
	}

	/** Throws where there is no answer in time. */
	ask(asked: ToCrowd): Promise<Crowded> {
		return new Promise((resolve, reject) => {
			const fail = (why: string) => {
				clearTimeout(late);
				reject(new Error(why));
			};
			const late = setTimeout(() => fail(`The crowd did not come: ${asked.ask}`), WITHIN);
			const gone = () => fail(`The crowd broke down: ${asked.ask}`);
			this.#process.once('exit', gone);
			this.#process.once('message', (answer) => {
				clearTimeout(late);
				this.#process.off('exit', gone);
				resolve(answer as Crowded);
			});
			this.#process.send(asked);
		});
	}

	leave(): void {
		this.#process.kill('SIGKILL');
	}
}

/** Linux alone tells it; elsewhere it is 0. */
function memoryOf(server: KillableServer, which: 'VmRSS' | 'VmHWM'): number {
	if (process.platform !== 'linux' || !server.process?.pid) return 0;
	const status = readFileSync(`/proc/${server.process.pid}/status`, 'utf8');
	return Number(new RegExp(`${which}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) * 1024;
}

/** The highest that a server's memory was: the system keeps it. */
class Peak {
	readonly #server: KillableServer;
	#highest = 0;
	readonly #timer: NodeJS.Timeout;

	constructor(server: KillableServer) {
		this.#server = server;
		this.#timer = setInterval(() => this.#look(), SAMPLED_EVERY);
	}

	end(): number {
		clearInterval(this.#timer);
		this.#look();
		return this.#highest;
	}

	#look(): void {
		this.#highest = Math.max(this.#highest, memoryOf(this.#server, 'VmHWM'));
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	install();
	build();
	const [clients = '1000', how] = process.argv.slice(2);
	const found = await herd({ clients: Number(clients), how: how === 'stop' ? 'stop' : 'kill' });
	const told = Object.entries(found).map(([name, value]) => [
		name,
		name.endsWith('Bytes') ? `${Math.round(Number(value) / 2 ** 20)} MiB` : value
	]);
	console.log(Object.fromEntries(told));
}
