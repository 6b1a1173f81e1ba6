/**
 * A workshop as this person may see it, kept up to date over the room's socket. Big values are
 * replaced whole; nothing in here is changed by anybody but the server's news.
 */
import { nanoid } from 'nanoid';
import { COMMANDS, type Command } from '#shared/facilitation/commands.ts';
import { arranging, forwards, GRACE } from '#shared/facilitation/phases.ts';
import type { Closing } from '#shared/facilitation/state.ts';
import { liveBoard, type BoardView, type WorkshopView } from '#shared/facilitation/view.ts';
import type { BoardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { Outcome } from '#shared/wire/events.ts';
import { Commands, type Returned } from '../sync/commands.ts';
import { KeptCommands } from '../sync/kept-commands.ts';
import type { Remembered } from '../sync/remembered.ts';
import { ServerTime } from '../sync/server-time.ts';
import { RoomSocket, type Connection } from '../sync/socket.ts';
import { Earlier } from './earlier.svelte.ts';
import type { YjsServer } from '../sync/yjs-connection.ts';
import { Safekeeping, type OpenBoard } from './safekeeping.ts';
import { WorkshopNews } from './workshop-news.svelte.ts';

const TICK = 250;
const LEARN_AGAIN = 60_000;

/** Another server than the page's own, for clients that are no browser. */
interface ServerAddress {
	url: string;
	token?: string;
	WebSocket?: typeof WebSocket;
}

interface WorkshopOptions {
	id: WorkshopId;
	/** The room screen's signed link. */
	screen?: string;
	/** What the page already knew; without a network, what this device remembers takes its place. */
	initial?: WorkshopView | null;
	/**
	 * On a participant's page, whose it is, where that is known. It is the participant's also in the
	 * browser of who facilitates, and keeps what it needs to open without a network.
	 */
	participant?: { seat: ParticipantId | null };
	server?: ServerAddress;
}

/** Each kind of page has them by its own right. */
function earlierOf({ id, screen, participant }: WorkshopOptions): string {
	if (screen !== undefined) return `/screen/${id}/earlier?key=${encodeURIComponent(screen)}`;
	return participant ? `/p/${id}/earlier` : `/workshops/${id}/earlier`;
}

type ViewListener = (now: WorkshopView, before: WorkshopView | null) => void;

export class Workshop extends WorkshopNews {
	readonly id: WorkshopId;
	/** What earlier exercises brought. */
	readonly earlier: Earlier;
	view = $state.raw<WorkshopView | null>(null);
	live: BoardView | undefined = $derived(this.view ? liveBoard(this.view) : undefined);
	/** Asked, and not acknowledged yet. */
	waiting = $state.raw<Command[]>([]);
	/** Words of an earlier visit that the server did not take, until they are dismissed. */
	returned = $state.raw<Returned[]>([]);
	connection = $state<Connection>('connecting');
	/** This person was removed, or the workshop deleted: nothing more will come. */
	ended = $state(false);
	/** The server's time in ms; ticks four times a second. */
	now = $state(0);

	readonly #time = new ServerTime();
	readonly #socket: RoomSocket;
	readonly #commands: Commands;
	readonly #safekeeping: Safekeeping;
	readonly #options: WorkshopOptions;
	readonly #listeners = new Set<ViewListener>();
	/** What a board's last phase allowed, as far as this device saw it end. */
	readonly #closings = new Map<BoardId, Closing>();
	/** The room as it was seen last, until there is news of this visit. */
	#remembered: Remembered | null = null;
	/** There was. */
	#told = false;
	/** What is heard next is the first over this connection. */
	#firstHeard = false;
	#stops: (() => void)[] = [];

	constructor(options: WorkshopOptions) {
		super();
		this.id = options.id;
		this.#options = options;
		this.view = options.initial ?? null;
		if (options.initial) this.#time.heard(options.initial.now);
		this.now = this.#time.now();
		this.earlier = new Earlier(this, earlierOf(options));
		this.#socket = new RoomSocket(
			{
				workshop: options.id,
				screen: options.screen,
				token: options.server?.token,
				as: this.#as,
				url: options.server?.url
			},
			{
				connection: (connection) => this.#connected(connection),
				ended: (how) => {
					this.ended = true;
					// On a shared computer, nothing stays of someone who was taken out.
					if (how === 'removed') void this.#safekeeping.forget();
				}
			}
		);
		const seat = this.#participant;
		this.#safekeeping = new Safekeeping(options.id, seat);
		this.#commands = new Commands(this.#socket, seat && new KeptCommands(options.id), () => {
			this.waiting = this.#commands.waiting;
			this.returned = this.#commands.returned;
		});
		this.hear(this.#socket.io);
		this.#socket.io.on('cards:removed', () => this.earlier.again());
		this.#socket.io.on('state:changed', (view) => this.#seen(view));
		// Who sits down beside somebody makes no other state.
		this.#socket.io.on('table:changed', () => this.#safekeeping.changed());
	}

	/** Begins to listen; on the page, never while it is rendered on the server. */
	connect(): void {
		const ticking = setInterval(() => (this.now = this.#time.now()), TICK);
		const learning = setInterval(() => {
			void this.#learnTime();
			this.#commands.connected();
		}, LEARN_AGAIN);
		this.#stops = [() => clearInterval(ticking), () => clearInterval(learning)];
		this.#safekeeping.start(
			{
				woke: (silentFor) => {
					this.#socket.wake(silentFor);
					void this.#learnTime();
				},
				lost: () => this.#socket.wake(0, 'offline'),
				reached: () => this.#reached(),
				clockSet: () => void this.#learnTime(),
				tick: () => {}
			},
			() => (this.view && !this.ended ? { ...this.lists, view: this.#viewNow(this.view) } : null)
		);
		void this.#takeUp();
		this.#socket.connect();
	}

	close(): void {
		for (const stop of this.#stops) stop();
		this.#safekeeping.stop();
		this.#socket.close();
	}

	/** Sends a command until it is answered: at once, or when there is a connection again. */
	send(command: Command): Promise<Outcome> {
		const moves = COMMANDS[command.type].kind === 'facilitation';
		const version = moves && this.view ? { version: this.view.version } : {};
		return this.#commands.ask({ id: nanoid(), ...version, command });
	}

	/** The person has seen what was not taken. */
	dismiss(id: string): void {
		this.#commands.dismiss(id);
	}

	/** So much of a board waits for the database that the server takes no more of it. */
	isFull(board: BoardId): boolean {
		return this.saving[board]?.full ?? false;
	}

	/** Closing the page loses nothing: it is with the server, or this device keeps it. */
	get closingIsSafe(): boolean {
		return this.#safekeeping.closingIsSafe && this.#commands.areKept;
	}

	/** Everything is saved, nothing waits, and nobody has typed anything for half a minute. */
	get isQuiet(): boolean {
		return this.waiting.length === 0 && this.#safekeeping.isQuiet;
	}

	/** A board is open until the answer is called. */
	opened(board: OpenBoard): () => void {
		return this.#safekeeping.opened(board);
	}

	/** Calls `listener` with every new view as it comes, before anything is drawn. */
	onView(listener: ViewListener): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** A board with what its last phase allowed, where this device saw that end and it still counts. */
	withClosing(id: BoardId): (BoardView & { closing: Closing | null }) | undefined {
		const board = this.view?.boards.find((one) => one.id === id);
		const closing = this.#closings.get(id) ?? null;
		// Only as long as it matters does whoever asks depend on the time.
		if (closing && this.now - closing.at > GRACE) this.#closings.delete(id);
		return board && { ...board, closing };
	}

	/** On a participant's page this is the participant, also in the browser of who facilitates. */
	get #as(): 'participant' | undefined {
		return this.#participant ? 'participant' : undefined;
	}

	/** On a participant's page: who they are, where that is known. */
	get self(): ParticipantId | null {
		return this.#participant?.seat ?? null;
	}

	get #participant(): { seat: ParticipantId | null } | null {
		const { participant, initial } = this.#options;
		return participant ?? (initial?.role === 'participant' ? { seat: null } : null);
	}

	/** Where this workshop's documents are. */
	get documents(): YjsServer {
		const { server, screen } = this.#options;
		const url = server?.url ?? location.origin;
		const shown = {
			...(this.#as ? { as: this.#as } : {}),
			...(screen ? { screen } : {}),
			...(server?.token ? { token: server.token } : {})
		};
		return {
			url: `${url.replace(/^http/, 'ws')}/yjs`,
			params: shown,
			...(server?.WebSocket ? { WebSocket: server.WebSocket } : {})
		};
	}

	#connected(connection: Connection): void {
		this.connection = connection;
		if (connection === 'offline') this.#recall();
		if (connection !== 'online') return;
		this.#firstHeard = true;
		// What was removed meanwhile was told to who was there.
		this.earlier.again();
		this.#commands.connected();
		void this.#learnTime();
	}

	/** Words that are saved and "No connection" do not stand side by side: where a board is back, so is the room. */
	#reached(): void {
		if (this.connection === 'offline' || this.connection === 'leaving') this.#socket.wake(0);
	}

	/** What an earlier visit left; after what is somebody else's has gone. */
	async #takeUp(): Promise<void> {
		this.#remembered = await this.#safekeeping.remembered();
		this.#commands.takeUp();
		if (this.connection === 'offline' || !navigator.onLine) this.#recall();
	}

	/** Where nothing was told on this visit, the room is shown as it was seen last. */
	#recall(): void {
		const seen = this.#remembered;
		this.#remembered = null;
		if (!seen || this.#told) return;
		this.recall(seen);
		// A page out of a store has an old time; the later one is nearer.
		const now = seen.view.now + (Date.now() - seen.at);
		if (!this.#time.learned) this.#time.heard(Math.max(now, this.#time.now()));
		if (!this.view || this.view.version < seen.view.version) this.view = seen.view;
	}

	#viewNow = (view: WorkshopView): WorkshopView => ({ ...view, now: this.#time.now() });

	async #learnTime(): Promise<void> {
		if (this.#socket.io.connected) await this.#time.learn(() => this.#socket.clock());
	}

	#seen(view: WorkshopView): void {
		this.#told = true;
		const before = this.view;
		// News may overtake the answer that a page was rendered with; but a server that was restored
		// from a backup has an earlier state, and that holds.
		if (before && view.version < before.version && !this.#firstHeard) return;
		this.#firstHeard = false;
		if (!this.#time.learned) this.#time.heard(view.now);
		const voted = { ...this.voted };
		for (const board of view.boards) {
			const was = before?.boards.find(({ id }) => id === board.id);
			// How many have voted is of a round, and comes a moment later.
			if (was && was.round !== board.round) delete voted[board.id];
			if (was && was.phase !== board.phase)
				this.#closings.set(board.id, {
					at: board.phaseStartedAt,
					forwarded: forwards(was, view.now),
					arranging: arranging(was, view.now)
				});
		}
		this.view = view;
		this.voted = voted;
		this.#safekeeping.changed();
		for (const listener of this.#listeners) listener(view, before);
	}
}
