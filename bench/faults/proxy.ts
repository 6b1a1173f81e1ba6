/**
 * The network between the devices and the server, as bad as it can be: a TCP proxy that delays,
 * throttles, swallows, cuts in the middle of a frame, goes silent without closing, and lets a
 * connection that its device has lost deliver late, behind the newer one.
 */
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Chance } from '../../tests/support/chance.ts';

export interface Weather {
	/** In ms, at least and at most; the order within a connection stays. */
	delay?: [number, number];
	/** In bytes a second, each way. */
	rate?: number;
	/** Cut when so many bytes have gone to the server, wherever in a frame that is. */
	cutAfter?: number;
	/** Ended by a closing handshake, as if the other side had meant it; else torn off. */
	gently?: boolean;
	/** Nothing passes and nothing is said: both sides believe in a connection that is none. */
	silent?: boolean;
}

interface Piece {
	bytes: Buffer;
	due: number;
}

const TICK = 10;
const MOST_WAITING = 256 * 1024;

/** One way of a connection: what came in waits here until it is due. */
class Way {
	readonly #queue: Piece[] = [];
	readonly #line: Line;
	readonly #from: Socket;
	readonly #to: Socket;
	#waiting = 0;
	#due = 0;
	/** How many bytes may go, where the line is slow. */
	#allowance = 0;
	#passed = 0;

	constructor(line: Line, from: Socket, to: Socket) {
		this.#line = line;
		this.#from = from;
		this.#to = to;
		from.on('data', (bytes: Buffer) => this.#take(bytes));
	}

	get isEmpty(): boolean {
		return this.#queue.length === 0;
	}

	/** Lets go what is due. */
	pump(now: number): void {
		const { weather } = this.#line;
		if (weather.silent) return;
		this.#allowance = weather.rate
			? Math.min(this.#allowance + (weather.rate * TICK) / 1000, Math.max(weather.rate, 1))
			: Infinity;
		for (let piece = this.#queue[0]; piece && piece.due <= now; piece = this.#queue[0]) {
			const fits = Math.min(piece.bytes.byteLength, Math.floor(this.#allowance));
			if (fits === 0) return;
			if (!this.#pass(piece.bytes.subarray(0, fits))) return;
			this.#allowance -= fits;
			this.#waiting -= fits;
			if (fits < piece.bytes.byteLength) piece.bytes = piece.bytes.subarray(fits);
			else this.#queue.shift();
		}
		if (this.#waiting < MOST_WAITING) this.#from.resume();
	}

	#take(bytes: Buffer): void {
		const { weather, chance } = this.#line;
		const [least, most] = weather.delay ?? [0, 0];
		this.#due = Math.max(this.#due, performance.now() + least + chance.below(most - least + 1));
		this.#queue.push({ bytes, due: this.#due });
		this.#waiting += bytes.byteLength;
		if (this.#waiting > MOST_WAITING) this.#from.pause();
		if (!weather.delay && !weather.rate) this.pump(performance.now());
	}

	/** Whether the line is still there. */
	#pass(bytes: Buffer): boolean {
		const { cutAfter } = this.#line.weather;
		const isUp = this.#to === this.#line.server;
		const left = isUp && cutAfter !== undefined ? cutAfter - this.#passed : Infinity;
		this.#passed += bytes.byteLength;
		if (!this.#to.destroyed) this.#to.write(bytes.subarray(0, Math.max(0, left)));
		if (this.#passed < (isUp ? (cutAfter ?? Infinity) : Infinity)) return true;
		this.#line.cut();
		return false;
	}
}

/** One connection of a device. */
export class Line {
	weather: Weather;
	readonly chance: Chance;
	readonly device: Socket;
	readonly server: Socket;
	readonly #ways: [up: Way, down: Way];
	#lateUntil = 0;

	constructor(device: Socket, port: number, weather: Weather, chance: Chance) {
		this.device = device;
		this.weather = weather;
		this.chance = chance;
		this.server = connect(port, '127.0.0.1');
		device.setNoDelay(true);
		this.server.setNoDelay(true);
		this.#ways = [new Way(this, device, this.server), new Way(this, this.server, device)];
		device.on('error', () => {});
		this.server.on('error', () => {});
		device.once('close', () => this.#ended(this.server));
		this.server.once('close', () => this.#ended(device));
	}

	get isOver(): boolean {
		return this.device.destroyed && this.server.destroyed;
	}

	cut(): void {
		for (const socket of [this.device, this.server])
			if (this.weather.gently) socket.destroySoon();
			else socket.resetAndDestroy();
	}

	/** The device loses it now; what it had sent until then arrives `ms` later all the same. */
	overtake(ms: number): void {
		this.weather = {};
		this.#lateUntil = performance.now() + ms;
		this.device.destroy();
	}

	pump(now: number): void {
		if (now < this.#lateUntil) return;
		for (const way of this.#ways) way.pump(now);
		const isLate = this.#lateUntil > 0 && this.#ways[0].isEmpty;
		if (isLate) this.server.destroySoon();
	}

	/** The other side hears of it, unless the line has gone silent or is still delivering. */
	#ended(other: Socket): void {
		if (this.weather.silent || this.#lateUntil > 0) return;
		this.pump(performance.now());
		other.destroySoon();
	}
}

export class Proxy {
	/** Where the server is now. */
	upstream = 0;
	/** For connections that are made from now on. */
	weather: (chance: Chance) => Weather = () => ({});
	port = 0;
	readonly #chance: Chance;
	readonly #lines = new Set<Line>();
	readonly #server: Server;
	#timer: NodeJS.Timeout | null = null;

	constructor(chance: Chance) {
		this.#chance = chance;
		this.#server = createServer({ noDelay: true }, (device) => {
			if (this.upstream === 0) return device.resetAndDestroy();
			this.#lines.add(new Line(device, this.upstream, this.weather(chance), chance));
		});
	}

	get lines(): Line[] {
		return [...this.#lines];
	}

	async listen(): Promise<void> {
		await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
		const address = this.#server.address();
		this.port = typeof address === 'object' ? (address?.port ?? 0) : 0;
		this.#timer = setInterval(() => {
			const now = performance.now();
			for (const line of this.#lines) {
				line.pump(now);
				if (line.isOver) this.#lines.delete(line);
			}
		}, TICK);
	}

	/** Every line from now on, those that are there included. */
	turn(weather: Weather): void {
		this.weather = () => weather;
		for (const line of this.#lines) line.weather = weather;
	}

	/** Good weather for all that come. What went silent stays silent: nobody tells its ends. */
	clear(): void {
		this.weather = () => ({});
		for (const line of this.#lines) if (!line.weather.silent) line.weather = {};
	}

	cutAll(): void {
		for (const line of this.#lines) line.cut();
	}

	/** One of the lines that are there. */
	any(): Line | null {
		const lines = this.lines.filter(({ device }) => !device.destroyed);
		return lines.length > 0 ? this.#chance.one(lines) : null;
	}

	close(): void {
		if (this.#timer) clearInterval(this.#timer);
		this.#server.close();
		for (const line of this.#lines) {
			line.device.destroy();
			line.server.destroy();
		}
	}
}
