/** Cards as facilitation sees them: voted for, commented, answered by actions, taken away and back. */
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { editText, fieldText } from '#shared/doc/notebook.ts';
import type { Phase } from '#shared/exercises/format.ts';
import type { Command } from '#shared/facilitation/commands.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { createShown } from '#server/workshops/shown.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { comeAda, give, join, putCard, write, type Ada, type Person } from '../support/people.ts';
import { until } from '../support/until.ts';

let server: TestApp;
let ada: Ada;
let workshop: WorkshopId;
let code: string;
let ben: Person;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());
beforeEach(async () => {
	({ id: workshop, code } = await ada.open());
	ben = await join(server, code, 'Ben');
});

const run = (who: { token: string }, command: Command) => give(server, workshop, who, command);
const boardWithCard = (phase: Phase) => putCard(server, { ada, workshop, by: ben, phase });

test('CM5 only what is shown can be voted for', async () => {
	const { board, card } = await boardWithCard('vote');
	const vote = (count: number): Command => ({ type: 'vote', board, target: { card }, count });
	expect(await run(ben, vote(1))).toMatchObject({ ok: true });
	await run(ada, { type: 'hide-card', board, card });
	expect(await run(ben, vote(2))).toMatchObject({ refusal: 'no-such-card' });
	expect(await run(ben, vote(0))).toMatchObject({ ok: true });
	const group: Command = { type: 'vote', board, target: { group: 'no-such-group' }, count: 1 };
	expect(await run(ben, group)).toMatchObject({ refusal: 'no-such-card' });
});

test('CM5 a reading that began before a card was taken away does not show it afterwards', async () => {
	const { board, card } = await boardWithCard('vote');
	const { rooms, stored } = server.app;
	const { state } = (await stored.load(workshop))!;
	const held = Promise.withResolvers<void>();
	let readings = 0;
	const shown = createShown({
		async read(id) {
			const value = await rooms.read(id);
			readings += 1;
			if (readings === 1) await held.promise;
			return value;
		}
	});
	const on = state.boards.find(({ id }) => id === board)!;
	const before = shown.has(on, { card: 'another' });
	await until(() => readings === 1, { what: 'a reading that is under way' });
	await rooms.remove(board, card, 'removed', { role: 'facilitator', account: ada.account });
	shown.forget(board);
	held.resolve();
	expect(await before).toBe(false);
	expect(await shown.has(on, { card })).toBe(false);
	expect(readings).toBe(2);
});

test('CM6 a board of another workshop is not there', async () => {
	const { board, card } = await boardWithCard('vote');
	const other = await ada.open();
	const chidi = await join(server, other.code, 'Chidi');
	const there = await server.app.workshops.who(other.id, {
		cookies: '',
		token: chidi.token,
		screen: null,
		address: ''
	});
	const command: Command = { type: 'vote', board, target: { card }, count: 1 };
	const outcome = await server.app.workshops.run(other.id, there, { id: nanoid(), command });
	expect(outcome).toMatchObject({ refusal: 'not-found' });
	expect(await run(chidi, command)).toMatchObject({ refusal: 'not-allowed' });
	const hide: Command = { type: 'hide-card', board, card };
	const answer = await ada.command(other.id, hide);
	expect(answer.body.error.code).toBe('not-found');
});

test('CM7 comments have their time, and their authors', async () => {
	const { board, card } = await boardWithCard('share');
	const chidi = await join(server, code, 'Chidi');
	const comment = (id: string): Command => ({ type: 'comment', board, id, card, text: 'Yes' });
	const remove = (id: string): Command => ({ type: 'remove-comment', board, id });
	expect(await run(ben, comment('comment-1'))).toMatchObject({ ok: true });
	expect(await run(ben, comment('comment-2'))).toMatchObject({ ok: true });
	const absent = { ...comment('comment-3'), card: 'no-such-card' } as Command;
	expect(await run(ben, absent)).toMatchObject({ refusal: 'no-such-card' });
	expect(await run(chidi, remove('comment-1'))).toMatchObject({ refusal: 'not-allowed' });
	expect(await run(ben, remove('comment-1'))).toMatchObject({ ok: true });
	expect(await run(ada, remove('comment-2'))).toMatchObject({ ok: true });
	expect(await run(ada, remove('comment-2'))).toMatchObject({ refusal: 'not-found' });
	await run(ada, { type: 'finish' });
	expect(await run(ben, comment('comment-4'))).toMatchObject({ refusal: 'wrong-phase' });
});

test('CM8 actions are changed by their authors and by facilitators', async () => {
	const { board, card } = await boardWithCard('act');
	const chidi = await join(server, code, 'Chidi');
	const action = (what: string): Command => ({
		type: 'action',
		board,
		id: 'action-1',
		what,
		who: 'Ben',
		when: 'before summer',
		card
	});
	expect(await run(ben, action('Ask'))).toMatchObject({ ok: true });
	expect(await run(ben, action('Ask again'))).toMatchObject({ ok: true });
	expect(await run(chidi, action('Forget it'))).toMatchObject({ refusal: 'not-allowed' });
	expect(await run(ada, action('Ask them all'))).toMatchObject({ ok: true });
	const rows = await server.app.stores.notes.actions(workshop);
	expect(rows).toMatchObject([{ what: 'Ask them all', participantId: ben.participant }]);
	const remove: Command = { type: 'remove-action', board, id: 'action-1' };
	expect(await run(chidi, remove)).toMatchObject({ refusal: 'not-allowed' });
	expect(await run(ben, remove)).toMatchObject({ ok: true });
});

test('FO11 before the reveal nothing is let in, nor left out, whoever says so; after it both are', async () => {
	const board = await ada.run(workshop);
	const writing = await write(server, board, ben.token);
	const screen = await write(server, board, (await join(server, code, 'Chidi')).token);
	writing.put('Nobody had time');
	await until(() => server.app.rooms.counts(board).then(({ cards }) => cards === 1));
	for (const type of ['let-in', 'leave'] as const)
		for (const people of [undefined, [ben.participant]]) {
			const command = { type, board, ...(people ? { people } : {}) };
			expect(await run(ada, command)).toMatchObject({ refusal: 'wrong-phase' });
		}
	expect((await server.app.rooms.read(board)).cards).toEqual([]);
	expect(screen.seen().cards).toEqual([]);
	await ada.command(workshop, { type: 'set-writing', mode: 'open', reveal: true });
	await until(() => screen.seen().cards.length === 1, { what: 'the card on the board' });
	for (const type of ['let-in', 'leave'] as const)
		expect(await run(ada, { type, board })).toMatchObject({ ok: true });
	for (const one of [writing, screen]) one.close();
});

test('CM9 what was said of a card stays where only its late words were left out', async () => {
	const board = await ada.run(workshop);
	const writing = await write(server, board, ben.token);
	const card = writing.put('Nobody had time');
	await until(() => server.app.rooms.counts(board).then(({ cards }) => cards === 1));
	await ada.command(workshop, { type: 'go', phase: 'share' });
	await run(ben, { type: 'comment', board, id: 'comment-8', card, text: 'What he says' });
	await ada.command(workshop, { type: 'go', phase: 'vote' });
	server.clock.advance(4000);
	editText(fieldText(writing.notebook, card, 'stoppedUs')!, 'Nobody, ever');
	await until(() => server.app.rooms.late(board).then(({ length }) => length === 1));
	expect(await run(ada, { type: 'leave', board })).toMatchObject({ ok: true });
	writing.close();
	const removed = await server.app.stores.notes.removed(board);
	expect(removed.map(({ card: id }) => id)).toEqual([card]);
	expect(await server.app.stores.notes.comments(workshop)).toHaveLength(1);
});

test('CM9 a removed card is gone, and can come back', async () => {
	const { board, card } = await boardWithCard('share');
	const chidi = await join(server, code, 'Chidi');
	const onBoard = async () => (await server.app.rooms.read(board)).cards.map(({ id }) => id);
	const withdraw: Command = { type: 'withdraw-card', board, card };
	await run(chidi, { type: 'comment', board, id: 'comment-9', card, text: 'What he says' });
	const comments = async () => (await server.app.stores.notes.comments(workshop)).length;
	expect(await run(chidi, withdraw)).toMatchObject({ ok: false });
	expect(await run(ada, { type: 'remove-card', board, card })).toMatchObject({ ok: true });
	expect([await onBoard(), await comments()]).toEqual([[], 0]);
	// Asked again, it is what was wanted; a card that never was is another thing.
	expect(await run(ada, { type: 'remove-card', board, card })).toMatchObject({ ok: true });
	const never = await run(ada, { type: 'remove-card', board, card: 'no-such-card' });
	expect(never).toMatchObject({ refusal: 'no-such-card' });
	expect(await run(ada, { type: 'restore-card', board, card })).toMatchObject({ ok: true });
	expect([await onBoard(), await comments()]).toEqual([[card], 1]);
	expect(await run(ben, withdraw)).toMatchObject({ ok: true });
	expect(await onBoard()).toEqual([]);
});
