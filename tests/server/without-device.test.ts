/** People without a device: who may write and vote for them, and who may not. */
import { nanoid } from 'nanoid';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isPutDown, readNotebook } from '#shared/doc/read.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { Command, CommandOf } from '#shared/facilitation/commands.ts';
import type { BoardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import { CLOSE } from '#shared/wire/close-codes.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
	comeAda,
	give,
	join,
	listen,
	write,
	type Ada,
	type Hearing,
	type Person,
	type Writing
} from '../support/people.ts';
import { until } from '../support/until.ts';

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

async function come(form: { anonymous?: boolean } = {}): Promise<void> {
	({ id: workshop, code } = await ada.open(form));
	ben = await join(server, code, 'Ben');
	chidi = await join(server, code, 'Chidi');
}

const run = (who: { token: string }, command: Command) => give(server, workshop, who, command);
const add = (who: { token: string }, more: Partial<CommandOf<'add-person'>> = {}) =>
	run(who, { type: 'add-person', person: nanoid(), name: 'Maria', ...more });
/** Somebody who sits there now. */
async function seat(
	who: { token: string },
	more: Partial<CommandOf<'add-person'>> = {}
): Promise<ParticipantId> {
	const person = nanoid();
	expect(await add(who, { person, ...more })).toMatchObject({ ok: true });
	return person;
}
const seats = () => server.app.stores.participants.people(workshop);
const rowOf = async (id: ParticipantId) => (await seats()).find((one) => one.id === id);
const written = async (board: BoardId, who: ParticipantId) =>
	(await server.app.rooms.notebook(board, who)).map(({ fields }) => Object.values(fields)[0]);
/** With which code the door of a notebook is shut; null where it opens. */
function shut(board: BoardId, token: string, asked: ParticipantId): Promise<number | null> {
	const url = `${server.url.replace('http', 'ws')}/yjs/${board}/notebook`;
	const socket = new WebSocket(`${url}?token=${token}&seat=${asked}`);
	return new Promise((resolve, reject) => {
		socket.on('error', reject);
		socket.on('close', (closed) => resolve(closed));
		socket.on('message', () => {
			resolve(null);
			socket.close();
		});
	});
}
const roster = (hearing: Hearing) => hearing.last('roster:changed')?.[0] ?? [];

describe('coming in', () => {
	test('WD1 who facilitates adds them: they count among the people, and are here', async () => {
		const [desk, phone] = await Promise.all(
			[ada, chidi].map((one) => listen(server, workshop, one))
		);
		const maria = await seat(ada, { name: '  Maria   Prado ' });
		for (const hearing of [desk!, phone!]) {
			const told = await until(() => roster(hearing).find(({ id }) => id === maria));
			expect(told).toMatchObject({ name: 'Maria Prado', here: true, withoutDevice: true });
			expect(told).not.toHaveProperty('keptBy');
			expect(hearing.last('roster:changed')![1]).toBe(2);
			hearing.close();
		}
	});

	test('WD1 their name is one that the door would take, and their id nobody’s', async () => {
		for (const name of [undefined, '', '\u202E', 'x'.repeat(81)])
			expect(await add(ada, { name })).toMatchObject({ refusal: 'invalid-name' });
		for (const person of [ben.participant, await seat(ada)])
			expect(await add(ada, { person })).toMatchObject({ refusal: 'malformed' });
		expect(await rowOf(ben.participant)).toMatchObject({ name: 'Ben', withoutDevice: false });
	});

	test('WD1 a workshop that is not open has nobody in it', async () => {
		await run(ada, { type: 'close' });
		expect(await add(ada)).toMatchObject({ refusal: 'not-open' });
	});

	test('WD2 a participant adds to their own table, whatever they say, and twelve at most', async () => {
		const maria = await seat(ben, { keptBy: chidi.participant });
		expect(await rowOf(maria)).toMatchObject({ keptBy: ben.participant, withoutDevice: true });
		for (let more = 1; more < 12; more += 1) await seat(ben);
		expect(await add(ben)).toMatchObject({ refusal: 'table-full' });
		expect(await add(ada, { keptBy: ben.participant })).toMatchObject({ refusal: 'table-full' });
		await seat(chidi);
		await seat(ada);
		await run(ada, { type: 'close-doors' });
		expect(await add(chidi)).toMatchObject({ refusal: 'doors-closed' });
		await seat(ada);
	});

	test('WD3 who keeps a seat has joined, and is still here', async () => {
		const maria = await seat(ada, { keptBy: ben.participant });
		expect(await rowOf(maria)).toMatchObject({ keptBy: ben.participant });
		const elsewhere = await join(server, (await ada.open()).code, 'Eve');
		await run(ada, { type: 'remove-person', person: chidi.participant, cards: 'stay' });
		for (const keptBy of [maria, elsewhere.participant, chidi.participant, 'nobody-here'])
			expect(await add(ada, { keptBy })).toMatchObject({ refusal: 'no-such-person' });
	});

	test('WD4 an anonymous room has no name of theirs, and tells each participant of their own alone', async () => {
		await come({ anonymous: true });
		const [phone, other] = await Promise.all(
			[ben, chidi].map((one) => listen(server, workshop, one))
		);
		const maria = await seat(ben, { name: 'Maria' });
		await seat(ada, { name: undefined });
		const told = await until(() => phone!.last('seats:changed')?.[0][0]);
		expect(told).toEqual({ id: maria });
		expect(await rowOf(maria)).toMatchObject({ name: '' });
		expect(other!.all('seats:changed').flat(2)).toEqual([]);
		expect(JSON.stringify(other!.all('roster:changed'))).not.toContain(maria);
		for (const one of [phone!, other!]) one.close();
	});
});

describe('writing', () => {
	test('WD5 their notebook is open to who facilitates and to who keeps the seat, and shut to others', async () => {
		const board = await ada.run(workshop);
		const [maria, tomas] = [await seat(ben), await seat(ada)];
		expect(await shut(board, ada.token, maria)).toBeNull();
		expect(await shut(board, ben.token, maria)).toBeNull();
		expect(await shut(board, ada.token, tomas)).toBeNull();
		expect(await shut(board, chidi.token, maria)).toBe(CLOSE.notAllowed);
		expect(await shut(board, ben.token, tomas)).toBe(CLOSE.notAllowed);
		expect(await shut(board, 'nobody', maria)).toBe(CLOSE.unauthenticated);
		const url = `${server.url.replace('http', 'ws')}/yjs/${board}/notebook?seat=${maria}`;
		const screen = await server.app.workshops.screenLink(workshop, {
			role: 'facilitator',
			account: ada.account
		});
		const key = new URL(String(screen), server.url).searchParams.get('key');
		const socket = new WebSocket(`${url}&screen=${key}`);
		expect(await new Promise((resolve) => socket.on('close', resolve))).toBe(CLOSE.notAllowed);
	});

	test('WD5 nobody writes for who has joined, nor for who is not there', async () => {
		const board = await ada.run(workshop);
		(await write(server, board, ada.token)).close();
		const all = await server.app.stores.participants.seats(workshop);
		const own = all.find(({ accountId }) => accountId !== null)!.id;
		for (const asked of [ben.participant, own])
			expect(await shut(board, ada.token, asked)).toBe(CLOSE.notAllowed);
		const gone = await seat(ada);
		await run(ada, { type: 'remove-person', person: gone, cards: 'stay' });
		const there = workshop;
		({ id: workshop } = await ada.open());
		const elsewhere = await seat(ada);
		workshop = there;
		for (const asked of [gone, elsewhere, 'nobody-here', ''])
			expect(await shut(board, ada.token, asked)).toBe(CLOSE.noSuchBoard);
	});

	test('WD6 what is written there is theirs, under client ids of their seat', async () => {
		const board = await ada.run(workshop);
		const maria = await seat(ben);
		const own = await write(server, board, ben.token);
		const hers = await write(server, board, ben.token, maria);
		own.put('Ben’s');
		hers.put('Maria’s');
		await until(async () => (await written(board, maria)).length === 1);
		await until(async () => (await written(board, ben.participant)).length === 1);
		expect(await written(board, ben.participant)).toEqual(['Ben’s']);
		expect(await written(board, maria)).toEqual(['Maria’s']);
		const authors = await server.app.stores.participants.authors(workshop);
		expect(authors.map(({ participant }) => participant).sort()).toEqual(
			[ben.participant, maria].sort()
		);
		// Hers on another device too; in no other notebook, not even of who wrote with it.
		const bens = await write(server, board, ben.token);
		const closed = new Promise((resolve) =>
			bens.providers.notebook.on('connection-close', (event) => resolve(event?.code))
		);
		const { clientID } = hers.notebook;
		const underHerId = ({ notebook, put }: Writing, text: string) => {
			const { clientID: own } = notebook;
			notebook.clientID = clientID;
			put(text);
			notebook.clientID = own; // the provider says goodbye under it
		};
		underHerId(bens, 'Under Maria’s id');
		expect(await closed).toBe(CLOSE.notAllowed);
		hers.close();
		const adas = await write(server, board, ada.token, maria);
		await until(() => readNotebook(adas.notebook).length === 1);
		underHerId(adas, 'From the desk');
		await until(async () => (await written(board, maria)).length === 2);
		for (const one of [own, bens, adas]) one.close();
	});

	test('WD7 two who write for somebody at once are together in one notebook', async () => {
		const board = await ada.run(workshop);
		const maria = await seat(ben);
		const [desk, phone] = await Promise.all([
			write(server, board, ada.token, maria),
			write(server, board, ben.token, maria)
		]);
		desk.put('From paper');
		phone.put('Told aloud');
		for (const { notebook } of [desk, phone])
			await until(() => readNotebook(notebook).length === 2, { what: 'both cards' });
		const exercise = findExercise('barrier')!;
		expect(readNotebook(desk.notebook).every((card) => isPutDown(card, exercise))).toBe(true);
		expect((await server.app.rooms.counts(board)).people).toBe(1);
		desk.close();
		phone.close();
	});

	test('WD8 who is removed or erased loses the notebook at once, whoever has it open', async () => {
		const board = await ada.run(workshop);
		const maria = await seat(ben);
		const hers = await write(server, board, ben.token, maria);
		hers.put('Maria’s');
		await until(async () => (await written(board, maria)).length === 1);
		const closed = new Promise((resolve) =>
			hers.providers.notebook.on('connection-close', (event) => resolve(event?.code))
		);
		const command = { type: 'erase-person', person: maria } as const;
		const who = { role: 'facilitator', account: ada.account } as const;
		expect(await server.app.workshops.run(workshop, who, { id: nanoid(), command })).toMatchObject({
			ok: true
		});
		expect(await closed).toBe(CLOSE.unauthenticated);
		hers.close();
		expect(await shut(board, ben.token, maria)).toBe(CLOSE.noSuchBoard);
		expect(await written(board, maria)).toEqual([]);
	});

	test('WD8 a card of theirs is taken back in their name by who may write for them', async () => {
		const board = await ada.run(workshop);
		const maria = await seat(ben);
		const hers = await write(server, board, ben.token, maria);
		const card = hers.put('Maria’s');
		await until(async () => (await written(board, maria)).length === 1);
		const back = { type: 'withdraw-card', board, card } as const;
		expect(await run(chidi, { ...back, for: maria })).toMatchObject({ refusal: 'not-allowed' });
		expect(await run(ben, back)).toMatchObject({ refusal: 'not-allowed' });
		expect(await run(ben, { ...back, for: maria })).toMatchObject({ ok: true });
		expect(await written(board, maria)).toEqual([]);
		hers.close();
	});
});

test('WD12 a participant takes out somebody of their own table who has said nothing yet', async () => {
	const board = await ada.run(workshop);
	const [maria, tomas] = [await seat(ben), await seat(ben, { name: 'Tomás' })];
	const phone = await listen(server, workshop, ben);
	await until(() => phone.last('seats:changed')?.[0].length === 2);
	const out = (person: ParticipantId): Command => ({
		type: 'remove-person',
		person,
		cards: 'stay'
	});
	const hers = await write(server, board, ben.token, maria);
	hers.put('Maria’s');
	await until(async () => (await written(board, maria)).length === 1);
	expect(await run(ben, out(maria))).toMatchObject({ refusal: 'not-allowed' });
	for (const person of [ben.participant, chidi.participant, await seat(chidi), await seat(ada)])
		expect(await run(ben, out(person))).toMatchObject({ refusal: 'not-allowed' });
	expect(await run(ben, out(tomas))).toMatchObject({ ok: true });
	await until(() => phone.last('seats:changed')?.[0].length === 1, { what: 'one at the table' });
	expect(await run(ada, out(maria))).toMatchObject({ ok: true });
	await until(() => phone.last('seats:changed')?.[0].length === 0, { what: 'nobody' });
	hers.close();
	phone.close();
});

test('WD13 what a facilitator adds is in the audit list, and what a table does is not', async () => {
	await seat(ben);
	const maria = await seat(ada);
	const who = { role: 'facilitator', account: ada.account } as const;
	const list = await server.app.workshops.audit(workshop, who);
	if (!Array.isArray(list)) throw new Error(list.refused);
	const lines = list.filter(({ deed }) => deed === 'add-person');
	expect(lines).toMatchObject([{ about: { person: maria }, person: 'Maria' }]);
});
