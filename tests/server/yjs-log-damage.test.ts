/** A log of which something is damaged: what opens, what is said of it, and what is kept. */
import { and, eq } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { boards, rows, rowsSetAside, snapshots } from '#server/db/schema.ts';
import { until } from '../support/until.ts';
import { compact, logged, sameAfterRestart, written } from './yjs-log.ts';
import { TestRoom } from './yjs-room.ts';

let room: TestRoom;
afterEach(() => room.close());

test.each(['one bit of it is otherwise', 'a piece is cut short', 'a piece is gone'])(
	'SA44 a newest snapshot of which %s is set aside; the one before it and the rows since have everything',
	async (how) => {
		room = await written();
		const { db } = room.database;
		const newest = (await room.snapshots()).at(-1)!;
		const epoch = (await db.select().from(boards))[0]!.epoch;
		await damage(newest, how);
		await room.restart();
		expect(await room.words()).toEqual(['First', 'Last', 'Second', 'Third']);
		expect((await db.select().from(boards))[0]!.epoch).toBe(epoch);
		expect(logged(room, 'set aside')).toHaveLength(1);
		const aside = await db.select().from(rowsSetAside);
		if (how !== 'a piece is gone') expect(aside).toMatchObject([{ seq: newest, piece: 0 }]);
		await room.restart();
		expect(await room.words()).toEqual(['First', 'Last', 'Second', 'Third']);
		expect(logged(room, 'set aside')).toHaveLength(1);
		await compact(room);
		await sameAfterRestart(room);
	}
);

async function damage(seq: number, how: string): Promise<void> {
	const { db } = room.database;
	const head = and(eq(snapshots.seq, seq), eq(snapshots.piece, 0));
	const [piece] = await db.select().from(snapshots).where(head);
	const bytes = Uint8Array.from(piece!.bytes);
	bytes[Math.floor(bytes.length / 2)]! ^= 4;
	if (how === 'one bit of it is otherwise') await db.update(snapshots).set({ bytes }).where(head);
	if (how === 'a piece is cut short')
		await db
			.update(snapshots)
			.set({ bytes: bytes.subarray(0, 20) })
			.where(head);
	// The last is written first: without the first it was never finished, which nobody is told.
	if (how === 'a piece is gone') await db.update(snapshots).set({ pieces: 2 }).where(head);
}

test('SA44 a damaged older snapshot harms nothing', async () => {
	room = await written();
	await damage((await room.snapshots())[0]!, 'one bit of it is otherwise');
	await room.restart();
	expect(await room.words()).toEqual(['First', 'Last', 'Second', 'Third']);
	expect(logged(room, 'all that was in it is still there')).toHaveLength(1);
});

test('SA44 a snapshot that was never finished is nothing, and nobody is told', async () => {
	room = await written();
	const newest = (await room.snapshots()).at(-1)!;
	const { db } = room.database;
	const pieces = await db.select().from(snapshots).where(eq(snapshots.seq, newest));
	const [piece] = pieces;
	await db.insert(snapshots).values({ ...piece!, seq: newest + 1, piece: 1, pieces: 2 });
	await room.restart();
	expect(await room.words()).toEqual(['First', 'Last', 'Second', 'Third']);
	expect(logged(room, 'set aside')).toEqual([]);
});

test('SA45 where no snapshot can be read the rest opens as another history, and says so; the bytes are kept', async () => {
	room = await written();
	const { db } = room.database;
	const epoch = (await db.select().from(boards))[0]!.epoch;
	const all = await room.snapshots();
	for (const seq of all) await damage(seq, 'one bit of it is otherwise');
	const kept = (await room.stored()).map(({ seq }) => seq);
	await room.restart();
	await room.words();
	expect(logged(room, 'words are missing')).toHaveLength(1);
	expect((await db.select().from(boards))[0]!.epoch).not.toBe(epoch);
	const aside = await db.select().from(rowsSetAside);
	const seqs = (isRow: boolean) =>
		aside
			.filter(({ piece }) => piece < 0 === isRow)
			.map(({ seq }) => seq)
			.toSorted((a, b) => a - b);
	expect(seqs(false)).toEqual(all);
	// They build on what is missing: whoever mends the snapshot needs them.
	expect(seqs(true)).toEqual(kept);
	expect(aside.every(({ entries }) => entries !== null)).toBe(true);
	const chidi = await room.device('chidi', 'notebook');
	chidi.put('Goes on');
	await chidi.saved();
	expect(await room.words()).toContain('Goes on');
	await compact(room);
	await compact(room);
	await sameAfterRestart(room);
});

test('SA45 a row since the newest snapshot that is missing is set aside as in a log without one', async () => {
	room = await written();
	const before = (await room.stored()).at(-1)!.seq;
	await room.restart();
	const chidi = await room.device('chidi', 'notebook');
	chidi.put('Of Chidi');
	await chidi.saved();
	chidi.cut();
	await room.rooms.stop();
	await room.database.db.delete(rows).where(eq(rows.seq, before));
	await room.restart();
	expect(await room.words()).toEqual(['First', 'Of Chidi', 'Second', 'Third']);
	expect(await room.database.db.select().from(rowsSetAside)).toMatchObject([
		{ seq: before, piece: -1, entries: null }
	]);
});

test('SA46 a snapshot that does not read as it was written is set aside, and nothing goes', async () => {
	room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	ben.put('First');
	await ben.saved();
	await compact(room);
	const before = await room.stored();
	room.gate.spoils = true;
	Object.assign(room.compaction, { least: 0, share: 0 });
	ben.put('Second');
	await until(() => logged(room, 'does not read as it was written').length > 0);
	Object.assign(room.compaction, { least: Infinity });
	room.gate.spoils = false;
	expect(await room.snapshots()).toHaveLength(1);
	expect((await room.stored()).slice(0, before.length)).toEqual(before);
	ben.put('Third');
	await ben.saved();
	await compact(room);
	await sameAfterRestart(room);
	expect(await room.words()).toEqual(['First', 'Second', 'Third']);
});
