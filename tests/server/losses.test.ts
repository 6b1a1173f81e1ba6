/**
 * How others lost words, and that it does not happen here: one test for each known loss that no
 * other test tells of already.
 */
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { writeStep2, writeUpdate } from '#shared/wire/yjs-frames.ts';
import { startTestApp } from '../support/app.ts';
import { createTestClock } from '../support/clock.ts';
import { comeAda, join, listen, putCard, write } from '../support/people.ts';
import { until } from '../support/until.ts';
import { BOARD, TestRoom } from './yjs-room.ts';

let room: TestRoom;
let opened: TestRoom | null = null;
afterEach(async () => {
	await opened?.close();
	opened = null;
});

test('SA74 a room does not leave memory while something of it is not saved, and who comes meanwhile has it all', async () => {
	const pace = createTestClock();
	opened = room = await TestRoom.open({ pace });
	const going = <T>(condition: () => T) =>
		until(() => {
			pace.advance(10);
			return condition();
		});
	const ben = room.knock('ben', 'notebook');
	await going(() => ben.committed === 1);
	const { tries } = room.gate;
	room.gate.hold();
	ben.put('Said and gone');
	await ben.echo();
	await going(() => room.gate.tries > tries);
	ben.put('On its way out');
	await ben.echo();
	ben.cut();
	await until(() => ben.closed);
	// Nobody is there for minutes; the database is away all the while.
	for (let i = 0; i < 20; i++) pace.advance(30_000);
	const again = room.knock('ben', 'notebook');
	await going(() => again.epoch);
	room.gate.release();
	await going(() => again.cards().length === 2);
});

test('SA74 who comes back while the last commit of a room that is over is still under way reads after it', async () => {
	opened = room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	await ben.saved();
	const { tries, loads } = room.gate;
	room.gate.holdCommits();
	ben.put('The last word');
	await until(() => room.gate.tries > tries);
	const ended = room.rooms.end(BOARD);
	await ben.shut();
	const again = room.knock('ben', 'notebook');
	await until(() => again.socket.readyState === again.socket.OPEN);
	await room.stored(); // a reading of the board would have come before this one
	expect(room.gate.loads).toBe(loads);
	room.gate.release();
	await ended;
	await again.synced();
	expect(again.cards()).toHaveLength(1);
});

test('SA74 two who open a board at the same moment have the same one', async () => {
	opened = room = await TestRoom.openly();
	const before = await room.device('ben', 'notebook');
	before.put('Before');
	await before.saved();
	await room.restart();
	const both = [room.knock('ben', 'notebook'), room.knock('ben', 'notebook')];
	await Promise.all(both.map((device) => device.synced()));
	const [laptop, phone] = both as [typeof before, typeof before];
	laptop.put('From the laptop');
	await until(() => phone.cards().length === 2, { what: 'one room for both' });
	expect(await room.authors()).toEqual(['ben']);
});

test('SA75 what throws while words are applied drops the document, which is read again: nobody loses any', async () => {
	opened = room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	const chidi = await room.device('chidi', 'notebook');
	chidi.put('Already saved');
	await Promise.all([ben.saved(), chidi.saved()]);
	// As a listener that throws: from here on Yjs would tell nobody of this document any more.
	const { emit } = Y.Doc.prototype;
	let thrown = false;
	Y.Doc.prototype.emit = function (name, words) {
		const origin = (words as unknown[])[1] as { source?: string } | undefined;
		if (name === 'update' && origin?.source === 'client' && !thrown) {
			thrown = true;
			throw new Error('a listener threw');
		}
		return emit.call(this, name, words as never);
	};
	try {
		ben.put('Brought again');
		await ben.shut();
	} finally {
		Y.Doc.prototype.emit = emit;
	}
	expect(thrown).toBe(true);
	expect((await chidi.shut()).code).toBe(1013);
	expect(await room.words()).toEqual(['Already saved']);
	const again = await room.device('ben', 'notebook');
	Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(ben.doc));
	again.put('And on');
	await again.saved();
	expect(await room.words()).toEqual(['Already saved', 'And on', 'Brought again']);
});

test('SA76 what comes twice, and in another order once it is known, changes nothing', async () => {
	opened = room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	const sent: Uint8Array[] = [];
	ben.doc.on('update', (update: Uint8Array) => sent.push(update));
	for (let i = 0; i < 20; i++) ben.put(`Words ${i}`);
	await ben.saved();
	const before = await room.words();
	const rows = (await room.stored()).length;
	const phone = await room.device('ben', 'notebook');
	const shuffled = sent.map((update, i) => ({ update, at: (i * 7919) % 20 }));
	shuffled.sort((a, b) => a.at - b.at);
	for (const { update } of [...shuffled, ...shuffled]) phone.raw(writeUpdate(update));
	await until(() => phone.committed >= 2 * sent.length);
	expect(phone.closed).toBeNull();
	expect(await room.words()).toEqual(before);
	expect((await room.stored()).length).toBe(rows);
});

test('SA76 an empty or older copy never takes the place of what is there', async () => {
	opened = room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	ben.put('Old');
	await ben.saved();
	const old = Y.encodeStateAsUpdate(ben.doc);
	ben.put('New');
	await ben.saved();
	const tablet = await room.device('ben', 'notebook');
	tablet.raw(writeStep2(Y.encodeStateAsUpdate(new Y.Doc())));
	tablet.raw(writeStep2(old));
	await until(() => tablet.committed >= 3);
	expect(await room.words()).toEqual(['New', 'Old']);
	await room.restart();
	expect(await room.words()).toEqual(['New', 'Old']);
});

test('SA77 the late goodbye of a dead socket takes nothing from the one that came after it', async () => {
	opened = room = await TestRoom.openly();
	const dead = await room.device('ben', 'notebook');
	dead.socket.pause(); // it hears nothing any more, and has not gone yet
	const alive = await room.device('ben', 'notebook');
	const screen = await room.device('screen', 'board');
	dead.cut();
	await until(() => dead.closed);
	alive.put('Still here');
	await alive.saved();
	await until(() => screen.words().join() === 'Still here');
	expect(alive.closed).toBeNull();
});

test('SA78 a look-up that fails once keeps nobody out: sockets come back by themselves', async () => {
	const server = await startTestApp();
	try {
		const ada = await comeAda(server);
		const { id, code } = await ada.open();
		const ben = await join(server, code, 'Ben');
		const board = await ada.run(id);
		const { stored, workshops } = server.app;
		const { ofBoard } = stored;
		const { who } = workshops;
		let failed = 0;
		const once = (): never => {
			failed += 1;
			[stored.ofBoard, workshops.who] = [ofBoard, who];
			throw Object.assign(new Error('nobody answers'), { code: 'ECONNREFUSED' });
		};
		stored.ofBoard = async () => once();
		const writing = await write(server, board, ben.token);
		expect(failed).toBe(1);
		writing.put('After all');
		const desk = await listen(server, id, ada);
		workshops.who = async () => once();
		const refusals: unknown[] = [];
		desk.socket.on('connect_error', (error) => {
			refusals.push((error as { data?: { refusal: string } }).data?.refusal);
			desk.socket.connect(); // as ours does where it was not a final no
		});
		desk.socket.io.engine.close();
		await until(() => failed === 2);
		await until(() => desk.socket.connected, { what: 'the desk to be back' });
		expect(refusals).toEqual(['try-again']);
		await until(async () => (await server.app.rooms.counts(board)).cards === 1);
		desk.close();
		writing.close();
		expect(server.faults.splice(0).length).toBeGreaterThan(0);
	} finally {
		await server.close();
	}
});

test.each([60_000, -60_000])(
	'SA78 the server’s clock jumps by %s ms: nobody is let go, timers end when they said, and words and votes count',
	async (jump) => {
		const server = await startTestApp();
		try {
			const ada = await comeAda(server);
			const { id, code } = await ada.open();
			const ben = await join(server, code, 'Ben');
			const { board, card } = await putCard(server, { ada, workshop: id, by: ben, phase: 'group' });
			const [desk, phone] = [await listen(server, id, ada), await listen(server, id, ben)];
			const writing = await write(server, board, ben.token);
			const timer = desk.state().boards[0]!.timer;
			server.clock.advance(jump);
			expect(await desk.send({ type: 'rename', title: 'After the jump' })).toMatchObject({
				ok: true
			});
			await until(() => phone.state().title === 'After the jump');
			expect(phone.state().boards[0]!.timer).toEqual(timer);
			writing.put('Since then');
			await until(() => writing.seen().cards.length === 2);
			expect(await desk.send({ type: 'next' })).toMatchObject({ ok: true });
			const vote = { type: 'vote', board, target: { card }, count: 2 } as const;
			expect(await phone.send(vote)).toMatchObject({ ok: true });
			expect(writing.providers.board.ws?.readyState).toBe(WebSocket.OPEN);
			expect([desk.socket.connected, phone.socket.connected]).toEqual([true, true]);
			[desk, phone, writing].forEach((one) => one.close());
		} finally {
			await server.close();
		}
	}
);
