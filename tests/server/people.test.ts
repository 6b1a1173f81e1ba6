/** What facilitators do to people: another name, and taking their place away. */
import { once } from 'node:events';
import { eq } from 'drizzle-orm';
import { nanoid } from 'nanoid';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { participantTokens } from '#server/db/schema.ts';
import { addCard } from '#shared/doc/notebook.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { Command } from '#shared/facilitation/commands.ts';
import type { BoardId, CardId, WorkshopId } from '#shared/ids.ts';
import { CLOSE } from '#shared/wire/close-codes.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
	ask,
	comeAda,
	give,
	join,
	listen,
	putCard,
	write,
	type Ada,
	type Hearing,
	type Person,
	type Writing
} from '../support/people.ts';
import { until } from '../support/until.ts';
import { totalsOn } from '../support/votes.ts';

let server: TestApp;
let ada: Ada;
let workshop: WorkshopId;
let code: string;
let ben: Person;
let chidi: Person;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());
beforeEach(() => come());

async function come(form: { anonymous?: boolean; agenda?: unknown[] } = {}): Promise<void> {
	({ id: workshop, code } = await ada.open(form));
	ben = await join(server, code, 'Ben');
	chidi = await join(server, code, 'Chidi');
}

const run = (who: { token: string }, command: Command, more: { id?: string } = {}) =>
	give(server, workshop, who, command, more);
/** Ada's, from a browser: erasing is nothing for an API token. */
const atTheDesk = (command: Command) =>
	server.app.workshops.run(
		workshop,
		{ role: 'facilitator', account: ada.account },
		{ id: nanoid(), command }
	);
const remove = (person: Person, cards: 'stay' | 'go', more: { id?: string } = {}) =>
	run(ada, { type: 'remove-person', person: person.participant, cards }, more);
const cardsOn = async (board: BoardId): Promise<CardId[]> =>
	(await server.app.rooms.read(board)).cards.map(({ id }) => id);
const written = (board: BoardId, cards: number) =>
	until(async () => (await server.app.rooms.counts(board)).cards === cards, { what: 'the cards' });
const roster = (hearing: Hearing) => hearing.last('roster:changed')?.[0].map(({ name }) => name);

describe('another name', () => {
	const rename = (name: string, person = ben.participant): Command => ({
		type: 'rename-person',
		person,
		name
	});

	test('PE1 is told everywhere: roster, authors, comments', async () => {
		const { board, card } = await putCard(server, { ada, workshop, by: ben, phase: 'share' });
		await run(ben, { type: 'comment', board, id: 'comment-1', card, text: 'So true' });
		const all = await Promise.all([ada, ben, chidi].map((one) => listen(server, workshop, one)));
		expect(await run(ada, rename('  Ben  Okri '))).toMatchObject({ ok: true });
		for (const hearing of all) {
			await until(() => roster(hearing)?.includes('Ben Okri'), { what: 'the roster' });
			await until(
				() =>
					Object.values(hearing.last('authors:changed')![1]).some(
						({ name }) => name === 'Ben Okri'
					),
				{ what: 'the authors' }
			);
			const [, comment] = await until(() => hearing.last('comment:added'));
			expect(comment).toMatchObject({ id: 'comment-1', name: 'Ben Okri', text: 'So true' });
		}
		expect(all.map((one) => one.last('comment:added')![1].mine)).toEqual([true, true, undefined]);
		const late = await listen(server, workshop, chidi);
		await until(() => late.last('comments:told'));
		expect(late.last('comments:told')![1]).toMatchObject([{ name: 'Ben Okri' }]);
		expect(await server.app.participants.name(ben.participant)).toBe('Ben Okri');
		for (const one of [...all, late]) one.close();
	});

	test('PE2 is one that the door would take, and none where nobody has one', async () => {
		for (const name of ['', '\u202E', 'x'.repeat(81)])
			expect(await run(ada, rename(name))).toMatchObject({ refusal: 'invalid-name' });
		expect(await run(ben, rename('Boss'))).toMatchObject({ refusal: 'not-allowed' });
		await come({ anonymous: true });
		expect(await run(ada, rename('Ben'))).toMatchObject({ refusal: 'not-allowed' });
		expect(await server.app.participants.name(ben.participant)).toBe('');
	});
});

test('PE3 nobody, somebody of another workshop, and a facilitator’s own seat are no such person', async () => {
	const board = await ada.run(workshop);
	(await write(server, board, ada.token)).close();
	const seat = (await server.app.stores.participants.seats(workshop)).find(
		({ accountId }) => accountId !== null
	);
	const other = await join(server, (await ada.open()).code, 'Eve');
	for (const person of ['nobody-here', other.participant, seat!.id])
		for (const command of [
			{ type: 'rename-person', person, name: 'Eve' },
			{ type: 'remove-person', person, cards: 'go' },
			{ type: 'erase-person', person }
		] as const)
			expect(await atTheDesk(command)).toMatchObject({ refusal: 'no-such-person' });
	expect(await server.app.participants.name(other.participant)).toBe('Eve');
	expect(await server.app.stores.participants.byId(other.participant)).toMatchObject({
		removedAt: null
	});
});

describe('who is removed', () => {
	test('PE4 has every socket closed at once, and comes back with neither token nor cookie', async () => {
		const board = await ada.run(workshop);
		const tabs = await Promise.all([ben, ben].map((one) => listen(server, workshop, one)));
		const hers = await listen(server, workshop, chidi);
		const url = `${server.url.replace('http', 'ws')}/yjs/${board}`;
		const sockets = [`${url}/notebook`, url].map((one) => {
			const socket = new WebSocket(`${one}?token=${ben.token}`);
			return { opened: once(socket, 'open'), closed: once(socket, 'close') };
		});
		await Promise.all(sockets.map(({ opened }) => opened));
		await until(async () => (await server.app.stores.participants.authors(workshop)).length > 0);

		expect(await remove(ben, 'stay')).toMatchObject({ ok: true });
		for (const tab of tabs) {
			await until(() => tab.last('access:ended') && tab.socket.disconnected);
			await expect(listen(server, workshop, ben)).rejects.toThrow('unauthenticated');
		}
		for (const { closed } of sockets) expect((await closed)[0]).toBe(CLOSE.unauthenticated);
		const again = new WebSocket(`${url}?token=${ben.token}`);
		expect((await once(again, 'close'))[0]).toBe(CLOSE.unauthenticated);
		for (const who of [{ token: ben.token }, { cookie: ben.cookie }])
			expect((await ask(server.url, `/api/v1/workshops/${workshop}`, who)).status).toBe(401);
		const { db } = server.database;
		expect(
			await db.$count(participantTokens, eq(participantTokens.participantId, ben.participant))
		).toBe(0);
		expect(hers.socket.connected).toBe(true);
		expect(hers.last('access:ended')).toBeUndefined();
		for (const one of [...tabs, hers]) one.close();
	});

	test('PE5 comes in anew with the code as somebody else, unless the doors are closed', async () => {
		await remove(ben, 'stay');
		const body = { code, name: 'Ben' };
		const back = await ask(server.url, '/api/v1/join', { cookie: ben.cookie, body });
		expect(back.status).toBe(200);
		expect(back.body.participant).not.toBe(ben.participant);
		await ada.command(workshop, { type: 'close-doors' });
		const third = await ask(server.url, '/api/v1/join', { cookie: ben.cookie, body });
		expect(third.body.error.code).toBe('doors-closed');
	});

	test('PE6 is in no roster and no number of people', async () => {
		const desk = await listen(server, workshop, ada);
		await until(() => roster(desk)?.length === 2);
		await remove(ben, 'stay');
		await until(() => roster(desk)?.join() === 'Chidi');
		const { body } = await ask(server.url, `/api/v1/workshops/${workshop}`, { token: ada.token });
		expect(body['people']).toBe(1);
		const account = { id: ada.account, email: 'ada@example.org', name: 'Ada' };
		const list = await server.app.workshops.list(account);
		expect(list.find(({ id }) => id === workshop)?.people).toBe(1);
		desk.close();
	});

	test('PE7 leaves cards, votes and comments where these are to stay, under the name', async () => {
		const { board, card } = await putCard(server, { ada, workshop, by: ben, phase: 'share' });
		await run(ben, { type: 'comment', board, id: 'comment-1', card, text: 'So true' });
		await ada.command(workshop, { type: 'go', phase: 'vote' });
		await run(ben, { type: 'vote', board, target: { card }, count: 2 });
		await remove(ben, 'stay');
		expect(await cardsOn(board)).toEqual([card]);
		expect(await totalsOn(server, board)).toEqual({ [card]: 2 });
		const hers = await listen(server, workshop, chidi);
		await until(() => hers.last('comments:told'));
		expect(hers.last('comments:told')![1]).toMatchObject([{ name: 'Ben' }]);
		expect(Object.values(hers.last('authors:changed')![1])).toMatchObject([{ name: 'Ben' }]);
		hers.close();
		// Thought of later: another name for what stays, or off with it.
		const rename: Command = { type: 'rename-person', person: ben.participant, name: 'B.' };
		expect(await run(ada, rename)).toMatchObject({ ok: true });
		expect(await remove(ben, 'go')).toMatchObject({ ok: true });
		expect(await cardsOn(board)).toEqual([]);
	});

	test('PE8 takes cards along from every board, held ones too, and they can come back', async () => {
		await come({ agenda: ['barrier', 'barrier'] });
		const first = await putCard(server, { ada, workshop, by: ben, phase: 'share' });
		const hers = await write(server, first.board, chidi.token);
		const answer = hers.put('No ministry answered');
		await until(async () => (await cardsOn(first.board)).length === 2);
		const { card, board } = first;
		await run(ben, { type: 'comment', board, id: 'comment-1', card: answer, text: 'So true' });
		await run(chidi, { type: 'comment', board, id: 'comment-2', card: answer, text: 'Indeed' });
		await ada.command(workshop, { type: 'go', phase: 'vote' });
		server.clock.advance(4000);
		const tardy = await write(server, board, ben.token);
		const late = tardy.put('Too late, perhaps');
		await until(async () => (await server.app.rooms.late(board)).length === 1);
		await run(ben, { type: 'vote', board, target: { card: answer }, count: 2 });
		await run(chidi, { type: 'vote', board, target: { card: answer }, count: 1 });
		await run(ada, { type: 'show-votes' });
		const seen = await listen(server, workshop, chidi);
		await run(ada, { type: 'finish' });
		const { board: second } = (await ada.command(workshop, { type: 'start', exercise: 1 })).body;
		await ada.command(workshop, { type: 'go', phase: 'write' });
		const writing = await write(server, second, ben.token);
		const own = writing.put('Nobody knows this yet');
		await written(second, 1);

		expect(await remove(ben, 'go')).toMatchObject({ ok: true });
		expect(await cardsOn(board)).toEqual([answer]);
		expect((await server.app.rooms.counts(second)).cards).toBe(0);
		expect(await server.app.rooms.late(board)).toEqual([]);
		await until(() => hers.seen().cards.length === 1);
		expect(hers.seen().cards.map(({ id }) => id)).toEqual([answer]);
		expect(await totalsOn(server, board)).toEqual({ [answer]: 1 });
		await until(() => seen.last('totals:changed')?.[1]?.[answer] === 1, { what: 'the votes' });
		await until(() => seen.last('comment:removed')?.[1] === 'comment-1');
		const comments = await server.app.stores.notes.comments(workshop);
		expect(comments.map(({ id }) => id)).toEqual(['comment-2']);

		for (const [where, one] of [
			[board, card],
			[board, late],
			[second, own]
		] as const)
			expect(await run(ada, { type: 'restore-card', board: where, card: one })).toMatchObject({
				ok: true
			});
		expect((await cardsOn(board)).toSorted()).toEqual([card, answer].toSorted());
		expect((await server.app.rooms.counts(second)).cards).toBe(1);
		for (const one of [hers, tardy, writing, seen]) one.close();
	});

	test('PE9 leaves private words to nobody: not before the reveal, and drafts never', async () => {
		const board = await ada.run(workshop);
		const writing = await write(server, board, ben.token);
		const card = writing.put('A secret for now');
		draft(writing, 'Half a thought');
		await written(board, 1);
		const desk = await listen(server, workshop, ada);
		await remove(ben, 'go');
		await until(() => desk.all('removed:changed').length > 1, { what: 'the desk to hear' });
		const heard = () => JSON.stringify(desk.all('removed:changed'));
		expect(heard()).not.toContain('secret');
		await ada.command(workshop, { type: 'go', phase: 'share' });
		await until(() => heard().includes('A secret for now'));
		expect(desk.last('removed:changed')![1].map((one) => one.card)).toEqual([card]);
		expect(heard()).not.toContain('Half');
		for (const one of [writing, desk]) one.close();
	});

	test('PE10 cannot take cards along in an anonymous workshop: it would tell whose they are', async () => {
		await come({ anonymous: true });
		const { board, card } = await putCard(server, { ada, workshop, by: ben, phase: 'share' });
		expect(await remove(ben, 'go')).toMatchObject({ refusal: 'not-allowed' });
		expect(await server.app.stores.participants.people(workshop)).toHaveLength(2);
		expect(await remove(ben, 'stay')).toMatchObject({ ok: true });
		expect(await cardsOn(board)).toEqual([card]);
	});

	test('PE11 is removed once, and no command of theirs comes after it', async () => {
		const { board, card } = await putCard(server, { ada, workshop, by: ben, phase: 'vote' });
		const who = { role: 'participant', participant: ben.participant } as const;
		const id = nanoid();
		const vote: Command = { type: 'vote', board, target: { card }, count: 1 };
		const outcomes = await Promise.all([
			remove(ben, 'go', { id }),
			remove(ben, 'go', { id }),
			remove(ben, 'stay')
		]);
		expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true]);
		// Known when it asked, removed when it is its turn.
		const tardy = await server.app.workshops.run(workshop, who, { id: nanoid(), command: vote });
		expect(tardy).toEqual({ ok: false, refusal: 'unauthenticated' });
		expect(await totalsOn(server, board)).toEqual({});
		await run(ada, { type: 'restore-card', board, card });
		expect(await remove(ben, 'go', { id })).toEqual(outcomes[0]);
		expect(await cardsOn(board)).toEqual([card]);
	});

	test('PE12 goes like this first where they are erased, and is nobody afterwards', async () => {
		const { board, card } = await putCard(server, { ada, workshop, by: ben, phase: 'share' });
		await run(ben, { type: 'comment', board, id: 'comment-1', card, text: 'So true' });
		const [his, hers] = [
			await listen(server, workshop, ben),
			await listen(server, workshop, chidi)
		];
		await until(() => roster(hers)?.length === 2);
		const { participant: person } = ben;
		expect(await atTheDesk({ type: 'erase-person', person })).toMatchObject({ ok: true });
		await until(() => his.last('access:ended') && his.socket.disconnected);
		await until(() => roster(hers)?.join() === 'Chidi');
		await until(() => hers.last('comment:removed')?.[1] === 'comment-1');
		await until(() => !JSON.stringify(hers.last('authors:changed')).includes('Ben'));
		expect(await cardsOn(board)).toEqual([]);
		const rename = { type: 'rename-person', person, name: 'Ben' } as const;
		expect(await atTheDesk(rename)).toMatchObject({ refusal: 'no-such-person' });
		// Nor by themselves, where they were just coming back under another name.
		expect(await server.app.stores.participants.renameSeated(person, 'Benedict')).toBe(false);
		expect(await server.app.participants.name(person)).toBe('');
		for (const one of [his, hers]) one.close();
	});

	function draft(writing: Writing, text: string): void {
		const exercise = findExercise('barrier')!;
		const main = exercise.fields.find((field) => field.main)!.id;
		const column = exercise.columns[0]!.id;
		const fields = { [main]: text };
		addCard(writing.notebook, exercise, { id: nanoid(), column, order: 'b0', fields, draft: true });
	}
});

describe('in an anonymous workshop', () => {
	test('PE13 a screen learns how many seats are taken, and nothing of anybody', async () => {
		await come({ anonymous: true });
		const who = { role: 'facilitator', account: ada.account } as const;
		const link = await server.app.workshops.screenLink(workshop, who);
		const screen = new URL(String(link), server.url).searchParams.get('key')!;
		const wall = await listen(server, workshop, { screen });
		const his = await listen(server, workshop, ben);
		await until(() => wall.last('roster:changed')?.[1] === 1);
		expect(wall.last('roster:changed')![0]).toEqual([
			{ id: 'seat-1', here: true, joinedAt: 0 },
			{ id: 'seat-2', here: false, joinedAt: 0 }
		]);
		const heard = JSON.stringify(wall.all('roster:changed'));
		for (const { participant } of [ben, chidi]) expect(heard).not.toContain(participant);
		for (const one of [wall, his]) one.close();
	});

	test('PE14 late cards are told, let in and left out by author, never by person', async () => {
		await come({ anonymous: true });
		const board = await ada.run(workshop, 'vote');
		server.clock.advance(4000);
		const his = await write(server, board, ben.token);
		const hers = await write(server, board, chidi.token);
		his.put('Late, and left out');
		hers.put('Late, and let in');
		const desk = await listen(server, workshop, ada);
		await until(() => desk.last('late:changed')?.[1].length === 2);
		const [, late] = desk.last('late:changed')!;
		for (const one of late) expect(one).toEqual({ author: expect.any(String) as string, cards: 1 });
		const told = JSON.stringify(desk.all('late:changed'));
		for (const { participant } of [ben, chidi]) expect(told).not.toContain(participant);

		await run(ada, { type: 'let-in', board, people: [ben.participant, chidi.participant] });
		expect(await cardsOn(board)).toEqual([]);
		const authors = await server.app.stores.participants.authors(workshop);
		const keyOf = (one: Person) =>
			authors.find(({ participant }) => participant === one.participant)!.key;
		await run(ada, { type: 'let-in', board, people: [keyOf(chidi)] });
		const { cards } = await server.app.rooms.read(board);
		expect(cards.map(({ author }) => author)).toEqual([keyOf(chidi)]);
		await run(ada, { type: 'leave', board, people: [keyOf(ben)] });
		expect(await server.app.rooms.late(board)).toEqual([]);
		for (const one of [his, hers, desk]) one.close();
	});
});
