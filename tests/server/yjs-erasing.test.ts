/** One person's words taken out of a board and its log, and the log written anew. */
import * as Y from 'yjs';
import { afterEach, expect, test } from 'vitest';
import { makeGroup } from '#shared/doc/board.ts';
import { fieldText } from '#shared/doc/notebook.ts';
import { rowsSetAside } from '#server/db/schema.ts';
import { tablesWith } from '../support/traces.ts';
import { until } from '../support/until.ts';
import { BOARD, TestRoom } from './yjs-room.ts';

const CANARY = 'Zephyrine';

let room: TestRoom;
afterEach(() => room.close());

const traces = () => tablesWith(room.database.db, CANARY);

test('ER5 what is private stays private when the log is written anew, and is revealed with the rest', async () => {
	room = await TestRoom.inPhase('write');
	const [ben, chidi] = [
		await room.device('ben', 'notebook'),
		await room.device('chidi', 'notebook')
	];
	ben.put(`${CANARY} has no time`);
	chidi.put('No contract');
	await Promise.all([ben.saved(), chidi.saved()]);
	expect(await traces()).toEqual(['rows']);

	await room.rooms.erase(BOARD, 'ben');
	expect(await traces()).toEqual([]);
	expect(await room.words()).toEqual([]);
	await room.restart();
	expect(await room.words()).toEqual([]);
	await room.go('share');
	expect(await room.words()).toEqual(['No contract']);
	await room.restart();
	expect(await room.words()).toEqual(['No contract']);
});

test.each(['the room that did it', 'the room after a restart'])(
	'ER5 late words stay late, and are let in whole: %s',
	async (where) => {
		room = await TestRoom.openly();
		const [ben, chidi] = [
			await room.device('ben', 'notebook'),
			await room.device('chidi', 'notebook')
		];
		const early = chidi.put('No');
		ben.put(`${CANARY} has no time`);
		await Promise.all([ben.saved(), chidi.saved()]);
		// Each in a row of its own: the log that is written anew has fewer.
		for (const more of [' con', 'tra', 'ct']) {
			const text = fieldText(chidi.doc, early, 'stoppedUs')!;
			text.insert(text.length, more);
			await chidi.saved();
		}
		await room.go('vote');
		fieldText(chidi.doc, early, 'stoppedUs')!.insert(0, 'Still ');
		chidi.put('No money');
		ben.put(`${CANARY} is late`);
		await Promise.all([ben.saved(), chidi.saved()]);
		const late = [{ participant: 'chidi', cards: 2 }];

		await room.rooms.erase(BOARD, 'ben');
		if (where !== 'the room that did it') await room.restart();
		expect(await room.words()).toEqual(['No contract']);
		expect(await room.rooms.late(BOARD)).toEqual(late);
		expect(await traces()).toEqual([]);
		await room.rooms.letIn(BOARD, ['chidi']);
		expect(await room.words()).toEqual(['No money', 'Still No contract']);
		await room.restart();
		expect(await room.words()).toEqual(['No money', 'Still No contract']);
	}
);

test('ER2 words that are on their way to the database while they are erased are in no row either', async () => {
	room = await TestRoom.openly();
	const [ben, board] = [await room.device('ben', 'notebook'), await room.device('chidi', 'board')];
	room.gate.hold();
	ben.put(`${CANARY} has no time`);
	await ben.echo();
	await until(() => room.gate.tries > 1, { what: 'a commit that is under way' });
	const erased = room.rooms.erase(BOARD, 'ben');
	room.gate.release();
	expect(await erased).toHaveLength(1);
	expect(await traces()).toEqual([]);
	expect(await room.words()).toEqual([]);
	await until(() => board.words().length === 0);
	await room.restart();
	expect(await room.words()).toEqual([]);
});

test.each(['notebook', 'board'] as const)(
	'ER6 who is just being let in to the %s when they are erased is turned back, and nothing of theirs is taken',
	async (document) => {
		room = await TestRoom.openly();
		if (document === 'board') await (await room.device('ben', 'notebook')).saved();
		const chidi = await room.device('chidi', 'notebook');
		await chidi.saved();
		const { tries } = room.gate;
		const name = room.holdNames();
		room.gate.hold();
		const ben = room.knock('ben', document); // a first notebook is committed before anybody is let in
		await until(() => (document === 'board' ? name.asked > 0 : room.gate.tries > tries));
		const erased = room.rooms.erase(BOARD, 'ben');
		await room.rooms.late(BOARD); // it has begun
		room.gate.release();
		await erased;
		name.release();
		expect((await ben.shut()).code).toBe(4401);
		expect(ben.epoch).toBeNull();
	}
);

test('ER2 a card that is being restored while its author is erased does not come back', async () => {
	room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	const card = ben.put(`${CANARY} has no time`);
	await ben.saved();
	await room.rooms.remove(BOARD, card, 'removed', { role: 'facilitator', account: 'ada' });
	const deeds = [room.rooms.restore(BOARD, card), room.rooms.erase(BOARD, 'ben')];
	await Promise.all(deeds);
	expect(await deeds[0]).toEqual({ refused: 'no-such-card' });
	expect(await traces()).toEqual(['removed_cards']); // that is the tables’ part
	expect(await room.words()).toEqual([]);
});

test('ER2 what was set aside of a damaged log goes, and the new log is whole', async () => {
	room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	ben.put(`${CANARY} has no time`);
	await ben.saved();
	const rows = await room.stored();
	const at = rows.findIndex(({ entries }) => Buffer.from(entries).includes(CANARY));
	const { seq, entries } = rows[at]!;
	await room.database.db.insert(rowsSetAside).values({ boardId: BOARD, seq: 999, entries, at: 0 });
	expect(seq).toBeGreaterThan(0);
	await room.rooms.erase(BOARD, 'ben');
	expect(await traces()).toEqual([]);
	expect(await room.stored()).toEqual([]);
	expect(await room.snapshots()).toHaveLength(1);
	await room.restart();
	expect(room.log.filter(({ message }) => message.includes('damaged'))).toEqual([]);
	const chidi = await room.device('chidi', 'notebook');
	chidi.put('No contract');
	await chidi.saved();
	await room.restart();
	expect(await room.words()).toEqual(['No contract']);
});

test('ER4 the new log holds the same documents: every struct under its id, and one history', async () => {
	room = await TestRoom.openly();
	const [ben, chidi] = [
		await room.device('ben', 'notebook'),
		await room.device('chidi', 'notebook')
	];
	const board = await room.device('chidi', 'board');
	for (const text of ['No contract', 'No money', 'No trust']) chidi.put(text);
	ben.put(`${CANARY} has no time`);
	await until(() => board.words().length === 4);
	await room.rooms.erase(BOARD, 'ben');
	await until(() => board.words().length === 3);
	await room.restart();
	const fresh = await room.device('p0', 'board', board.epoch!);
	expect(fresh.words()).toEqual(['No contract', 'No money', 'No trust']);
	expect(fresh.epoch).toBe(board.epoch);
	const vector = (doc: Y.Doc) => [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort();
	expect(vector(fresh.doc)).toEqual(vector(board.doc));
	expect(fresh.frames.some((frame) => Buffer.from(frame).includes(CANARY))).toBe(false);
});

test('ER18 a card that was removed is in no log that is written anew, and its copy stays for facilitators', async () => {
	room = await TestRoom.openly();
	const [ben, chidi] = [
		await room.device('ben', 'notebook'),
		await room.device('chidi', 'notebook')
	];
	const removed = chidi.put(`${CANARY} said so`);
	chidi.put('No contract');
	await chidi.saved();
	await room.rooms.remove(BOARD, removed, 'removed', { role: 'facilitator', account: 'ada' });
	ben.put('Goes');
	await ben.saved();
	await room.rooms.erase(BOARD, 'ben');
	expect(await traces()).toEqual(['removed_cards']);
	await room.restart();
	expect(await room.rooms.restore(BOARD, removed)).toBe(true);
	expect(await room.words()).toEqual(['No contract', `${CANARY} said so`]);
});

test('ER19 a group’s title is the room’s, and stays whoever typed it', async () => {
	room = await TestRoom.openly();
	const [ben, chidi] = [
		await room.device('ben', 'notebook'),
		await room.device('chidi', 'notebook')
	];
	const cards = ['No contract', 'No money'].map((text) => chidi.put(text));
	ben.put(`${CANARY} has no time`);
	await Promise.all([ben.saved(), chidi.saved()]);
	await room.go('group');
	const board = await room.device('ben', 'board');
	const group = { id: 'group-1', kind: 'theme', title: 'What is missing', cards } as const;
	makeGroup(board.doc, { ...group, cards, column: 'barriers', order: 'a0' });
	await board.saved();
	await room.rooms.erase(BOARD, 'ben');
	await room.restart();
	const { groups } = await room.rooms.read(BOARD);
	expect(groups).toMatchObject([{ id: 'group-1', title: 'What is missing', cards }]);
	expect(await traces()).toEqual([]);
});
