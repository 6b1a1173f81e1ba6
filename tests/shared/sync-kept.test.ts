/** Notebooks on a device: several tabs, one that crashes, and disks that are full. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import * as notebook from '#shared/doc/notebook.ts';
import { readNotebook } from '#shared/doc/read.ts';
import { forgetDevice, sweepDevice } from '../../src/lib/sync/device.ts';
import { remember } from '../../src/lib/sync/remembered.ts';
import { readMarks, readStamp } from '../../src/lib/sync/stamps.ts';
import { SyncedDocument } from '../../src/lib/sync/synced-document.ts';
import { viewFor } from '#shared/facilitation/view.ts';
import { until } from '../support/until.ts';
import { exerciseOf, inPhase } from './facilitation-room.ts';
import { MemoryCopies, MemoryStorage } from './sync-device.ts';
import { Peer } from './sync-peer.ts';

const exercise = exerciseOf('barrier')!;
const WEEK = 7 * 24 * 60 * 60 * 1000;
let peer: Peer;
let storage: MemoryStorage;
let copies: MemoryCopies;
let now: number;
const opened: SyncedDocument[] = [];

beforeEach(async () => {
	peer = await Peer.start();
	Y.applyUpdate(peer.doc('board-one/notebook'), notebook.makeAuthorMap('author-ben'));
	storage = MemoryStorage.install();
	copies = new MemoryCopies();
	now = 1000;
});
afterEach(async () => {
	vi.useRealTimers();
	vi.restoreAllMocks();
	for (const document of opened.splice(0)) document.close();
	await peer.stop();
	storage.remove();
});

/** A tab with the notebook; `away` without a network. */
function tab({ away = false, document = 'notebook' as 'board' | 'notebook' } = {}): SyncedDocument {
	const made = new SyncedDocument({
		server: away ? { ...peer.server, url: 'ws://127.0.0.1:9/yjs' } : peer.server,
		board: 'board-one',
		document,
		exercise,
		changed: () => {},
		told: () => {},
		presence: () => {},
		replaced: () => {},
		kept: { workshop: 'workshop-one', copies },
		now: () => now
	});
	opened.push(made);
	void made.open();
	return made;
}

/** By a chance of a thousand a pause is half an hour: who waits for it is not back while a test waits. */
const pauseLong = () => vi.spyOn(Math, 'random').mockReturnValue(1000);

async function inStep(): Promise<SyncedDocument> {
	const made = tab();
	await until(() => made.synced && made.kept, { what: 'the notebook is in step, and kept' });
	return made;
}
async function offline(): Promise<SyncedDocument> {
	const made = tab({ away: true });
	await until(() => made.loaded, { what: 'the copy is read' });
	return made;
}

/** The process is gone: nothing more is heard or written, and nothing is tidied up. */
const crash = (one: SyncedDocument) => one.close();
const write = (one: SyncedDocument, id: string, what: string) =>
	notebook.addCard(one.doc, exercise, { id, column: 'barriers', order: 'a0', fields: { what } });
const words = (doc: Y.Doc) =>
	readNotebook(doc)
		.map((card) => card.fields.what)
		.sort();
const atPeer = () => words(peer.doc('board-one/notebook'));
const marks = () => readMarks('board-one').size;

test('CL30 a connection that has heard nothing for 12 s is closed, and opened again at once', async () => {
	pauseLong();
	const ben = await inStep();
	ben.watch();
	vi.useFakeTimers({ toFake: ['Date'] });
	vi.setSystemTime(Date.now() + 11_000);
	ben.watch();
	expect(peer.asked).toHaveLength(1);
	vi.setSystemTime(Date.now() + 1001);
	ben.watch();
	expect(ben.connected).toBe(false);
	await until(() => ben.synced, { what: 'a new connection is in step' });
	expect(peer.asked).toHaveLength(2);
	ben.watch();
	expect(peer.asked).toHaveLength(2);
	await until(() => peer.open('board-one/notebook') === 1, { what: 'the old one is gone' });
});

test('CL30 what the server says is heard', async () => {
	const ben = await inStep();
	vi.useFakeTimers({ toFake: ['Date'] });
	vi.setSystemTime(Date.now() + 10_000);
	peer.commit();
	write(ben, 'card-one', 'no time');
	await until(() => ben.saved === 'saved', { what: 'it is saved' });
	vi.setSystemTime(Date.now() + 10_000);
	ben.watch();
	expect(ben.connected).toBe(true);
	expect(peer.asked).toHaveLength(1);
});

test('CL30 a first state may be on its way for a minute', async () => {
	peer.answers = false;
	const ben = tab();
	await until(() => ben.connected, { what: 'a connection' });
	vi.useFakeTimers({ toFake: ['Date'] });
	vi.setSystemTime(Date.now() + 50_000);
	ben.watch();
	expect(ben.connected).toBe(true);
	vi.setSystemTime(Date.now() + 11_000);
	ben.watch();
	expect(ben.connected).toBe(false);
});

test('CL31 a woken connection does not wait for its pause, CL32 and a refused one stays away', async () => {
	pauseLong();
	const ben = await inStep();
	peer.drop();
	await until(() => !ben.connected, { what: 'the connection is gone' });
	ben.wake(7000);
	await until(() => ben.synced, { what: 'it is back' });
	ben.wake(60_000);
	expect(peer.asked).toHaveLength(2);
	peer.refusals = [{ code: 4403, reason: 'not-allowed' }];
	write(ben, 'card-one', 'no time');
	await until(() => ben.refusal !== null, { what: 'the refusal is told' });
	ben.wake(0);
	ben.watch();
	await inStep();
	expect(peer.asked).toHaveLength(3);
});

test('CL36 what two tabs wrote offline is both there when one is opened, and saved by it', async () => {
	const first = await inStep();
	first.close();
	const one = await offline();
	const other = await offline();
	write(one, 'card-one', 'from one');
	write(other, 'card-two', 'from the other');
	expect([one.saved, other.saved]).toEqual(['device', 'device']);
	for (const each of [one, other]) crash(each);
	expect(marks()).toBe(2);
	const again = await offline();
	expect(words(again.doc)).toEqual(['from one', 'from the other']);
	expect(again.saved).toBe('device');
	again.close();
	const back = await inStep();
	await until(() => back.saved === 'saved', { what: 'both are saved' });
	expect(atPeer()).toEqual(['from one', 'from the other']);
	expect(marks()).toBe(0);
});

test('CL37 a copy with words of a tab that crashed is saved once the server has committed them', async () => {
	const first = await inStep();
	peer.commits = false;
	write(first, 'card-one', 'no time');
	await until(() => atPeer().length === 1, { what: 'they arrived' });
	crash(first);
	const back = tab();
	await until(() => back.synced, { what: 'the document is in step' });
	expect(back.saved).toBe('saving');
	expect(marks()).toBe(1);
	peer.commit();
	await until(() => back.saved === 'saved', { what: 'it is saved' });
	expect(marks()).toBe(0);
});

test('CL37 a copy of which everything was saved is saved, also without a network', async () => {
	const first = await inStep();
	write(first, 'card-one', 'no time');
	await until(() => first.saved === 'saved', { what: 'it is saved' });
	first.close();
	const back = await offline();
	expect([back.saved, words(back.doc)]).toEqual(['saved', ['no time']]);
});

test('CL36 a tab that is saved says nothing of what another has written since', async () => {
	const first = await inStep();
	first.close();
	const away = await offline();
	write(away, 'card-one', 'before');
	peer.commits = false;
	const here = tab();
	await until(() => atPeer().length === 1, { what: 'it arrived by the other tab' });
	write(away, 'card-two', 'after');
	peer.commit();
	await until(() => here.saved === 'saved', { what: 'the other tab is saved' });
	expect(atPeer()).toEqual(['before']);
	expect(marks()).toBe(1);
	now += 2 * WEEK;
	await sweepDevice(now, copies);
	expect(readStamp('board-one')).not.toBeNull();
	expect(copies.rows.size).toBe(1);
});

test('CL38 a copy is swept a week after everything was saved, and what was remembered with it', async () => {
	const state = inPhase('write');
	const view = viewFor({ id: 'workshop-one', code: 'c', version: 1, state }, 'participant', 0);
	const lists = { exercises: {}, comments: {}, actions: {}, ballots: {}, held: {}, left: {} };
	remember({ ...lists, view, seat: null, at: now });
	const ben = await inStep();
	now += 5000;
	write(ben, 'card-one', 'no time');
	await until(() => ben.saved === 'saved', { what: 'it is saved' });
	ben.close();
	await sweepDevice(now + WEEK, copies);
	expect(storage.keys).toEqual(['plenary:room:workshop-one', 'plenary:notebook:board-one']);
	await sweepDevice(now + WEEK + 1, copies);
	expect(storage.keys).toEqual([]);
	expect(copies.rows.size).toBe(0);
});

test('CL39 leaving takes everything of the workshop off the device, and nothing of another', async () => {
	const ben = await inStep();
	peer.commits = false;
	write(ben, 'card-one', 'no time');
	ben.close();
	storage.setItem('plenary:command:workshop-one:c', '{}');
	storage.setItem('plenary:unsaved:board-one:epoch-of-a-crash:7', '1');
	copies.rows.set('board-one epoch-of-a-crash', []);
	storage.setItem('plenary:command:workshop-two:c', '{}');
	await forgetDevice('workshop-one', copies);
	expect(storage.keys).toEqual(['plenary:command:workshop-two:c']);
	expect(copies.rows.size).toBe(0);
});

test('CL42 what this device cannot keep is told, and closing is not safe, until it is kept or saved', async () => {
	const ben = await inStep();
	peer.commits = false;
	write(ben, 'card-one', 'no time');
	expect([ben.saved, ben.closingIsSafe]).toEqual(['saving', true]);
	copies.full = true;
	write(ben, 'card-two', 'no money');
	expect([ben.saved, ben.closingIsSafe]).toEqual(['saving', false]);
	peer.drop();
	await until(() => !ben.connected, { what: 'the connection is gone' });
	expect([ben.saved, ben.closingIsSafe]).toEqual(['unkept', false]);
	copies.full = false;
	write(ben, 'card-three', 'no trust');
	expect([ben.saved, ben.closingIsSafe]).toEqual(['device', true]);
	copies.full = true;
	write(ben, 'card-four', 'no room');
	peer.commits = true;
	ben.wake(60_000);
	await until(() => ben.saved === 'saved', { what: 'it is saved' });
	expect(ben.closingIsSafe).toBe(true);
	expect(atPeer()).toHaveLength(4);
});

test('CL42 nor is a copy kept of which this device cannot note that it is there', async () => {
	const ben = await inStep();
	peer.commits = false;
	storage.full = true;
	write(ben, 'card-one', 'no time');
	expect(ben.closingIsSafe).toBe(false);
	const screen = tab({ document: 'board' });
	await until(() => screen.synced, { what: 'the board is in step' });
	expect([screen.kept, screen.closingIsSafe]).toEqual([false, true]);
});

test('CL45 another history takes the old one’s place on the device, with the words that were not saved', async () => {
	const ben = await inStep();
	peer.drop();
	await until(() => !ben.connected, { what: 'the connection is gone' });
	write(ben, 'card-one', 'unsaved');
	peer.forget('board-one/notebook', 'epoch-two');
	Y.applyUpdate(peer.doc('board-one/notebook'), notebook.makeAuthorMap('author-ben'));
	ben.wake(60_000);
	await until(() => ben.saved === 'saved' && ben.kept, { what: 'it is saved' });
	await until(() => copies.rows.size === 1 && marks() === 0, { what: 'one copy is left' });
	expect([...copies.rows.keys()]).toEqual(['board-one epoch-two']);
	ben.close();
	const back = await offline();
	expect([back.saved, words(back.doc)]).toEqual(['saved', ['unsaved']]);
});

test('CL45 under another client id the copy is replaced, but not over what another tab has not saved', async () => {
	const first = await inStep();
	first.close();
	const away = await offline();
	write(away, 'card-away', 'from away');
	const ben = await inStep();
	await until(() => ben.saved === 'saved', { what: 'it is saved' });
	write(away, 'card-later', 'from away, later');
	peer.refusals = [{ code: 4403, reason: 'client-id-taken' }];
	write(ben, 'card-one', 'no time');
	await until(() => ben.saved === 'saved' && atPeer().includes('no time'), {
		what: 'the words are saved'
	});
	await until(() => ben.kept, { what: 'they are kept' });
	for (const each of [ben, away]) crash(each);
	const back = await offline();
	expect(words(back.doc)).toEqual(['from away', 'from away, later', 'no time']);
	expect(back.saved).toBe('device');
});

test('CL45 words that are refused stay, and are kept on the device', async () => {
	const ben = await inStep();
	const taken = { code: 4403, reason: 'client-id-taken' };
	peer.refusals = [taken, taken];
	write(ben, 'card-one', 'no time');
	await until(() => ben.refusal === 'client-id-taken', { what: 'the refusal is told' });
	expect([ben.saved, ben.closingIsSafe]).toEqual(['refused', true]);
	write(ben, 'card-two', 'no money');
	ben.close();
	expect(words((await offline()).doc)).toEqual(['no money', 'no time']);
});
