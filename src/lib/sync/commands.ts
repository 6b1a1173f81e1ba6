/**
 * What is asked of the server: sent now or when there is a connection again, and again until it is
 * acknowledged. A command keeps its id however often it is sent, and the server applies an id once.
 * What is asked about the same thing is answered one after the other; the rest does not wait for it.
 */
import { COMMANDS, type Command, type Envelope } from '#shared/facilitation/commands.ts';
import { REFUSALS, type RefusalReason } from '#shared/refusals.ts';
import type { Outcome } from '#shared/wire/events.ts';
import type { KeptCommands } from './kept-commands.ts';
import type { RoomSocket } from './socket.ts';

interface Waiting {
	envelope: Envelope;
	/** Nobody waits for a command of an earlier visit. */
	resolve: ((outcome: Outcome) => void) | null;
	/** Closing the page does not lose it. */
	kept: boolean;
	/** It is on its way on this connection. */
	asking: boolean;
}

/** Words of an earlier visit that the server did not take. */
export interface Returned {
	id: string;
	command: Command;
	refusal: RefusalReason;
}

export class Commands {
	/** Where they are sent; the socket is told of new connections by `connected`. */
	readonly #socket: Pick<RoomSocket, 'io' | 'give'>;
	readonly #kept: KeptCommands | null;
	readonly #changed: () => void;
	#waiting: Waiting[];
	#returned: Returned[] = [];

	/** `kept`: a participant's, of this visit and earlier ones. */
	constructor(
		socket: Pick<RoomSocket, 'io' | 'give'>,
		kept: KeptCommands | null,
		changed: () => void
	) {
		this.#socket = socket;
		this.#kept = kept;
		this.#changed = changed;
		this.#waiting = [];
	}

	/** Not acknowledged yet. */
	get waiting(): Command[] {
		return this.#waiting.map(({ envelope }) => envelope.command);
	}

	get returned(): Returned[] {
		return this.#returned;
	}

	/** Closing the page would lose none that is worth keeping. */
	get areKept(): boolean {
		return this.#waiting.every(({ kept, envelope }) => kept || isOfNow(envelope));
	}

	/** Takes up what an earlier visit left, before what is waiting here; nothing of it is taken twice. */
	takeUp(): void {
		const here = new Map(this.#waiting.map((waiting) => [waiting.envelope.id, waiting]));
		const inOrder = (this.#kept?.all() ?? []).map(
			(envelope) => here.get(envelope.id) ?? { envelope, resolve: null, kept: true, asking: false }
		);
		this.#waiting = [...new Set([...inOrder, ...here.values()])];
		this.#changed();
		this.connected();
	}

	ask(envelope: Envelope): Promise<Outcome> {
		if (isOfNow(envelope) && !this.#socket.io.connected) return Promise.resolve(TOO_LATE);
		return new Promise((resolve) => {
			const kept = this.#kept?.keep(envelope) ?? false;
			const waiting: Waiting = { envelope, resolve, kept, asking: false };
			this.#waiting.push(waiting);
			this.#changed();
			this.#next(aboutOf(envelope));
		});
	}

	/** There is a connection: everything goes out. */
	connected(): void {
		for (const about of new Set(this.#waiting.map(({ envelope }) => aboutOf(envelope))))
			this.#next(about);
	}

	/** The person has seen what was not taken. */
	dismiss(id: string): void {
		this.#kept?.drop(id);
		this.#returned = this.#returned.filter((one) => one.id !== id);
		this.#changed();
	}

	#about(about: string): Waiting[] {
		return this.#waiting.filter(({ envelope }) => aboutOf(envelope) === about);
	}

	/** Of what is asked about one thing, the oldest is sent. */
	#next(about: string): void {
		const [first] = this.#about(about);
		if (first) void this.#send(first);
	}

	async #send(waiting: Waiting): Promise<void> {
		if (!this.#socket.io.connected || waiting.asking) return;
		const { id } = waiting.envelope;
		// Another tab has had it answered, and newer words may have come since.
		if (!waiting.resolve && !this.#kept?.has(id)) {
			this.#done(waiting);
			return this.#next(aboutOf(waiting.envelope));
		}
		waiting.asking = true;
		try {
			this.#answered(waiting, await this.#socket.give(waiting.envelope));
		} catch {
			// No answer in time, or the connection went: again now, or when it is back.
			waiting.asking = false;
			if (isOfNow(waiting.envelope) && !this.#socket.io.connected) this.#tell(waiting, TOO_LATE);
			else void this.#send(waiting);
		}
	}

	#answered(waiting: Waiting, outcome: Outcome): void {
		const { id, command } = waiting.envelope;
		const refusal = outcome.ok ? null : outcome.refusal;
		if (refusal && !waiting.resolve && mendedByWaiting(refusal)) {
			// Nobody is there to press again: with the next connection. Who asked for what comes after
			// it hears the same now.
			waiting.asking = false;
			for (const later of this.#about(aboutOf(waiting.envelope)))
				if (later.resolve) this.#tell(later, outcome);
			return;
		}
		// Words that nobody took stay until they were seen.
		if (refusal && !waiting.resolve && hasWords(command)) {
			this.#returned = [...this.#returned, { id, command, refusal }];
			this.#done(waiting);
		} else this.#tell(waiting, outcome);
		this.#next(aboutOf(waiting.envelope));
	}

	#tell(waiting: Waiting, outcome: Outcome): void {
		this.#kept?.drop(waiting.envelope.id);
		this.#done(waiting);
		waiting.resolve?.(outcome);
	}

	#done(waiting: Waiting): void {
		this.#waiting = this.#waiting.filter((one) => one !== waiting);
		this.#changed();
	}
}

/** What people say without a word, and a page that is turned, is of this moment: it does not wait for a connection. */
const isOfNow = ({ command }: Envelope) =>
	COMMANDS[command.type].kind === 'signal' || COMMANDS[command.type].kind === 'screen';
const TOO_LATE: Outcome = { ok: false, refusal: 'try-again' };

const mendedByWaiting = (refusal: RefusalReason) => REFUSALS[refusal].status >= 429;
const hasWords = ({ type }: Command) => type === 'comment' || type === 'action';

/** What a command is about: what changes that is changed by one command at a time. */
function aboutOf({ id, command }: Envelope): string {
	switch (command.type) {
		case 'action':
		case 'remove-action':
			return `action ${command.id}`;
		case 'comment':
		case 'remove-comment':
			return `comment ${command.id}`;
		case 'vote':
		case 'place':
		case 'rank':
		case 'prefer':
			// All of a board: a dot that moves is free only once it was taken off.
			return `votes ${command.board}`;
		case 'tell-page':
			// The last that is told is the page that is on.
			return 'page';
		default:
			return id;
	}
}
