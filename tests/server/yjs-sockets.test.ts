/** The sockets of a room: who is let in, what a frame may be, and what happens to those that are not. */
import * as encoding from 'lib0/encoding';
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { place } from '#shared/doc/board.ts';
import { addCard } from '#shared/doc/notebook.ts';
import { LIMITS } from '#shared/doc/schema.ts';
import {
	FRAME,
	writeAwareness,
	writeStep1,
	writeStep2,
	writeUpdate
} from '#shared/wire/yjs-frames.ts';
import { createTestClock } from '../support/clock.ts';
import { until } from '../support/until.ts';
import { exercise, type Device } from './yjs-device.ts';
import { TestRoom } from './yjs-room.ts';

let room: TestRoom;
afterEach(() => room.close());

test('SA17 a frame that is none, or too large, closes its own socket and nobody else’s', async () => {
	room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	const screen = await room.device('screen', 'board');
	const large = new Uint8Array(LIMITS.updateBytes + 1);
	const counted = encoding.createEncoder();
	encoding.writeVarUint(counted, 30_000_000);
	const cases: [Uint8Array | string, number][] = [
		['text', 4400],
		[new Uint8Array([9]), 4400],
		[new Uint8Array([0, 2, 200]), 4400],
		[new Uint8Array([100, 1]), 4400],
		[writeUpdate(new Uint8Array([1, 2, 3])), 4400],
		[writeUpdate(encoding.toUint8Array(counted)), 4400],
		[writeStep1(encoding.toUint8Array(counted)), 4400],
		[writeAwareness(new Uint8Array([3, 1])), 4400],
		[writeUpdate(large), 4413],
		[writeStep2(new Uint8Array(LIMITS.syncBytes + 1)), 4413]
	];
	for (const [frame, code] of cases) {
		const attacker = await room.device('chidi', 'board');
		attacker.socket.send(frame);
		expect((await attacker.shut()).code).toBe(code);
	}
	ben.put('Undisturbed');
	await ben.saved();
	await until(() => screen.words().length === 1);
	expect([ben.closed, screen.closed]).toEqual([null, null]);
});

test('SA18 what the guard refuses is not applied, stored or relayed, and the close says why', async () => {
	room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	const chidi = await room.device('chidi', 'notebook');
	const screen = await room.device('screen', 'board');
	ben.put('Mine');
	await ben.saved();
	const before = (await room.stored()).length;
	// Chidi writes under Ben's client id: Ben's own next words would vanish everywhere.
	chidi.doc.clientID = ben.doc.clientID;
	chidi.put('Stolen');
	expect(await chidi.shut()).toEqual({ code: 4403, reason: 'client-id-taken' });
	expect((await room.stored()).length).toBe(before);
	expect(screen.heard('Stolen')).toBe(false);

	// Bound for good: on the board and in every notebook, also for who comes after a restart.
	await room.restart();
	await room.command({ type: 'go', phase: 'group' });
	const other = await room.device('p1', 'notebook');
	other.doc.clientID = ben.doc.clientID;
	other.put('Stolen later');
	expect((await other.shut()).reason).toBe('client-id-taken');
	const back = await room.device('ben', 'notebook');
	back.put('Mine too');
	await back.saved();
	expect(await room.words()).toEqual(['Mine', 'Mine too']);
});

test('GU4 under the client id of one’s notebook nothing comes to the board, before it is shown or after', async () => {
	room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	ben.put('Mine');
	await ben.saved();
	await room.command({ type: 'go', phase: 'group' });
	const arranging = await room.device('ben', 'board');
	await until(() => arranging.words().includes('Mine'));
	arranging.doc.clientID = ben.doc.clientID;
	place(arranging.doc, ben.cards()[0]!.id, { column: 'barriers', order: 'a1' });
	expect((await arranging.shut()).reason).toBe('client-id-taken');
	ben.put('Mine too');
	await ben.saved();

	// Nor the other way round.
	const board = await room.device('ben', 'board');
	place(board.doc, ben.cards()[0]!.id, { column: 'barriers', order: 'a1' });
	await board.saved();
	const second = await room.device('ben', 'notebook');
	second.doc.clientID = board.doc.clientID;
	second.put('Lost');
	expect((await second.shut()).reason).toBe('client-id-taken');
	expect(await room.words()).toEqual(['Mine', 'Mine too']);
});

test('SA19 a card id belongs to one notebook of a board', async () => {
	room = await TestRoom.openly();
	const [ben, chidi] = [
		await room.device('ben', 'notebook'),
		await room.device('chidi', 'notebook')
	];
	const id = ben.put('Mine');
	await ben.saved();
	chidi.put('Of the same id', { id });
	expect((await chidi.shut()).reason).toBe('card-id-taken');
});

test('SA20 visitors and unknown boards are turned away; who has no seat has no notebook', async () => {
	room = await TestRoom.openly();
	expect(await room.knock('visitor', 'board').shut()).toMatchObject({ code: 4401 });
	expect(await room.knock('screen', 'notebook').shut()).toMatchObject({ code: 4403 });
	const { state } = room;
	room.state = { ...state, boards: [] };
	await room.restart();
	expect(await room.knock('ben', 'board').shut()).toMatchObject({ code: 4404 });
	room.state = state;
	expect((await room.device('screen', 'board')).epoch).toBe('epoch-1');
});

test('SA21 frames that come before the board is read are taken in their order', async () => {
	room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	ben.put('Before');
	await ben.saved();
	await room.restart();
	room.gate.hold();
	const early = room.knock('ben', 'notebook');
	Y.applyUpdate(early.doc, Y.encodeStateAsUpdate(ben.doc), early);
	await until(() => early.socket.readyState === early.socket.OPEN);
	for (const text of ['One', 'Two', 'Three']) early.put(text);
	// Whoever comes later is answered: these frames have arrived.
	await room.knock('visitor', 'board').shut();
	room.gate.release();
	await early.synced();
	await early.saved();
	expect(await room.words()).toEqual(['Before', 'One', 'Three', 'Two']);
});

test('SA22 a flood of frames is closed with 1013; typing is none', async () => {
	room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	const chidi = await room.device('chidi', 'notebook');
	const empty = writeUpdate(Y.encodeStateAsUpdate(new Y.Doc()));
	for (let i = 0; i < 150; i++) ben.raw(empty);
	await ben.echo();
	for (let i = 0; i < 400; i++) chidi.raw(empty);
	expect((await chidi.shut()).code).toBe(1013);
	const heavy = await room.device('p2', 'notebook');
	for (let i = 0; i < 40; i++) heavy.put('x'.repeat(LIMITS.mainField));
	await heavy.saved();
	const whole = writeStep2(Y.encodeStateAsUpdate(heavy.doc));
	for (let i = 0; i < 60; i++) heavy.raw(whole);
	expect((await heavy.shut()).code).toBe(1013);
	const again = await room.device('p2', 'notebook');
	for (let i = 0; i < 10; i++) again.raw(whole);
	expect((await again.shut()).code).toBe(1013);
	const asking = await room.device('p1', 'board');
	for (let i = 0; i < 20; i++) asking.raw(writeStep1(Y.encodeStateVector(new Y.Doc())));
	expect((await asking.shut()).code).toBe(1013);
	expect(ben.closed).toBeNull();
});

test('SA23 a socket that does not answer for 15 s is ended; one that does is not', async () => {
	const pace = createTestClock();
	room = await TestRoom.open({ pace });
	const going = async (condition: () => unknown) =>
		until(() => {
			pace.advance(40);
			return condition();
		});
	const silent = room.knock('ben', 'board');
	const alive = room.knock('chidi', 'board');
	await going(() => silent.steps2 > 0 && alive.steps2 > 0);
	silent.socket.pause();
	const closed = () => silent.socket.readyState !== silent.socket.OPEN;
	for (let waited = 0; waited < 20_000; waited += 5000) {
		pace.advance(5000);
		await alive.echo();
	}
	silent.socket.resume();
	await going(closed);
	expect(alive.closed).toBeNull();
	// A browser sees no pings: what it hears at least every 5 s it has asked for.
	expect(alive.frames.filter(([type]) => type === FRAME.committed).length).toBeGreaterThan(3);
});

test('SA24 a room leaves when nobody is there, and comes back with all that it had', async () => {
	const pace = createTestClock();
	room = await TestRoom.open({ pace });
	let going = true;
	let step = 40;
	const time = until(() => {
		pace.advance(step);
		return !going;
	});
	const ben = await room.device('ben', 'notebook');
	ben.put('Kept');
	await ben.saved();
	const { epoch } = ben;
	ben.cut();
	const before = pace.now();
	step = 1000;
	await until(() => pace.now() > before + 31_000);
	step = 40;
	const again = await room.device('ben', 'notebook');
	expect(again.cards()).toHaveLength(1);
	expect(again.epoch).toBe(epoch);
	going = false;
	await time;
});

test('SA25 a person who is sent away loses every socket, and nobody else does', async () => {
	room = await TestRoom.openly();
	const [ben, bens] = [await room.device('ben', 'notebook'), await room.device('ben', 'board')];
	const chidi = await room.device('chidi', 'board');
	room.rooms.disconnect('another-workshop', 'ben');
	room.rooms.disconnect('workshop-1', 'ben');
	expect((await ben.shut()).code).toBe(4401);
	expect((await bens.shut()).code).toBe(4401);
	expect(chidi.closed).toBeNull();
});

type Said = [clientId: number, clock: number, state: unknown];
const presence = (...all: Said[]) => {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, all.length);
	for (const [clientId, clock, state] of all) {
		encoding.writeVarUint(encoder, clientId);
		encoding.writeVarUint(encoder, clock);
		encoding.writeVarString(encoder, JSON.stringify(state));
	}
	return writeAwareness(encoding.toUint8Array(encoder));
};
const says = (device: Device, clock: number, state: unknown, clientId = device.doc.clientID) =>
	device.raw(presence([clientId, clock, state]));

test('SA26 presence says what somebody moves, under the name that the server knows, until the socket closes', async () => {
	room = await TestRoom.openly();
	const [ben, chidi] = [await room.device('ben', 'board'), await room.device('chidi', 'board')];
	const seen = () => chidi.presence.get(ben.doc.clientID);
	says(ben, 1, { moving: 'card-1', name: 'Ada', column: 'barriers', user: { name: 'Ada' } });
	await until(() => seen());
	expect(seen()).toEqual({ moving: 'card-1', name: 'Ben' });
	const newcomer = await room.device('p1', 'board');
	await until(() => newcomer.presence.get(ben.doc.clientID));
	// Not of another, not under two ids, and not an essay.
	says(chidi, 99, { moving: 'card-2' }, ben.doc.clientID);
	says(ben, 1, { moving: 'card-3' }, 12345);
	says(ben, 2, { moving: 'card-4', focus: 'x'.repeat(3000) });
	says(ben, 3, { focus: 'card-1', writing: true });
	await until(() => seen()?.['focus']);
	expect(seen()).toEqual({ focus: 'card-1', writing: true, name: 'Ben' });
	expect(chidi.presence.size).toBe(1);
	ben.cut();
	await until(() => seen() === null);
});

test('SA37 presence beyond its budget is passed over; a large frame counts as many small ones', async () => {
	const pace = createTestClock();
	room = await TestRoom.open({ pace });
	const knocked = ['ben', 'chidi', 'p1'].map((name) => room.knock(name, 'board'));
	const [small, large, others] = knocked as [Device, Device, Device];
	const ticked = (condition: () => unknown) =>
		until(() => {
			pace.advance(40);
			return condition();
		});
	await ticked(() => knocked.every(({ steps2 }) => steps2 > 0));
	for (let clock = 1; clock <= 3000; clock += 1) says(small, clock, { moving: `card-${clock}` });
	const crowd = Array.from({ length: 1500 }, (_, at): Said => [at + 1, 1, { moving: 'card-none' }]);
	for (let clock = 1; clock <= 30; clock += 1)
		large.raw(presence([large.doc.clientID, clock, { moving: `card-${clock}` }], ...crowd));
	await small.echo();
	await large.echo();
	await ticked(() => others.presence.size === 2);
	expect(others.presence.get(small.doc.clientID)).toEqual({ moving: 'card-60', name: 'Ben' });
	expect(others.presence.get(large.doc.clientID)).toEqual({ moving: 'card-6', name: 'Chidi' });
	expect(knocked.map(({ closed }) => closed)).toEqual([null, null, null]);
});

test('SA27 on an anonymous board presence has no name, and a notebook’s socket carries none', async () => {
	room = await TestRoom.openly({ anonymous: true });
	const [ben, bens] = [await room.device('ben', 'board'), await room.device('ben', 'notebook')];
	const [chidi, chidis] = [
		await room.device('chidi', 'board'),
		await room.device('chidi', 'notebook')
	];
	says(bens, 1, { writing: true });
	says(ben, 1, { moving: 'card-1' });
	await until(() => chidi.presence.get(ben.doc.clientID));
	expect(chidi.presence.get(ben.doc.clientID)).toEqual({ moving: 'card-1' });
	await bens.echo();
	expect(chidi.presence.size).toBe(1);
	expect([bens.presence.size, chidis.presence.size]).toEqual([0, 0]);
});

test('SA28 nothing of what people write is in the log', async () => {
	room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	const chidi = await room.device('chidi', 'notebook');
	const id = ben.put('canary in the notebook');
	await ben.saved();
	chidi.put('canary in another', { id });
	await chidi.shut();
	addCard(ben.doc, exercise, {
		id: 'card-long',
		column: 'barriers',
		order: 'a9',
		fields: { stoppedUs: 'canary '.repeat(400) }
	});
	await ben.shut();
	expect(room.log.length).toBeGreaterThan(1);
	expect(JSON.stringify(room.log)).not.toContain('canary');
});
