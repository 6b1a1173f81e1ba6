/** What comes when a phase is over: held, let in, left out. */
import { afterEach, expect, test } from 'vitest';
import { editText, fieldText, putDown } from '#shared/doc/notebook.ts';
import { until } from '../support/until.ts';
import type { Device } from './yjs-device.ts';
import { BOARD, TestRoom } from './yjs-room.ts';

let room: TestRoom;
afterEach(() => room.close());

const change = (device: Device, card: string, text: string) =>
	editText(fieldText(device.doc, card, 'stoppedUs')!, text);
test('FO4 what comes when a phase is over is kept and saved, held back, and counted by person', async () => {
	room = await TestRoom.inPhase('group');
	const ben = await room.device('ben', 'notebook');
	const screen = await room.device('screen', 'board');
	const early = ben.put('Early');
	await until(() => screen.words().length === 1);
	await room.go('vote');
	ben.put('Late');
	change(ben, early, 'Early, and mended');
	ben.put('Begun', { draft: true });
	await ben.saved();
	expect(await room.words()).toEqual(['Early']);
	expect(await room.rooms.late(BOARD)).toEqual([{ participant: 'ben', cards: 2 }]);
	await until(() => room.news.held.at(-1)?.[0]?.cards === 2);
	expect(screen.heard('Late')).toBe(false);

	await room.restart();
	expect(await room.words()).toEqual(['Early']);
	expect(await room.rooms.late(BOARD)).toEqual([{ participant: 'ben', cards: 2 }]);
});

test('FO4 who is told of late cards when they come hears when it is over, too', async () => {
	room = await TestRoom.inPhase('vote');
	const ben = await room.device('ben', 'notebook');
	ben.put('Late');
	await ben.saved();
	await room.restart();
	const { held } = room.news;
	held.length = 0;
	expect(await room.rooms.late(BOARD)).toEqual([{ participant: 'ben', cards: 1 }]);
	await room.rooms.letIn(BOARD);
	await until(() => held.at(-1)?.length === 0, { what: 'news that nothing is late' });
});

test('FO5 for 3 s after a phase its words still count', async () => {
	room = await TestRoom.inPhase('group');
	const ben = await room.device('ben', 'notebook');
	await room.command({ type: 'go', phase: 'vote' });
	room.clock.advance(3000);
	ben.put('Just in time');
	await ben.saved();
	expect(await room.words()).toEqual(['Just in time']);
	room.clock.advance(1);
	ben.put('Too late');
	await ben.saved();
	expect(await room.words()).toEqual(['Just in time']);
});

test('FO6 late cards are let in by person, with everything that the person holds', async () => {
	room = await TestRoom.inPhase('vote');
	const [ben, chidi] = [
		await room.device('ben', 'notebook'),
		await room.device('chidi', 'notebook')
	];
	const screen = await room.device('screen', 'board');
	ben.put('Ben one');
	ben.put('Ben two');
	chidi.put('Chidi');
	await Promise.all([ben.saved(), chidi.saved()]);
	await room.rooms.letIn(BOARD, ['ben']);
	await until(() => screen.words().length === 2);
	expect(await room.words()).toEqual(['Ben one', 'Ben two']);
	expect(await room.rooms.late(BOARD)).toEqual([{ participant: 'chidi', cards: 1 }]);
	await until(() => room.news.held.at(-1)?.length === 1);
	await room.restart();
	expect(await room.words()).toEqual(['Ben one', 'Ben two']);
});

test('FO7 late cards are left out: gone from the notebook, one that the board has goes back to that', async () => {
	room = await TestRoom.inPhase('group');
	const ben = await room.device('ben', 'notebook');
	const screen = await room.device('screen', 'board');
	const early = ben.put('Early');
	await until(() => screen.words().length === 1);
	await room.go('vote');
	const late = ben.put('Late');
	change(ben, early, 'Early, and mended');
	await ben.saved();
	await room.rooms.leave(BOARD);
	await until(() => ben.cards().length === 1);
	await until(() => ben.cards()[0]!.fields['stoppedUs'] === 'Early');
	expect(await room.words()).toEqual(['Early']);
	expect(await room.rooms.late(BOARD)).toEqual([]);
	expect(screen.heard('Late')).toBe(false);

	await room.restart();
	expect(await room.words()).toEqual(['Early']);
	// A copy was kept: it can come back.
	expect(await room.rooms.restore(BOARD, late)).toBe(true);
	expect(await room.words()).toEqual(['Early', 'Late']);
});

test('FO18 late words of a card that the board has come back too, and what it said until then is kept', async () => {
	room = await TestRoom.inPhase('group');
	const ben = await room.device('ben', 'notebook');
	const early = ben.put('Early');
	await ben.saved();
	await room.go('vote');
	change(ben, early, 'Ear');
	await ben.saved();
	await room.rooms.leave(BOARD);
	await until(() => ben.cards()[0]!.fields['stoppedUs'] === 'Early');
	change(ben, early, 'Early, so they say');
	await ben.saved();
	// In `vote` words are held: the board has nothing of the last ones, nor of what deletes them.
	expect(await room.rooms.restore(BOARD, early)).toBe(true);
	await until(() => ben.cards()[0]!.fields['stoppedUs'] === 'Ear');
	await room.rooms.letIn(BOARD);
	expect(await room.words()).toEqual(['Ear']);
	expect(await room.rooms.restore(BOARD, early)).toBe(true);
	await room.restart();
	await room.rooms.letIn(BOARD);
	expect(await room.words()).toEqual(['Early, so they say']);
	expect(room.log.filter(({ message }) => message.includes('dropped'))).toEqual([]);
});

test('FO8 entering a phase that forwards lets everything in, as one frame', async () => {
	room = await TestRoom.inPhase('vote');
	const [ben, chidi] = [
		await room.device('ben', 'notebook'),
		await room.device('chidi', 'notebook')
	];
	const screen = await room.device('screen', 'board');
	ben.put('Ben');
	chidi.put('Chidi');
	await Promise.all([ben.saved(), chidi.saved()]);
	await room.go('discuss');
	await until(() => screen.words().length === 2);
	expect(screen.frames.filter((frame) => Buffer.from(frame).includes('Ben'))).toHaveLength(1);
	expect(screen.frames.filter((frame) => Buffer.from(frame).includes('Chidi'))).toHaveLength(1);
	expect(await room.words()).toEqual(['Ben', 'Chidi']);
});

test('FO9 so does unlocking; and a board that is not in memory takes the new state on too', async () => {
	room = await TestRoom.inPhase('share');
	await room.command({ type: 'lock' });
	room.clock.advance(3001);
	const ben = await room.device('ben', 'notebook');
	ben.put('Behind the lock');
	await ben.saved();
	expect(await room.words()).toEqual([]);
	await room.restart();
	await room.command({ type: 'unlock' });
	await room.restart();
	expect(await room.words()).toEqual(['Behind the lock']);
});

test('FO10 nobody is shown a draft; put down late it is late', async () => {
	room = await TestRoom.inPhase('share');
	const ben = await room.device('ben', 'notebook');
	const draft = ben.put('Half a thought', { draft: true });
	await ben.saved();
	expect(await room.words()).toEqual([]);
	await room.go('vote');
	putDown(ben.doc, draft);
	await ben.saved();
	expect(await room.words()).toEqual([]);
	expect(await room.rooms.late(BOARD)).toEqual([{ participant: 'ben', cards: 1 }]);
	await room.rooms.leave(BOARD, ['ben']);
	await until(() => ben.cards().length === 0);
	expect(await room.words()).toEqual([]);
});
