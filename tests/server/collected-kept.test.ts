/** How long a workshop is kept that collected answers, and that nobody ever opened. */
import { existsSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Command } from '#shared/facilitation/commands.ts';
import type { BoardId, WorkshopId } from '#shared/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, join, write, type Ada } from '../support/people.ts';
import { tablesWith } from '../support/traces.ts';
import { until } from '../support/until.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

/** Retention is no token's to set. */
const run = (workshop: WorkshopId, command: Command) =>
	server.app.workshops.run(
		workshop,
		{ role: 'facilitator', account: ada.account },
		{ id: nanoid(), command }
	);
const stored = (id: WorkshopId) => server.app.stores.workshops.byId(id);
/** From the files as well: a server that stops meanwhile would come to that later. */
async function isGone(id: WorkshopId): Promise<void> {
	await until(async () => (await stored(id)) === null, { what: 'it to be gone' });
	const owed = `${server.database.dir}/erasing`;
	await until(() => !existsSync(owed), { what: 'files to be clean' });
}
async function deletesAt(id: WorkshopId): Promise<number | null> {
	const owner = { id: ada.account, email: 'ada@example.org', name: 'ada' };
	return (await server.app.workshops.list(owner)).find((one) => one.id === id)!.deletesAt;
}

/** A draft that collects for four days and is kept for ten, with a card of Ben's. */
async function collects(days: number | null = 10) {
	const made = await ask(server.url, '/api/v1/workshops', {
		token: ada.token,
		body: { title: 'Before Dakar', agenda: ['barrier', 'barrier'] }
	});
	const { id, code } = made.body;
	const closing = server.clock.now() + 4 * DAY;
	const answer = await ada.command(id, { type: 'collect', exercise: 0, until: closing });
	const board: BoardId = answer.body.board;
	await run(id, { type: 'set-retention', days });
	return { place: { id, code, board }, closing };
}
async function writes({ code, board }: { code: string; board: BoardId }, words: string) {
	const ben = await join(server, code, 'Ben');
	const writing = await write(server, board, ben.token);
	writing.put(words);
	await until(async () => (await server.app.rooms.counts(board)).cards === 1);
	writing.close();
}

test('CB17 nothing closes it or turns its cards over; it is deleted when its days are over, counted from its last date', async () => {
	const { place, closing } = await collects();
	await writes(place, 'Zephyrine had no time');
	expect(await deletesAt(place.id)).toBe(closing + 10 * DAY);
	server.clock.advance(14 * DAY - HOUR);
	await server.restart(); // what is due is looked for
	expect((await stored(place.id))!.state).toMatchObject({
		status: 'collecting',
		boards: [{ phase: 'write', revealed: false }]
	});
	server.clock.advance(2 * HOUR);
	await isGone(place.id);
	for (const words of [place.id, 'Zephyrine'])
		expect(await tablesWith(server.database.db, words)).toEqual([]);
});

test('CB17 where the last that collected was ended, from then', async () => {
	const { place } = await collects();
	server.clock.advance(DAY);
	const ended = server.clock.now();
	await run(place.id, { type: 'end-collecting', board: place.board });
	expect(Math.abs((await deletesAt(place.id))! - (ended + 10 * DAY))).toBeLessThan(HOUR);
	server.clock.advance(10 * DAY + HOUR);
	await isGone(place.id);
});

test('CB18 another date moves it; what was opened, and what is kept for good, stays', async () => {
	const [moved, opened, kept, gone] = [
		await collects(),
		await collects(),
		await collects(null),
		await collects()
	];
	const { closing } = moved;
	const { id } = moved.place;
	await run(id, { type: 'collect', exercise: 1, until: closing + 30 * DAY, board: nanoid() });
	await run(opened.place.id, { type: 'open' });
	expect(await deletesAt(id)).toBe(closing + 40 * DAY);
	for (const { place } of [opened, kept]) expect(await deletesAt(place.id)).toBeNull();
	server.clock.advance(14 * DAY + HOUR);
	await isGone(gone.place.id);
	for (const { place } of [moved, opened, kept]) expect(await stored(place.id)).not.toBeNull();
});

test('CB19 days that were over while the server was off count when it has started', async () => {
	const { place } = await collects();
	await server.database.db.execute(
		sql`update workshops set state = jsonb_set(state, '{boards,0,collecting,until}', '1') where id = ${place.id}`
	);
	await server.restart();
	expect(await stored(place.id)).toBeNull();
});
