import { nanoid } from 'nanoid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addCard } from '#shared/doc/notebook.ts';
import { pollOf, RATED, type Poll } from '#shared/facilitation/polls.ts';
import type { BoardId, WorkshopId } from '#shared/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
	ask,
	comeAda,
	give,
	join,
	listen,
	write,
	type Ada,
	type Person
} from '../support/people.ts';
import { until } from '../support/until.ts';

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

const WORDS: Poll = { kind: 'words', question: 'In one word?' };
const HANDS: Poll = { kind: 'hands', question: 'Tea?', options: ['Tea', 'Coffee'] };
const SCALE: Poll = { kind: 'scale', question: 'How are you?', low: 'Tired', high: 'Awake' };
const QUESTIONS: Poll = { kind: 'questions', question: 'What do you wonder?' };

async function asks(workshop: WorkshopId, poll: Poll): Promise<BoardId> {
	const outcome = await give(server, workshop, ada, { type: 'ask', poll });
	if (!outcome.ok || !outcome.board) throw new Error('it was not asked');
	return outcome.board;
}

const vote = (workshop: WorkshopId, by: Person, board: BoardId, option: string, count: number) =>
	give(server, workshop, by, { type: 'vote', board, target: { option }, count });

/** Somebody writes a card on a poll's board, and the room has it. */
async function answers(board: BoardId, by: Person, texts: string[]): Promise<string[]> {
	const writing = await write(server, board, by.token);
	const exercise = (await server.app.stores.workshops.board(board))!.exercise;
	const before = (await server.app.rooms.counts(board)).cards;
	const cards = texts.map((text) => {
		const id = nanoid();
		addCard(writing.notebook, exercise, {
			id,
			column: 'answers',
			order: 'a0',
			fields: { answer: text }
		});
		return id;
	});
	await until(async () => (await server.app.rooms.counts(board)).cards === before + texts.length);
	await until(() => cards.every((id) => writing.seen().cards.some((card) => card.id === id)));
	writing.close();
	return cards;
}

const stateOf = async (workshop: WorkshopId) => (await server.app.stored.load(workshop))!.state;

test('PO1 what is asked is on every screen with its own exercise, in the workshop’s language', async () => {
	const { id, code } = await ada.open();
	const ben = await join(server, code, 'Ben');
	const device = await listen(server, id, ben);
	await ada.run(id);
	const board = await asks(id, HANDS);
	await until(() => device.state().live === board, { what: 'the poll on Ben’s phone' });
	await until(() => device.last('board:described')?.[0] === board);
	const [, exercise] = device.last('board:described')!;
	expect(pollOf(exercise)).toEqual(HANDS);
	expect(device.state().boards.at(-1)).toMatchObject({ index: null, title: HANDS.question });
	device.close();
});

test('PO3 PO9 a hand and a figure count once each, and come to nothing more after it is over', async () => {
	const { id, code } = await ada.open();
	const [ben, chidi] = [await join(server, code, 'Ben'), await join(server, code, 'Chidi')];
	const live = await ada.run(id);
	const hands = await asks(id, HANDS);
	for (const by of [ben, chidi])
		expect(await vote(id, by, hands, 'option-1', 1)).toMatchObject({ ok: true });
	expect(await vote(id, ben, hands, 'option-2', 1)).toMatchObject({ ok: false });
	expect(await vote(id, ben, hands, 'option-9', 0)).toMatchObject({ ok: true });
	expect(await give(server, id, ada, { type: 'finish' })).toMatchObject({ ok: true });
	expect(await vote(id, ben, hands, 'option-1', 0)).toMatchObject({ ok: false });
	expect(await stateOf(id)).toMatchObject({ live, waiting: null });

	const scale = await asks(id, SCALE);
	expect(await vote(id, ben, scale, RATED, 6)).toMatchObject({ ok: false });
	await vote(id, ben, scale, RATED, 2);
	await vote(id, ben, scale, RATED, 4);
	await vote(id, chidi, scale, RATED, 5);
	const device = await listen(server, id, chidi);
	await give(server, id, ada, { type: 'show-votes' });
	await until(() => device.last('totals:changed')?.[1], { what: 'what it came to' });
	expect(device.last('totals:changed')).toMatchObject([
		scale,
		{ [RATED]: 4.5 },
		{ people: 2, spread: { [RATED]: [0, 0, 0, 1, 1] } }
	]);
	device.close();
});

test('PO6 until it is shown only those who facilitate are told what it came to', async () => {
	const { id, code } = await ada.open();
	const ben = await join(server, code, 'Ben');
	const [desk, device] = [await listen(server, id, ada), await listen(server, id, ben)];
	const board = await asks(id, HANDS);
	await vote(id, ben, board, 'option-2', 1);
	const told = () => desk.last('totals:changed')?.[1];
	await until(() => told()?.['option-2'] === 1, { what: 'the desk to be told' });
	const later = await listen(server, id, ada);
	await until(() => later.all('totals:changed').some(([of, totals]) => of === board && totals));
	expect(device.all('totals:changed').filter(([, totals]) => totals)).toEqual([]);
	await give(server, id, ada, { type: 'show-votes' });
	await until(() => device.last('totals:changed')?.[1]?.['option-2'] === 1);
	await give(server, id, ada, { type: 'hide-votes' });
	await until(() => device.last('totals:changed')?.[1] === null);
	await until(() => told()?.['option-2'] === 1, { what: 'the desk to be told again' });
	for (const one of [desk, device, later]) one.close();
});

test('PO14 VO34 how many have answered is told to room screens as well, and to no phone', async () => {
	const { id, code } = await ada.open();
	const ben = await join(server, code, 'Ben');
	const link = await server.app.workshops.screenLink(id, {
		role: 'facilitator',
		account: ada.account
	});
	const screen = new URL(String(link), server.url).searchParams.get('key')!;
	await ada.run(id);
	const board = await asks(id, HANDS);
	const [wall, phone] = await Promise.all([{ screen }, ben].map((who) => listen(server, id, who)));
	await vote(id, ben, board, 'option-1', 1);
	server.clock.advance(300);
	await until(() => wall!.last('voted:changed')?.[1].some === 1);
	const late = await listen(server, id, { screen });
	await until(() => late.last('voted:changed')?.[1].some === 1);
	expect(phone!.all('voted:changed')).toEqual([]);
	for (const one of [wall!, phone!, late]) one.close();
});

test('PO6 VO36 with a new round of a poll that is not shown the desk has nothing of the one before', async () => {
	const { id, code } = await ada.open();
	const ben = await join(server, code, 'Ben');
	const desk = await listen(server, id, ada);
	const board = await asks(id, HANDS);
	await vote(id, ben, board, 'option-2', 1);
	await until(() => desk.last('totals:changed')?.[1]?.['option-2'] === 1);
	expect(await give(server, id, ada, { type: 'new-round' })).toMatchObject({ ok: true });
	await until(() => desk.last('totals:changed')?.[1]?.['option-2'] === undefined, {
		what: 'the desk to be told'
	});
	desk.close();
});

test('PO4 undo takes a poll back that nobody has answered, and leaves one that somebody has', async () => {
	const { id, code } = await ada.open();
	const ben = await join(server, code, 'Ben');
	const live = await ada.run(id);
	const board = await asks(id, WORDS);
	expect(await give(server, id, ada, { type: 'undo' })).toMatchObject({ ok: true });
	const back = await stateOf(id);
	expect(back).toMatchObject({ live, waiting: null });
	expect(back.boards.map((one) => one.id)).toEqual([live]);
	expect(back.boards[0]!.timer.kind).toBe('running');
	expect(await server.app.stores.workshops.board(board)).toBeNull();

	const again = await asks(id, WORDS);
	await answers(again, ben, ['Hopeful']);
	expect(await give(server, id, ada, { type: 'undo' })).toMatchObject({
		refusal: 'already-written'
	});
	expect((await stateOf(id)).live).toBe(again);
});

test('TF23 PO4 a poll that somebody has voted in is not taken back', async () => {
	const { id, code } = await ada.open();
	const ben = await join(server, code, 'Ben');
	await ada.run(id);
	const board = await asks(id, HANDS);
	await vote(id, ben, board, 'option-1', 1);
	const undo = () => give(server, id, ada, { type: 'undo' });
	expect(await undo()).toMatchObject({ refusal: 'already-written' });
	expect((await stateOf(id)).live).toBe(board);
	expect(await server.app.stores.votes.cast(board)).toHaveLength(1);
	await vote(id, ben, board, 'option-1', 0);
	expect(await undo()).toMatchObject({ ok: true });
});

test('PE16 who is removed with their cards leaves those in a question box, and nobody is told whose they are', async () => {
	const { id, code } = await ada.open();
	const [ben, chidi] = [await join(server, code, 'Ben'), await join(server, code, 'Chidi')];
	const words = await asks(id, WORDS);
	await answers(words, ben, ['Hopeful']);
	await give(server, id, ada, { type: 'finish' });
	const board = await asks(id, QUESTIONS);
	const [card] = await answers(board, ben, ['Why so late?']);
	await answers(board, chidi, ['When is lunch?']);
	await give(server, id, ben, { type: 'vote', board, target: { card: card! }, count: 1 });
	const desk = await listen(server, id, ada);
	const { participant: person } = ben;
	const remove = { type: 'remove-person', person, cards: 'go' } as const;
	expect(await give(server, id, ada, remove)).toMatchObject({ ok: true });
	const told = (where: BoardId) =>
		JSON.stringify(desk.all('removed:changed').filter(([of]) => of === where));
	await until(() => told(words).includes('Hopeful'), { what: 'the desk to hear' });
	expect((await server.app.rooms.read(words)).cards).toEqual([]);
	expect((await server.app.rooms.read(board)).cards).toHaveLength(2);
	expect(await server.app.stores.votes.cast(board)).toHaveLength(1);
	expect(told(board)).not.toContain('late');

	const who = { role: 'facilitator', account: ada.account } as const;
	const command = { type: 'erase-person', person } as const;
	const erased = await server.app.workshops.run(id, who, { id: nanoid(), command });
	expect(erased).toMatchObject({ ok: true });
	expect((await server.app.rooms.read(board)).cards).toHaveLength(1);
	expect(await server.app.stores.votes.cast(board)).toEqual([]);
	expect(told(board)).not.toContain('late');
	desk.close();
});

test('PO5 a question box leads from no question to a person, also where the workshop has names', async () => {
	const { id, code } = await ada.open();
	const ben = await join(server, code, 'Ben Okri');
	const [desk, device] = [await listen(server, id, ada), await listen(server, id, ben)];
	const board = await asks(id, QUESTIONS);
	const [card] = await answers(board, ben, ['Why so late?']);
	expect(
		await give(server, id, ben, { type: 'vote', board, target: { card: card! }, count: 1 })
	).toMatchObject({ ok: true });
	await until(() => device.last('totals:changed')?.[1]?.[card!] === 1, { what: 'the vote' });
	for (const one of [desk, device])
		for (const [of, authors] of one.all('authors:changed'))
			if (of === board) expect(authors).toEqual({});
	expect(
		desk
			.all('writers:changed')
			.filter(([of]) => of === board)
			.flatMap(([, who]) => who)
	).toEqual([]);
	for (const one of [desk, device]) one.close();

	const file = await ask(server.url, `/api/v1/boards/${board}/export.json`, { token: ada.token });
	const csv = await ask(server.url, `/api/v1/boards/${board}/export.csv`, { token: ada.token });
	expect([file.status, csv.status]).toEqual([200, 200]);
	// The room's names are in it, and nothing leads from the board to them.
	for (const told of [JSON.stringify(file.body.boards), JSON.stringify(csv.body)]) {
		expect(told).toContain('Why so late?');
		for (const leads of ['Ben Okri', ben.participant]) expect(told).not.toContain(leads);
	}
});

test('PO10 polls stand in the summary together, are kept by a file, and are nobody’s to take home', async () => {
	const { id, code } = await ada.open();
	const ben = await join(server, code, 'Ben');
	await ada.run(id);
	const words = await asks(id, WORDS);
	await answers(words, ben, ['Tired', 'tired', 'Curious']);
	await give(server, id, ada, { type: 'finish' });
	const hands = await asks(id, HANDS);
	await vote(id, ben, hands, 'option-2', 1);
	await give(server, id, ada, { type: 'show-votes' });
	await give(server, id, ada, { type: 'finish' });
	await give(server, id, ada, { type: 'close' });

	const markdown = await ask(server.url, `/api/v1/workshops/${id}/export.md`, { token: ada.token });
	const text = (markdown.body as unknown as { text: string }).text;
	expect(text.indexOf('Asked in between')).toBeGreaterThan(0);
	expect(text.indexOf(WORDS.question)).toBeLessThan(text.indexOf(HANDS.question));
	expect(text).toContain('Coffee');
	expect(text.match(/1 exercise\b/)).not.toBeNull();

	const late = await join(server, code, 'Late').catch(() => null);
	expect(late).toBeNull();
	const mine = await ask(server.url, `/p/${id}/so-far`, { cookie: ben.cookie });
	expect(JSON.stringify(mine.body)).not.toContain(WORDS.question);

	const file = await fetch(`${server.url}/api/v1/workshops/${id}/export.json`, {
		headers: { authorization: `Bearer ${ada.token}` }
	});
	const imported = await ask(server.url, '/api/v1/workshops/import', {
		token: ada.token,
		body: await file.text()
	});
	expect(imported.status).toBeLessThan(300);
	const state = await stateOf(imported.body.id);
	expect(state.boards.map(({ index }) => index)).toEqual([0, null, null]);
	expect(state.agenda).toHaveLength(1);
});
