/** Cards that are taken away and put back while words are on their way, or come late. */
import { afterEach, expect, test } from 'vitest';
import { editText, fieldText } from '#shared/doc/notebook.ts';
import { removedCards } from '#server/db/schema.ts';
import { until } from '../support/until.ts';
import type { Device } from './yjs-device.ts';
import { BOARD, TestRoom } from './yjs-room.ts';

let room: TestRoom;
afterEach(() => room.close());

const ada = { role: 'facilitator', account: 'ada' } as const;
const remove = (card: string) => room.rooms.remove(BOARD, card, 'removed', ada);
const change = (device: Device, card: string, text: string) =>
	editText(fieldText(device.doc, card, 'stoppedUs')!, text);
/** The words of all copies that can come back, sorted. */
const copies = async () => {
	const all = await room.database.db.select().from(removedCards);
	return all.map(({ card: { fields } }) => fields['stoppedUs']).sort();
};
/** Holds the database at the commit of what this writes. */
async function heldAt(write: () => unknown): Promise<void> {
	const { tries } = room.gate;
	room.gate.hold();
	write();
	await until(() => room.gate.tries > tries, { what: 'a commit that is under way' });
}
/** What was asked for has begun: the rooms take their turns. */
const begun = () => room.rooms.late(BOARD);

test.each(['a card', 'a person with their cards'])(
	'SA80 %s removed while a card is being committed is on no board afterwards',
	async (what) => {
		room = await TestRoom.openly();
		const ben = await room.device('ben', 'notebook');
		const chidi = await room.device('chidi', 'notebook');
		const screen = await room.device('screen', 'board');
		ben.put('Said before');
		await Promise.all([ben.saved(), chidi.saved()]);
		let card = '';
		await heldAt(() => (card = ben.put('Spam')));
		const removed = what === 'a card' ? remove(card) : room.rooms.removeAllOf(BOARD, 'ben');
		await begun();
		room.gate.release();
		await removed;
		const left = what === 'a card' ? ['Said before'] : [];
		expect(await room.words()).toEqual(left);
		chidi.put('And on');
		await until(() => screen.words()[0] === 'And on', { what: 'the next card' });
		expect(screen.words()).toEqual(['And on', ...left]);
		expect(await copies()).toEqual(what === 'a card' ? ['Spam'] : ['Said before', 'Spam']);
		await room.restart();
		expect(await room.words()).toEqual(['And on', ...left]);
	}
);

test.each([false, true])(
	'SA80 a card removed while it is let in is on no board afterwards, and lets nothing else in (more words meanwhile: %s)',
	async (meanwhile) => {
		room = await TestRoom.inPhase('vote');
		const ben = await room.device('ben', 'notebook');
		const card = ben.put('Late spam');
		await ben.saved();
		const { tries } = room.gate;
		room.gate.hold();
		const letIn = room.rooms.letIn(BOARD);
		await until(() => room.gate.tries > tries, { what: 'a commit that is under way' });
		if (meanwhile) {
			ben.put('Later still');
			await ben.echo();
		}
		const removed = remove(card);
		await begun();
		room.gate.release();
		await Promise.all([letIn, removed]);
		await ben.saved();
		const late = meanwhile ? [{ participant: 'ben', cards: 1 }] : [];
		expect([await room.words(), await room.rooms.late(BOARD)]).toEqual([[], late]);
		await room.restart();
		expect([await room.words(), await room.rooms.late(BOARD)]).toEqual([[], late]);
	}
);

test.each(['removed', 'restored', 'removed with all the others'])(
	'SA81 a card %s in the grace of a phase lets in nothing that comes late, after a restart neither',
	async (deed) => {
		room = await TestRoom.openly();
		const ben = await room.device('ben', 'notebook');
		ben.put('One');
		const two = ben.put('Two');
		await ben.saved();
		if (deed === 'restored') await remove(two);
		await room.command({ type: 'go', phase: 'vote' });
		room.clock.advance(1000);
		if (deed === 'removed') await remove(two);
		else if (deed === 'restored') await room.rooms.restore(BOARD, two);
		else await room.rooms.removeAllOf(BOARD, 'ben');
		room.clock.advance(60_000);
		ben.put('Let in by nobody');
		await ben.saved();
		const words = { removed: ['One'], restored: ['One', 'Two'] }[deed] ?? [];
		expect(await room.words()).toEqual(words);
		await room.restart();
		expect(await room.words()).toEqual(words);
		expect(await room.rooms.late(BOARD)).toEqual([{ participant: 'ben', cards: 1 }]);
	}
);

test('SA81 nor does one that is removed after the grace, while more comes in the same commit', async () => {
	room = await TestRoom.openly();
	const [ben, chidi] = [
		await room.device('ben', 'notebook'),
		await room.device('chidi', 'notebook')
	];
	ben.put('One');
	const two = ben.put('Two');
	await Promise.all([ben.saved(), chidi.saved()]);
	await room.go('vote');
	await heldAt(() => chidi.put('Late as well'));
	const removed = remove(two);
	await begun();
	ben.put('Let in by nobody');
	await ben.echo();
	room.gate.release();
	await removed;
	await ben.saved();
	expect(await room.words()).toEqual(['One']);
	await room.restart();
	expect(await room.words()).toEqual(['One']);
	expect(await room.rooms.late(BOARD)).toHaveLength(2);
});

test('SA82 a card that one restores and another takes away at the same time can still come back', async () => {
	room = await TestRoom.openly();
	const [ben, chidi] = [
		await room.device('ben', 'notebook'),
		await room.device('chidi', 'notebook')
	];
	const card = ben.put('A word that counts');
	await Promise.all([ben.saved(), chidi.saved()]);
	await remove(card);
	await heldAt(() => chidi.put('Something else'));
	const deeds = [room.rooms.restore(BOARD, card), room.rooms.removeAllOf(BOARD, 'ben')];
	await begun();
	room.gate.release();
	await Promise.all(deeds);
	expect(await copies()).toEqual(['A word that counts']);
	expect(await room.words()).toEqual(['Something else']);
	await room.rooms.restore(BOARD, card);
	expect(await room.words()).toEqual(['A word that counts', 'Something else']);
	expect(await copies()).toEqual([]);
});

test('SA82 a card that is taken away while its older copy is being restored is lost in neither form', async () => {
	room = await TestRoom.inPhase('group');
	const ben = await room.device('ben', 'notebook');
	const card = ben.put('Early');
	await ben.saved();
	await room.go('vote');
	change(ben, card, 'Left out');
	await ben.saved();
	await room.rooms.leave(BOARD);
	await until(() => ben.cards()[0]!.fields['stoppedUs'] === 'Early');
	// Both are asked for at once, in either order.
	await Promise.all([room.rooms.restore(BOARD, card), remove(card)]);
	await room.rooms.letIn(BOARD);
	expect([await room.words(), await copies()]).toEqual([[], ['Left out']]);
	await room.rooms.restore(BOARD, card);
	await Promise.all([remove(card), room.rooms.restore(BOARD, card)]);
	expect([await room.words(), await copies()]).toEqual([['Left out'], []]);
});

test('SA83 a card that is removed and restored says what the room saw; what was late of it stays late', async () => {
	room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	const card = ben.put('One');
	await ben.saved();
	await room.go('vote');
	change(ben, card, 'One, and late');
	await ben.saved();
	await remove(card);
	expect(await copies()).toEqual(['One']);
	await room.restart();
	await room.rooms.restore(BOARD, card);
	const late = [{ participant: 'ben', cards: 1 }];
	expect([await room.words(), await room.rooms.late(BOARD)]).toEqual([['One'], late]);
	await room.restart();
	expect([await room.words(), await room.rooms.late(BOARD)]).toEqual([['One'], late]);
	await room.rooms.letIn(BOARD);
	expect(await room.words()).toEqual(['One, and late']);
});

test('SA83 removed with its author it does as well, and where words go on to the board all of it comes back', async () => {
	room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	const card = ben.put('One');
	await ben.saved();
	await room.go('vote');
	change(ben, card, 'One, and late');
	await ben.saved();
	await room.rooms.removeAllOf(BOARD, 'ben');
	await room.rooms.restore(BOARD, card);
	expect(await room.words()).toEqual(['One']);
	await remove(card);
	await room.go('discuss');
	await room.rooms.restore(BOARD, card);
	expect(await room.words()).toEqual(['One, and late']);
	await room.restart();
	expect(await room.words()).toEqual(['One, and late']);
});

test('SA83 words that are only on their way are not late: the copy has them', async () => {
	room = await TestRoom.openly();
	const ben = await room.device('ben', 'notebook');
	const card = ben.put('One');
	await ben.saved();
	await heldAt(() => change(ben, card, 'One, two'));
	change(ben, card, 'One, two, three');
	await ben.echo();
	const removed = remove(card);
	await begun();
	// And more, while it waits for what is on its way.
	const { tries } = room.gate;
	room.gate.committed = () => {
		room.gate.committed = () => {};
		room.gate.hold();
	};
	room.gate.release();
	await until(() => room.gate.tries > tries, { what: 'the next commit' });
	change(ben, card, 'One, two, three, four');
	await ben.echo();
	room.gate.release();
	await removed;
	expect(await copies()).toEqual(['One, two, three, four']);
	await room.rooms.restore(BOARD, card);
	expect(await room.words()).toEqual(['One, two, three, four']);
});
