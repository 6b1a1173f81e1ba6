import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import {
	addCard,
	changeCard,
	deleteCard,
	editText,
	fieldText,
	LOCAL,
	makeAuthorMap,
	ownAuthor,
	putDown,
	setField
} from '#shared/doc/notebook.ts';
import { observe } from '#shared/doc/observe.ts';
import { isPutDown, mainText, readNotebook } from '#shared/doc/read.ts';
import { cardsOf } from '#shared/doc/schema.ts';
import { barrier, notebookOf, write } from './doc-support.ts';

test('DO4 a notebook belongs to the author whose map the server made, and to nobody before', () => {
	const notebook = new Y.Doc();
	expect(ownAuthor(notebook)).toBeNull();
	expect(() => write(notebook, 'card-1', 'no time')).toThrow();
	Y.applyUpdate(notebook, makeAuthorMap('ben'));
	expect(ownAuthor(notebook)).toBe('ben');
});

test('DO4 replaying the same bytes keeps the cards', () => {
	const made = makeAuthorMap('ben');
	const notebook = notebookOf('ben', made);
	write(notebook, 'card-1', 'no time');
	Y.applyUpdate(notebook, made);
	expect(readNotebook(notebook)).toHaveLength(1);
});

test('DO5 a card is one transaction, with every text of its column and the values it has', () => {
	const notebook = notebookOf('ben');
	const origins: unknown[] = [];
	notebook.on('update', (_update: Uint8Array, origin: unknown) => origins.push(origin));
	addCard(notebook, barrier, {
		id: 'card-1',
		column: 'barriers',
		order: 'a0',
		answers: 'card-0',
		from: { board: 'board-0', card: 'card-0' },
		language: 'fr',
		draft: true,
		fields: { stoppedUs: 'no time', cause: 'time', whatWeCouldDo: 'of another column' }
	});
	expect(origins).toEqual([LOCAL]);
	expect(readNotebook(notebook)).toEqual([
		{
			id: 'card-1',
			author: 'ben',
			column: 'barriers',
			order: 'a0',
			answers: 'card-0',
			from: { board: 'board-0', card: 'card-0' },
			language: 'fr',
			draft: true,
			fields: { stoppedUs: 'no time', cause: 'time' }
		}
	]);
});

test('DO5 a text that nobody has filled is there to type into', () => {
	const notebook = notebookOf('ben');
	addCard(notebook, barrier, { id: 'card-1', column: 'barriers', order: 'a0' });
	expect(fieldText(notebook, 'card-1', 'stoppedUs')?.toString()).toBe('');
	expect(fieldText(notebook, 'card-1', 'cause')).toBeNull();
	expect(fieldText(notebook, 'card-2', 'stoppedUs')).toBeNull();
	expect(readNotebook(notebook)[0]?.fields).toEqual({});
});

test('DO6 an edit says the new text and keeps what others type elsewhere in it', () => {
	const here = notebookOf('ben');
	write(here, 'card-1', 'we had no time');
	const there = new Y.Doc();
	Y.applyUpdate(there, Y.encodeStateAsUpdate(here));
	editText(fieldText(here, 'card-1', 'stoppedUs')!, 'we had very little time');
	editText(fieldText(there, 'card-1', 'stoppedUs')!, 'Sadly, we had no time');
	Y.applyUpdate(there, Y.encodeStateAsUpdate(here));
	expect(fieldText(there, 'card-1', 'stoppedUs')!.toString()).toBe(
		'Sadly, we had very little time'
	);
});

test('DO6 an edit never splits an emoji', () => {
	const glyphs = fc.constantFrom('a', ' ', '👍', '👎', '🏽', '👩', '\u{1F600}', '\u{1F601}');
	const texts = fc.array(glyphs, { maxLength: 12 }).map((all) => all.join(''));
	fc.assert(
		fc.property(texts, texts, (from, to) => {
			const notebook = notebookOf('ben');
			write(notebook, 'card-1', from);
			const text = fieldText(notebook, 'card-1', 'stoppedUs')!;
			editText(text, to);
			expect(text.toString()).toBe(to);
			const elsewhere = new Y.Doc();
			Y.applyUpdate(elsewhere, Y.encodeStateAsUpdate(notebook));
			expect(fieldText(elsewhere, 'card-1', 'stoppedUs')!.toString()).toBe(to);
		}),
		{ seed: 20260917 }
	);
});

test('DO6 half a character says the same here as on the wire', () => {
	const notebook = notebookOf('ben');
	write(notebook, 'card-1', 'half \ud83d');
	write(notebook, 'card-2', '');
	editText(fieldText(notebook, 'card-2', 'stoppedUs')!, 'half \ud83d');
	const elsewhere = new Y.Doc();
	Y.applyUpdate(elsewhere, Y.encodeStateAsUpdate(notebook));
	for (const card of ['card-1', 'card-2'])
		expect(fieldText(notebook, card, 'stoppedUs')!.toString()).toBe(
			fieldText(elsewhere, card, 'stoppedUs')!.toString()
		);
});

test('DO7 a field that is not text is set, set again, and taken away; the same value writes nothing', () => {
	const notebook = notebookOf('ben');
	write(notebook, 'card-1', 'no time');
	let updates = 0;
	notebook.on('update', () => (updates += 1));
	setField(notebook, 'card-1', 'cause', 'money');
	setField(notebook, 'card-1', 'cause', 'money');
	setField(notebook, 'card-1', 'stoppedUs', 'a value over the text');
	expect(readNotebook(notebook)[0]?.fields).toEqual({ stoppedUs: 'no time', cause: 'money' });
	setField(notebook, 'card-1', 'cause', null);
	setField(notebook, 'card-1', 'cause', null);
	setField(notebook, 'card-2', 'cause', 'money');
	expect(readNotebook(notebook)[0]?.fields).toEqual({ stoppedUs: 'no time' });
	expect(updates).toBe(2);
});

test('DO8 a draft is put down once, and counts from then on where it says something', () => {
	const notebook = notebookOf('ben');
	write(notebook, 'card-1', 'no time', { draft: true });
	write(notebook, 'card-2', ' \n ', { draft: true });
	const counts = () => readNotebook(notebook).map((card) => isPutDown(card, barrier));
	expect(counts()).toEqual([false, false]);
	putDown(notebook, 'card-1');
	putDown(notebook, 'card-2');
	putDown(notebook, 'card-3');
	expect(counts()).toEqual([true, false]);
});

test('DO9 a card is moved and answers another; what does not change is not written', () => {
	const notebook = notebookOf('ben');
	write(notebook, 'card-1', 'no time');
	let updates = 0;
	notebook.on('update', () => (updates += 1));
	changeCard(notebook, 'card-1', { column: 'ways-round', order: 'a5', answers: 'card-0' });
	changeCard(notebook, 'card-1', { column: 'ways-round' });
	expect(updates).toBe(1);
	expect(readNotebook(notebook)[0]).toMatchObject({
		column: 'ways-round',
		order: 'a5',
		answers: 'card-0'
	});
	changeCard(notebook, 'card-1', { answers: null });
	expect(readNotebook(notebook)[0]).not.toHaveProperty('answers');
});

test('DO9 a card in a column with another main field keeps its words', () => {
	const notebook = notebookOf('ben');
	write(notebook, 'card-1', 'no time');
	changeCard(notebook, 'card-1', { column: 'ways-round' });
	expect(mainText(readNotebook(notebook)[0]!, barrier)).toBe('no time');
});

test('DO10 a card is taken back, and undo brings it back with its text', () => {
	const notebook = notebookOf('ben');
	write(notebook, 'card-1', 'no time');
	const undo = new Y.UndoManager(cardsOf(notebook), { trackedOrigins: new Set([LOCAL]) });
	deleteCard(notebook, 'card-1');
	deleteCard(notebook, 'card-1');
	expect(readNotebook(notebook)).toEqual([]);
	undo.undo();
	expect(readNotebook(notebook)[0]?.fields).toEqual({ stoppedUs: 'no time' });
	undo.destroy();
});

test('DO17 a change below the roots is told once for its transaction, until it is no longer wanted', () => {
	const notebook = notebookOf('ben');
	let told = 0;
	const stop = observe(notebook, () => (told += 1));
	write(notebook, 'card-1', 'no time');
	expect(told).toBe(1);
	editText(fieldText(notebook, 'card-1', 'stoppedUs')!, 'no time at all');
	expect(told).toBe(2);
	deleteCard(notebook, 'card-1');
	expect(told).toBe(3);
	notebook.transact(() => undefined);
	expect(told).toBe(3);
	stop();
	write(notebook, 'card-2', 'no money');
	expect(told).toBe(3);
});
