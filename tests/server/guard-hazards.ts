/** What is known to break servers of Yjs documents, one row each, and how it is refused. */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { cardsOf } from '#shared/doc/schema.ts';
import { writeAwareness, writeStep1, writeStep2, writeUpdate } from '#shared/wire/yjs-frames.ts';
import { raw, updateOf, type RawStruct } from './guard-support.ts';
import type { Device } from './yjs-device.ts';

/** Who attacks: Chidi, with a card of his own that the board has. */
export interface Attacker {
	device: Device;
	/** A client id that nobody has. */
	client: number;
	/** His card, as the container of what he makes. */
	card: readonly [number, number];
	/** Ben's client id, and his next clock. */
	victim: { client: number; clock: number };
	/** The client id of his presence. */
	presence: number;
}

export interface Hazard {
	name: string;
	document?: 'notebook' | 'board';
	frames(attacker: Attacker): Uint8Array[];
	/** How the socket ends; null where it stays, and nothing has come of it. */
	closes: { code: number; reason: string } | null;
	/** The guard has no part in it. */
	judged?: false;
}

const malformed = { code: 4400, reason: 'malformed' };
const gap = { code: 4400, reason: 'gap' };
const unknown = { code: 4400, reason: 'unknown-content' };
const foreign = { code: 4403, reason: 'foreign-path' };
const taken = { code: 4403, reason: 'client-id-taken' };

const put = (parent: string, key: string): RawStruct => ({ parent, key, values: [1] });
export const many = <T>(count: number, one: (at: number) => T): T[] =>
	Array.from({ length: count }, (_, at) => one(at));

function presence(entries: [clientId: number, clock: number, state: unknown][]): Uint8Array {
	const to = encoding.createEncoder();
	encoding.writeVarUint(to, entries.length);
	for (const [clientId, clock, state] of entries) {
		encoding.writeVarUint(to, clientId);
		encoding.writeVarUint(to, clock);
		encoding.writeVarString(to, JSON.stringify(state));
	}
	return writeAwareness(encoding.toUint8Array(to));
}

export const HAZARDS: Hazard[] = [
	{
		name: 'maps nested 2,000 deep, and the top one deleted',
		frames: ({ client, card }) => {
			const structs = many(2000, (at) => ({
				parent: at === 0 ? card : ([client, at - 1] as const),
				key: 'deeper',
				map: true as const
			}));
			return [writeUpdate(raw([{ client, structs }], [{ client, ranges: [[0, 1]] }]))];
		},
		closes: unknown
	},
	{
		name: 'a write under the victim’s client id, at their next clock',
		document: 'board',
		frames: ({ victim }) => [
			writeUpdate(raw([{ ...victim, structs: [put('placements', 'card-mine')] }]))
		],
		closes: taken
	},
	{
		name: 'a placeholder of 2^40 under the victim’s client id',
		frames: ({ victim }) => [writeUpdate(raw([{ ...victim, structs: [{ gc: 2 ** 40 }] }]))],
		closes: malformed
	},
	{
		name: 'everything of the victim’s deleted, to 2^40',
		document: 'board',
		frames: ({ victim: { client } }) => [
			writeUpdate(raw([], [{ client, ranges: [[0, 2 ** 40]] }]))
		],
		closes: gap
	},
	{
		name: '2,000 updates that wait for what never comes',
		frames: ({ client }) =>
			many(2000, (at) =>
				writeUpdate(raw([{ client, clock: 5000 + 2 * at, structs: [put('cards', 'mine')] }]))
			),
		closes: gap
	},
	{
		name: '3,000 deletions that wait for what never comes',
		frames: () => many(3000, (at) => writeUpdate(raw([], [{ client: 77, ranges: [[2 * at, 1]] }]))),
		closes: gap
	},
	{
		name: 'thirty million structs announced, in seven bytes',
		frames: ({ client }) => [writeUpdate(raw([{ client, count: 30_000_000, structs: [] }]))],
		closes: malformed
	},
	{
		name: 'the whole board asked for, again and again',
		document: 'board',
		frames: () => many(500, () => writeStep1(Y.encodeStateVector(new Y.Doc()))),
		closes: { code: 1013, reason: 'try-again' },
		judged: false
	},
	{
		name: 'a state vector of a million entries',
		document: 'board',
		frames: () => [writeStep1(stateVector(1_000_000))],
		closes: { code: 4413, reason: 'too-large' },
		judged: false
	},
	{
		name: 'as many entries as a frame takes',
		document: 'board',
		frames: () => [writeStep1(stateVector(200_000))],
		closes: malformed,
		judged: false
	},
	{
		name: 'twenty thousand root types',
		frames: ({ client }) => [
			writeStep2(raw([{ client, structs: many(20_000, (at) => put(`r${at}`, 'a')) }]))
		],
		closes: foreign
	},
	{
		name: 'text in a root that is read as a map',
		document: 'board',
		frames: ({ client }) => [
			writeUpdate(raw([{ client, structs: [{ parent: 'groups', text: 'hidden '.repeat(800) }] }]))
		],
		closes: unknown
	},
	{
		name: 'an update without its last byte',
		frames: ({ device }) => {
			const copy = new Y.Doc();
			Y.applyUpdate(copy, Y.encodeStateAsUpdate(device.doc));
			const update = updateOf(copy, () => firstText(copy).insert(0, 'half of it'));
			return [writeUpdate(update.slice(0, -1))];
		},
		closes: malformed
	},
	{
		name: 'presence of a hundred thousand people',
		document: 'board',
		frames: () => [presence(many(100_000, (at) => [at + 1, 1, { moving: 'card-1' }]))],
		closes: { code: 4413, reason: 'too-large' },
		judged: false
	},
	{
		name: 'presence of as many people as a frame takes',
		document: 'board',
		frames: ({ client }) => [
			presence([[client, 1, {}], ...many(2000, (at) => [at + 1, 1, { moving: 'card-1' }] as never)])
		],
		closes: null,
		judged: false
	},
	{
		name: 'presence under the victim’s id and another’s name, at clock 2^50',
		document: 'board',
		frames: ({ presence: id }) => [presence([[id, 2 ** 50, { moving: 'card-1', name: 'FAKE' }]])],
		closes: null,
		judged: false
	}
];

function stateVector(entries: number): Uint8Array {
	const to = encoding.createEncoder();
	encoding.writeVarUint(to, entries);
	for (let at = 0; at < entries; at += 1) {
		encoding.writeVarUint(to, at);
		encoding.writeVarUint(to, 9);
	}
	return encoding.toUint8Array(to);
}

/** The first words of a notebook. */
export const firstText = (doc: Y.Doc): Y.Text => {
	const [own] = cardsOf(doc).values();
	const [card] = own!.values();
	return (card!.get('fields') as Y.Map<Y.Text>).values().next().value!;
};
