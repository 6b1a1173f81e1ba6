/**
 * A workshop as this person may see it, kept up to date over the room's socket. Big values are
 * replaced whole; nothing in here is changed by anybody but the server's news.
 */
import { nanoid } from 'nanoid';
import type { ActionValue, CommentValue, Votes } from '#shared/doc/contents.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import { COMMANDS, type Command } from '#shared/facilitation/commands.ts';
import { arranging, forwards, GRACE } from '#shared/facilitation/phases.ts';
import type { Closing } from '#shared/facilitation/state.ts';
import { liveBoard, type BoardView, type WorkshopView } from '#shared/facilitation/view.ts';
import type { AuthorKey, BoardId, CardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { LateView, LeftView, Outcome, PersonView } from '#shared/wire/events.ts';
import { forgetNotebooks, sweepNotebooks } from '../sync/offline.ts';
import { ServerTime } from '../sync/server-time.ts';
import { RoomSocket, type Connection } from '../sync/socket.ts';
import type { YjsServer } from '../sync/yjs-connection.ts';

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
	/** What the page already knew. */
	initial?: WorkshopView | null;
	server?: ServerAddress;
}

type PerBoard<T> = Record<BoardId, T>;
type ViewListener = (now: WorkshopView, before: WorkshopView | null) => void;

export class Workshop {
	readonly id: WorkshopId;
	view = $state.raw<WorkshopView | null>(null);
	live: BoardView | undefined = $derived(this.view ? liveBoard(this.view) : undefined);
	people = $state.raw<PersonView[]>([]);
	here = $state(0);
	exercises = $state.raw<PerBoard<Exercise>>({});
	counts = $state.raw<PerBoard<{ cards: number; people: number; writing: number }>>({});
	comments = $state.raw<PerBoard<CommentValue[]>>({});
	actions = $state.raw<PerBoard<ActionValue[]>>({});
	ballots = $state.raw<PerBoard<{ mine: Votes; left: number }>>({});
	totals = $state.raw<PerBoard<Votes | null>>({});
	authors = $state.raw<PerBoard<Record<AuthorKey, { participant: ParticipantId; name: string }>>>(
		{}
	);
	late = $state.raw<PerBoard<LateView[]>>({});
	held = $state.raw<PerBoard<number>>({});
	left = $state.raw<PerBoard<LeftView[]>>({});
	removed = $state.raw<PerBoard<{ card: CardId; text: string }[]>>({});
	connection = $state<Connection>('connecting');
	/** This person was removed, or the workshop deleted: nothing more will come. */
	ended = $state(false);
	/** The server's time in ms; ticks four times a second. */
	now = $state(0);

	readonly #time = new ServerTime();
	readonly #socket: RoomSocket;
	readonly #options: WorkshopOptions;
	readonly #listeners = new Set<ViewListener>();
	/** What a board's last phase allowed, as far as this device saw it end. */
	readonly #closings = new Map<BoardId, Closing>();
	#stops: (() => void)[] = [];

	constructor(options: WorkshopOptions) {
		this.id = options.id;
		this.#options = options;
		this.view = options.initial ?? null;
		if (options.initial) this.#time.heard(options.initial.now);
		this.now = this.#time.now();
		this.#socket = new RoomSocket(
			{
				workshop: options.id,
				screen: options.screen,
				token: options.server?.token,
				as: this.#as,
				url: options.server?.url
			},
			{
				connection: (connection) => {
					this.connection = connection;
					if (connection === 'online') void this.#learnTime();
				},
				ended: (how) => {
					this.ended = true;
					// On a shared computer, nothing stays of someone who was taken out.
					if (how === 'removed') void forgetNotebooks(this.view?.boards.map(({ id }) => id) ?? []);
				}
			}
		);
		this.#hear();
	}

	/** Begins to listen; on the page, never while it is rendered on the server. */
	connect(): void {
		const ticking = setInterval(() => (this.now = this.#time.now()), TICK);
		const learning = setInterval(() => void this.#learnTime(), LEARN_AGAIN);
		this.#stops = [() => clearInterval(ticking), () => clearInterval(learning)];
		void sweepNotebooks(Date.now());
		this.#socket.connect();
	}

	close(): void {
		for (const stop of this.#stops) stop();
		this.#socket.close();
	}

	/** Sends a command until it is answered: at once, or when there is a connection again. */
	send(command: Command): Promise<Outcome> {
		const moves = COMMANDS[command.type].kind === 'facilitation';
		const version = moves && this.view ? { version: this.view.version } : {};
		return this.#socket.ask({ id: nanoid(), ...version, command });
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
		return this.#options.initial?.role === 'participant' ? 'participant' : undefined;
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

	#learnTime = (): Promise<void> => this.#time.learn(() => this.#socket.clock());

	#hear(): void {
		const { io } = this.#socket;
		io.on('state:changed', (view) => this.#seen(view));
		io.on('roster:changed', (people, here) => {
			this.people = people;
			this.here = here;
		});
		io.on('board:described', (board, exercise) => {
			this.exercises = { ...this.exercises, [board]: exercise };
		});
		io.on('authors:changed', (board, authors) => {
			this.authors = { ...this.authors, [board]: authors };
		});
		io.on('counts:changed', (board, counts) => {
			this.counts = { ...this.counts, [board]: counts };
		});
		io.on('ballot:changed', (board, mine, left) => {
			this.ballots = { ...this.ballots, [board]: { mine, left } };
		});
		io.on('totals:changed', (board, totals) => {
			this.totals = { ...this.totals, [board]: totals };
		});
		io.on('late:changed', (board, late) => {
			this.late = { ...this.late, [board]: late };
		});
		io.on('held:changed', (board, cards) => {
			this.held = { ...this.held, [board]: cards };
		});
		io.on('left:changed', (board, cards) => {
			this.left = { ...this.left, [board]: cards };
		});
		io.on('removed:changed', (board, cards) => {
			this.removed = { ...this.removed, [board]: cards };
		});
		io.on('comments:told', (board, comments) => {
			this.comments = { ...this.comments, [board]: comments };
		});
		io.on('comment:added', (board, comment) => {
			this.comments = withOne(this.comments, board, comment);
		});
		io.on('comment:removed', (board, id) => {
			this.comments = withoutOne(this.comments, board, id);
		});
		io.on('actions:told', (board, actions) => {
			this.actions = { ...this.actions, [board]: actions };
		});
		io.on('action:changed', (board, action) => {
			this.actions = withOne(this.actions, board, action);
		});
		io.on('action:removed', (board, id) => {
			this.actions = withoutOne(this.actions, board, id);
		});
	}

	#seen(view: WorkshopView): void {
		const before = this.view;
		// News may overtake the answer that a page was rendered with.
		if (before && view.version < before.version) return;
		if (!this.#time.learned) this.#time.heard(view.now);
		for (const board of view.boards) {
			const was = before?.boards.find(({ id }) => id === board.id);
			if (was && was.phase !== board.phase)
				this.#closings.set(board.id, {
					at: board.phaseStartedAt,
					forwarded: forwards(was, view.now),
					arranging: arranging(was, view.now)
				});
		}
		this.view = view;
		for (const listener of this.#listeners) listener(view, before);
	}
}

function withOne<T extends { id: string }>(all: PerBoard<T[]>, board: BoardId, one: T) {
	const there = all[board] ?? [];
	const known = there.some(({ id }) => id === one.id);
	const now = known ? there.map((old) => (old.id === one.id ? one : old)) : [...there, one];
	return { ...all, [board]: now };
}

const withoutOne = <T extends { id: string }>(
	all: PerBoard<T[]>,
	board: BoardId,
	gone: string
) => ({
	...all,
	[board]: (all[board] ?? []).filter(({ id }) => id !== gone)
});
