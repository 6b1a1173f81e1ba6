/** Boards whose log is kept short, for the tests of it. */
import { expect } from 'vitest';
import { until } from '../support/until.ts';
import { BOARD, TestRoom } from './yjs-room.ts';

export const logged = (room: TestRoom, words: string) =>
	room.log.filter(({ message }) => message.includes(words));
const PEOPLE = ['ben', 'chidi', 'p0', 'p1'];

let pens = 0;
/** A snapshot is taken with the next row; the one before it, and the rows since, stay. */
export async function compact(room: TestRoom): Promise<void> {
	const before = await room.snapshots();
	const { snapshots, trimmed } = room.gate;
	Object.assign(room.compaction, { least: 0, share: 0 });
	const pen = await room.device('p1', 'notebook');
	pen.put(`Written ${pens++} times`, { draft: true });
	await pen.saved();
	await until(async () => (await room.snapshots()).at(-1) !== before.at(-1));
	Object.assign(room.compaction, { least: Infinity });
	// A second one may have been due before that was said: each but the first makes the log shorter.
	const first = before.length === 0 ? 1 : 0;
	const underWay = () => room.gate.snapshots - snapshots - first - (room.gate.trimmed - trimmed);
	await until(() => underWay() === 0, { what: 'a shorter log' });
	pen.cut();
}

/** Everything that is to be known of a board. */
const contents = async (room: TestRoom) => ({
	board: await room.rooms.read(BOARD),
	late: await room.rooms.late(BOARD),
	notebooks: await Promise.all(PEOPLE.map((who) => room.rooms.notebook(BOARD, who)))
});

export async function sameAfterRestart(room: TestRoom): Promise<void> {
	const live = await contents(room);
	const before = logged(room, 'set aside');
	await room.restart();
	expect(await contents(room)).toEqual(live);
	expect(logged(room, 'set aside')).toEqual(before);
}

/** Three snapshots were taken of what Ben wrote: two are there, and a row since each of them. */
export async function written(): Promise<TestRoom> {
	const room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	for (const text of ['First', 'Second', 'Third']) {
		ben.put(text);
		await ben.saved();
		await compact(room);
	}
	ben.put('Last');
	await ben.saved();
	ben.cut();
	await room.rooms.stop();
	return room;
}
