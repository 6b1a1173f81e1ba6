import { expect, test } from 'vitest';
import * as Y from 'yjs';

import { place } from '#shared/doc/board.ts';
import { editText, fieldText } from '#shared/doc/notebook.ts';
import { cardsOf, placementsOf } from '#shared/doc/schema.ts';
import {
	benNotebook,
	board,
	idOf,
	raw,
	said,
	updateOf,
	write,
	type RawStruct
} from './guard-support.ts';

const MINE = 4_000_000_001;
const at = { column: 'all', order: 'a1' };

/** Raw structs under a client id of one's own, to a board that one may arrange. */
function sent(...structs: RawStruct[]): string {
	const { server } = board();
	return said(server.receive(raw([{ client: MINE, structs }])));
}

/** The first item of a text. */
const startOf = (text: Y.Text): Y.Item => text._start!;

test('GU6 root types by the thousand, even of structs that are known', () => {
	const { server } = board();
	const roots = Array.from({ length: 1000 }, (_, root) => ({
		parent: `root-${root}`,
		key: 'a',
		values: [1]
	}));
	expect(said(server.receive(raw([{ client: MINE, structs: roots }])))).toBe('foreign-path');
	const known = idOf(cardsOf(server.doc), 'ben');
	const again = raw([
		{ client: known[0], structs: [{ parent: 'root-1', key: 'ben', values: [1] }] }
	]);
	expect(said(server.receive(again))).toBe('foreign-path');
	expect(server.doc.share.has('root-1')).toBe(false);
});

test('GU8 text in a map, and a value beside the keys of one', () => {
	expect(sent({ parent: 'placements', text: 'hidden payload' })).toBe('unknown-content');
	expect(sent({ parent: 'cards', text: 'hidden payload' })).toBe('foreign-path');
	expect(sent({ parent: 'groups', values: [{ hidden: true }] })).toBe('unknown-content');
});

test('GU8 an overwrite that hides behind a neighbour', () => {
	const { server } = board();
	const cards = cardsOf(server.doc);
	const card = cards.get('chidi')!.get('card-chidi')!;
	for (const [map, key] of [
		[cards, 'chidi'],
		[cards.get('chidi')!, 'card-chidi'],
		[card, 'column']
	] as [Y.ContentType['type'], string][])
		for (const side of ['origin', 'right'] as const) {
			const hidden = raw([
				{ client: MINE, structs: [{ [side]: idOf(map, key), values: ['few'] }] }
			]);
			expect(said(server.receive(hidden))).toBe('foreign-path');
		}
});

test('GU8 an overwrite that hides behind a neighbour in the same update', () => {
	const { server } = board();
	const column = idOf(cardsOf(server.doc).get('chidi')!.get('card-chidi')!, 'column');
	const chain = raw([
		{
			client: MINE,
			structs: [
				{ origin: column, deleted: 1 },
				{ origin: [MINE, 0], values: ['few'] }
			]
		}
	]);
	expect(said(server.receive(chain))).toBe('foreign-path');
});

test('GU8 neighbours from two containers', () => {
	const { server, device } = board();
	expect(said(server.receive(updateOf(device, () => place(device, 'card-ben', at))))).toBe(
		'passed'
	);
	const mine = idOf(placementsOf(server.doc), 'card-ben');
	const theirs = idOf(cardsOf(server.doc).get('chidi')!.get('card-chidi')!, 'column');
	const both = (origin: typeof mine, right: typeof mine) =>
		said(server.receive(raw([{ client: MINE, structs: [{ origin, right, values: [at] }] }])));
	expect(both(mine, theirs)).toBe('malformed');
	expect(both(theirs, mine)).toBe('malformed');
});

test('GU8 an item as container that is none', () => {
	const { server } = board();
	const column = idOf(cardsOf(server.doc).get('chidi')!.get('card-chidi')!, 'column');
	const inside = raw([
		{ client: MINE, structs: [{ parent: column, key: 'card-001', values: [at] }] }
	]);
	expect(said(server.receive(inside))).toBe('unknown-content');
});

test('GU8 another’s emoji cut in two by a neighbour', () => {
	const { server, device } = board();
	const text = cardsOf(server.doc).get('chidi')!.get('card-chidi')!.get('fields') as Y.Map<Y.Text>;
	const { id, length } = startOf(text.get('main')!);
	const middle = [id.client, id.clock + length - 2] as const;
	const known = idOf(cardsOf(server.doc), 'ben');
	const cut = (struct: RawStruct, client = MINE) =>
		said(server.receive(raw([{ client, structs: [struct] }])));
	expect(cut({ origin: middle, values: [1] }, known[0])).toBe('malformed');

	expect(said(server.receive(updateOf(device, () => place(device, 'card-ben', at))))).toBe(
		'passed'
	);
	const mine = idOf(placementsOf(server.doc), 'card-ben');
	const half = [id.client, id.clock + length - 1] as const;
	expect(cut({ origin: mine, right: half, values: [at] })).toBe('malformed');
	const gone = raw([
		{ client: MINE, structs: [{ gc: 1 }, { origin: [MINE, 0], right: half, values: [at] }] }
	]);
	expect(said(server.receive(gone))).toBe('malformed');
	expect(text.get('main')!.toString()).toBe('by chidi 👍');
});

/** Maps in maps, thousands deep: deleted at once, they overflow the stack of who applies them. */
const nested = (parent: readonly [number, number], depth: number) =>
	raw([
		{
			client: MINE,
			structs: Array.from({ length: depth }, (_, at) => ({
				parent: at === 0 ? parent : ([MINE, at - 1] as const),
				key: 'deeper',
				map: true as const
			}))
		}
	]);

test('GU9 maps nested without end', () => {
	const { server } = benNotebook();
	const card = idOf(cardsOf(server.doc).get('ben')!, 'card-1');
	expect(said(server.receive(nested(card, 2000)))).toBe('unknown-content');
});

test('GU20 in a card that is gone they have no effect', () => {
	const { server } = benNotebook();
	const own = cardsOf(server.doc).get('ben')!;
	const card = idOf(own, 'card-1');
	server.doc.transact(() => own.delete('card-1'));
	expect(said(server.receive(nested(card, 20_000)))).toBe('passed');
	expect(own.size).toBe(0);
});

test('GU9 nor where it would have no effect', () => {
	const { server, device } = benNotebook();
	const main = fieldText(device, 'card-1', 'main')!;
	const bold = updateOf(device, () => main.insert(0, 'bold', { bold: true }));
	server.doc.transact(() => cardsOf(server.doc).get('ben')!.delete('card-1'));
	expect(said(server.receive(bold))).toBe('unknown-content');
});

test('GU7 deleting everybody’s work', () => {
	const { server } = board();
	for (const author of ['ben', 'chidi'])
		for (const map of [cardsOf(server.doc), cardsOf(server.doc).get(author)!]) {
			const [client] = idOf(map, map === cardsOf(server.doc) ? author : `card-${author}`);
			const all = Y.getState(server.doc.store, client);
			expect(said(server.receive(raw([], [{ client, ranges: [[0, all]] }])))).toBe(
				'foreign-delete'
			);
		}
});

test('GU21 placeholders of what is gone come under one’s own id only, and in bounds', () => {
	const { server } = board();
	const one = (client: number, clock: number, gc: number) =>
		said(server.receive(raw([{ client, clock, structs: [{ gc }] }])));
	expect(one(MINE, 0, 2 ** 40)).toBe('malformed');
	expect(one(MINE, 0, 1000)).toBe('passed');
	const [client] = idOf(cardsOf(server.doc).get('chidi')!, 'card-chidi');
	expect(one(client, Y.getState(server.doc.store, client), 1)).toBe('client-id-taken');
});

test('GU21 a card made and deleted offline leaves only placeholders, and passes', () => {
	const { server, device } = benNotebook();
	write(device, 'card-2', 'never mind');
	cardsOf(device).get('ben')!.delete('card-2');
	expect(server.receive(Y.encodeStateAsUpdate(device))).toEqual({ clientIds: [], cards: [] });
});

test('GU24 the rest of a struct whose beginning is known is taken, and counted alone', () => {
	const { server, device } = benNotebook();
	const main = fieldText(device, 'card-1', 'main')!;
	const before = Y.encodeStateVector(device);
	const first = updateOf(device, () => editText(main, `no time${'x'.repeat(1500)}`));
	editText(main, `no time${'x'.repeat(1993)}`);
	const both = Y.encodeStateAsUpdate(device, before);
	expect(said(server.receive(first))).toBe('passed');
	expect(said(server.receive(both))).toBe('passed');
	expect(fieldText(server.doc, 'card-1', 'main')!.length).toBe(2000);
});

test('GU24 the rest of a struct is its rest, not something in another place', () => {
	const { server, device } = board();
	place(device, 'card-ben', at);
	expect(said(server.receive(Y.encodeStateAsUpdate(device)))).toBe('passed');
	const rest = raw([
		{
			client: device.clientID,
			structs: [{ parent: 'placements', key: 'card-001', values: [at, at] }]
		}
	]);
	expect(said(server.receive(rest))).toBe('malformed');

	const { server: other } = board();
	expect(said(other.receive(raw([{ client: MINE, structs: [{ gc: 1 }] }])))).toBe('passed');
	const ofNothing = { parent: 'placements', key: 'card-001', values: [at, at] };
	expect(said(other.receive(raw([{ client: MINE, structs: [ofNothing] }])))).toBe('malformed');
});
