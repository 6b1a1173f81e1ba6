/** Saved means saved: what the database does not have, nobody has been told. */
import { eq } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { addCard, deleteCard, editText, fieldText } from '#shared/doc/notebook.ts';
import { readBoard } from '#shared/doc/read.ts';
import { boards, rows, rowsSetAside } from '#server/db/schema.ts';
import { checksum, writeEntries } from '#server/store/log-entries.ts';
import { createTestClock } from '../support/clock.ts';
import { until } from '../support/until.ts';
import { exercise } from './yjs-device.ts';
import { BOARD, TestRoom } from './yjs-room.ts';

let room: TestRoom;
afterEach(() => room.close());

test('SA6 nothing is relayed, told to a newcomer or called saved before it is committed', async () => {
	room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	const laptop = await room.device('ben', 'notebook');
	const screen = await room.device('screen', 'board');
	await ben.saved();
	const before = ben.committed;
	const { tries } = room.gate;
	room.gate.hold();
	ben.put('Not yet');
	await until(() => room.gate.tries > tries);
	const newcomer = room.knock('ben', 'notebook');
	const chidi = room.knock('chidi', 'board');
	// Something that does not wait has come back from the server meanwhile.
	await until(() => newcomer.epoch !== null && chidi.epoch !== null);
	ben.put('Nor this');
	expect([ben.committed, newcomer.steps2, chidi.steps2]).toEqual([before, 0, 0]);
	for (const device of [laptop, screen, newcomer, chidi])
		expect(device.heard('Not yet') || device.heard('Nor this')).toBe(false);

	room.gate.release();
	await ben.saved();
	for (const device of [screen, chidi])
		await until(() => device.words().join() === 'Nor this,Not yet');
	await until(() => newcomer.cards().length === 2 && laptop.cards().length === 2);
});

test('SA7 saved counts update frames: also one that only deletes, and a step 2', async () => {
	room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	await until(() => ben.committed === 1); // the step 2
	const card = ben.put('Gone soon');
	await until(() => ben.committed === 2);
	deleteCard(ben.doc, card);
	await until(() => ben.committed === 3);
	expect(ben.sent).toBe(3);
});

test('SA8 what was called saved is there after the process was killed', async () => {
	room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	const chidi = await room.device('chidi', 'notebook');
	const card = ben.put('A');
	for (let i = 1; i <= 40; i++) {
		editText(fieldText(ben.doc, card, 'stoppedUs')!, 'A'.repeat(i + 1));
		chidi.put(`Chidi ${i}`);
	}
	await until(() => ben.committed > 20 && chidi.committed > 20);
	const { committed } = chidi;
	await room.kill();
	const words = await room.words();
	expect(
		words.filter((text) => text!.toString().startsWith('Chidi')).length
	).toBeGreaterThanOrEqual(committed - 1);
	// The device brings what was not, and nothing is there twice.
	const back = await room.device('chidi', 'notebook');
	Y.applyUpdate(back.doc, Y.encodeStateAsUpdate(chidi.doc));
	await back.saved();
	await until(async () => (await room.words()).length === 41);
	expect(new Set(await room.words()).size).toBe(41);
});

test('SA9 while the database is away nothing is lost and nothing is told; then everything is', async () => {
	room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	const screen = await room.device('screen', 'board');
	await ben.saved();
	const { committed } = ben;
	const tries = room.gate.tries;
	room.gate.failure = new Error('connection refused');
	ben.put('During the outage');
	await until(() => room.gate.tries > tries + 1);
	ben.put('Still typing');
	expect(ben.committed).toBe(committed);
	expect(screen.words()).toEqual([]);
	expect(room.log.some(({ message }) => message === 'the database does not answer')).toBe(true);
	room.gate.failure = null;
	await ben.saved();
	await until(() => screen.words().length === 2);
	expect(ben.closed).toBeNull();
});

test('SA10 a commit that is rejected discards what is in memory: all come again, and bring their words', async () => {
	room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	const screen = await room.device('screen', 'board');
	await ben.saved();
	const last = (await room.stored()).at(-1)?.seq ?? 0;
	const entries = writeEntries([]);
	// Another writer was faster: the row's number is taken.
	const sum = checksum(entries, last + 1);
	await room.database.db
		.insert(rows)
		.values({ boardId: BOARD, seq: last + 1, entries, at: 0, checksum: sum });
	const { committed } = ben;
	ben.put('Rejected');
	expect((await ben.shut()).code).toBe(1013);
	expect((await screen.shut()).code).toBe(1013);
	expect(ben.committed).toBe(committed);
	expect(screen.heard('Rejected')).toBe(false);
	expect(await room.words()).toEqual([]);

	const again = await room.device('ben', 'notebook');
	Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(ben.doc));
	await again.saved();
	expect(await room.words()).toEqual(['Rejected']);
});

test.each(['damaged', 'missing', 'poisoned'])(
	'SA11 a row that is %s is set aside, and the rest of the board opens as another history',
	async (how) => {
		room = await TestRoom.openly();
		const ben = await room.device('ben', 'notebook');
		const chidi = await room.device('chidi', 'notebook');
		ben.put('Before');
		await ben.saved();
		ben.put('Of the row');
		await ben.saved();
		const { seq } = (await room.stored()).at(-1)!;
		chidi.put('After');
		await chidi.saved();
		const epoch = ben.epoch!;
		await room.rooms.stop();
		const { db } = room.database;
		const row = eq(rows.seq, seq);
		const nothing = writeEntries([]);
		const poison = writeEntries([
			{ document: 'board', forwarded: false, update: new Uint8Array([9, 9, 9]) }
		]);
		const entries = how === 'damaged' ? nothing : how === 'poisoned' ? poison : null;
		if (how === 'missing') await db.delete(rows).where(row);
		if (how === 'damaged') await db.update(rows).set({ entries: nothing }).where(row);
		if (how === 'poisoned')
			await db
				.update(rows)
				.set({ entries: poison, checksum: checksum(poison, seq) })
				.where(row);
		await room.restart();

		expect(await room.words()).toEqual(['After', 'Before']);
		expect(await db.select().from(rowsSetAside)).toMatchObject([{ seq, entries }]);
		expect(room.log.some(({ message }) => message.includes('set aside'))).toBe(true);
		const [board] = await db.select().from(boards);
		expect(board!.epoch).not.toBe(epoch);
		// A copy of the other history is turned away; without one, all goes on.
		const old = room.knock('ben', 'notebook', epoch);
		expect(await old.shut()).toEqual({ code: 4409, reason: 'other-epoch' });
		const fresh = await room.device('ben', 'notebook', board!.epoch);
		expect(fresh.epoch).toBe(board!.epoch);
		fresh.put('Again');
		await fresh.saved();
		await room.restart();
		expect(await room.words()).toEqual(['After', 'Again', 'Before']);
		expect((await room.device('ben', 'board')).epoch).toBe(board!.epoch);
	}
);

test('SA12 an author’s map is made once, and replayed: cards written before a restart and after it are in one', async () => {
	room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	ben.put('Before');
	await ben.saved();
	const offline = new Y.Doc();
	Y.applyUpdate(offline, Y.encodeStateAsUpdate(ben.doc));
	const add = (id: string, stoppedUs: string) =>
		addCard(offline, exercise, { id, column: 'barriers', order: 'b1', fields: { stoppedUs } });
	add('card-offline', 'On the train');
	await room.kill();
	const back = await room.device('ben', 'notebook');
	Y.applyUpdate(back.doc, Y.encodeStateAsUpdate(offline));
	await back.saved();
	expect(await room.words()).toEqual(['Before', 'On the train']);
	expect(await room.authors()).toEqual(['ben']);
});

test('SA13 a server that stops commits what it took, says so, and closes with 1012', async () => {
	room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	await ben.saved();
	const { tries } = room.gate;
	room.gate.hold();
	ben.put('At the last moment');
	await until(() => room.gate.tries > tries);
	const stopped = room.rooms.stop();
	await ben.echo();
	ben.put('After the end');
	await ben.echo();
	room.gate.release();
	await stopped;
	expect((await ben.shut()).code).toBe(1012);
	expect(ben.committed).toBe(ben.sent - 1);
	const late = room.knock('ben', 'notebook');
	expect((await late.shut()).code).toBe(1012);
	await room.restart();
	expect(await room.words()).toEqual(['At the last moment']);
});

test('SA14 the stock client of y-websocket works on both documents, and comes back by itself', async () => {
	room = await TestRoom.openly();
	const connect = (path: string, as: string) => {
		const doc = new Y.Doc();
		const provider = new WebsocketProvider(room.url, path, doc, {
			params: { as },
			disableBc: true,
			WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket
		});
		return { doc, provider };
	};
	const ben = connect(`${BOARD}/notebook`, 'ben');
	const chidi = connect(BOARD, 'chidi');
	await until(() => ben.provider.synced && chidi.provider.synced);
	const add = (text: string) =>
		addCard(ben.doc, exercise, {
			id: `card-${text}`,
			column: 'barriers',
			order: 'a1',
			fields: { stoppedUs: text }
		});
	add('before');
	await until(() => readBoard(chidi.doc).cards.length === 1);
	await room.restart();
	await until(() => !ben.provider.synced);
	add('between');
	await until(() => readBoard(chidi.doc).cards.length === 2);
	expect((await room.words()).length).toBe(2);
	ben.provider.destroy();
	chidi.provider.destroy();
});

test('SA15 what gathers in a tick is one row', async () => {
	room = await TestRoom.openly();
	const [ben, chidi] = [
		await room.device('ben', 'notebook'),
		await room.device('chidi', 'notebook')
	];
	await Promise.all([ben.saved(), chidi.saved()]);
	const before = (await room.stored()).length;
	const { tries } = room.gate;
	room.gate.hold();
	ben.put('First');
	await until(() => room.gate.tries > tries);
	for (let i = 0; i < 20; i++) {
		ben.put(`Ben ${i}`);
		chidi.put(`Chidi ${i}`);
	}
	// One socket's frames are read in their order: when this is answered, the others have come.
	for (const device of [ben, chidi]) await device.echo();
	room.gate.release();
	await Promise.all([ben.saved(), chidi.saved()]);
	expect((await room.stored()).length - before).toBe(2);
	expect((await room.words()).length).toBe(41);
});

test('SA16 a board that cannot be read is closed with 1013, and never shown as empty', async () => {
	room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	ben.put('Here');
	await ben.saved();
	await room.restart();
	room.gate.failure = new Error('connection refused');
	const turned = room.knock('screen', 'board');
	expect((await turned.shut()).code).toBe(1013);
	expect(turned.steps2).toBe(0);
	room.gate.failure = null;
	const screen = await room.device('screen', 'board');
	expect(screen.words()).toEqual(['Here']);
});

test('SA30 a quiet room commits at once, a busy one every 33 ms at most', async () => {
	const pace = createTestClock();
	room = await TestRoom.open({ pace });
	const ben = room.knock('ben', 'notebook');
	const going = (condition: () => boolean) =>
		until(() => {
			pace.advance(10);
			return condition();
		});
	await going(() => ben.committed === 1);
	pace.advance(2000);
	const { tries } = room.gate;
	ben.put('At once');
	await ben.echo();
	pace.advance(0);
	await until(() => ben.committed === 2);
	ben.put('Gathered');
	ben.put('Gathered too');
	await ben.echo();
	pace.advance(32);
	await ben.echo();
	expect(room.gate.tries).toBe(tries + 1);
	await going(() => ben.committed === 4);
	expect(room.gate.tries).toBe(tries + 2);
});
