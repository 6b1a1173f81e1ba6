/** Everything that reaches somebody, as it came: raw frames of every socket, and what every route says. */
import { WebSocket } from 'ws';
import { ROUTES, type RouteRule } from '#shared/permissions.ts';
import type { BoardId, WorkshopId } from '#shared/ids.ts';
import type { TestApp } from '../support/app.ts';
import type { Person } from '../support/people.ts';
import { until } from '../support/until.ts';
import { Device } from './yjs-device.ts';

/** Who listens: somebody with a seat, or the room screen. */
export type Listener = Person | { screen: string };

export interface Place {
	id: WorkshopId;
	board: BoardId;
	code: string;
}

/** Somebody who is at everything that is open to them, and forgets nothing. */
export class Ears {
	/** What Socket.IO said, packet by packet. */
	readonly packets: string[] = [];
	readonly devices: Device[] = [];
	readonly #server: TestApp;
	readonly #who: Listener;
	#socket: WebSocket | null = null;

	constructor(server: TestApp, who: Listener) {
		this.#server = server;
		this.#who = who;
	}

	/** Opens the live socket, the board and, where there is a seat, the notebook. */
	static async at(server: TestApp, place: Place, who: Listener): Promise<Ears> {
		const ears = new Ears(server, who);
		await ears.listen(place.id);
		await ears.open(place.board);
		return ears;
	}

	async listen(workshop: WorkshopId): Promise<void> {
		const url = this.#server.url.replace('http', 'ws');
		const socket = new WebSocket(`${url}/socket.io/?EIO=4&transport=websocket`);
		this.#socket = socket;
		const auth = { workshop, ...this.#shown };
		socket.on('message', (data: Buffer) => {
			const packet = data.toString();
			if (packet === '2') return socket.send('3');
			if (packet.startsWith('0')) return socket.send(`40${JSON.stringify(auth)}`);
			this.packets.push(packet);
		});
		await until(() => this.told('state:changed').length > 0, { what: 'a first state' });
	}

	async open(board: BoardId): Promise<void> {
		const query = new URLSearchParams({ ...this.#shown, ack: '1' });
		const documents = 'token' in this.#who ? ['', '/notebook'] : [''];
		for (const document of documents) {
			const url = this.#server.url.replace('http', 'ws');
			const device = new Device(`${url}/yjs/${board}${document}?${query}`);
			this.devices.push(device);
			await device.synced();
		}
	}

	get board(): Device {
		return this.devices[0]!;
	}

	/** News of one kind. */
	told(news: string): string[] {
		return this.packets.filter((packet) => packet.startsWith(`42["${news}"`));
	}

	/** Where these words have come, in any form in which they can be read. */
	heard(words: string): string[] {
		const frames = this.devices.flatMap(({ frames }) => frames.map((frame) => Buffer.from(frame)));
		return [
			...this.packets.filter((packet) => packet.includes(words)),
			...frames.filter((frame) => frame.includes(words)).map(() => 'a frame of a document')
		];
	}

	/** Asks every route that may be asked, and answers those whose answer has these words. */
	async read(place: Place): Promise<{ route: string; body: string }[]> {
		const answers: { route: string; body: string }[] = [];
		for (const [route, rule] of Object.entries(ROUTES)) {
			if (!route.startsWith('GET ')) continue;
			for (const path of pathsOf(route.slice(4), rule, place)) {
				const { token, screen } = this.#shown as { token?: string; screen?: string };
				const shown = screen ? `${path}?key=${screen}&screen=${screen}` : path;
				for (const headers of token
					? [{ authorization: `Bearer ${token}` }, { cookie: (this.#who as Person).cookie }]
					: [{}]) {
					const response = await fetch(this.#server.url + shown, {
						headers: headers as Record<string, string>,
						redirect: 'manual'
					});
					// A file that is not given says nothing of what would be in it.
					if (response.status === 429 && !path.includes('nobodys'))
						throw new Error(`${path}: too many`);
					answers.push({ route: `${response.status} ${path}`, body: await response.text() });
				}
			}
		}
		return answers;
	}

	close(): void {
		this.#socket?.terminate();
		for (const device of this.devices) device.cut();
	}

	get #shown(): Record<string, string> {
		return 'token' in this.#who ? { token: this.#who.token } : { screen: this.#who.screen };
	}
}

/** The paths of a route, here and for every format that can be searched. */
function pathsOf(route: string, rule: RouteRule, { id, board, code }: Place): string[] {
	const path = route
		.replace('[id]', rule.in === 'board' ? board : id)
		.replace('[workshop]', id)
		.replace('[board]', board)
		.replace('[code]', code)
		.replace(/\[(token|account|link|key)\]/, 'nobodys-token');
	return path.includes('[format]')
		? ['json', 'csv', 'md', 'vcf', 'ics'].map((format) => path.replace('[format]', format))
		: [path];
}
