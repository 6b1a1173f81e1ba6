/** Erasing a person: nothing of theirs is left anywhere, and everything of everybody else is. */
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fieldText } from '#shared/doc/notebook.ts';
import type { Command } from '#shared/facilitation/commands.ts';
import type { BoardId, WorkshopId } from '#shared/ids.ts';
import { isRefusal } from '#shared/refusals.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
	comeAda,
	give,
	join,
	listen,
	write,
	type Ada,
	type Person,
	type Writing
} from '../support/people.ts';
import { filesWith, tablesWith } from '../support/traces.ts';
import { until } from '../support/until.ts';
import { totalsOn } from '../support/votes.ts';

/** In everything that Ben says. */
const CANARY = 'Zephyrine';

let server: TestApp;
let ada: Ada;
let workshop: WorkshopId;
let code: string;
let ben: Person;
let chidi: Person;
let board: BoardId;
let bens: Writing;
let chidis: Writing;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

beforeEach(async () => {
	({ id: workshop, code } = await ada.open());
	ben = await join(server, code, CANARY);
	chidi = await join(server, code, 'Chidi');
	board = await ada.run(workshop);
	bens = await write(server, board, ben.token);
	chidis = await write(server, board, chidi.token);
	return () => {
		bens.close();
		chidis.close();
	};
});

const run = (who: { token: string }, command: Command) => give(server, workshop, who, command);
const phase = (to: 'share' | 'vote' | 'discuss' | 'act') => run(ada, { type: 'go', phase: to });
/** From the desk: an API token may not. */
const erase = (person = ben) =>
	server.app.workshops.run(
		workshop,
		{ role: 'facilitator', account: ada.account },
		{ id: nanoid(), command: { type: 'erase-person', person: person.participant } }
	);
const texts = async (): Promise<unknown[]> =>
	(await server.app.rooms.read(board)).cards.map(({ fields }) => fields['stoppedUs']).sort();
const put = async (writing: Writing, text: string): Promise<string> => {
	const { cards } = await server.app.rooms.counts(board);
	const id = writing.put(text);
	await until(async () => (await server.app.rooms.counts(board)).cards > cards, { what: text });
	return id;
};
/** Somebody's text, edited after it was put down. */
const edit = (writing: Writing, card: string, added: string) =>
	fieldText(writing.notebook, card, 'stoppedUs')!.insert(0, added);
const eachFormat = async () => {
	const who = { role: 'facilitator', account: ada.account } as const;
	const files = await Promise.all([
		server.app.exports.workshop(workshop, who, 'json'),
		server.app.exports.board(board, who, 'csv')
	]);
	return files.map((file) => (isRefusal(file) ? '' : Buffer.from(file.body).toString())).join();
};

test('ER1 the name, cards, comments, votes and devices of somebody who is erased are gone from the tables', async () => {
	await put(bens, `${CANARY} has no time`);
	const hers = await put(chidis, 'No contract');
	await phase('share');
	const comment = { board, id: nanoid(), card: hers, text: `${CANARY} agrees` };
	await run(ben, { type: 'comment', ...comment });
	await phase('vote');
	await run(ben, { type: 'vote', board, target: { card: hers }, count: 2 });
	await run(ada, { type: 'show-votes' });
	expect((await tablesWith(server.database.db, CANARY)).length).toBeGreaterThan(2);

	expect(await erase()).toMatchObject({ ok: true });
	expect(await tablesWith(server.database.db, CANARY)).toEqual([]);
	expect(await server.app.participants.name(ben.participant)).toBe('');
	expect(await server.app.workshops.people(workshop)).toBe(1);
	expect(await totalsOn(server, board)).toEqual({});
	const left = await server.app.participants.dataOf(ben.participant);
	expect(left).toMatchObject({ name: '', devices: [] });
});

test('ER2 the words are in no row of the log, in nothing that is read again, and in no export', async () => {
	const own = await put(bens, `${CANARY} is on the board`);
	edit(bens, own, `${CANARY} `);
	const withdrawn = await put(bens, `${CANARY} was taken back`);
	const removed = await put(bens, `${CANARY} was taken off`);
	await put(chidis, 'No contract');
	await phase('share');
	await until(() => chidis.seen().cards.length === 4);
	await run(ben, { type: 'withdraw-card', board, card: withdrawn });
	await run(ada, { type: 'remove-card', board, card: removed });
	await phase('vote');
	server.clock.advance(4000);
	await put(bens, `${CANARY} is late`);
	expect(await tablesWith(server.database.db, CANARY)).toEqual(
		expect.arrayContaining(['rows', 'removed_cards', 'participants'])
	);
	expect(await eachFormat()).toContain(CANARY);

	await erase();
	expect(await tablesWith(server.database.db, CANARY)).toEqual([]);
	await server.restart();
	expect(await texts()).toEqual(['No contract']);
	const late = await write(server, board, chidi.token);
	expect(late.seen().cards.map(({ fields }) => fields['stoppedUs'])).toEqual(['No contract']);
	late.close();
	expect(await eachFormat()).not.toContain(CANARY);
});

test('ER3 on the embedded database the words are in no file either, once the command is answered', async () => {
	await put(bens, `${CANARY} has no time`);
	if (server.database.databaseUrl) {
		await erase();
		return expect(await tablesWith(server.database.db, CANARY)).toEqual([]);
	}
	const files = () => filesWith(server.database.dir, CANARY);
	expect(files()).toEqual(expect.arrayContaining([expect.stringContaining('pg_wal')]));
	await erase();
	expect(files()).toEqual([]);
});

test('ER4 the others go on, on the connections that they have, and are in step', async () => {
	await put(bens, `${CANARY} has no time`);
	const hers = await put(chidis, 'No contract');
	await phase('share');
	await until(() => chidis.seen().cards.length === 2);
	let closed = 0;
	chidis.providers.board.on('connection-close', () => (closed += 1));
	chidis.providers.notebook.on('connection-close', () => (closed += 1));
	const before = await epoch();

	await erase();
	await until(() => chidis.seen().cards.length === 1, { what: 'the deletion at Chidi’s' });
	edit(chidis, hers, 'Still ');
	await until(async () => (await texts())[0] === 'Still No contract');
	await until(() => chidis.seen().cards[0]?.fields['stoppedUs'] === 'Still No contract');
	expect(await epoch()).toBe(before);
	expect(closed).toBe(0);

	await server.restart();
	expect(await texts()).toEqual(['Still No contract']);
	edit(chidis, hers, 'And ');
	await until(async () => (await texts())[0] === 'And Still No contract');
});

const epoch = async () => (await server.app.stores.workshops.board(board))?.epoch;

test('ER6 a device of theirs that comes later is turned away, and nothing of it is taken', async () => {
	await put(bens, `${CANARY} has no time`);
	const { notebook } = bens.providers;
	const closed = () =>
		new Promise((resolve) =>
			notebook.once('connection-close', (event: { code: number } | null) => resolve(event?.code))
		);
	const sentAway = closed();
	await erase();
	expect(await sentAway).toBe(4401);
	bens.put(`${CANARY} writes on, offline`);
	const turnedAway = closed();
	notebook.connect();
	expect(await turnedAway).toBe(4401);
	await expect(listen(server, workshop, { token: ben.token })).rejects.toThrow('unauthenticated');
	expect(await tablesWith(server.database.db, CANARY)).toEqual([]);
	expect(await texts()).toEqual([]);
});

describe('what refers to them', () => {
	let bensCard: string;
	let chidisCard: string;
	beforeEach(async () => {
		bensCard = await put(bens, `${CANARY} has no time`);
		chidisCard = await put(chidis, 'No contract');
		await phase('share');
		await until(() => chidis.seen().cards.length === 2);
	});

	const act = (who: { token: string }, more: { id?: string; what: string; card?: string }) =>
		run(who, { type: 'action', board, id: nanoid(), who: '', when: '', ...more });
	const actions = async () =>
		(await server.app.stores.notes.actions(workshop)).map(({ what }) => what).sort();

	test('ER7 an action that they wrote goes, unless a facilitator has put it in other words', async () => {
		await phase('act');
		const [changed, dated] = [nanoid(), nanoid()];
		await act(ben, { what: `${CANARY} calls them` });
		await act(ben, { id: changed, what: `${CANARY} writes to them` });
		await act(ben, { id: dated, what: `${CANARY} goes there` });
		await act(ada, { id: changed, what: 'We write to them' });
		await run(ada, {
			type: 'action',
			board,
			id: dated,
			what: `${CANARY} goes there`,
			who: '',
			when: 'Monday'
		});
		await act(chidi, { what: 'We ask the library' });
		await erase();
		expect(await actions()).toEqual(['We ask the library', 'We write to them']);
	});

	test('ER7 their name is taken off others’ actions, where it is nobody else’s, and so is a card of theirs', async () => {
		await phase('act');
		const id = nanoid();
		await run(chidi, {
			type: 'action',
			board,
			id,
			what: 'Ask the library',
			who: CANARY,
			when: '',
			card: bensCard
		});
		await erase();
		const [left] = await server.app.stores.notes.actions(workshop);
		expect(left).toMatchObject({ id, what: 'Ask the library', who: '', cardId: null });
	});

	test('ER7 a name that somebody else has too stays', async () => {
		const [dora] = [await join(server, code, 'Dora'), await join(server, code, 'Dora')];
		await phase('act');
		const action = { board, id: nanoid(), what: 'Ask the library', who: 'Dora', when: '' };
		await run(chidi, { type: 'action', ...action });
		await erase(dora);
		const [left] = await server.app.stores.notes.actions(workshop);
		expect(left).toMatchObject({ who: 'Dora' });
		await erase();
	});

	test('ER8 dots on their cards go back, and comments on them go with the cards', async () => {
		const on = { board, id: nanoid(), card: bensCard, text: 'Nobody has' };
		await run(chidi, { type: 'comment', ...on });
		await run(chidi, { type: 'comment', ...on, id: nanoid(), card: chidisCard });
		await phase('vote');
		await run(chidi, { type: 'vote', board, target: { card: bensCard }, count: 2 });
		await run(chidi, { type: 'vote', board, target: { card: chidisCard }, count: 1 });
		const hearing = await listen(server, workshop, { token: chidi.token });
		await erase();
		await until(() => hearing.last('ballot:changed')?.[2] === 4, { what: 'four dots left' });
		expect(await totalsOn(server, board)).toEqual({ [chidisCard]: 1 });
		const comments = await server.app.stores.notes.comments(workshop);
		expect(comments.map(({ cardId }) => cardId)).toEqual([chidisCard]);
		await until(() => hearing.all('comment:removed').length === 1);
		hearing.close();
	});
});

test('ER9 what was broken off is done again, to the same end', async () => {
	const card = await put(bens, `${CANARY} has no time`);
	await phase('share');
	const on = { board, id: nanoid(), card, text: 'Nobody has' };
	await until(() => chidis.seen().cards.length === 1);
	await run(chidi, { type: 'comment', ...on });
	// As far as a server comes that dies after the boards and before the tables.
	await server.app.rooms.erase(board, ben.participant);
	await server.restart();
	expect(await tablesWith(server.database.db, CANARY)).toEqual(['participants']);
	await erase();
	expect(await tablesWith(server.database.db, CANARY)).toEqual([]);
	expect(await server.app.stores.notes.comments(workshop)).toEqual([]);
});
