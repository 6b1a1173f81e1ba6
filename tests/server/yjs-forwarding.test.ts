/** Which words reach whom, and when: private writing, the reveal, what is taken away. */
import { afterEach, expect, test } from 'vitest';
import { place } from '#shared/doc/board.ts';
import { editText, fieldText } from '#shared/doc/notebook.ts';
import { until } from '../support/until.ts';
import type { Device } from './yjs-device.ts';
import { BOARD, TestRoom } from './yjs-room.ts';

let room: TestRoom;
afterEach(() => room.close());

const change = (device: Device, card: string, text: string) =>
	editText(fieldText(device.doc, card, 'stoppedUs')!, text);
test('FO1 what is written privately reaches nobody before the reveal, and everybody after', async () => {
	room = await TestRoom.inPhase('write');
	const ben = await room.device('ben', 'notebook');
	const others = [
		await room.device('chidi', 'board'),
		await room.device('screen', 'board'),
		await room.device('ada', 'board'),
		await room.device('chidi', 'notebook')
	];
	ben.put('Nobody asked us');
	await ben.saved();
	expect(await room.rooms.read(BOARD)).toEqual({ cards: [], groups: [] });
	const latecomer = await room.device('p1', 'board');
	for (const device of [...others, latecomer]) expect(device.heard('Nobody asked')).toBe(false);

	await room.command({ type: 'next' });
	for (const device of [...others.slice(0, 3), latecomer]) {
		await until(() => device.words().length === 1);
		expect(device.words()).toEqual(['Nobody asked us']);
	}
	expect(others[3]!.heard('Nobody asked')).toBe(false);
	expect(await room.words()).toEqual(['Nobody asked us']);
});

test('FO2 the room learns how much is written, and never what', async () => {
	room = await TestRoom.inPhase('write');
	const ben = await room.device('ben', 'notebook');
	const chidi = await room.device('chidi', 'notebook');
	ben.put('One');
	ben.put('Two');
	ben.put('Begun', { draft: true });
	chidi.put(' ');
	await Promise.all([ben.saved(), chidi.saved()]);
	expect(await room.rooms.counts(BOARD)).toEqual({ cards: 2, people: 1, writing: 2 });
	await until(() => room.news.counted.at(-1)?.cards === 2);
	expect(room.news.counted.length).toBeLessThan(5);
});

test('FO3 open writing goes on to the board as it is typed', async () => {
	room = await TestRoom.inPhase('write');
	await room.command({ type: 'set-writing', mode: 'open', reveal: true });
	const ben = await room.device('ben', 'notebook');
	const screen = await room.device('screen', 'board');
	const card = ben.put('T');
	await until(() => screen.words()[0] === 'T');
	change(ben, card, 'Time');
	await until(() => screen.words()[0] === 'Time');
	await room.restart();
	expect(await room.words()).toEqual(['Time']);
});

test('FO11 leaving private writing reveals whatever phase follows; back reveals nothing', async () => {
	room = await TestRoom.inPhase('write');
	const ben = await room.device('ben', 'notebook');
	ben.put('Written');
	await ben.saved();
	await room.command({ type: 'back' });
	expect(await room.words()).toEqual([]);
	expect(await room.rooms.late(BOARD)).toEqual([]);
	await room.command({ type: 'next' });
	await room.command({ type: 'go', phase: 'vote' });
	expect(await room.words()).toEqual(['Written']);
});

test('FO12 a server that dies between the reveal and its forwarding takes that up again', async () => {
	room = await TestRoom.inPhase('write');
	const ben = await room.device('ben', 'notebook');
	ben.put('Written');
	await ben.saved();
	room.commandUnheard({ type: 'go', phase: 'vote' });
	await room.kill();
	room.clock.advance(60_000);
	await room.device('ben', 'board');
	expect(await room.words()).toEqual(['Written']);
	expect(await room.rooms.late(BOARD)).toEqual([]);
});

test('FO13 arranging that the phase does not allow is closed with 4403, and the board stays as it is', async () => {
	room = await TestRoom.inPhase('share');
	const ben = await room.device('ben', 'notebook');
	const card = ben.put('One');
	const [chidi, screen] = [
		await room.device('chidi', 'board'),
		await room.device('screen', 'board')
	];
	await until(() => chidi.words().length === 1);
	place(chidi.doc, card, { column: 'ways-round', order: 'a1' });
	expect(await chidi.shut()).toMatchObject({ code: 4403 });
	expect((await room.rooms.read(BOARD)).cards[0]!.column).toBe('barriers');
	expect(screen.board().cards[0]!.column).toBe('barriers');
	expect(screen.closed).toBeNull();

	await room.command({ type: 'go', phase: 'group' });
	const again = await room.device('chidi', 'board');
	place(again.doc, card, { column: 'ways-round', order: 'a1' });
	await until(() => screen.board().cards[0]!.column === 'ways-round');
	// The grace holds for arranging too.
	await room.command({ type: 'go', phase: 'vote' });
	room.clock.advance(3000);
	place(again.doc, card, { column: 'barriers', order: 'a2' });
	await until(() => screen.board().cards[0]!.column === 'barriers');
	room.clock.advance(1);
	place(again.doc, card, { column: 'ways-round', order: 'a3' });
	expect(await again.shut()).toMatchObject({ code: 4403 });
	await room.restart();
	expect((await room.rooms.read(BOARD)).cards[0]!.column).toBe('barriers');
});

test('FO14 a removed card is gone at once in any phase, latecomers never get its words, what is held stays', async () => {
	room = await TestRoom.inPhase('group');
	const ben = await room.device('ben', 'notebook');
	const screen = await room.device('screen', 'board');
	const card = ben.put('Unkind words');
	await until(() => screen.words().length === 1);
	await room.go('vote');
	change(ben, card, 'Unkind words, more of them');
	ben.put('Late');
	await ben.saved();
	const by = { role: 'facilitator', account: 'ada' } as const;
	expect(await room.rooms.remove(BOARD, card, 'removed', by)).toMatchObject({
		id: card,
		fields: { stoppedUs: 'Unkind words, more of them' }
	});
	await until(() => screen.words().length === 0);
	await until(() => ben.cards().length === 1);
	expect(await room.words()).toEqual([]);
	const latecomer = await room.device('p1', 'board');
	expect(latecomer.heard('Unkind')).toBe(false);

	await room.restart();
	const another = await room.device('p2', 'board');
	expect(another.heard('Unkind')).toBe(false);
	expect(await room.rooms.late(BOARD)).toEqual([{ participant: 'ben', cards: 1 }]);
	expect(await room.rooms.remove(BOARD, card, 'removed', by)).toEqual({ refused: 'no-such-card' });
});

test('FO15 a removed card comes back under its own id, in any phase, and nothing else with it', async () => {
	room = await TestRoom.inPhase('group');
	const ben = await room.device('ben', 'notebook');
	const card = ben.put('Taken away');
	await ben.saved();
	await room.go('vote');
	await room.rooms.remove(BOARD, card, 'removed', { role: 'facilitator', account: 'ada' });
	ben.put('Late');
	await ben.saved();
	const screen = await room.device('screen', 'board');
	expect(await room.rooms.restore(BOARD, card)).toBe(true);
	await until(() => screen.words().length === 1);
	expect(screen.board().cards).toMatchObject([{ id: card, fields: { stoppedUs: 'Taken away' } }]);
	await until(() => ben.cards().length === 2);
	expect(await room.rooms.restore(BOARD, card)).toEqual({ refused: 'no-such-card' });
	// Its author goes on in it, and the board follows when the phase lets it.
	const again = await room.device('ben', 'notebook');
	change(again, card, 'Taken away, and back');
	await again.saved();
	await room.go('discuss');
	await room.restart();
	expect(await room.words()).toEqual(['Late', 'Taken away, and back']);
});

test('FO16 an author withdraws their own card, in any phase; nobody else can', async () => {
	room = await TestRoom.inPhase('vote');
	const ben = await room.device('ben', 'notebook');
	const adas = await room.device('ada', 'notebook');
	const card = ben.put('Mine');
	const seat = adas.put('Hers');
	await Promise.all([ben.saved(), adas.saved()]);
	await room.rooms.letIn(BOARD);
	const chidi = { role: 'participant', participant: 'chidi' } as const;
	const ada = { role: 'facilitator', account: 'ada' } as const;
	expect(await room.rooms.remove(BOARD, card, 'withdrawn', chidi)).toEqual({
		refused: 'not-allowed'
	});
	expect(await room.rooms.remove(BOARD, card, 'withdrawn', ada)).toEqual({
		refused: 'not-allowed'
	});
	const himself = { role: 'participant', participant: 'ben' } as const;
	await room.rooms.remove(BOARD, card, 'withdrawn', himself);
	await room.rooms.remove(BOARD, seat, 'withdrawn', ada);
	await until(() => ben.cards().length === 0);
	expect(await room.words()).toEqual([]);
});

test('FO17 two devices of one person have one notebook', async () => {
	room = await TestRoom.inPhase('write');
	const [phone, laptop] = [
		await room.device('ben', 'notebook'),
		await room.device('ben', 'notebook')
	];
	const card = phone.put('From the phone');
	await until(() => laptop.cards().length === 1);
	change(laptop, card, 'From the phone and the laptop');
	await until(() => phone.cards()[0]!.fields['stoppedUs'] === 'From the phone and the laptop');
	expect(await room.authors()).toEqual(['ben']);
	expect(room.news.seated).toBe(1);
});
