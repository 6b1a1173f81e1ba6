/** Who is moving what, who is writing: may be lost, and is nobody's word. Only the board has it. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as v from 'valibot';
import { idSchema } from '#shared/ids.ts';
import { writeAwareness } from '#shared/wire/yjs-frames.ts';
import type { Connection } from './connection.ts';

const MOST_BYTES = 2048;
/** Whose an id is, is remembered for so many of them. */
const REMEMBERED = 10_000;

/** What a client may say of itself. Anything else is left out; on an anonymous board so is the name. */
const stateSchema = v.object({
	moving: v.optional(v.fallback(v.optional(idSchema), undefined)),
	focus: v.optional(v.fallback(v.optional(idSchema), undefined)),
	writing: v.optional(v.fallback(v.optional(v.literal(true)), undefined))
});
type State = v.InferOutput<typeof stateSchema> & { name?: string };

interface Entry {
	clientId: number;
	clock: number;
	/** Null is gone. */
	state: State | null;
}

interface Said {
	clientId: number;
	clock: number;
	json: string;
}

export class Presence {
	readonly #here = new Map<number, Entry & { connection: Connection }>();
	readonly #changed = new Map<number, Entry>();
	/**
	 * Whose an id was, also while nobody speaks for it: who took it meanwhile, at a clock beyond
	 * reach, would keep its owner from being seen ever again.
	 */
	readonly #holders = new Map<number, string>();

	/**
	 * Takes what a client says of itself. What it says of others is passed over: y-websocket's client
	 * repeats what it hears. False where it cannot be read.
	 */
	receive(
		connection: Connection,
		update: Uint8Array,
		isFree: (clientId: number) => boolean
	): boolean {
		const said = readSaid(update);
		if (!said) return false;
		for (const { clientId, clock, json } of said) {
			if (json.length > MOST_BYTES) continue;
			if (connection.presence === null && isFree(clientId)) this.#take(connection, clientId);
			// Read only now: others may be thousands.
			if (connection.presence !== clientId) continue;
			const state = readState(json);
			if (state === 'unreadable') return false;
			if (state === 'unknown') continue;
			const before = this.#here.get(clientId);
			if (before && (clock < before.clock || (clock === before.clock && state !== null))) continue;
			const next: Entry = { clientId, clock, state };
			if (state && connection.name !== null && !isEmpty(state)) state.name = connection.name;
			this.#here.set(clientId, { ...next, connection });
			// Nobody needs to hear of somebody of whom there is nothing to say.
			if (!isEmpty(next.state) || (before && !isEmpty(before.state)))
				this.#changed.set(clientId, next);
		}
		return true;
	}

	/** An id is its first holder's. */
	#take(connection: Connection, clientId: number): void {
		const holder = this.#holders.get(clientId) ?? connection.holder;
		if (this.#here.has(clientId) || holder !== connection.holder) return;
		connection.presence = clientId;
		this.#holders.delete(clientId);
		this.#holders.set(clientId, holder);
		if (this.#holders.size <= REMEMBERED) return;
		const [oldest] = this.#holders.keys();
		this.#holders.delete(oldest!);
	}

	/** Who comes later is told the name that it has now; who is here hears it when it says more. */
	renamed(connection: Connection): void {
		const last = connection.presence === null ? null : this.#here.get(connection.presence);
		if (last?.connection !== connection || last.state?.name === undefined) return;
		if (connection.name !== null) last.state.name = connection.name;
	}

	/** A connection has ended, and its presence with it: not its person's, who may be here twice. */
	leave(connection: Connection): void {
		if (connection.presence === null) return;
		const last = this.#here.get(connection.presence);
		if (last?.connection !== connection) return;
		this.#here.delete(last.clientId);
		if (!isEmpty(last.state)) this.#changed.set(last.clientId, { ...last, state: null });
	}

	get hasNews(): boolean {
		return this.#changed.size > 0;
	}

	/** What has changed since it was last asked, as one frame. */
	news(): Uint8Array | null {
		const frame = writeEntries([...this.#changed.values()]);
		this.#changed.clear();
		return frame;
	}

	/** Everybody of whom there is something to say. */
	everybody(): Uint8Array | null {
		return writeEntries([...this.#here.values()].filter(({ state }) => !isEmpty(state)));
	}
}

const isEmpty = (state: State | null) => state === null || Object.keys(state).length === 0;

function readSaid(update: Uint8Array): Said[] | null {
	try {
		const decoder = decoding.createDecoder(update);
		const said: Said[] = [];
		for (let left = decoding.readVarUint(decoder); left > 0; left--)
			said.push({
				clientId: decoding.readVarUint(decoder),
				clock: decoding.readVarUint(decoder),
				json: decoding.readVarString(decoder)
			});
		return said;
	} catch {
		return null; // lib0 throws where it ends too early
	}
}

function readState(json: string): State | null | 'unreadable' | 'unknown' {
	try {
		const said: unknown = JSON.parse(json);
		if (said === null) return null;
		const read = v.safeParse(stateSchema, said);
		return read.success ? known(read.output) : 'unknown';
	} catch {
		return 'unreadable'; // no JSON
	}
}

/** Without the keys that were not understood. */
const known = (state: State): State =>
	Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined));

function writeEntries(entries: Entry[]): Uint8Array | null {
	if (entries.length === 0) return null;
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, entries.length);
	for (const { clientId, clock, state } of entries) {
		encoding.writeVarUint(encoder, clientId);
		encoding.writeVarUint(encoder, clock);
		encoding.writeVarString(encoder, JSON.stringify(state));
	}
	return writeAwareness(encoding.toUint8Array(encoder));
}
