/**
 * Dishonest clients among honest ones, by seeds: whatever is sent, only what its sender may do
 * lands, and nobody honest notices. `RUNS` is the number of seeds.
 */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { cardsOf } from '#shared/doc/schema.ts';
import { createChance } from '../support/chance.ts';
import { attack, ATTACKS } from './guard-dishonest.ts';
import { Room } from './guard-room.ts';
import { contentOf, said } from './guard-support.ts';

const WORDS = ['', 'no time', 'a', 'pas de temps', '👍🏽', '没有时间', 'لا وقت', '\n'];
const KINDS = Object.keys(ATTACKS);

/** What every kind of attack was answered, and how often it was made. */
const made = new Map<string, number>();

/** One afternoon of two honest people, with attacks in between. Answers what went wrong. */
function play(seed: number): unknown[] {
	const chance = createChance(seed);
	const room = new Room(seed);
	const wrong: unknown[] = [];
	for (let step = 0; step < 40; step += 1) {
		if (step < 10 || chance.below(2))
			room.act(chance.below(8), chance.below(84), chance.below(1001), chance.one(WORDS));
		else {
			const name = chance.one(KINDS);
			const one = attack(name, room, chance);
			if (!one) continue;
			const { server, update, rights } = one;
			const before = Y.encodeStateAsUpdate(server.doc);
			const answer = said(server.receive(update, rights));
			const changed = Buffer.compare(before, Y.encodeStateAsUpdate(server.doc)) !== 0;
			if (answer !== ATTACKS[name]!.says || changed) wrong.push({ step, name, answer, changed });
			made.set(name, (made.get(name) ?? 0) + 1);
		}
	}
	for (const round of [1, 0]) for (const copy of room.copies) copy.reconnect(round);
	wrong.push(...room.refusals);
	for (const { doc } of room.servers) {
		const waiting = doc.store.pendingStructs ?? doc.store.pendingDs;
		if (waiting) wrong.push({ waiting });
	}
	for (const { doc, server } of room.copies) expect(contentOf(doc)).toEqual(contentOf(server.doc));
	for (const notebook of Object.values(room.notebooks))
		for (const [author, own] of cardsOf(notebook.doc).entries())
			expect(own.toJSON()).toEqual(cardsOf(room.board.doc).get(author)!.toJSON());
	return wrong;
}

const first = Number(process.env['SEED'] ?? 1);
const runs = Number(process.env['RUNS'] ?? 400);
const timeout = 30_000 + 50 * runs;

test('GU25 none of the dishonest is applied, none of the honest refused', { timeout }, () => {
	for (let seed = first; seed < first + runs; seed += 1) {
		const wrong = play(seed);
		if (wrong.length > 0) throw new Error(`seed ${seed}: ${JSON.stringify(wrong)}`);
	}
	if (runs < 400) return;
	for (const kind of KINDS)
		expect([kind, made.get(kind) ?? 0]).toEqual([kind, expect.toSatisfy((n: number) => n > 20)]);
});
