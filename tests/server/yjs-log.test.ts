/** The log of a board kept short: nothing that anybody could still need goes with it. */
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { makeGroup, place } from '#shared/doc/board.ts';
import { changeCard, deleteCard, editText, fieldText } from '#shared/doc/notebook.ts';
import { snapshots } from '#server/db/schema.ts';
import { readPieces } from '#server/store/snapshots.ts';
import { tablesWith } from '../support/traces.ts';
import { createTestClock } from '../support/clock.ts';
import { until } from '../support/until.ts';
import { compact, logged, sameAfterRestart, written } from './yjs-log.ts';
import { BOARD, TestRoom } from './yjs-room.ts';

const ADA = { role: 'facilitator', account: 'ada' } as const;

let room: TestRoom;
afterEach(() => room.close());

test('SA40 a snapshot holds what the rows held; the one before it and the rows since stay, and no more', async () => {
	room = await written();
	const [older, newer, ...more] = await room.snapshots();
	expect(more).toEqual([]);
	const seqs = (await room.stored()).map(({ seq }) => seq);
	expect(seqs[0]).toBe(older! + 1);
	expect(seqs).toEqual(Array.from(seqs, (_, i) => older! + 1 + i));
	expect(newer).toBeLessThan(seqs.at(-1)!);
	await room.restart();
	expect(await room.words()).toEqual(['First', 'Last', 'Second', 'Third']);
	expect(logged(room, 'set aside')).toEqual([]);
});

test('SA40 the history stays the same one: a device goes on with its copy, and what it wrote meanwhile', async () => {
	room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	const card = ben.put('Before');
	await ben.saved();
	const { epoch } = ben;
	ben.cut();
	editText(fieldText(ben.doc, card, 'stoppedUs')!, 'Before, and on the train');
	for (let i = 0; i < 3; i++) await compact(room);
	await room.restart();
	const back = await room.device('ben', 'notebook', epoch!);
	Y.applyUpdate(back.doc, Y.encodeStateAsUpdate(ben.doc));
	await back.saved();
	expect(await room.words()).toEqual(['Before, and on the train']);
	await sameAfterRestart(room);
});

test.each([false, true])(
	'SA41 held words stay held, and whole (anonymous: %s)',
	async (anonymous) => {
		room = await TestRoom.inPhase('write', { anonymous });
		const [ben, chidi] = [
			await room.device('ben', 'notebook'),
			await room.device('chidi', 'notebook')
		];
		const early = ben.put('Early');
		const gone = ben.put('Gone later');
		chidi.put('Of Chidi');
		await Promise.all([ben.saved(), chidi.saved()]);
		await compact(room);
		expect(await room.words()).toEqual([]);
		await sameAfterRestart(room);
		expect(await room.words()).toEqual([]);

		await room.go('vote');
		for (const device of [ben, chidi]) device.cut();
		const again = await room.device('ben', 'notebook');
		editText(fieldText(again.doc, early, 'stoppedUs')!, 'Early, mended');
		deleteCard(again.doc, gone);
		again.put('Late');
		await again.saved();
		for (let i = 0; i < 3; i++) {
			await compact(room);
			expect(await room.words()).toEqual(['Early', 'Gone later', 'Of Chidi']);
			await sameAfterRestart(room);
			expect(await room.words()).toEqual(['Early', 'Gone later', 'Of Chidi']);
		}
		const more = await room.device('ben', 'notebook');
		more.put('Later still');
		await more.saved();
		await room.rooms.letIn(BOARD);
		expect(await room.words()).toEqual(['Early, mended', 'Late', 'Later still', 'Of Chidi']);
		await sameAfterRestart(room);
		await compact(room);
		await sameAfterRestart(room);
	}
);

test('SA42 no word is in a snapshot twice, held or not', async () => {
	room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	const early = ben.put('Zephyrine');
	await ben.saved();
	const times = async () => {
		const pieces = await room.database.db.select().from(snapshots).orderBy(snapshots.seq);
		const last = pieces.filter(({ seq }) => seq === pieces.at(-1)!.seq);
		expect(readPieces(last)).not.toBeNull();
		return (
			Buffer.concat(last.map(({ bytes }) => bytes))
				.toString('latin1')
				.split('Zephyrine').length - 1
		);
	};
	await compact(room);
	expect(await times()).toBe(1);
	await room.go('vote');
	const text = fieldText(ben.doc, early, 'stoppedUs')!;
	text.insert(text.length, ', mended');
	ben.put('Late');
	await ben.saved();
	await compact(room);
	expect(await times()).toBe(1);
	await sameAfterRestart(room);
});

test('SA43 what was removed, restored, left out, arranged or erased is so after a snapshot, too', async () => {
	room = await TestRoom.openly();
	const [ben, chidi, gone] = [
		await room.device('ben', 'notebook'),
		await room.device('chidi', 'notebook'),
		await room.device('p0', 'notebook')
	];
	const [back, away, left] = ['Comes back', 'Goes', 'Mended late'].map((text) => ben.put(text));
	const cards = ['One', 'Two'].map((text) => chidi.put(text));
	gone.put('Zephyrine has no time');
	await Promise.all([ben.saved(), chidi.saved(), gone.saved()]);
	await room.go('group');
	const board = await room.device('chidi', 'board');
	place(board.doc, left!, { column: 'barriers', order: 'b5' });
	const group = { id: 'group-1', kind: 'theme', title: 'A theme' } as const;
	makeGroup(board.doc, { ...group, column: 'barriers', order: 'a0', cards });
	await board.saved();
	for (const card of [back, away]) await room.rooms.remove(BOARD, card!, 'removed', ADA);
	await compact(room);
	await room.rooms.restore(BOARD, back!);
	await room.go('vote');
	editText(fieldText(ben.doc, left!, 'stoppedUs')!, 'Too late');
	ben.put('Late');
	await ben.saved();
	await compact(room);
	await sameAfterRestart(room);
	await room.rooms.leave(BOARD, ['ben']);
	await compact(room);
	await sameAfterRestart(room);
	await room.rooms.erase(BOARD, 'p0');
	expect(await tablesWith(room.database.db, 'Zephyrine')).toEqual([]);
	await sameAfterRestart(room);
	await compact(room);
	await sameAfterRestart(room);
	expect(await room.words()).toEqual(['Comes back', 'Mended late', 'One', 'Two']);
	expect((await room.rooms.read(BOARD)).groups).toHaveLength(1);
});

test('SA43 a snapshot that is being written when somebody is erased does not bring their words back', async () => {
	room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	const chidi = await room.device('chidi', 'notebook');
	ben.put('Zephyrine has no time');
	await ben.saved();
	const before = room.gate.snapshots;
	Object.assign(room.compaction, { least: 0, share: 0 });
	room.gate.holdSnapshots();
	ben.put('Something else');
	await until(() => room.gate.snapshots > before, { what: 'a snapshot that is under way' });
	const { tries } = room.gate;
	const erased = room.rooms.erase(BOARD, 'ben');
	chidi.put('No contract');
	await until(() => room.gate.tries > tries, { what: 'the first commit of the erasing' });
	// If it did not wait for the snapshot, it would be done by now.
	for (let i = 0; i < 50; i++) await Promise.all([room.stored(), chidi.echo()]);
	room.gate.releaseSnapshots();
	await erased;
	await chidi.saved();
	expect(await tablesWith(room.database.db, 'Zephyrine')).toEqual([]);
	await sameAfterRestart(room);
	expect(await room.words()).toEqual(['No contract']);
});

test('SA47 a board that nobody looks at any more leaves a short log', async () => {
	const pace = createTestClock();
	room = await TestRoom.open({ pace });
	room.compaction.leaving = 100;
	const going = (condition: () => boolean | Promise<boolean>) =>
		until(() => {
			pace.advance(1000);
			return condition();
		});
	const ben = room.knock('ben', 'notebook');
	await going(() => ben.steps2 > 0);
	ben.put(
		'A line of words that weighs more than a hundred bytes, with all that it takes to say it'
	);
	await going(() => ben.committed >= ben.sent);
	expect(await room.snapshots()).toEqual([]);
	ben.cut();
	await going(async () => (await room.snapshots()).length === 1);
});

test('SA49 a board that keeps much more history than cards is told of once', async () => {
	room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	const cards = ['A', 'B'].map((text) => ben.put(text));
	// By turns, so that what is gone does not come together.
	ben.doc.transact(() => {
		for (let i = 0; i < 600; i++) changeCard(ben.doc, cards[i % 2]!, { order: `a${i}V` });
	});
	await ben.saved();
	await compact(room);
	await compact(room);
	expect(logged(room, 'much more history')).toHaveLength(1);
});
