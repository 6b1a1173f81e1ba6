import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { FacilitationCommand } from '#shared/facilitation/commands.ts';
import type { BoardId, WorkshopId } from '#shared/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, give, join, listen, write, type Ada } from '../support/people.ts';
import { until } from '../support/until.ts';

const DAY = 24 * 60 * 60 * 1000;
let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

let workshop: WorkshopId;
let code: string;
let board: BoardId;
/** A draft whose one exercise collects for four days. */
beforeEach(async () => {
	const made = await ask(server.url, '/api/v1/workshops', {
		token: ada.token,
		body: { title: 'Before Dakar', agenda: ['barrier'] }
	});
	workshop = made.body.id;
	code = made.body.code;
	const answer = await run({ type: 'collect', exercise: 0, until: server.clock.now() + 4 * DAY });
	board = answer.body.board;
});
const run = (command: FacilitationCommand) => ada.command(workshop, command);
const state = async () => (await server.app.stored.load(workshop))!.state;
const cards = async (many: number) =>
	until(async () => (await server.app.rooms.counts(board)).cards === many, {
		what: `${many} cards, counted`
	});
const read = async () => (await server.app.rooms.read(board)).cards.length;

/** Somebody comes in with the code and writes a card. */
async function writes(name: string) {
	const person = await join(server, code, name);
	const { cards: before } = await server.app.rooms.counts(board);
	const writing = await write(server, board, person.token);
	writing.put(`${name} had no time`);
	await cards(before + 1);
	return { person, writing };
}

test('CB11 the code works while it collects: people write, see the exercise, and nobody reads it', async () => {
	const { person, writing } = await writes('Ben');
	const his = await listen(server, workshop, person);
	expect(his.state()).toMatchObject({ status: 'collecting', live: null });
	expect(his.state().boards[0]?.collecting?.until).toBeGreaterThan(server.clock.now());
	expect(his.last('board:described')?.[1]).toMatchObject({ id: 'barrier' });
	const desk = await listen(server, workshop, ada);
	await until(() => desk.last('counts:changed')?.[1].cards === 1);
	expect(desk.last('counts:changed')?.[1]).toMatchObject({ people: 1 });
	expect(await desk.send({ type: 'let-in', board })).toMatchObject({ refusal: 'wrong-phase' });
	expect(await read()).toBe(0);
	expect(writing.seen().cards).toEqual([]);
	for (const one of [his, desk, writing]) one.close();
});

test('CB12 to start it makes that board live with its cards; whatever came by the reveal is on it', async () => {
	const { person, writing } = await writes('Ben');
	const his = await listen(server, workshop, person);
	await run({ type: 'open' });
	server.clock.advance(5 * DAY);
	writing.put('In time for the room');
	await cards(2);
	const started = await run({ type: 'start', exercise: 0 });
	expect(started.body.board).toBeUndefined();
	await until(() => his.state().live === board);
	expect(await read()).toBe(0);
	await run({ type: 'go', phase: 'share' });
	expect(await read()).toBe(2);
	await until(() => writing.seen().cards.length === 2);
	his.close();
	writing.close();
});

test('CB13 who began by the date counts; who began after it is late, also where the server was away', async () => {
	const { writing: early } = await writes('Ben');
	early.close();
	await server.restart();
	server.clock.advance(5 * DAY);
	const { person, writing } = await writes('Chidi');
	await run({ type: 'end-collecting', board });
	expect(await read()).toBe(1);
	expect(await server.app.rooms.late(board)).toEqual([
		{ participant: person.participant, cards: 1 }
	]);
	await give(server, workshop, ada, { type: 'let-in', board });
	expect(await read()).toBe(2);
	writing.close();
});

test('CB14 after the event it goes on until its date: then the server turns it over and closes', async () => {
	await run({ type: 'open' });
	await run({ type: 'close' });
	expect(await state()).toMatchObject({ status: 'collecting' });
	const { writing } = await writes('Ben');
	server.clock.advance(3 * DAY);
	expect((await run({ type: 'rename', title: 'After Dakar' })).status).toBe(200);
	expect(await state()).toMatchObject({ status: 'collecting' });
	server.clock.advance(DAY);
	await until(async () => (await state()).status === 'closed');
	expect((await state()).boards).toMatchObject([{ phase: 'done', revealed: true }]);
	await until(async () => (await read()) === 1);
	const { status } = await ask(server.url, '/api/v1/join', { body: { code, name: 'Dewi' } });
	expect(status).toBe(404);
	const lines = await server.app.workshops.audit(workshop, {
		role: 'facilitator',
		account: ada.account
	});
	expect(lines).toContainEqual(expect.objectContaining({ deed: 'close', by: null }));
	writing.close();
});

test('CB14 a date that came while the server was away closes it when the server is back', async () => {
	await run({ type: 'open' });
	await run({ type: 'close' });
	await server.restart();
	server.clock.advance(30 * DAY);
	await until(async () => (await state()).status === 'closed');
});

test('CB15 taken back while nobody wrote, it is gone; else it stays', async () => {
	await run({ type: 'end-collecting', board });
	await run({ type: 'open' });
	await run({ type: 'set-agenda', agenda: ['barrier', 'barrier'] });
	const again = await run({ type: 'collect', exercise: 1, until: server.clock.now() + DAY });
	const second: BoardId = again.body.board;
	expect(await give(server, workshop, ada, { type: 'undo' })).toMatchObject({ ok: true });
	expect((await state()).boards.map(({ id }) => id)).toEqual([board]);
	expect(await server.app.stores.workshops.board(second)).toBeNull();
	const third = await run({ type: 'collect', exercise: 1, until: server.clock.now() + DAY });
	board = third.body.board;
	const { writing } = await writes('Ben');
	expect(await give(server, workshop, ada, { type: 'undo' })).toMatchObject({
		refusal: 'already-written'
	});
	writing.close();
});

test('CB16 an export of what still collects has no word of it', async () => {
	const { writing } = await writes('Ben');
	const answer = await fetch(`${server.url}/api/v1/workshops/${workshop}/export.json`, {
		headers: { authorization: `Bearer ${ada.token}` }
	});
	expect(answer.status).toBe(200);
	const text = await answer.text();
	expect(text).not.toContain('Ben had no time');
	expect(JSON.parse(text).boards[0]).toMatchObject({ revealed: false, cards: [] });
	writing.close();
});
