/**
 * What is asked of the server: sent now or when there is a connection again, and again until it is
 * acknowledged. A command keeps its id however often it is sent, and the server applies an id once.
 */
import type { Command, Envelope } from '#shared/facilitation/commands.ts';
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

	/** Closing the page would lose none. */
	get areKept(): boolean {
		return this.#waiting.every(({ kept }) => kept);
	}

	/** Takes up what an earlier visit left; what is waiting here already is not taken twice. */
	takeUp(): void {
		const here = new Set(this.#waiting.map(({ envelope }) => envelope.id));
		for (const envelope of this.#kept?.all() ?? [])
			if (!here.has(envelope.id))
				this.#waiting.push({ envelope, resolve: null, kept: true, asking: false });
		this.#changed();
		this.connected();
	}

	ask(envelope: Envelope): Promise<Outcome> {
		return new Promise((resolve) => {
			const kept = this.#kept?.keep(envelope) ?? false;
			const waiting: Waiting = { envelope, resolve, kept, asking: false };
			this.#waiting.push(waiting);
			this.#changed();
			void this.#send(waiting);
		});
	}

	/** There is a connection: everything goes out. */
	connected(): void {
		for (const waiting of this.#waiting) void this.#send(waiting);
	}

	/** The person has seen what was not taken. */
	dismiss(id: string): void {
		this.#kept?.drop(id);
		this.#returned = this.#returned.filter((one) => one.id !== id);
		this.#changed();
	}

	async #send(waiting: Waiting): Promise<void> {
		if (!this.#socket.io.connected || waiting.asking) return;
		waiting.asking = true;
		try {
			this.#answered(waiting, await this.#socket.give(waiting.envelope));
		} catch {
			// No answer in time, or the connection went: again now, or when it is back.
			waiting.asking = false;
			void this.#send(waiting);
		}
	}

	#answered(waiting: Waiting, outcome: Outcome): void {
		const { id, command } = waiting.envelope;
		const refusal = outcome.ok ? null : outcome.refusal;
		if (refusal && !waiting.resolve && mendedByWaiting(refusal)) {
			// Nobody is there to press again: with the next connection.
			waiting.asking = false;
			return;
		}
		this.#waiting = this.#waiting.filter((one) => one !== waiting);
		// Words that nobody took stay until they were seen.
		if (refusal && !waiting.resolve && hasWords(command))
			this.#returned = [...this.#returned, { id, command, refusal }];
		else this.#kept?.drop(id);
		this.#changed();
		waiting.resolve?.(outcome);
	}
}

const mendedByWaiting = (refusal: RefusalReason) => REFUSALS[refusal].status >= 429;
const hasWords = ({ type }: Command) => type === 'comment' || type === 'action';
