/** A workshop that comes as a file: it is the same one. */
import { sql } from 'drizzle-orm';
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { WorkshopFile } from '#shared/workshop-file.ts';
import { makeGroup } from '#shared/doc/board.ts';
import { isRefusal } from '#shared/refusals.ts';
import { recordsOf } from '#server/db/records.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, join, write, type Ada } from '../support/people.ts';
import { until } from '../support/until.ts';
import { votesOf } from '../support/votes.ts';
import { exportBy, idsOf } from './import-workshops.ts';

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

let seed = 1000;
beforeEach(() => {
	seed++;
});

const RUNS = Number(process.env['RUNS'] ?? 8);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const read = (bytes: Uint8Array): WorkshopFile => JSON.parse(text(bytes)) as WorkshopFile;

const bring = (body: Uint8Array | string, token = ada.token, at = server) =>
	ask(at.url, '/api/v1/workshops/import', {
		token,
		body: typeof body === 'string' ? body : text(body)
	});

async function brought(body: Uint8Array, token = ada.token, at = server): Promise<string> {
	const { status, body: said } = await bring(body, token, at);
	expect([status, said.error]).toEqual([201, undefined]);
	return said.id;
}

async function exported(id: string, token = ada.token, at = server): Promise<string> {
	const response = await fetch(`${at.url}/api/v1/workshops/${id}/export.json`, {
		headers: { authorization: `Bearer ${token}` }
	});
	expect(response.status).toBe(200);
	return response.text();
}

test('IM1 whatever is in it, an export that is imported and exported again is the same bytes', async () => {
	for (let run = 0; run < RUNS; run++) {
		server.clock.advance(10 * 60_000); // so many downloads are not one person’s at once
		const file = exportBy(run);
		expect(await exported(await brought(file)), `seed ${run}`).toBe(text(file));
	}
});

test('IM1 IM2 a workshop as people held it: on another server, after a restart, read by a stock client', async () => {
	const { id, code } = await ada.open();
	const ben = await join(server, code, 'Ben');
	const board = await ada.run(id);
	const writing = await write(server, board, ben.token);
	const cards = ['Time', 'No time', 'لا وقت'].map((words) => writing.put(words));
	await until(() => server.app.rooms.counts(board).then((counts) => counts.cards === 3));
	await ada.command(id, { type: 'go', phase: 'group' });
	await until(() => writing.seen().cards.length === 3);
	const { column } = writing.seen().cards[0]!;
	const group = { id: 'the-group', kind: 'theme', title: 'Time', column, order: 'a5' } as const;
	makeGroup(writing.board, { ...group, cards: cards.slice(0, 2) });
	await until(async () => (await server.app.rooms.read(board)).groups.length === 1);
	const command = (body: object) =>
		ask(server.url, `/api/v1/boards/${board}/commands`, { token: ben.token, body });
	await command({ type: 'comment', id: 'comment-1', card: cards[0], text: 'Yes' });
	await ada.command(id, { type: 'hide-card', board, card: cards[2]! });
	await ada.command(id, { type: 'go', phase: 'vote' });
	server.clock.advance(3000); // words still count for so long, and then the ballot is taken
	await until(async () => (await server.app.stored.load(id))!.state.boards[0]!.ballot);
	await ask(server.url, `/api/v1/boards/${board}/votes`, {
		token: ben.token,
		body: { group: 'the-group', count: 2 }
	});
	await ada.command(id, { type: 'show-votes' });
	await ada.command(id, { type: 'go', phase: 'act' });
	await command({ type: 'action', id: 'action-1', what: 'Ask', who: 'Ben', when: '2027-01-01' });
	writing.close();
	const halfWay = await exported(id);
	await ada.command(id, { type: 'close' });
	const whole = await exported(id);
	expect(whole).toContain('"hidden": true');

	const elsewhere = await startTestApp();
	try {
		const eve = await comeAda(elsewhere, 'eve@example.org');
		await brought(new TextEncoder().encode(whole), eve.token, elsewhere);
		expect(await exported(id, eve.token, elsewhere)).toBe(whole);
		await elsewhere.restart();
		expect(await exported(id, eve.token, elsewhere)).toBe(whole);
		const reading = await write(elsewhere, board, eve.token);
		await until(() => reading.seen().cards.length === 3, { what: 'the cards, at a stock client' });
		expect(reading.seen().groups).toMatchObject([{ title: 'Time', cards: cards.slice(0, 2) }]);
		reading.close();
		await elsewhere.app.stores.workshops.remove(id);
		elsewhere.app.stored.forget(id);
		for (const { id: one } of read(new TextEncoder().encode(whole)).boards)
			await elsewhere.app.rooms.end(one);
		await brought(new TextEncoder().encode(halfWay), eve.token, elsewhere);
		expect(await exported(id, eve.token, elsewhere)).toBe(halfWay);
	} finally {
		await elsewhere.close();
	}
});

test('IM2 a board that was imported is written on: its log goes on, and is read after a restart', async () => {
	const file = read(exportBy(seed));
	const id = await brought(exportBy(seed));
	await ada.command(id, { type: 'open' });
	const [first] = file.boards;
	const there = (await server.app.rooms.read(first!.id)).cards.length;
	for (const { id: card } of first!.cards.slice(0, 1)) {
		await ada.command(id, { type: 'remove-card', board: first!.id, card });
		expect((await server.app.rooms.read(first!.id)).cards).toHaveLength(there - 1);
		await server.restart();
		expect((await server.app.rooms.read(first!.id)).cards).toHaveLength(there - 1);
		await ada.command(id, { type: 'restore-card', board: first!.id, card });
		expect((await server.app.rooms.read(first!.id)).cards).toHaveLength(there);
	}
});

test('IM3 where an id is there already, all get new ones, and say the same of each other', async () => {
	const bytes = exportBy(seed);
	const first = await brought(bytes);
	const second = await brought(bytes);
	expect(second).not.toBe(first);
	const [before, after] = [read(bytes), JSON.parse(await exported(second)) as WorkshopFile];
	const ids = new Set(idsOf(before));
	expect(idsOf(after)).toHaveLength(idsOf(before).length);
	expect(idsOf(after).filter((id) => ids.has(id))).toEqual([]);
	// The first is untouched by it.
	expect(await exported(first)).toBe(text(bytes));
});

test('IM4 it is closed and theirs, with a code of its own, and is kept as long as any from now on', async () => {
	const file = read(exportBy(seed));
	const id = await brought(exportBy(seed));
	const { body } = await ask(server.url, `/api/v1/workshops/${id}`, { token: ada.token });
	expect(body).toMatchObject({ status: 'closed', title: file.workshop.title, live: null });
	expect(body.code).toMatch(/^\w+$/);
	const eve = await comeAda(server, `eve${seed}@example.org`);
	expect((await ask(server.url, `/api/v1/workshops/${id}`, { token: eve.token })).status).toBe(404);
	const listed = (await server.app.workshops.list({ id: ada.account, email: '', name: '' })).find(
		(one) => one.id === id
	);
	expect(listed).toMatchObject({ role: 'facilitator', people: file.workshop.people });
	const days = (listed!.deletesAt! - server.clock.now()) / 86_400_000;
	expect(days).toBeGreaterThan(364);
	const deeds = await server.app.workshops.audit(id, { role: 'facilitator', account: ada.account });
	expect(isRefusal(deeds) ? deeds : deeds.map(({ deed }) => deed)).toContain('imported');
	expect((await ada.command(id, { type: 'open' })).status).toBe(200);
	expect(read(new TextEncoder().encode(await exported(id))).workshop.closedAt).toBeNull();
});

test('IM5 no device opens a seat of it, and what was voted is nobody’s', async () => {
	let bytes = exportBy(seed);
	const has = (of: 'votes' | 'authors') =>
		read(bytes).boards.some((board) => Object.keys(board[of] ?? {}).length > 0);
	while (!has('votes') || !has('authors')) bytes = exportBy(++seed);
	const id = await brought(bytes);
	const file = read(bytes);
	const seats = await server.app.stores.participants.seats(id);
	const people = await server.app.stores.participants.people(id);
	expect(people).toHaveLength(file.workshop.people);
	for (const { id: seat } of people)
		expect(Object.keys(await votesOf(server, file.boards[0]!.id, seat))).toEqual([]);
	const tokens = await recordsOf(
		server.database.db,
		sql`select 1 from participant_tokens t join participants p on p.id = t.participant_id where p.workshop_id = ${id}`
	);
	expect(tokens).toEqual([]);
	expect(seats.length).toBeGreaterThan(people.length);
	// Erased like anybody.
	const written = new Set(file.boards.flatMap(({ authors }) => Object.values(authors ?? {})));
	const person = people.find((one) => written.has(one.id))!;
	const by = { role: 'facilitator', account: ada.account } as const;
	const erase = { type: 'erase-person', person: person.id } as const;
	expect(await server.app.workshops.run(id, by, { id: nanoid(), command: erase })).toMatchObject({
		ok: true
	});
	const left = JSON.parse(await exported(id)) as WorkshopFile;
	expect(left.people!.map((one) => one.id)).not.toContain(person.id);
	expect(left.boards.flatMap(({ authors }) => Object.values(authors ?? {}))).not.toContain(
		person.id
	);
});

test('IM6 all of it is written, or nothing', async () => {
	let bytes = exportBy(seed);
	while (read(bytes).boards.every(({ actions }) => actions.length === 0)) bytes = exportBy(++seed);
	const { db } = server.database;
	const before = await server.app.workshops.list({ id: ada.account, email: '', name: '' });
	await db.execute(sql`alter table actions add constraint full_up check (at < -1) not valid`);
	expect((await bring(bytes)).status).toBe(500);
	expect(server.faults.splice(0)).toHaveLength(1);
	await db.execute(sql`alter table actions drop constraint full_up`);
	const after = await server.app.workshops.list({ id: ada.account, email: '', name: '' });
	expect(after).toEqual(before);
	expect(await server.app.stores.workshops.byId(read(bytes).workshop.id)).toBeNull();
	expect(await exported(await brought(bytes))).toBe(text(bytes));
});

test('IM12 only this route takes more than 512 kB, of whoever has an account, one at a time', async () => {
	const large = `{"format":"plenary","version":1,"x":"${'x'.repeat(600_000)}"}`;
	const answer = await bring(large);
	expect([answer.status, answer.body.error]).toMatchObject([400, { code: 'wrong-file' }]);
	expect(answer.body.error).toHaveProperty('where', 'workshop');

	const leave = server.app.imports.enter({ id: ada.account, email: '', name: '' })!;
	expect((await bring('{}')).status).toBe(503);
	leave();
	expect((await bring('{}')).status).toBe(400);
	const others = ['a', 'b', 'c', 'd'].map((id) => ({ id, email: '', name: '' }));
	const places = others.map((one) => server.app.imports.enter(one)!);
	expect((await bring('{}')).status).toBe(503);
	for (const one of places) one();
	await brought(exportBy(seed));

	// What is not read may cut the line of whoever still sends.
	const status = (path: string, body: string, token?: string) =>
		ask(server.url, path, { body, ...(token ? { token } : {}) }).then(
			(said) => said.status,
			() => 'cut'
		);
	expect([413, 'cut']).toContain(await status('/api/v1/workshops', large, ada.token));
	const tooLarge = 'x'.repeat(20 * 1024 * 1024 + 1);
	expect([413, 'cut']).toContain(await status('/api/v1/workshops/import', tooLarge, ada.token));
	const sent = { pieces: 0 };
	const body = new ReadableStream<Uint8Array>({
		pull(stream) {
			if (sent.pieces++ < 300) stream.enqueue(new Uint8Array(64 * 1024).fill(120));
			else stream.close();
		}
	});
	const headers = { 'content-type': 'application/json' };
	const options = { method: 'POST', body, duplex: 'half', headers };
	const stranger = await fetch(`${server.url}/api/v1/workshops/import`, options).catch(() => null);
	if (stranger) expect(stranger.status).toBe(401);
	expect(sent.pieces).toBeLessThan(300);
});
