/**
 * The room's socket: news comes in as it is told, commands go out until they are acknowledged
 * (`commands.ts`). By itself it notices within 15 s that nobody is there any more.
 */
import { io, type Socket } from 'socket.io-client';
import type { Envelope } from '#shared/facilitation/commands.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { REFUSALS } from '#shared/refusals.ts';
import type { ClientToServer, Outcome, ServerToClient } from '#shared/wire/events.ts';
import { LastHeard } from './waking.ts';

/**
 * `connecting` for some seconds at most, and `leaving` (the server said that it will be back in a
 * moment) for a minute: where nothing answers then, it is `offline`, and tries on.
 */
export type Connection = 'connecting' | 'online' | 'offline' | 'leaving';
/** Taken out (or the workshop deleted), or nobody that the server knows. */
type Ending = 'removed' | 'not let in';
type RoomSocketIo = Socket<ServerToClient, ClientToServer>;

/**
 * In ms: for an acknowledgement, for a connection, for a server that said it would be back, and how
 * long to stay away when dismissed.
 */
const PATIENCE = { ack: 5000, connecting: 3000, leaving: 60_000, away: 2000 };

/** For ever, and never a whole room at the same moment: a second, give or take nearly all of it. */
export const COMING_BACK = {
	reconnectionDelay: 1000,
	reconnectionDelayMax: 5000,
	randomizationFactor: 0.9
};

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
	#waiting: ReturnType<typeof setTimeout> | undefined;
	readonly #heard = new LastHeard();
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
			timeout: 8000,
			...COMING_BACK
		};
		// Where a page is rendered there is no location, and nothing connects.
		const here = typeof location === 'undefined' ? 'http://localhost' : location.origin;
		this.io = io(options.url ?? here, settings);
		this.io.on('connect', () => this.#is('online'));
		this.io.io.on('open', () => this.#heard.now());
		this.io.io.on('ping', () => this.#heard.now());
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
		this.#is('connecting');
		this.io.connect();
	}

	close(): void {
		this.#ended = true;
		clearTimeout(this.#waiting);
		this.io.disconnect();
	}

	/**
	 * Comes back at once, where it is waiting or has heard nothing for so many ms. Until it is back,
	 * what this page shows may be old: it is `now`.
	 */
	wake(silentFor: number, now: 'connecting' | 'offline' = 'connecting'): void {
		if (this.#ended || (this.io.connected && this.#heard.ago < silentFor)) return;
		if (this.#connection !== 'offline') this.#is(now);
		this.io.disconnect();
		this.io.connect();
	}

	/** Sent once, on this connection; rejects where no answer comes in time. */
	give(envelope: Envelope): Promise<Outcome> {
		return this.io.timeout(this.#patience.ack).emitWithAck('command', envelope);
	}

	/** The server's time; rejects where no answer comes. */
	clock(): Promise<number> {
		return this.io.timeout(this.#patience.ack).emitWithAck('clock');
	}

	#comeBack(): void {
		const later = this.#patience.away * (0.5 + Math.random());
		setTimeout(() => {
			if (!this.#ended) this.io.connect();
		}, later);
	}

	#is(connection: Connection): void {
		clearTimeout(this.#waiting);
		if (connection === 'connecting' || connection === 'leaving')
			this.#waiting = setTimeout(() => this.#is('offline'), this.#patience[connection]);
		if (connection === this.#connection) return;
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
