import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { judge, type Passed, type Rights } from '#server/yjs/guard.ts';
import { addCard, makeAuthorMap, type NewCard } from '#shared/doc/notebook.ts';
import { cardsOf, groupsOf, placementsOf } from '#shared/doc/schema.ts';
import { exerciseSchema, type Exercise } from '#shared/exercises/format.ts';
import { isRefusal, type Refusal } from '#shared/refusals.ts';
import * as v from 'valibot';

/** One column that has a field of every type. */
export const exercise: Exercise = v.parse(exerciseSchema, {
	id: 'guarded',
	version: 1,
	language: 'en',
	title: 'Guarded',
	tags: [],
	why: 'To have a field of every type.',
	prompt: 'Write.',
	nudges: [],
	fields: [
		{ id: 'main', type: 'paragraph', title: 'Main', main: true },
		{ id: 'note', type: 'text', title: 'Note' },
		{
			id: 'cause',
			type: 'choice',
			title: 'Cause',
			options: [
				{ id: 'time', title: 'Time' },
				{ id: 'money', title: 'Money' }
			]
		},
		{
			id: 'means',
			type: 'choice',
			title: 'Means',
			several: true,
			other: true,
			options: [{ id: 'echo', title: 'Echo' }]
		},
		{ id: 'skilled', type: 'scale', title: 'Skilled', low: 'Not', high: 'Very' },
		{ id: 'country', type: 'country', title: 'Country' },
		{ id: 'targets', type: 'sdg-target', title: 'Targets', several: true },
		{ id: 'target', type: 'sdg-target', title: 'Target' },
		{ id: 'page', type: 'link', title: 'Page' },
		{ id: 'who', type: 'person', title: 'Who' }
	],
	columns: [
		{
			id: 'all',
			title: 'All',
			fields: [
				'main',
				'note',
				'cause',
				'means',
				'skilled',
				'country',
				'targets',
				'target',
				'page',
				'who'
			]
		},
		{ id: 'few', title: 'Few', fields: ['main'] }
	],
	phases: [{ phase: 'write', minutes: 4 }],
	views: [],
	summary: []
});

/** The server's copy of one document, with the guard before it. */
export class Guarded {
	readonly doc = new Y.Doc();
	readonly holders = new Map<number, string | null>();
	readonly document: Rights['document'];

	constructor(document: Rights['document'], ...made: Uint8Array[]) {
		this.document = document;
		for (const update of made) Y.applyUpdate(this.doc, update);
		for (const client of this.doc.store.clients.keys()) this.holders.set(client, null);
	}

	rights(more: Partial<Rights> = {}): Rights {
		return {
			document: this.document,
			author: 'ben',
			holder: 'ben',
			holderOf: (client) => this.holders.get(client),
			writesElsewhere: () => false,
			held: 0,
			mayArrange: true,
			exercise,
			cardTaken: () => false,
			...more
		};
	}

	/** Judges, and applies what passes, as a room does. */
	receive(update: Uint8Array, more: Partial<Rights> = {}): Passed | Refusal {
		const before = Y.encodeStateAsUpdate(this.doc);
		const rights = this.rights(more);
		const verdict = judge(update, this.doc, rights);
		if (!same(before, Y.encodeStateAsUpdate(this.doc))) throw new Error('judging changed it');
		if (isRefusal(verdict)) return verdict;
		for (const client of verdict.clientIds) this.holders.set(client, rights.holder);
		Y.applyUpdate(this.doc, update);
		if (this.doc.store.pendingStructs || this.doc.store.pendingDs)
			throw new Error('something is pending');
		return verdict;
	}

	/** A device of somebody's that has loaded this document. */
	device(): Y.Doc {
		const device = new Y.Doc();
		Y.applyUpdate(device, Y.encodeStateAsUpdate(this.doc));
		return device;
	}
}

const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

/** Ben's notebook as the server has it, with one card of his in it. */
export function benNotebook(): { server: Guarded; device: Y.Doc; made: Uint8Array } {
	const made = makeAuthorMap('ben');
	const server = new Guarded('notebook', made);
	const device = server.device();
	write(device, 'card-1', 'no time');
	server.receive(Y.encodeStateAsUpdate(device));
	return { server, device, made };
}

/** A board with a card of Ben's and one of Chidi's; who arranges it is Ben. */
export function board(): { server: Guarded; device: Y.Doc } {
	const notebooks = ['ben', 'chidi'].map((author) => {
		const notebook = new Y.Doc();
		Y.applyUpdate(notebook, makeAuthorMap(author));
		write(notebook, `card-${author}`, `by ${author} 👍`);
		return Y.encodeStateAsUpdate(notebook);
	});
	const server = new Guarded('board', ...notebooks);
	for (const [author, own] of cardsOf(server.doc).entries())
		for (const item of own._map.values()) server.holders.set(item.id.client, author);
	return { server, device: server.device() };
}

/** A card in the exercise above. */
export function write(
	notebook: Y.Doc,
	id: string,
	main: string,
	more: Partial<NewCard> = {}
): void {
	addCard(notebook, exercise, { id, column: 'all', order: 'a0', fields: { main }, ...more });
}

/** What a device sends for what it does here. */
export function updateOf(device: Y.Doc, change: (device: Y.Doc) => void): Uint8Array {
	const before = Y.encodeStateVector(device);
	let sent: Uint8Array | null = null;
	const keep = (update: Uint8Array) => (sent = update);
	device.on('update', keep);
	device.transact(() => change(device));
	device.off('update', keep);
	return sent ?? Y.encodeStateAsUpdate(device, before);
}

/** What the guard says to something that a device does in Ben's notebook. */
export function inNotebook(change: (device: Y.Doc) => void): string {
	const { server, device } = benNotebook();
	return said(server.receive(updateOf(device, change)));
}

/** What it says to something that Ben does on the board. */
export function onBoard(
	change: (device: Y.Doc) => void,
	more: { mayArrange?: boolean } = {}
): string {
	const { server, device } = board();
	return said(server.receive(updateOf(device, change), more));
}

/** The reason of a refusal, or that it passed. */
export const said = (verdict: Passed | Refusal): string =>
	isRefusal(verdict) ? verdict.refused : 'passed';

/** A card's map, to do with it what our own functions never would. */
export const cardMap = (doc: Y.Doc, card: string, author = 'ben'): Y.Map<unknown> => {
	const map = cardsOf(doc).get(author)?.get(card);
	if (!map) throw new Error(`no card ${card}`);
	return map;
};
export const fieldsMap = (doc: Y.Doc, card: string): Y.Map<unknown> =>
	cardMap(doc, card).get('fields') as Y.Map<unknown>;

/** Everything that stands in a document, as plain values. */
export const contentOf = (doc: Y.Doc): unknown => ({
	cards: cardsOf(doc).toJSON(),
	placements: placementsOf(doc).toJSON(),
	groups: groupsOf(doc).toJSON()
});

/** The id of the item that a key of a map stands for. */
export const idOf = (map: Y.ContentType['type'], key: string): Id => {
	const { id } = map._map.get(key)!;
	return [id.client, id.clock];
};

type Id = readonly [client: number, clock: number];
interface RawItem {
	origin?: Id;
	right?: Id;
	/** A root, or the item of a container. */
	parent?: string | Id;
	key?: string;
	text?: string;
	values?: unknown[];
	deleted?: number;
	map?: true;
}
export type RawStruct = { gc: number } | { skip: number } | RawItem;

/** An update byte by byte: what no Yjs would write. */
export function raw(
	sections: { client: number; clock?: number; structs: RawStruct[]; count?: number }[],
	deletions: { client: number; ranges: Id[] }[] = []
): Uint8Array {
	const to = encoding.createEncoder();
	const number = (value: number) => encoding.writeVarUint(to, value);
	const id = ([client, clock]: Id) => (number(client), number(clock));
	number(sections.length);
	for (const { client, clock = 0, structs, count = structs.length } of sections) {
		number(count);
		number(client);
		number(clock);
		for (const struct of structs) writeStruct(to, struct, number, id);
	}
	number(deletions.length);
	for (const { client, ranges } of deletions) {
		number(client);
		number(ranges.length);
		for (const range of ranges) id(range);
	}
	return encoding.toUint8Array(to);
}

function writeStruct(
	to: encoding.Encoder,
	struct: RawStruct,
	number: (value: number) => void,
	id: (value: Id) => void
): void {
	if ('gc' in struct) {
		encoding.writeUint8(to, 0);
		return number(struct.gc);
	}
	if ('skip' in struct) {
		encoding.writeUint8(to, 10);
		return number(struct.skip);
	}
	const { origin, right, parent, key, text, values, deleted, map } = struct;
	const kind = text !== undefined ? 4 : deleted !== undefined ? 1 : map ? 7 : 8;
	const flags = (origin ? 0x80 : 0) | (right ? 0x40 : 0) | (key === undefined ? 0 : 0x20);
	encoding.writeUint8(to, kind | flags);
	if (origin) id(origin);
	if (right) id(right);
	if (!origin && !right) {
		number(typeof parent === 'string' ? 1 : 0);
		if (typeof parent === 'string') encoding.writeVarString(to, parent);
		else id(parent!);
		if (key !== undefined) encoding.writeVarString(to, key);
	}
	if (text !== undefined) encoding.writeVarString(to, text);
	else if (deleted !== undefined) number(deleted);
	else if (map) number(1);
	else {
		number(values!.length);
		for (const value of values!) encoding.writeAny(to, value as never);
	}
}
