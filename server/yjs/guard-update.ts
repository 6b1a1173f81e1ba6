/**
 * An update as the guard reads it. `applyUpdate` reads and integrates in one go, so that a broken
 * update is partly applied before it throws: everything is decoded here first.
 */
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';

export type Struct = Y.Item | Y.GC | Y.Skip;
/** Whom an item names before it is integrated: as decoded, a root is its name. */
export type EncodedParent = Y.ID | string | null;

/** One client's structs in an update, in the order of their clocks and without a break. */
export interface Section {
	client: number;
	structs: Struct[];
	/** What the document has of this client. */
	known: number;
	/** Where the structs end. */
	end: number;
	/** The next struct to judge. */
	next: number;
}

export interface Update {
	sections: Map<number, Section>;
	deletions: Map<number, { clock: number; len: number }[]>;
}

/** Client ids are 32 bits wide, and no notebook comes near so many units. */
const LARGEST_CLIENT = 0xffff_ffff;
const LARGEST_CLOCK = 0x7fff_ffff;

/**
 * Refuses what Yjs reads in one way and applies in another: a second section of the same client
 * silently replaces the first when an update is applied.
 */
class CheckedDecoder extends Y.UpdateDecoderV1 {
	/** What the last one read, which Yjs keeps to itself: only for who has just called it. */
	static bytes: decoding.Decoder | null = null;
	readonly #clients = new Set<number>();

	constructor(bytes: decoding.Decoder) {
		super(bytes);
		CheckedDecoder.bytes = bytes;
	}

	override readClient(): number {
		const client = super.readClient();
		if (client > LARGEST_CLIENT || this.#clients.has(client)) throw new Error('client repeated');
		this.#clients.add(client);
		return client;
	}
}

/** Decodes an update whole; throws where it cannot be, or is not as Yjs itself writes it. */
export function readUpdate(update: Uint8Array, store: Y.Doc['store']): Update {
	const { structs, ds } = Y.decodeUpdateV2(update, CheckedDecoder);
	if (decoding.hasContent(CheckedDecoder.bytes!)) throw new Error('more than an update');
	const sections = new Map<number, Section>();
	let section: Section | undefined;
	for (const struct of structs as Struct[]) {
		const { client, clock } = struct.id;
		const end = clock + struct.length;
		// A struct without length would be found by no search and never end.
		if (struct.length < 1 || end > LARGEST_CLOCK) throw new Error('length out of range');
		if (section?.client !== client) {
			section = { client, structs: [], known: Y.getState(store, client), end, next: 0 };
			sections.set(client, section);
		}
		section.structs.push(struct);
		section.end = end;
	}
	for (const ranges of ds.clients.values()) {
		let behind = 0;
		for (const { clock, len } of ranges) {
			// Sorted and apart, as Yjs writes them: each struct is looked at once.
			if (len < 1 || clock < behind) throw new Error('deletions out of order');
			behind = clock + len;
		}
	}
	return { sections, deletions: ds.clients };
}

/** Where in a section the struct is that covers a clock; its length where none does. */
export function indexAt(section: Section, clock: number): number {
	let low = 0;
	let high = section.structs.length - 1;
	while (low <= high) {
		const middle = (low + high) >> 1;
		const struct = section.structs[middle]!;
		if (clock < struct.id.clock) high = middle - 1;
		else if (clock >= struct.id.clock + struct.length) low = middle + 1;
		else return middle;
	}
	return section.structs.length;
}
