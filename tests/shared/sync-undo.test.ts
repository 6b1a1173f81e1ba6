import * as fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { place } from '#shared/doc/board.ts';
import { addCard, deleteCard, editText, fieldText, makeAuthorMap } from '#shared/doc/notebook.ts';
import { readNotebook } from '#shared/doc/read.ts';
import { placementsOf } from '#shared/doc/schema.ts';
import { UndoHistory } from '../../src/lib/sync/undo-history.ts';
import { exerciseOf } from './facilitation-room.ts';

const exercise = exerciseOf('barrier')!;
let board: Y.Doc;
let notebook: Y.Doc;
let history: UndoHistory;
let changes = 0;

beforeEach(() => {
	board = new Y.Doc();
	notebook = new Y.Doc();
	Y.applyUpdate(notebook, makeAuthorMap('author-ben'));
	history = new UndoHistory(() => (changes += 1));
	history.follow(board, notebook);
	changes = 0;
});

const write = (id: string, what: string) =>
	addCard(notebook, exercise, { id, column: 'barriers', order: 'a0', fields: { what } });
const written = () => readNotebook(notebook).map((card) => card.fields.what);
const placed = () => placementsOf(board).get('card-one')?.column;

test('CL9 undo goes back over both, the latest first, and redo forward', () => {
	write('card-one', 'no time');
	place(board, 'card-one', { column: 'ways', order: 'a0' });
	editText(fieldText(notebook, 'card-one', 'what')!, 'no money');
	history.undo();
	expect([written(), placed()]).toEqual([['no time'], 'ways']);
	history.undo();
	expect([written(), placed()]).toEqual([['no time'], undefined]);
	history.undo();
	expect(written()).toEqual([]);
	expect([history.canUndo, history.canRedo]).toEqual([false, true]);
	history.redo();
	history.redo();
	expect([written(), placed()]).toEqual([['no time'], 'ways']);
	history.redo();
	expect(written()).toEqual(['no money']);
	expect(history.canRedo).toBe(false);
	expect(changes).toBeGreaterThan(0);
});

test('CL9 a step that begins anew is taken back on its own, however fast it came', () => {
	write('card-one', 'no time');
	history.beginStep();
	deleteCard(notebook, 'card-one');
	history.undo();
	expect(written()).toEqual(['no time']);
});

test('CL9 a new step ends redo, on either document', () => {
	place(board, 'card-one', { column: 'ways', order: 'a0' });
	history.undo();
	expect(history.canRedo).toBe(true);
	write('card-one', 'no time');
	expect(history.canRedo).toBe(false);
	history.redo();
	expect(placed()).toBeUndefined();
});

test('CL9 whatever is done in whatever order, undo takes it all back and redo brings it again', () => {
	const said = () => JSON.stringify([board.toJSON(), notebook.toJSON()]);
	const step = fc.constantFrom<'write' | 'edit' | 'place'>('write', 'edit', 'place');
	fc.assert(
		fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
			history.close();
			board = new Y.Doc();
			notebook = new Y.Doc();
			Y.applyUpdate(notebook, makeAuthorMap('author-ben'));
			write('card-one', 'first');
			place(board, 'card-one', { column: 'ways', order: 'a0' });
			history.follow(board, notebook);
			const before = said();
			steps.forEach((one, i) => {
				if (one === 'write') write(`card-new-${i}`, `words ${i}`);
				else if (one === 'place') place(board, 'card-one', { column: 'ways', order: `b${i}` });
				else editText(fieldText(notebook, 'card-one', 'what')!, `edited ${i}`);
			});
			const after = said();
			while (history.canUndo) history.undo();
			expect(JSON.parse(said())).toEqual(JSON.parse(before));
			while (history.canRedo) history.redo();
			expect(JSON.parse(said())).toEqual(JSON.parse(after));
		}),
		{ numRuns: 50 }
	);
});

test('CL10 emptied, it takes nothing back', () => {
	write('card-one', 'no time');
	place(board, 'card-one', { column: 'ways', order: 'a0' });
	history.empty();
	expect([history.canUndo, history.canRedo]).toEqual([false, false]);
	history.undo();
	expect([written(), placed()]).toEqual([['no time'], 'ways']);
});

test('CL11 what others did stays', () => {
	const chidi = new Y.Doc();
	place(chidi, 'card-two', { column: 'ways', order: 'a0' });
	write('card-one', 'no time');
	Y.applyUpdate(board, Y.encodeStateAsUpdate(chidi));
	history.undo();
	expect(written()).toEqual([]);
	expect(history.canUndo).toBe(false);
	expect(placementsOf(board).get('card-two')).toBeDefined();
});
