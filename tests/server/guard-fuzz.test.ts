import * as fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { judge } from '#server/yjs/guard.ts';
import { makeGroup, place } from '#shared/doc/board.ts';
import { changeCard, deleteCard, editText, fieldText, setField } from '#shared/doc/notebook.ts';
import {
	cardsOf,
	cardValueSchemas,
	groupsOf,
	GROUP_KEYS,
	LIMITS,
	placementSchema,
	placementsOf,
	ROOTS
} from '#shared/doc/schema.ts';
import { isWritten } from '#shared/exercises/format.ts';
import { isRefusal } from '#shared/refusals.ts';
import { benNotebook, board, exercise, updateOf, write, type Guarded } from './guard-support.ts';

/** A state of a document, and an update that it would take. */
interface Sample {
	server: Guarded;
	state: Uint8Array;
	update: Uint8Array;
}

/** What Ben does in a while, in his notebook and on the board. */
function samples(): Sample[] {
	const all: Sample[] = [];
	const record = ({ server, device }: { server: Guarded; device: Y.Doc }, does: (() => void)[]) => {
		for (const change of does) {
			const state = Y.encodeStateAsUpdate(server.doc);
			const update = updateOf(device, change);
			all.push({ server, state, update });
			if (isRefusal(server.receive(update))) throw new Error('a sample was refused');
		}
		all.push({ server, state: all[0]!.state, update: Y.encodeStateAsUpdate(device) });
	};
	const notebook = benNotebook();
	const { device } = notebook;
	const say = (words: string) => editText(fieldText(device, 'card-2', 'main')!, words);
	record(notebook, [
		() => write(device, 'card-2', 'no money', { draft: true, language: 'fr' }),
		() => say('no money 👍 at all'),
		() => say('money 👍 at all'),
		() => setField(device, 'card-2', 'means', ['echo', 'my own words']),
		() => changeCard(device, 'card-1', { column: 'few', order: 'a5', answers: 'card-2' }),
		() => deleteCard(device, 'card-1')
	]);
	const arranged = board();
	const room = arranged.device;
	const at = { column: 'all', order: 'a1' };
	record(arranged, [
		() => place(room, 'card-ben', { ...at, group: 'group-1' }),
		() =>
			makeGroup(room, { id: 'group-1', kind: 'same', title: 'Means', cards: ['card-ben'], ...at }),
		() => placementsOf(room).delete('card-ben')
	]);
	return all;
}

const change = fc.oneof(
	fc.record({ flip: fc.nat(), bit: fc.nat(7) }),
	fc.record({ set: fc.nat(), byte: fc.nat(255) }),
	fc.record({ insert: fc.nat(), byte: fc.nat(255) }),
	fc.record({ remove: fc.nat(), length: fc.integer({ min: 1, max: 8 }) }),
	fc.record({ copy: fc.nat(), to: fc.nat(), length: fc.integer({ min: 1, max: 24 }) })
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function mutate(update: Uint8Array, changes: Change[]): Uint8Array {
	const bytes = [...update];
	for (const one of changes) {
		const at = (value: number) => value % Math.max(1, bytes.length);
		if ('flip' in one) bytes[at(one.flip)]! ^= 1 << one.bit;
		else if ('set' in one) bytes[at(one.set)] = one.byte;
		else if ('insert' in one) bytes.splice(at(one.insert), 0, one.byte);
		else if ('remove' in one) bytes.splice(at(one.remove), one.length);
		else {
			const part = bytes.slice(at(one.copy), at(one.copy) + one.length);
			bytes.splice(at(one.to), 0, ...part);
		}
	}
	return new Uint8Array(bytes);
}

test('GU23 a mutated update never throws, and what passes leaves a document that is in order', () => {
	const corpus = samples();
	let passed = 0;
	fc.assert(
		fc.property(
			fc.nat(corpus.length - 1),
			fc.array(change, { minLength: 1, maxLength: 4 }),
			(which, changes) => {
				const { server, state, update } = corpus[which]!;
				const doc = new Y.Doc();
				Y.applyUpdate(doc, state);
				const mutated = mutate(update, changes);
				const verdict = judge(mutated, doc, server.rights());
				expect(Y.encodeStateAsUpdate(doc)).toEqual(state);
				if (isRefusal(verdict)) return;
				passed += 1;
				const before = othersOf(doc, server.document);
				Y.applyUpdate(doc, mutated);
				expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null]);
				expect(ROOTS[server.document]).toEqual(
					expect.arrayContaining([...doc.share.keys()].filter((root) => root !== ''))
				);
				expect(othersOf(doc, server.document)).toEqual(before);
				expect(disorder(doc)).toEqual([]);
				expect(contentAfterReload(doc)).toEqual(cardsOf(doc).toJSON());
			}
		),
		{ seed: 20260917, numRuns: Number(process.env['RUNS'] ?? 8000) }
	);
	if (!process.env['RUNS']) expect(passed).toBeGreaterThan(50);
});

/** What Ben has no right to change. */
function othersOf(doc: Y.Doc, document: 'notebook' | 'board'): unknown {
	if (document === 'board') return doc.getMap('cards').toJSON();
	return Object.keys(doc.getMap('cards').toJSON());
}

function contentAfterReload(doc: Y.Doc): unknown {
	const again = new Y.Doc();
	Y.applyUpdate(again, Y.encodeStateAsUpdate(doc));
	return cardsOf(again).toJSON();
}

/** Everything in a document that its schema does not have. */
function disorder(doc: Y.Doc): string[] {
	const wrong: string[] = [];
	const check = (right: boolean, what: string) => right || wrong.push(what);
	const text = (value: unknown, longest: number, what: string) =>
		check(value instanceof Y.Text && value.length <= longest, what);
	for (const own of cardsOf(doc).values())
		for (const [id, card] of own.entries())
			for (const [key, value] of card.entries())
				if (key === 'fields') disorderIn(value, check, text);
				else {
					const schema = cardValueSchemas[key as keyof typeof cardValueSchemas];
					check(schema !== undefined && v.is(schema, value), `${id}/${key}`);
				}
	if (!doc.share.has('placements')) return wrong;
	for (const [id, value] of placementsOf(doc).entries())
		check(v.is(placementSchema, value), `placements/${id}`);
	for (const [id, group] of groupsOf(doc).entries()) {
		check(
			[...group.keys()].every((key) => GROUP_KEYS.includes(key as 'kind')),
			`groups/${id}`
		);
		if (group.has('title')) text(group.get('title'), LIMITS.groupTitle, `groups/${id}/title`);
	}
	return wrong;
}

function disorderIn(
	fields: unknown,
	check: (right: boolean, what: string) => unknown,
	text: (value: unknown, longest: number, what: string) => unknown
): void {
	if (!(fields instanceof Y.Map)) return void check(false, 'fields');
	for (const [key, value] of fields.entries()) {
		const field = exercise.fields.find(({ id }) => id === key);
		if (field && isWritten(field))
			text(value, field.main ? LIMITS.mainField : LIMITS.otherText, key);
		else check(field !== undefined && !(value instanceof Y.AbstractType), key);
	}
}
