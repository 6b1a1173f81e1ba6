/** What is kept while the database is away for long: how much it is, for whom, and what comes after. */
import { afterEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { fieldText } from '#shared/doc/notebook.ts';
import { realClock } from '#shared/clock.ts';
import { Budget } from '#server/budget.ts';
import { Audience } from '#server/yjs/audience.ts';
import { Batch } from '#server/yjs/batch.ts';
import { Documents } from '#server/yjs/documents.ts';
import { Saving } from '#server/yjs/saving.ts';
import { Unsaved, UnsavedOfRoom } from '#server/yjs/unsaved.ts';
import { createTestClock } from '../support/clock.ts';
import { computing, held } from '../support/computing.ts';
import { until } from '../support/until.ts';
import { TestRoom } from './yjs-room.ts';

let room: TestRoom;
let opened: TestRoom | null = null;
const pace = createTestClock();
afterEach(async () => {
	vi.restoreAllMocks();
	let isClosed = false;
	const closing = Promise.resolve(opened?.close()).finally(() => (isClosed = true));
	await until(() => {
		pace.advance(100);
		return isClosed;
	});
	await closing;
	opened = null;
});
const open = async (options: Parameters<typeof TestRoom.openly>[0] = {}) =>
	(opened = await TestRoom.openly(options));
const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

/** A hundred people who arrange, in turns. */
function arranged(many: number): Uint8Array[] {
	const updates: Uint8Array[] = [];
	const people = Array.from({ length: 100 }, () => new Y.Doc());
	for (const one of people) one.on('update', (update: Uint8Array) => updates.push(update));
	for (let i = 0; i < many; i += 1)
		people[i % 100]!.getMap('placements').set(`card-${i % 200}`, {
			column: 'ways',
			order: `a${i}`
		});
	return updates;
}

/** One person who types, and sometimes takes back what they typed. */
function typed(many: number): { updates: Uint8Array[]; words: string } {
	const updates: Uint8Array[] = [];
	const doc = new Y.Doc();
	doc.on('update', (update: Uint8Array) => updates.push(update));
	const text = doc.getText('t');
	for (let i = 0; i < many; i += 1)
		if (i % 7 === 6) text.delete(text.length - 2, 1);
		else text.insert(text.length, String.fromCharCode(97 + (i % 26)));
	return { updates, words: text.toJSON() };
}

const nothing = { authors: [], clientIds: new Map(), snapshots: [], rows: [] };
const cut = (batch: Batch) => batch.cut(Documents.load(nothing).documents, 0, 0);

function taken(): number {
	const { heapUsed, arrayBuffers } = held();
	return heapUsed + arrayBuffers;
}

test.each([
	{ what: 'of a few who type for long', people: 40, each: 5000 },
	{ what: 'of very many who each typed a little', people: 4000, each: 15 }
])('SA85 what is counted as unsaved is what it takes in memory: $what', ({ people, each }) => {
	const { updates } = typed(each);
	const batch = new Batch();
	const write = (to: Batch, author: string) => {
		for (const update of updates) to.gather(author, new Uint8Array(update), null);
	};
	write(new Batch(), 'before'); // what the machine makes of the code is not counted
	const before = taken();
	for (let person = 0; person < people; person += 1) write(batch, `author-${person}`);
	const more = taken() - before;
	// About: other garbage comes and goes meanwhile. Bytes alone, unmerged, were a sixteenth.
	expect(batch.weight / more).toBeGreaterThan(0.25);
	expect(batch.weight / more).toBeLessThan(4);
	const sent = people * updates.reduce((sum, { byteLength }) => sum + byteLength, 0);
	expect(batch.bytes).toBeLessThanOrEqual(sent);
});

test('SA85 what is put together while it waits is what it was, and in its order', () => {
	const { updates, words } = typed(5000);
	const batch = new Batch();
	for (const update of updates) batch.gather('author-key', update, null);
	const { entries } = cut(batch).row!;
	expect(entries.length).toBeLessThan(100);
	const doc = new Y.Doc();
	for (const { update } of entries) {
		Y.applyUpdate(doc, update);
		expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null]);
	}
	expect(doc.getText('t').toJSON()).toBe(words);
	expect(batch.bytes).toBe(entries.reduce((sum, { update }) => sum + update.byteLength, 0));
});

test('SA86 what gathered for minutes is saved and handed out without holding everybody up', async () => {
	const batch = new Batch();
	let longest = 0;
	for (const update of arranged(24_000)) {
		longest = Math.max(longest, await computing(() => batch.gather('board', update, null)));
	}
	const handedOut = () => new Audience(realClock).handOut(batch, cut(batch), null);
	// All at once it would be a quarter of a minute.
	expect(Math.max(longest, await computing(handedOut))).toBeLessThan(6000);
});

test('SA87 for who came and went while nothing was saved nothing is kept, and what they wrote stays', async () => {
	room = await open();
	const cuts = vi.spyOn(Batch.prototype, 'cut');
	const phone = await room.device('ben', 'notebook');
	const laptop = await room.device('ben', 'notebook');
	await phone.saved();
	await laptop.saved();
	const { tries } = room.gate;
	room.gate.failure = refused;
	phone.put('One');
	await until(() => room.gate.tries > tries, { what: 'a commit that cannot be' });
	phone.put('From the phone');
	await phone.echo();
	laptop.put('From the laptop');
	await laptop.echo();
	phone.cut();
	for (let i = 0; i < 12; i += 1) {
		const comes = room.knock(i % 2 === 0 ? 'ben' : 'chidi', 'board');
		await until(() => comes.epoch !== null);
		await comes.echo();
		comes.cut();
	}
	const screen = room.knock('screen', 'board');
	await until(() => screen.epoch !== null);
	await screen.echo();
	const before = cuts.mock.calls.length;
	room.gate.failure = null;
	await until(() => screen.steps2 === 1);
	await laptop.saved();
	// The laptop's own words are among them, but the phone's are not: it is told.
	await until(() => laptop.cards().length === 3);
	expect(screen.words()).toEqual(['From the laptop', 'From the phone', 'One']);
	const batches = cuts.mock.contexts.slice(before) as Batch[];
	expect(batches.flatMap(({ asking }) => asking)).toHaveLength(1);
	expect(batches.flatMap(({ heard }) => [...heard.keys()])).toHaveLength(2);
});

test('SA87 who asks again and again while nothing can be answered is closed', async () => {
	room = await open({ pace });
	const ben = room.knock('ben', 'notebook');
	const step = async (met: () => unknown) =>
		until(() => {
			pace.advance(100);
			return met();
		});
	await step(() => ben.committed > 0);
	room.gate.failure = refused;
	ben.put('During the outage');
	const ask = new Uint8Array([0, 0, 1, 0]);
	for (let asked = 0; asked < 10; asked += 1) {
		ben.raw(ask);
		await ben.echo();
		pace.advance(5000);
	}
	expect(ben.closed).toBeNull();
	ben.raw(ask);
	expect(await ben.shut()).toMatchObject({ code: 1013 });
	room.gate.failure = null;
	await step(() => room.rooms.unsaved().oldest === 0);
});

/** Of a board, what has to do with how much is unsaved. */
function unsavedRoom(all: Unsaved, clock: ReturnType<typeof createTestClock>) {
	const paused: boolean[] = [];
	const audience = new Audience(clock);
	audience.pause = (now) => void paused.push(now);
	const commit = Promise.withResolvers<void>();
	const ended = Promise.withResolvers<void>();
	const saving: Saving = new Saving(clock, {
		cut: (batch) => cut(batch),
		commit: () => commit.promise,
		handOut: () => {},
		grew: () => unsaved.grew(),
		shrank: () => unsaved.shrank(),
		away: () => {},
		failed: (error) => {
			unsaved.end();
			void saving.end(error);
			ended.resolve();
		}
	});
	const parts = { saving, audience, clock, pace: clock, tell: () => {} };
	const unsaved: UnsavedOfRoom = new UnsavedOfRoom(all, parts);
	const write = (bytes: number) => {
		saving.current.gather('board', new Uint8Array(bytes), null);
		saving.touch();
	};
	return { saving, paused, write, commit, ended: ended.promise };
}

test('SA88 a board that was full for the sake of the server goes on when the one that filled it is dropped', async () => {
	const clock = createTestClock();
	const all = new Unsaved({ board: 10_000, server: 10_000 });
	const [large, small] = [unsavedRoom(all, clock), unsavedRoom(all, clock)];
	large.write(9600);
	small.write(200);
	expect(small.paused).toEqual([true]);
	clock.advance(1);
	small.commit.resolve();
	await small.saving.idle();
	expect(small.paused).toEqual([true]);
	large.commit.reject(Object.assign(new Error('no'), { code: '23505' }));
	await large.ended;
	expect(all.weight).toBe(0);
	expect(small.paused).toEqual([true, false]);
});

test('SA51 who typed on for minutes while nothing was read is not closed when it is read again', async () => {
	room = await open({ bounds: { board: 2000, server: 1 << 30 }, pace });
	const ben = room.knock('ben', 'notebook');
	const step = async (met: () => unknown, what: string) =>
		until(
			() => {
				pace.advance(40);
				return met();
			},
			{ what }
		);
	await step(() => ben.committed > 0, 'a notebook');
	const { tries } = room.gate;
	room.gate.hold();
	const card = ben.put('x'.repeat(500));
	await step(() => room.gate.tries > tries, 'a commit');
	ben.put('y'.repeat(1500));
	await step(() => room.news.waiting.some((one) => one?.full), 'full');
	const text = fieldText(ben.doc, card, 'stoppedUs')!;
	// Ten frames a second, as typing is, for two minutes; and the pings are answered meanwhile.
	for (let typed = 0; typed < 1200; typed += 1) {
		text.insert(text.length, 'a');
		pace.advance(100);
		if (typed % 10 === 0) await new Promise(setImmediate);
	}
	room.gate.release();
	await step(() => ben.closed ?? ben.committed === ben.sent, 'all of it to be saved');
	expect(ben.closed).toBeNull();
	expect(text.toJSON()).toHaveLength(500 + 1200);
});

test('SA51 what an absence makes up for is spent within a minute, and is bounded', () => {
	const budget = new Budget(200, 50, 0);
	const takes = (now: number) => {
		let taken = 0;
		while (budget.take(now)) taken += 1;
		return taken;
	};
	expect(takes(0)).toBe(200);
	budget.makeUp(20_000, 20_000);
	expect(takes(20_000)).toBe(200 + 1000);
	budget.makeUp(40_000, 20_000);
	expect(takes(100_000)).toBe(200);
	budget.makeUp(110_000, 1e9);
	expect(takes(110_000)).toBe(200 + 45_000);
});
