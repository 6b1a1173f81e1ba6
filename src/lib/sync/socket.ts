/**
 * The room's socket: news comes in as it is told, commands go out until they are acknowledged. A
 * command keeps its id however often it is sent, and the server applies an id once.
 */
import { io, type Socket } from 'socket.io-client';
import type { Envelope } from '#shared/facilitation/commands.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { REFUSALS } from '#shared/refusals.ts';
import type { ClientToServer, Outcome, ServerToClient } from '#shared/wire/events.ts';

export type Connection = 'connecting' | 'online' | 'offline' | 'leaving';
/** Taken out (or the workshop deleted), or nobody that the server knows. */
type Ending = 'removed' | 'not let in';
type RoomSocketIo = Socket<ServerToClient, ClientToServer>;

/** In ms: how long an acknowledgement is waited for, and how long to stay away when dismissed. */
const PATIENCE = { ack: 5000, away: 2000 };

interface Pending {
	envelope: Envelope;
	resolve: (outcome: Outcome) => void;
	/** It is on its way on this connection. */
	asking: boolean;
}

export interface RoomSocketOptions {
	workshop: WorkshopId;
	/** The room screen's signed link. */
	screen?: string;
	/** Where there is no cookie. */
	token?: string;
	/** Only the participant is meant, also where the browser has a facilitator's session. */
	as?: 'participant';
	/** The page's own server where absent. */
	url?: string;
	patience?: typeof PATIENCE;
}

export class RoomSocket {
	/** For the news: `socket.io.on('state:changed', …)`. */
	readonly io: RoomSocketIo;
	#connection: Connection = 'connecting';
	#ended = false;
	readonly #pending: Pending[] = [];
	readonly #patience: typeof PATIENCE;
	readonly #told: (connection: Connection) => void;
	readonly #onEnded: (how: Ending) => void;

	/** Nothing is opened before `connect`. */
	constructor(
		options: RoomSocketOptions,
		heard: { connection: (connection: Connection) => void; ended: (how: Ending) => void }
	) {
		this.#told = heard.connection;
		this.#onEnded = heard.ended;
		this.#patience = options.patience ?? PATIENCE;
		const { workshop, screen, token, as } = options;
		const settings = {
			auth: { workshop, screen, token, as },
			autoConnect: false,
			forceNew: true,
			transports: ['websocket', 'polling'],
			tryAllTransports: true,
			// For ever, and never a whole room at the same moment.
			reconnectionDelay: 500,
			reconnectionDelayMax: 5000,
			randomizationFactor: 0.5
		};
		// Where a page is rendered there is no location, and nothing connects.
		const here = typeof location === 'undefined' ? 'http://localhost' : location.origin;
		this.io = io(options.url ?? here, settings);
		this.io.on('connect', () => {
			this.#is('online');
			for (const pending of this.#pending) void this.#send(pending);
		});
		this.io.on('server:leaving', () => this.#is('leaving'));
		this.io.on('access:ended', () => this.#end('removed'));
		this.io.on('disconnect', (reason) => {
			if (reason === 'io client disconnect') return;
			if (this.#connection !== 'leaving') this.#is('offline');
			// Dismissed by the server, socket.io would stay away.
			if (!this.io.active) this.#comeBack();
		});
		this.io.on('connect_error', (error) => {
			if (this.#connection !== 'leaving') this.#is('offline');
			if (this.io.active) return; // socket.io tries again by itself
			if (isFinal(error.message)) this.#end('not let in');
			else this.#comeBack();
		});
	}

	connect(): void {
		this.io.connect();
	}

	close(): void {
		this.#ended = true;
		this.io.disconnect();
	}

	/** Sent now, or when there is a connection again; and again until it is acknowledged. */
	ask(envelope: Envelope): Promise<Outcome> {
		return new Promise((resolve) => {
			const pending: Pending = { envelope, resolve, asking: false };
			this.#pending.push(pending);
			void this.#send(pending);
		});
	}

	/** The server's time; rejects where no answer comes. */
	clock(): Promise<number> {
		return this.io.timeout(this.#patience.ack).emitWithAck('clock');
	}

	async #send(pending: Pending): Promise<void> {
		if (!this.io.connected || pending.asking) return;
		pending.asking = true;
		try {
			const outcome = await this.io
				.timeout(this.#patience.ack)
				.emitWithAck('command', pending.envelope);
			this.#pending.splice(this.#pending.indexOf(pending), 1);
			pending.resolve(outcome);
		} catch {
			// No answer in time, or the connection went: again now, or when it is back.
			pending.asking = false;
			void this.#send(pending);
		}
	}

	#comeBack(): void {
		const later = this.#patience.away * (0.5 + Math.random());
		setTimeout(() => {
			if (!this.#ended) this.io.connect();
		}, later);
	}

	#is(connection: Connection): void {
		this.#connection = connection;
		this.#told(connection);
	}

	#end(how: Ending): void {
		if (this.#ended) return;
		this.close();
		this.#onEnded(how);
	}
}

/** Whether the server said no to this person, rather than not now. */
const isFinal = (message: string) =>
	message in REFUSALS && REFUSALS[message as keyof typeof REFUSALS].status < 429;
