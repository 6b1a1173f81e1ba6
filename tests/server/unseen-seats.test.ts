/** Who sits down is not to be seen on the board: an author comes to it with their words. */
import { afterEach, expect, test } from 'vitest';
import { cardsOf } from '#shared/doc/schema.ts';
import { FRAME } from '#shared/wire/yjs-frames.ts';
import { until } from '../support/until.ts';
import type { Device } from './yjs-device.ts';
import { TestRoom } from './yjs-room.ts';

let room: TestRoom;
afterEach(() => room.close());

const authorsAt = (screen: Device) => cardsOf(screen.doc).size;
/** Without that all is saved, which is told again every few seconds. */
const told = ({ frames }: Device) => frames.filter(([type]) => type !== FRAME.committed).length;

test('FO25 who opens a notebook is on the board with their first words, and not before', async () => {
	room = await TestRoom.inPhase('write', { anonymous: true });
	const screen = await room.device('screen', 'board');
	const before = told(screen);
	const ben = await room.device('ben', 'notebook');
	const chidi = await room.device('chidi', 'notebook');
	const latecomer = await room.device('p1', 'board');
	await screen.echo();
	expect([authorsAt(screen), authorsAt(latecomer), told(screen)]).toEqual([0, 0, before]);

	ben.put('Of Ben');
	await ben.saved();
	await screen.echo();
	expect([authorsAt(screen), told(screen)]).toEqual([0, before]);
	await room.go('share');
	await until(() => screen.words().join() === 'Of Ben');
	// Everything at once, and Chidi, who has written nothing, not yet.
	expect([authorsAt(screen), told(screen)]).toEqual([1, before + 1]);

	chidi.put('Of Chidi');
	await until(() => screen.words().length === 2);
	expect([authorsAt(screen), told(screen)]).toEqual([2, before + 2]);
	await room.restart();
	const [again, bens] = [
		await room.device('screen', 'board'),
		await room.device('ben', 'notebook')
	];
	await room.device('p2', 'notebook');
	expect([again.words(), authorsAt(again)]).toEqual([['Of Ben', 'Of Chidi'], 2]);
	bens.put('More of Ben');
	await until(() => again.words().length === 3);
	expect([authorsAt(again), again.closed, bens.closed]).toEqual([2, null, null]);
});
