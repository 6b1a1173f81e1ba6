/** The dots of people without a device. */
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Command } from '#shared/facilitation/commands.ts';
import type { BoardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
	comeAda,
	give,
	join,
	listen,
	putCard,
	write,
	type Ada,
	type Person
} from '../support/people.ts';
import { until } from '../support/until.ts';
import { noChoices, votesOf } from '../support/votes.ts';

let server: TestApp;
let ada: Ada;
let workshop: WorkshopId;
let ben: Person;
let chidi: Person;
/** Without a device, at Ben's table. */
let maria: ParticipantId;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());
beforeEach(async () => {
	const opened = await ada.open();
	workshop = opened.id;
	ben = await join(server, opened.code, 'Ben');
	chidi = await join(server, opened.code, 'Chidi');
	maria = nanoid();
	const added = await run(ben, { type: 'add-person', person: maria, name: 'Maria' });
	expect(added).toMatchObject({ ok: true });
});

const run = (who: { token: string }, command: Command) => give(server, workshop, who, command);

const vote = (board: BoardId, card: string, count: number, seated?: ParticipantId): Command => ({
	type: 'vote',
	board,
	target: { card },
	count,
	...(seated === undefined ? {} : { for: seated })
});

test('WD9 their dots are theirs, given by who may write for them, and nobody else', async () => {
	const { board, card } = await putCard(server, { ada, workshop, by: chidi, phase: 'vote' });
	expect(await run(ben, vote(board, card, 3, maria))).toMatchObject({ ok: true });
	expect(await run(ben, vote(board, card, 3))).toMatchObject({ ok: true });
	expect(await run(ada, vote(board, card, 1, maria))).toMatchObject({ ok: true });
	expect(await votesOf(server, board, maria)).toEqual({ [card]: 1 });
	expect(await votesOf(server, board, ben.participant)).toEqual({ [card]: 3 });
	for (const [who, whose, refusal] of [
		[chidi, maria, 'not-allowed'],
		[ada, ben.participant, 'not-allowed'],
		[ada, 'nobody-here', 'no-such-person'],
		[ada, undefined, 'no-such-person']
	] as const)
		expect(await run(who, vote(board, card, 1, whose))).toMatchObject({ refusal });
	await run(ada, { type: 'remove-person', person: maria, cards: 'stay' });
	expect(await run(ben, vote(board, card, 2, maria))).toMatchObject({
		refusal: 'no-such-person'
	});
});

test('WD10 two who vote for somebody at once give no more dots than there are', async () => {
	const { board, card } = await putCard(server, { ada, workshop, by: chidi, phase: 'vote' });
	await run(ada, { type: 'go', phase: 'write' });
	const more = await write(server, board, chidi.token);
	const cards = [card, ...['Two', 'Three', 'Four'].map((text) => more.put(text))];
	await until(async () => (await server.app.rooms.counts(board)).cards === 4);
	await run(ada, { type: 'go', phase: 'vote' });
	const backwards = cards.toReversed();
	const all = cards.flatMap((one, i) => [
		run(ada, vote(board, one, 3, maria)),
		run(ben, vote(board, backwards[i]!, 3, maria))
	]);
	await Promise.all(all);
	const given = Object.values(await votesOf(server, board, maria));
	expect(given.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(5);
	expect(given).toContain(3);
	more.close();
});

test('WD11 their ballot is told to who votes for them, on connecting too, and to nobody else', async () => {
	const { board, card } = await putCard(server, { ada, workshop, by: chidi, phase: 'vote' });
	const there = await Promise.all([ada, ben, chidi].map((one) => listen(server, workshop, one)));
	await until(() => there[1]!.last('seats:changed')?.[0].length === 1);
	expect(there[1]!.last('seats:changed')).toEqual([[{ id: maria, name: 'Maria' }]]);
	await run(ben, vote(board, card, 2, maria));
	const late = await Promise.all([ada, ben].map((one) => listen(server, workshop, one)));
	for (const hearing of [...there.slice(0, 2), ...late])
		await until(() => hearing.last('ballot:of')?.[3] === 3, { what: 'her ballot' });
	expect(late[1]!.last('ballot:of')).toEqual([board, maria, { [card]: 2 }, 3, noChoices]);
	expect(there[2]!.all('ballot:of')).toEqual([]);
	expect(there[1]!.last('ballot:changed')![1]).toEqual({});
	for (const one of [...there, ...late]) one.close();
});
