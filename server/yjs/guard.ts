/**
 * The guard: every update from a client is judged here before it is applied, stored or forwarded.
 * It passes whole or is refused whole. Pure: the document is only read, and nothing is thrown.
 *
 *   1  the update is decoded to its end (`guard-update.ts`)
 *   2  its structs are judged in an order in which Yjs could integrate them, so that nothing waits
 *      for what the server does not have; each is resolved to its place (`guard-paths.ts`), and
 *      what it is must be what that place holds, for this person (`guard-rules.ts`)
 *   3  its deletions are judged: of what is known, and only of one's own or the room's
 *   4  what the document would be after it keeps within the limits
 *
 * The document is never walked: only what an update touches is looked at.
 */
import * as Y from 'yjs';
import { LIMITS, ROOTS } from '#shared/doc/schema.ts';
import type { CardId } from '#shared/ids.ts';
import { refuse, type Refusal } from '#shared/refusals.ts';
import { judgeAmounts } from './guard-amounts.ts';
import { Places } from './guard-paths.ts';
import { holds, isKnownContent, notDeletable, notWritable, type Rights } from './guard-rules.ts';
import {
	indexAt,
	readUpdate,
	type EncodedParent,
	type Section,
	type Struct
} from './guard-update.ts';

export type { Rights } from './guard-rules.ts';

/** What a passed update means for the room. */
export interface Passed {
	/** Free client ids that it uses: from now on its sender's. */
	clientIds: number[];
	/** Cards that it makes. */
	cards: CardId[];
}

/** A device gets a new client id whenever it is opened: no honest update brings so many. */
const MOST_NEW_CLIENTS = 100;

/** Whether an update may be applied to this document, by this person, now. */
export function judge(update: Uint8Array, doc: Y.Doc, rights: Rights): Passed | Refusal {
	if (update.byteLength > LIMITS.syncBytes) return refuse('too-large', 'the update');
	try {
		return new Judgement(update, doc, rights).run();
	} catch (error) {
		return refuse('malformed', error instanceof Error ? error.message : undefined);
	}
}

class Judgement {
	readonly #store: Y.Doc['store'];
	readonly #rights: Rights;
	readonly #sections: Map<number, Section>;
	readonly #deletions: Map<number, { clock: number; len: number }[]>;
	readonly #places: Places;
	readonly #clientIds: number[] = [];

	constructor(update: Uint8Array, doc: Y.Doc, rights: Rights) {
		const read = readUpdate(update, doc.store);
		this.#store = doc.store;
		this.#rights = rights;
		this.#sections = read.sections;
		this.#deletions = read.deletions;
		this.#places = new Places(doc, read);
	}

	run(): Passed | Refusal {
		const refusal =
			this.#judgeClients() ??
			this.#judgeStructs() ??
			this.#judgeDeletions() ??
			judgeAmounts(this.#places, this.#rights.exercise);
		if (refusal) return refusal;
		const cards: CardId[] = [];
		for (const { kind, made } of this.#places.touched)
			if (kind === 'author')
				for (const { item, key } of made) if (!this.#places.stillborn.has(item)) cards.push(key);
		return { clientIds: this.#clientIds, cards };
	}

	/**
	 * New structs come without a gap, under one's own client ids or free ones; and one's own in the
	 * document where it was begun: on the board, its clocks would be taken for the notebook's.
	 */
	#judgeClients(): Refusal | null {
		for (const { client, structs, known, end } of this.#sections.values()) {
			if (structs[0]!.id.clock > known) return refuse('gap', 'a client’s structs start too late');
			if (end <= known) continue;
			const held = this.#rights.holderOf(client);
			if (held === undefined) this.#clientIds.push(client);
			else if (held !== this.#rights.holder || this.#rights.writesElsewhere(client))
				return refuse('client-id-taken', String(client));
		}
		const many = this.#clientIds.length;
		return many > Math.min(MOST_NEW_CLIENTS, LIMITS.clientIdsPerPerson - this.#rights.held)
			? refuse('too-large', 'client ids')
			: null;
	}

	/**
	 * As Yjs integrates: the client whose struct waits for another's is put aside until that one has
	 * come. Two that wait for each other would stay pending for ever, unseen.
	 */
	#judgeStructs(): Refusal | null {
		for (const section of this.#sections.values()) {
			const waiting: Section[] = [section];
			while (waiting.length > 0) {
				const current = waiting.at(-1)!;
				const struct = current.structs[current.next];
				if (!struct) {
					waiting.pop();
					continue;
				}
				const missing = this.#missing(struct);
				if (missing !== null) {
					const needed = this.#sections.get(missing);
					if (!needed || waiting.includes(needed) || needed.next >= needed.structs.length)
						return refuse('gap', 'something that the server has not seen');
					waiting.push(needed);
					continue;
				}
				const refusal = this.#judgeStruct(struct, current.known);
				if (refusal) return refusal;
				current.next += 1;
				if (current !== section) waiting.pop();
			}
		}
		return null;
	}

	/** The client of a struct that has to come before this one. */
	#missing(struct: Struct): number | null {
		if (!(struct instanceof Y.Item)) return null;
		const parent = struct.parent as EncodedParent;
		for (const id of [
			struct.origin,
			struct.rightOrigin,
			typeof parent === 'string' ? null : parent
		])
			if (id && id.clock >= this.#reached(id.client)) return id.client;
		return null;
	}

	#reached(client: number): number {
		const section = this.#sections.get(client);
		if (!section) return Y.getState(this.#store, client);
		const next = section.structs[section.next];
		return Math.max(section.known, next ? next.id.clock : section.end);
	}

	#judgeStruct(struct: Struct, known: number): Refusal | null {
		if (struct instanceof Y.Skip) return refuse('gap', 'a skip');
		const isNew = struct.id.clock + struct.length > known;
		if (struct instanceof Y.GC) {
			if (isNew) this.#places.put(struct, this.#places.nothing);
			return isNew && struct.id.clock < known ? this.#judgeRest(struct, known) : null;
		}

		const parent = struct.parent as EncodedParent;
		const roots: readonly string[] = ROOTS[this.#rights.document];
		// Applying an update makes the roots that it names, even for structs that are known.
		if (typeof parent === 'string' && !roots.includes(parent))
			return refuse('foreign-path', 'root');
		if (!isKnownContent(struct.content)) return refuse('unknown-content', 'kind');
		if (!isNew) return this.#splitsPair(struct) ? refuse('malformed', 'half a character') : null;

		const place = this.#places.locate(struct);
		if ('refused' in place) return place;
		this.#places.put(struct, place);
		if (this.#places.isVoid(place))
			return this.#splitsPair(struct) ? refuse('malformed', 'half a character') : null;

		const { container, key } = place;
		const reason = notWritable(container, this.#rights);
		if (reason) return refuse(reason, `${container.kind}/${key ?? ''}`);
		if (!holds(container, key, struct.content, this.#rights.exercise))
			return refuse('unknown-content', `${container.kind}/${key ?? ''}`);
		if (container.kind === 'author' && key !== null && this.#rights.cardTaken(key))
			return refuse('card-id-taken', key);
		if (struct.content instanceof Y.ContentString)
			container.inserted += struct.length - Math.max(0, known - struct.id.clock);
		return struct.id.clock < known ? this.#judgeRest(struct, known) : null;
	}

	/** The rest of a struct whose beginning is known is joined to it: it has to be its rest. */
	#judgeRest(struct: Struct, known: number): Refusal | null {
		const before = this.#places.placeOf(this.#places.find(Y.createID(struct.id.client, known - 1)));
		const here = this.#places.placeOf(struct);
		const same = before.container === here.container && before.key === here.key;
		return same || this.#places.isVoid(here) ? null : refuse('malformed', 'not the rest of it');
	}

	/**
	 * Yjs splits what an item names as its neighbour, known or not, and between two surrogates that
	 * destroys a character. In one's own text that is one's own affair; anywhere else it is not.
	 */
	#splitsPair(item: Y.Item): boolean {
		return (
			(item.origin !== null && this.#isInPair(item.origin, 1)) ||
			(item.rightOrigin !== null && this.#isInPair(item.rightOrigin, 0))
		);
	}

	#isInPair(id: Y.ID, behind: number): boolean {
		const struct = this.#places.find(id);
		if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return false;
		const at = id.clock - struct.id.clock + behind;
		const unit = struct.content.str.charCodeAt(at - 1);
		return at > 0 && at < struct.length && unit >= 0xd800 && unit <= 0xdbff;
	}

	#judgeDeletions(): Refusal | null {
		for (const [client, ranges] of this.#deletions) {
			const section = this.#sections.get(client);
			const known = Y.getState(this.#store, client);
			const end = Math.max(known, section?.end ?? 0);
			for (const { clock, len } of ranges) {
				if (clock + len > end) return refuse('gap', 'deletes what the server has not seen');
				const refusal =
					this.#judgeKnownDeletions(client, clock, Math.min(clock + len, known)) ??
					this.#judgeNewDeletions(section, Math.max(clock, known), clock + len);
				if (refusal) return refusal;
			}
		}
		return null;
	}

	#judgeKnownDeletions(client: number, from: number, to: number): Refusal | null {
		const structs = this.#store.clients.get(client);
		if (!structs || from >= to) return null;
		for (let at = Y.findIndexSS(structs, from); at < structs.length; at += 1) {
			const struct = structs[at]!;
			if (struct.id.clock >= to) break;
			if (struct.deleted || !(struct instanceof Y.Item)) continue;
			const { container, key } = this.#places.placeOf(struct);
			const reason = notDeletable(container, this.#rights);
			if (reason) return refuse(reason, `${container.kind}/${key ?? ''}`);
			this.#places.touched.add(container);
			if (key !== null) container.cleared.push(key);
			if (struct.content instanceof Y.ContentString) container.removed += overlap(struct, from, to);
		}
		return null;
	}

	/** What an update both brings and deletes was judged when it came. */
	#judgeNewDeletions(section: Section | undefined, from: number, to: number): null {
		if (!section || from >= to) return null;
		for (let at = indexAt(section, from); at < section.structs.length; at += 1) {
			const struct = section.structs[at]!;
			if (struct.id.clock >= to) break;
			if (!(struct instanceof Y.Item)) continue;
			if (struct.length === overlap(struct, from, to)) this.#places.stillborn.add(struct);
			if (struct.content instanceof Y.ContentString)
				this.#places.placeOf(struct).container.removed += overlap(struct, from, to);
		}
		return null;
	}
}

/** How much of a struct lies in a range of clocks. */
const overlap = (struct: Struct, from: number, to: number): number =>
	Math.min(struct.id.clock + struct.length, to) - Math.max(struct.id.clock, from);
