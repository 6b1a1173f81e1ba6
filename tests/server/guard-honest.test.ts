import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { cardsOf } from '#shared/doc/schema.ts';
import { Room } from './guard-room.ts';
import { contentOf } from './guard-support.ts';

const words = fc.constantFrom('', 'no time', 'a', 'pas de temps', '👍🏽', '没有时间', 'لا وقت', '\n');
const step = fc.tuple(fc.nat(7), fc.nat(83), fc.nat(1000), words);

test('GU22 honest devices are never refused, and nothing of theirs is left waiting', () => {
	fc.assert(
		fc.property(fc.array(step, { minLength: 100, maxLength: 400, size: 'max' }), (steps) => {
			const room = new Room();
			for (const one of steps) room.act(...one);
			for (const round of [1, 0]) for (const copy of room.copies) copy.reconnect(round);
			expect(room.refusals).toEqual([]);
			for (const { doc } of room.servers)
				expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null]);
			for (const copy of room.copies)
				expect(contentOf(copy.doc)).toEqual(contentOf(copy.server.doc));
			for (const notebook of room.servers.slice(0, 2))
				for (const [author, own] of cardsOf(notebook.doc).entries())
					expect(own.toJSON()).toEqual(cardsOf(room.board.doc).get(author)!.toJSON());
		}),
		{ seed: 20260917, numRuns: Number(process.env['RUNS'] ?? 40) }
	);
});

test('GU22 a device that sends everything it has, over and over, changes nothing', () => {
	const room = new Room();
	const random = fc.sample(step, { seed: 7, numRuns: 300 });
	for (const one of random) room.act(...one);
	for (const copy of room.copies) copy.reconnect(1);
	const before = room.servers.map(({ doc }) => contentOf(doc));
	for (const copy of room.copies) room.deliver(copy, Y.encodeStateAsUpdate(copy.doc));
	expect(room.refusals).toEqual([]);
	expect(room.servers.map(({ doc }) => contentOf(doc))).toEqual(before);
});
