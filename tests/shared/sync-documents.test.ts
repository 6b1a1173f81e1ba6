import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import * as notebook from '#shared/doc/notebook.ts';
import { place } from '#shared/doc/board.ts';
import { readBoard, readNotebook } from '#shared/doc/read.ts';
import { SyncedDocument } from '../../src/lib/sync/synced-document.ts';
import { until } from '../support/until.ts';
import { exerciseOf } from './facilitation-room.ts';
import { MemoryCopies, MemoryStorage } from './sync-device.ts';
import { Peer } from './sync-peer.ts';

const exercise = exerciseOf('barrier')!;
let peer: Peer;
const opened: SyncedDocument[] = [];
let replaced = 0;
let storage: MemoryStorage;
let copies: MemoryCopies;

beforeEach(async () => {
	peer = await Peer.start();
	storage = MemoryStorage.install();
	copies = new MemoryCopies();
	Y.applyUpdate(peer.doc('board-one/notebook'), notebook.makeAuthorMap('author-ben'));
	replaced = 0;
});
afterEach(async () => {
	for (const document of opened.splice(0)) document.close();
	await peer.stop();
	storage.remove();
});

function open(document: 'board' | 'notebook'): SyncedDocument {
	const made = new SyncedDocument({
		server: peer.server,
		board: 'board-one',
		document,
		exercise,
		changed: () => {},
		told: () => {},
		presence: () => {},
		replaced: () => (replaced += 1),
		kept: { workshop: 'workshop-one', copies },
		now: () => 0
	});
	opened.push(made);
	void made.open();
	return made;
}

async function inStep(document: 'board' | 'notebook'): Promise<SyncedDocument> {
	const made = open(document);
	await until(() => made.synced, { what: 'the document is in step' });
	return made;
}

const write = (ben: SyncedDocument, id: string, what: string) =>
	notebook.addCard(ben.doc, exercise, { id, column: 'barriers', order: 'a0', fields: { what } });
const words = (doc: Y.Doc) => readNotebook(doc).map((card) => card.fields.what);
const atPeer = () => words(peer.doc('board-one/notebook'));

test('CL1 words are saved when the server has committed them, deletions too', async () => {
	const ben = await inStep('notebook');
	peer.commits = false;
	write(ben, 'card-one', 'no time');
	expect(ben.saved).toBe('saving');
	await until(() => atPeer().length === 1, { what: 'the card arrived' });
	expect(ben.saved).toBe('saving');
	peer.commit();
	await until(() => ben.saved === 'saved', { what: 'the card is saved' });
	notebook.deleteCard(ben.doc, 'card-one');
	expect(ben.saved).toBe('saving');
	await until(() => atPeer().length === 0, { what: 'the deletion arrived' });
	peer.commit();
	await until(() => ben.saved === 'saved', { what: 'the deletion is saved' });
});

test('CL2 words written while the connection is away or not in step arrive without a gap', async () => {
	const ben = await inStep('notebook');
	for (let round = 0; round < 5; round += 1) {
		peer.drop();
		await until(() => !ben.connected, { what: 'the connection is gone' });
		write(ben, `card-off-${round}`, 'offline');
		ben.wake(60_000);
		await until(() => ben.connected, { what: 'a connection is back' });
		write(ben, `card-on-${round}`, 'before its step 2');
	}
	await until(() => atPeer().length === 10 && ben.saved === 'saved', {
		what: 'everything is saved'
	});
});

test('CL3 without a connection it is on this device, and saved with the next', async () => {
	const ben = await inStep('notebook');
	peer.drop();
	await until(() => !ben.connected, { what: 'the connection is gone' });
	expect(ben.saved).toBe('saved');
	write(ben, 'card-one', 'no time');
	expect(ben.saved).toBe('device');
	expect([ben.synced, ben.loaded]).toEqual([false, true]);
	await until(() => ben.saved === 'saved', { what: 'it is saved' });
	expect(atPeer()).toEqual(['no time']);
});

test('CL4 a connection says its history, and begins with nothing when it is another', async () => {
	const ben = await inStep('notebook');
	write(ben, 'card-one', 'no time');
	await until(() => ben.saved === 'saved', { what: 'it is saved' });
	const old = ben.doc;
	peer.forget('board-one/notebook', 'epoch-two');
	Y.applyUpdate(peer.doc('board-one/notebook'), notebook.makeAuthorMap('author-ben'));
	await until(() => replaced === 1 && ben.synced, { what: 'the document began anew' });
	expect(ben.doc).not.toBe(old);
	// It was saved, and in this history it is not: a backup was restored, or a row was damaged.
	await until(() => ben.saved === 'saved', { what: 'it is saved again' });
	expect(atPeer()).toEqual(['no time']);
	expect(ben.refusal).toBeNull();
	const epochs = peer.asked.map((url) => new URL(url, 'http://peer').searchParams.get('epoch'));
	expect(epochs).toEqual([null, 'epoch-one', null]);
	expect(peer.asked.every((url) => url.includes('ack=1'))).toBe(true);
});

test('CL4 words that were not saved go on into the new history', async () => {
	const ben = await inStep('notebook');
	peer.drop();
	await until(() => !ben.connected, { what: 'the connection is gone' });
	write(ben, 'card-one', 'unsaved');
	peer.epoch = 'epoch-two';
	await until(() => ben.synced && ben.saved === 'saved', { what: 'it is saved' });
	expect(atPeer()).toEqual(['unsaved']);
});

test('CL4 BA8 a server that knows an earlier moment of the same history is told all that came after it', async () => {
	const ben = await inStep('notebook');
	const path = 'board-one/notebook';
	write(ben, 'card-one', 'We asked in May');
	notebook.addCard(ben.doc, exercise, {
		id: 'card-two',
		column: 'barriers',
		order: 'a1',
		draft: true,
		fields: { what: 'Taken back' }
	});
	await until(() => ben.saved === 'saved', { what: 'it is saved' });
	const backup = Y.encodeStateAsUpdate(peer.doc(path));
	notebook.editText(
		notebook.fieldText(ben.doc, 'card-one', 'what')!,
		'We asked three schools in May'
	);
	notebook.putDown(ben.doc, 'card-two');
	write(ben, 'card-three', 'x'.repeat(70_000));
	await until(() => ben.saved === 'saved', { what: 'it is saved' });
	const before = readNotebook(ben.doc);
	// Meanwhile another device has gone on from the backup.
	const other = new Y.Doc();
	Y.applyUpdate(other, backup);
	notebook.editText(notebook.fieldText(other, 'card-one', 'what')!, 'We asked in May and June');
	peer.forget(path, 'epoch-two');
	Y.applyUpdate(peer.doc(path), Y.encodeStateAsUpdate(other));
	const joined = 'We asked three schools in May and June';
	await until(() => atPeer().includes(joined), { what: 'it is joined' });
	await until(() => ben.saved === 'saved', { what: 'it is saved again' });
	const after = before.map((card) =>
		card.id === 'card-one' ? { ...card, fields: { what: joined } } : card
	);
	expect(readNotebook(peer.doc(path))).toEqual(after);
	expect(readNotebook(ben.doc)).toEqual(after);
	expect(ben.refusal).toBeNull();
});

test('CL4 what was saved once is not written over what another device has brought since', async () => {
	const ben = await inStep('notebook');
	write(ben, 'card-one', 'no time');
	write(ben, 'card-two', 'no');
	await until(() => ben.saved === 'saved', { what: 'it is saved' });
	const history = new Y.Doc();
	Y.applyUpdate(history, notebook.makeAuthorMap('author-ben'));
	for (const [id, what] of [
		['card-one', 'no time, and no money'],
		['card-two', 'n']
	] as const)
		notebook.addCard(history, exercise, { id, column: 'barriers', order: 'a0', fields: { what } });
	peer.forget('board-one/notebook', 'epoch-two');
	Y.applyUpdate(peer.doc('board-one/notebook'), Y.encodeStateAsUpdate(history));
	await until(() => atPeer().includes('no'), { what: 'the longer text has come back' });
	expect(atPeer().sort()).toEqual(['no', 'no time, and no money']);
});

test("CL4 what somebody else has left behind on this device is nobody's in another history", async () => {
	const ben = await inStep('notebook');
	write(ben, 'card-one', 'Of Ben');
	await until(() => ben.saved === 'saved', { what: 'it is saved' });
	peer.forget('board-one/notebook', 'epoch-two');
	Y.applyUpdate(peer.doc('board-one/notebook'), notebook.makeAuthorMap('author-chidi'));
	await until(() => replaced === 1 && ben.synced && ben.saved === 'saved', { what: 'in step' });
	expect(atPeer()).toEqual([]);
});

test('CL5 a refused arrangement is dropped, and the board loaded again', async () => {
	const author = new Y.Doc();
	Y.applyUpdate(author, notebook.makeAuthorMap('author-chidi'));
	notebook.addCard(author, exercise, {
		id: 'card-one',
		column: 'barriers',
		order: 'a0',
		fields: { what: 'no money' }
	});
	Y.applyUpdate(peer.doc('board-one'), Y.encodeStateAsUpdate(author));
	const board = await inStep('board');
	peer.refusals = [{ code: 4403, reason: 'wrong-phase' }];
	place(board.doc, 'card-one', { column: 'ways', order: 'b0' });
	await until(() => replaced === 1 && board.synced, { what: 'the board was loaded again' });
	expect(readBoard(board.doc).cards).toMatchObject([{ id: 'card-one', column: 'barriers' }]);
	expect(board.refusal).toBeNull();
	expect(board.saved).toBe('saved');
});

test('CL5 in step again, a later refusal is mended the same way', async () => {
	const board = await inStep('board');
	for (const time of [1, 2, 3]) {
		peer.refusals = [{ code: 4403, reason: 'wrong-phase' }];
		place(board.doc, 'card-one', { column: 'ways', order: 'b0' });
		await until(() => replaced === time && board.synced, { what: 'it began anew' });
	}
	expect(board.refusal).toBeNull();
});

test('CL5 a board that is refused for who asks stays closed', async () => {
	const board = await inStep('board');
	peer.refusals = [{ code: 4401, reason: 'unauthenticated' }];
	place(board.doc, 'card-one', { column: 'ways', order: 'b0' });
	await until(() => board.refusal === 'unauthenticated', { what: 'the refusal is told' });
	expect(board.saved).toBe('refused');
	expect(replaced).toBe(0);
	await until(() => peer.open('board-one') === 0, { what: 'the connection is closed' });
});

test('CL5 refused again before it was in step, it stays closed', async () => {
	const away = { code: 4403, reason: 'not-allowed' };
	peer.turnsAway = [away, away];
	const board = open('board');
	await until(() => board.refusal === 'not-allowed', { what: 'the refusal is told' });
	expect(replaced).toBe(1);
	expect(peer.asked).toHaveLength(2);
});

test('CL6 under a taken client id, unsaved words are written again under another', async () => {
	const ben = await inStep('notebook');
	write(ben, 'card-one', 'no time');
	await until(() => ben.saved === 'saved', { what: 'it is saved' });
	const taken = ben.doc.clientID;
	notebook.addCard(ben.doc, exercise, {
		id: 'card-draft',
		column: 'barriers',
		order: 'a1',
		draft: true,
		fields: { what: '' }
	});
	await until(() => ben.saved === 'saved', { what: 'it is saved' });
	const began = Y.getState(peer.doc('board-one/notebook').store, taken);
	peer.refusals = [{ code: 4403, reason: 'client-id-taken' }];
	notebook.putDown(ben.doc, 'card-draft');
	notebook.editText(notebook.fieldText(ben.doc, 'card-one', 'what')!, 'no time at all');
	await until(() => ben.saved === 'saved' && atPeer()[0] === 'no time at all', {
		what: 'the words are saved'
	});
	expect(replaced).toBe(1);
	write(ben, 'card-two', 'no money');
	await until(() => atPeer().length === 3, { what: 'writing goes on' });
	expect(ben.doc.clientID).not.toBe(taken);
	// Nothing more comes under the one that is somebody else's.
	expect(Y.getState(peer.doc('board-one/notebook').store, taken)).toBe(began);
	expect(readNotebook(peer.doc('board-one/notebook')).some(({ draft }) => draft)).toBe(false);
	expect(words(ben.doc)).toEqual(atPeer());
});

test('CL6 refused again, it does not begin anew for ever, and the words stay', async () => {
	const ben = await inStep('notebook');
	const taken = { code: 4403, reason: 'client-id-taken' };
	peer.refusals = [taken, taken];
	write(ben, 'card-one', 'no time');
	await until(() => ben.refusal === 'client-id-taken', { what: 'the refusal is told' });
	expect(replaced).toBe(1);
	expect(words(ben.doc)).toEqual(['no time']);
});

test('CL7 after another refusal the words stay, with the reason', async () => {
	const ben = await inStep('notebook');
	peer.refusals = [{ code: 4403, reason: 'foreign-path' }];
	write(ben, 'card-one', 'no time');
	await until(() => ben.refusal !== null, { what: 'the refusal is told' });
	expect(ben.refusal).toBe('foreign-path');
	expect(ben.saved).toBe('refused');
	expect(words(ben.doc)).toEqual(['no time']);
	expect(replaced).toBe(0);
});

test('CL7 a code without a reason that is known is told by its code', async () => {
	const ben = await inStep('notebook');
	peer.refusals = [{ code: 4404, reason: '' }];
	write(ben, 'card-one', 'no time');
	await until(() => ben.refusal === 'not-found', { what: 'the refusal is told' });
});

test('CL8 too much is tried again when it is less', async () => {
	const ben = await inStep('notebook');
	peer.refusals = [{ code: 4413, reason: 'too-many-cards' }];
	write(ben, 'card-one', 'no time');
	await until(() => ben.refusal === 'too-many-cards', { what: 'the refusal is told' });
	notebook.deleteCard(ben.doc, 'card-one');
	expect(ben.refusal).toBeNull();
	await until(() => ben.saved === 'saved', { what: 'the rest is saved' });
});
