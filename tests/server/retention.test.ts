/** How long workshops are kept: deleted by their owner, and by themselves when their days are over. */
import { sql } from 'drizzle-orm';
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Command } from '#shared/facilitation/commands.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { isRefusal } from '#shared/refusals.ts';
import type { Account } from '#server/app.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { comeAda, join, listen, putCard, write, type Ada } from '../support/people.ts';
import { filesWith, tablesWith } from '../support/traces.ts';
import { until } from '../support/until.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CANARY = 'Zephyrine';

let server: TestApp;
let ada: Ada;
let owner: Account;
let other: Account;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
	const { account } = await comeAda(server, 'eve@example.org');
	owner = { id: ada.account, email: 'ada@example.org', name: 'ada' };
	other = { id: account, email: 'eve@example.org', name: 'eve' };
});
afterAll(() => server.close());

const run = (workshop: WorkshopId, command: Command) =>
	server.app.workshops.run(
		workshop,
		{ role: 'facilitator', account: owner.id },
		{ id: nanoid(), command }
	);
const listed = async (workshop: WorkshopId) =>
	(await server.app.workshops.list(owner)).find(({ id }) => id === workshop);
const remove = (workshop: WorkshopId) => server.app.workshops.remove(workshop, owner);
const restore = (workshop: WorkshopId, account = owner) =>
	server.app.workshops.restore(workshop, account);
const isGone = (workshop: WorkshopId) =>
	until(async () => (await server.app.stores.workshops.byId(workshop)) === null, {
		what: 'the workshop to be gone'
	});

/** With a card of Ben's on its board, and Ben there. */
async function running(phase: 'share' | 'done' = 'share') {
	const { id, code } = await ada.open();
	const ben = await join(server, code, CANARY);
	const { board, card } = await putCard(server, { ada, workshop: id, by: ben, phase });
	return { id, code, ben, board, card };
}

describe('deleted by its owner', () => {
	test('ER10 it is gone for everybody at once, and its owner sees until when it can come back', async () => {
		const { id, code, ben, board } = await running();
		const hearing = await listen(server, id, { token: ben.token });
		const writing = await write(server, board, ben.token);
		const closed = new Promise((resolve) =>
			writing.providers.board.once('connection-close', (event: { code: number } | null) =>
				resolve(event?.code)
			)
		);
		const before = server.app.clock.now();
		expect(await server.app.workshops.remove(id, other)).toEqual({ refused: 'not-found' });
		expect(await remove(id)).toBe(true);

		expect(await closed).toBe(4404);
		await until(() => hearing.all('access:ended').length === 1);
		const summary = await listed(id);
		expect(summary?.deleted).toBe(true);
		expect(summary!.deletesAt! - before).toBeGreaterThanOrEqual(MINUTE);
		const facilitator = { role: 'facilitator', account: owner.id } as const;
		const { workshops, exports } = server.app;
		const nobody = { cookies: '', token: ben.token, screen: null, address: '' };
		expect(await workshops.who(id, nobody)).toEqual({ role: 'visitor' });
		expect(await workshops.view(id, facilitator)).toEqual({ refused: 'not-found' });
		expect(await workshops.ofBoard(board)).toBeNull();
		expect(await exports.workshop(id, facilitator, 'json')).toEqual({ refused: 'not-found' });
		expect(await run(id, { type: 'close' })).toMatchObject({ refusal: 'not-found' });
		const again = await server.app.participants.join({ code, name: 'Ben' }, nobody);
		expect(again).toEqual({ refused: 'wrong-code' });
		expect(await remove(id)).toEqual({ refused: 'not-found' });
		hearing.close();
		writing.close();
	});

	test('ER11 within a minute its owner, and nobody else, brings it back as it was', async () => {
		const { id, code, ben, board, card } = await running();
		expect(await restore(id)).toEqual({ refused: 'not-found' });
		await remove(id);
		server.clock.advance(MINUTE - 5000);
		expect(await restore(id, other)).toEqual({ refused: 'not-found' });
		expect(await restore(id)).toBe(true);
		server.clock.advance(2 * MINUTE);

		expect(await listed(id)).toMatchObject({ deleted: false, deletesAt: null, code });
		const { cards } = await server.app.rooms.read(board);
		expect(cards.map((one) => one.id)).toEqual([card]);
		const hearing = await listen(server, id, { token: ben.token });
		expect(hearing.state().live).toBe(board);
		hearing.close();
	});

	test('ER12 a minute later it is gone for good: from every table and file, and its code rests', async () => {
		const { id, code, ben } = await running();
		await remove(id);
		const { dir, db, databaseUrl } = server.database;
		if (!databaseUrl) expect(filesWith(dir, CANARY).length).toBeGreaterThan(0);
		server.clock.advance(MINUTE);
		await isGone(id);

		expect(await restore(id)).toEqual({ refused: 'not-found' });
		expect(await listed(id)).toBeUndefined();
		for (const trace of [id, ben.participant]) expect(await tablesWith(db, trace)).toEqual([]);
		expect(await server.app.stores.workshops.codeIsFree(code, server.app.clock.now())).toBe(false);
		if (!databaseUrl) await until(() => !filesWith(dir, id).length, { what: 'no file with it' });
	});

	test('ER12 it waits for the end of what is under way there, no longer, and no other waits for it', async () => {
		const [{ id }, quiet] = [await running(), await running()];
		const { erasure } = server.app.stores;
		const { unmarkDeleted } = erasure;
		onTestFinished(() => void (erasure.unmarkDeleted = unmarkDeleted));
		const { promise: end, resolve: ends } = Promise.withResolvers<void>();
		erasure.unmarkDeleted = (...asked) => end.then(() => unmarkDeleted(...asked));
		for (const one of [id, quiet.id]) await remove(one);
		const underWay = restore(id, other);
		server.clock.advance(MINUTE);
		await isGone(quiet.id);
		expect(await server.app.stores.workshops.byId(id)).not.toBeNull();
		ends();
		expect(await underWay).toEqual({ refused: 'not-found' });
		await isGone(id);
	});

	test('ER13 what was due while the server was off is gone when it has started', async () => {
		const { id } = await running();
		const longAgo = server.app.clock.now() - 10 * MINUTE;
		await server.app.stores.erasure.markDeleted(id, owner.id, longAgo);
		const young = await running();
		await server.app.stores.erasure.markDeleted(young.id, owner.id, server.app.clock.now());
		await server.restart();
		expect(await server.app.stores.workshops.byId(id)).toBeNull();
		expect(await restore(young.id)).toBe(true);

		await remove(young.id);
		await server.restart();
		expect(await server.app.stores.workshops.byId(young.id)).not.toBeNull();
		server.clock.advance(MINUTE);
		await isGone(young.id);
	});

	test('ER15 what was on its way to a board when it was deleted is written nowhere', async () => {
		const { id, ben, board } = await running();
		const writing = await write(server, board, ben.token);
		const stays = await server.app.stores.workshops.board(board);
		expect(stays).not.toBeNull();
		for (let i = 0; i < 20; i++) writing.put(`More of ${CANARY}, ${i}`);
		const ended = server.app.rooms.end(board);
		const longAgo = server.app.clock.now() - 10 * MINUTE;
		await server.app.stores.erasure.markDeleted(id, owner.id, longAgo);
		server.clock.advance(HOUR);
		await isGone(id);
		await ended;
		writing.close();
		expect(await tablesWith(server.database.db, board)).toEqual([]);
		await expect(server.app.rooms.read(board)).rejects.toThrow('There is no board');
	});
});

describe('kept for some days', () => {
	const days = (id: WorkshopId, count: number | null) =>
		run(id, { type: 'set-retention', days: count });

	test('ER14 a closed workshop is deleted when its days are over, and says when that is', async () => {
		const { id, ben } = await running();
		const hearing = await listen(server, id, { token: ben.token });
		await days(id, 30);
		expect((await listed(id))?.deletesAt).toBeNull();
		await run(id, { type: 'close' });
		const closedAt = hearing.state().closedAt ?? server.app.clock.now();
		expect(Math.abs((await listed(id))!.deletesAt! - (closedAt + 30 * DAY))).toBeLessThan(1000);

		server.clock.advance(30 * DAY - HOUR);
		expect(await listed(id)).toMatchObject({ status: 'closed', deleted: false });
		await server.restart(); // what is due is looked for
		await until(() => hearing.socket.connected);
		expect(await listed(id)).toMatchObject({ status: 'closed', deleted: false });
		server.clock.advance(2 * HOUR);
		await isGone(id);
		await until(() => hearing.all('access:ended').length === 1);
		expect(await tablesWith(server.database.db, id)).toEqual([]);
		hearing.close();
	});

	test('ER14 drafts, open workshops, those opened again and those without days are never deleted', async () => {
		const draft = await server.app.workshops.create(owner, { title: 'Draft', agenda: ['barrier'] });
		if (isRefusal(draft)) throw new Error(draft.refused);
		await days(draft.id, 1);
		const { id: open } = await ada.open();
		await days(open, 1);
		const { id: again } = await ada.open();
		await days(again, 1);
		await run(again, { type: 'close' });
		await run(again, { type: 'open' });
		const { id: kept } = await ada.open();
		await days(kept, null);
		await run(kept, { type: 'close' });
		const { id: changed } = await ada.open();
		await days(changed, 1);
		await run(changed, { type: 'close' });
		await days(changed, null);
		const { id: gone } = await ada.open();
		await days(gone, 1);
		await run(gone, { type: 'close' });

		server.clock.advance(2 * DAY);
		await isGone(gone);
		for (const id of [draft.id, open, again, kept, changed])
			expect(await listed(id)).toMatchObject({ deletesAt: null, deleted: false });
	});

	test('ER13 days that were over while the server was off count when it has started', async () => {
		const { id } = await ada.open();
		await days(id, 1);
		await run(id, { type: 'close' });
		await server.database.db.execute(
			sql`update workshops set state = jsonb_set(state, '{closedAt}', '1') where id = ${id}`
		);
		await server.restart();
		expect(await server.app.stores.workshops.byId(id)).toBeNull();
	});
});
