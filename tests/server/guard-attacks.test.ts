import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { judge } from '#server/yjs/guard.ts';

import { makeAuthorMap } from '#shared/doc/notebook.ts';
import { cardsOf } from '#shared/doc/schema.ts';
import {
	benNotebook,
	board,
	cardMap,
	contentOf,
	idOf,
	Guarded,
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

test('GU1 a refused update leaves nothing behind, not even its good half', () => {
	const { server, device } = benNotebook();
	const before = contentOf(server.doc);
	const update = updateOf(device, () => {
		write(device, 'card-2', 'no money');
		cardMap(device, 'card-2').set('colour', 'red');
	});
	expect(said(server.receive(update))).toBe('unknown-content');
	expect(contentOf(server.doc)).toEqual(before);
	expect([...server.doc.share.keys()]).toEqual(['cards', 'placements', 'groups']);
});

test('GU2 every cut of an update is malformed', () => {
	const { server, device } = benNotebook();
	const update = updateOf(device, () => write(device, 'card-2', 'no money'));
	for (let length = 0; length < update.length; length += 1)
		expect(said(server.receive(update.subarray(0, length)))).toBe('malformed');
	expect(said(server.receive(update))).toBe('passed');
});

test('GU2 more structs announced than are there', () => {
	const { server } = benNotebook();
	const bomb = raw([{ client: MINE, count: 30_000_000, structs: [] }]);
	expect(bomb.length).toBeLessThan(16);
	expect(said(server.receive(bomb))).toBe('malformed');
});

test('GU2 two sections of one client: applied, the second replaces the first', () => {
	const { server } = board();
	const put = (clock: number) => ({
		client: MINE,
		clock,
		structs: [{ parent: 'placements', key: `card-00${clock}`, values: [at] }]
	});
	expect(said(server.receive(raw([put(0), put(1)])))).toBe('malformed');
	const emptied = raw([put(0), { client: MINE, clock: 1, structs: [] }]);
	expect(said(server.receive(emptied))).toBe('malformed');
	expect(said(server.receive(raw([put(0)])))).toBe('passed');
});

test('GU2 lengths and ids out of range', () => {
	expect(sent({ parent: 'placements', key: 'card-001', values: [] })).toBe('malformed');
	expect(sent({ gc: 0 })).toBe('malformed');
	expect(sent({ parent: 'placements', key: 'card-001', deleted: 2 ** 40 })).toBe('malformed');
	const { server } = board();
	const wide = raw([{ client: 2 ** 40, structs: [{ gc: 1 }] }]);
	expect(said(server.receive(wide))).toBe('malformed');
});

test('GU2 values nested without end', () => {
	let value: unknown = 1;
	for (let depth = 0; depth < 5000; depth += 1) value = [value];
	expect(sent({ parent: 'placements', key: 'card-001', values: [value] })).toMatch(
		/malformed|unknown-content/
	);
});

test('GU2 deletions out of order, or of nothing', () => {
	const { server } = benNotebook();
	const [client] = idOf(cardsOf(server.doc).get('ben')!, 'card-1');
	const remove = (...ranges: [number, number][]) =>
		said(server.receive(raw([], [{ client, ranges }])));
	expect(remove([3, 1], [1, 1])).toBe('malformed');
	expect(remove([0, 2], [1, 2])).toBe('malformed');
	expect(remove([5, 0])).toBe('malformed');
});

test('GU5 a gap: structs whose predecessors the server has not seen', () => {
	const { server, device } = benNotebook();
	updateOf(device, () => write(device, 'card-2', 'lost on the way'));
	const later = updateOf(device, () => write(device, 'card-3', 'no money'));
	expect(said(server.receive(later))).toBe('gap');
	expect(said(server.receive(Y.encodeStateAsUpdate(device)))).toBe('passed');
});

test('GU5 a skip, and a neighbour or container that nobody has seen', () => {
	const item = { parent: 'placements', key: 'card-001', values: [at] };
	expect(sent({ skip: 1 }, item)).toBe('gap');
	expect(sent({ origin: [77, 0], values: [at] })).toBe('gap');
	expect(sent({ right: [77, 0], values: [at] })).toBe('gap');
	expect(sent({ parent: [77, 0], key: 'kind', values: ['theme'] })).toBe('gap');
	expect(sent({ origin: [MINE, 0], values: [at] })).toBe('gap');
	expect(sent({ origin: [MINE, 9], values: [at] })).toBe('gap');
});

test('GU5 structs of two clients that wait for each other', () => {
	const { server } = board();
	const item = { parent: 'placements', key: 'card-001', values: [at] };
	const circle = raw([
		{ client: 11, structs: [{ origin: [12, 1], values: [at] }, item] },
		{ client: 12, structs: [{ origin: [11, 1], values: [at] }, item] }
	]);
	expect(said(server.receive(circle))).toBe('gap');
	const line = raw([
		{ client: 11, structs: [item, { origin: [12, 0], values: [at] }] },
		{ client: 12, structs: [{ origin: [11, 0], values: [at] }] }
	]);
	expect(said(server.receive(line))).toBe('passed');
});

test('GU5 a known struct that names what nobody has seen', () => {
	const { server } = board();
	const known = idOf(cardsOf(server.doc), 'ben');
	const forged = (origin: [number, number]) =>
		said(server.receive(raw([{ client: known[0], structs: [{ origin, values: [1] }] }])));
	expect(forged([77, 0])).toBe('gap');
	expect(forged([known[0], 99])).toBe('gap');
});

test('GU5 deletions of what the server has not seen', () => {
	const { server } = benNotebook();
	const [client] = idOf(cardsOf(server.doc).get('ben')!, 'card-1');
	const remove = (whose: number, ranges: [number, number][]) =>
		said(server.receive(raw([], [{ client: whose, ranges }])));
	expect(remove(client, [[0, 2 ** 40]])).toBe('gap');
	expect(remove(77, [[0, 1]])).toBe('gap');
	expect(remove(client, [[2 ** 50, 1]])).toBe('gap');
});

test('GU4 squatting on somebody’s next clock, under their client id', () => {
	const { server } = board();
	const [client] = idOf(cardsOf(server.doc).get('chidi')!, 'card-chidi');
	const clock = Y.getState(server.doc.store, client);
	const squat = (struct: RawStruct) =>
		said(server.receive(raw([{ client, clock, structs: [struct] }])));
	expect(squat({ parent: 'placements', key: 'card-001', values: [at] })).toBe('client-id-taken');
	expect(squat({ gc: 1 })).toBe('client-id-taken');
	expect(squat({ gc: 2 ** 40 })).toBe('malformed');
	const [theServers] = idOf(cardsOf(server.doc), 'chidi');
	const more = raw([{ client: theServers, clock: 1, structs: [{ gc: 1 }] }]);
	expect(said(server.receive(more))).toBe('client-id-taken');
});

test('GU4 client ids by the hundred', () => {
	const { server } = board();
	const flood = Array.from({ length: 101 }, (_, client) => ({
		client: 1000 + client,
		structs: [{ gc: 1 }]
	}));
	expect(said(server.receive(raw(flood)))).toBe('too-large');
});

test('GU1 what no test foresaw is a refusal, never a throw', () => {
	const server = new Guarded('notebook', makeAuthorMap('ben'));
	const device = server.device();
	const update = updateOf(device, () => write(device, 'card-2', 'x'));
	const broken = {
		...server.rights(),
		holderOf: () => {
			throw new Error('broken');
		}
	};
	expect(judge(update, server.doc, broken)).toMatchObject({ refused: 'malformed' });
	expect(judge(new Uint8Array(), server.doc, server.rights())).toMatchObject({
		refused: 'malformed'
	});
});
