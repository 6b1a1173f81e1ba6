/** Cleo facilitates beside Ada: invited by a link, and let go again. */
import { once } from 'node:events';
import { nanoid } from 'nanoid';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Account } from '#server/app.ts';
import { cofacilitatorInvites } from '#server/db/schema.ts';
import { hashOf } from '#server/doors/secrets.ts';
import type { Command } from '#shared/facilitation/commands.ts';
import type { Who } from '#shared/permissions.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { isRefusal } from '#shared/refusals.ts';
import { CLOSE } from '#shared/wire/close-codes.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, join, listen, PASSWORD, write, type Ada } from '../support/people.ts';
import { until } from '../support/until.ts';

const DAY = 24 * 60 * 60 * 1000;

let server: TestApp;
let ada: Ada;
let cleo: Ada;
let dan: Ada;
const cookies = new Map<string, string>();
let workshop: WorkshopId;
let code: string;
beforeAll(async () => {
	server = await startTestApp({ environment: { METRICS: 'on' } });
	ada = await comeAda(server);
	cleo = await comeAda(server, 'cleo@example.org');
	dan = await comeAda(server, 'dan@example.org');
	for (const [name, { account }] of Object.entries({ ada, cleo, dan })) {
		const logIn = await server.app.accounts.logIn(`${name}@example.org`, PASSWORD, 'here');
		if (isRefusal(logIn)) throw new Error(logIn.refused);
		cookies.set(account, `${logIn.cookie.name}=${logIn.cookie.value}`);
	}
});
afterAll(() => server.close());
beforeEach(async () => {
	({ id: workshop, code } = await ada.open());
});

const cofacilitators = () => server.app.workshops.cofacilitators;
const owner = (): Who => ({ role: 'facilitator', account: ada.account });
const beside = (): Who => ({ role: 'co-facilitator', account: cleo.account });
const accountOf = ({ account }: Ada): Account => ({ id: account, email: '', name: '' });
const cookieOf = ({ account }: Ada) => cookies.get(account)!;
const who = (cookie: string, as?: 'participant') =>
	server.app.workshops.who(workshop, {
		cookies: cookie,
		token: null,
		screen: null,
		address: '',
		as
	});

async function invite(): Promise<string> {
	const path = await cofacilitators().invite(workshop, owner());
	if (isRefusal(path)) throw new Error(path.refused);
	return path.replace('/cofacilitate/', '');
}
const add = async (one: Ada) => cofacilitators().accept(await invite(), accountOf(one));

test('CO25 a link is the owner’s to give, good once and for a week, and kept as a hash', async () => {
	const visitors: Who[] = [
		beside(),
		{ role: 'participant', participant: 'x' },
		{ role: 'visitor' }
	];
	for (const one of visitors)
		expect(await cofacilitators().invite(workshop, one)).toEqual({ refused: 'not-allowed' });
	const token = await invite();
	expect(await cofacilitators().peek(token)).toEqual({ workshop, title: 'A day in Dakar' });
	const kept = await server.database.db.select().from(cofacilitatorInvites);
	expect(kept.map(({ hash }) => hash)).toEqual([hashOf(token)]);

	const both = await Promise.all(
		[cleo, dan].map((one) => cofacilitators().accept(token, accountOf(one)))
	);
	expect(both.filter((one) => one === workshop)).toHaveLength(1);
	expect(both.filter(isRefusal)).toEqual([{ refused: 'link-used' }]);
	expect(await cofacilitators().peek(token)).toBeNull();

	const old = await invite();
	server.clock.advance(7 * DAY + 1000);
	expect(await cofacilitators().peek(old)).toBeNull();
	const other = both[0] === workshop ? dan : cleo;
	expect(await cofacilitators().accept(old, accountOf(other))).toEqual({ refused: 'link-used' });
	expect(await cofacilitators().accept('made-up', accountOf(other))).toEqual({
		refused: 'link-used'
	});
});

test('CO26 who follows it has the workshop in their list; the owner’s own click uses nothing up', async () => {
	const token = await invite();
	expect(await cofacilitators().accept(token, accountOf(ada))).toBe(workshop);
	expect(await cofacilitators().list(workshop, owner())).toEqual([]);
	expect(await cofacilitators().accept(token, accountOf(cleo))).toBe(workshop);
	expect(await cofacilitators().accept(token, accountOf(cleo))).toBe(workshop);
	const added = {
		account: cleo.account,
		name: expect.any(String),
		email: 'cleo@example.org',
		addedAt: expect.any(Number)
	};
	for (const one of [owner(), beside()])
		expect(await cofacilitators().list(workshop, one)).toEqual([added]);
	const { id: own } = await cleo.open();
	const hers = await server.app.workshops.list(accountOf(cleo));
	expect(hers.slice(0, 2).map(({ id, role }) => [id, role])).toEqual([
		[own, 'facilitator'],
		[workshop, 'co-facilitator']
	]);
	const mine = await server.app.workshops.list(accountOf(ada));
	expect(mine.find(({ id }) => id === workshop)?.role).toBe('facilitator');
});

test('CO27 they do all but delete, invite and change how long it is kept', async () => {
	await add(cleo);
	expect(await who(cookieOf(cleo))).toEqual(beside());
	expect((await who(cookieOf(dan))).role).toBe('visitor');
	const desk = await listen(server, workshop, { cookie: cookieOf(cleo) });
	expect(desk.state().role).toBe('co-facilitator');
	const ben = await join(server, code, 'Ben');
	const commands: Command[] = [
		{ type: 'rename', title: 'Another day' },
		{ type: 'start', exercise: 0, board: nanoid() },
		{ type: 'go', phase: 'write' },
		{ type: 'change-code' },
		{ type: 'remove-person', person: ben.participant, cards: 'stay' }
	];
	for (const command of commands) expect(await desk.send(command)).toMatchObject({ ok: true });
	await until(() => desk.last('roster:changed')?.[0].length === 0);
	const [board] = desk.state().boards;
	(await write(server, board!.id, cleo.token)).close();
	const screen = await server.app.workshops.screenLink(workshop, beside());
	expect(isRefusal(screen)).toBe(false);

	expect(await desk.send({ type: 'set-retention', days: 1 })).toMatchObject({
		refusal: 'not-allowed'
	});
	const path = `/workshops/${workshop}/cofacilitators`;
	const cookie = cookieOf(cleo);
	expect((await ask(server.url, path, { cookie, method: 'POST' })).status).toBe(403);
	const removed = await server.app.workshops.remove(workshop, accountOf(cleo));
	expect(removed).toMatchObject({ refused: expect.any(String) });
	expect(await server.app.stored.load(workshop)).not.toBeNull();
	desk.close();
});

test('CO27 nor is what they may not do taken back by them, or by a token, but by the owner', async () => {
	await add(cleo);
	const [hers, mine] = [
		await listen(server, workshop, { cookie: cookieOf(cleo) }),
		await listen(server, workshop, { cookie: cookieOf(ada) })
	];
	const days = async () => (await server.app.stored.load(workshop))!.state.retentionDays;
	const before = await days();
	expect(await mine.send({ type: 'set-retention', days: 1 })).toMatchObject({ ok: true });
	await until(() => [hers, mine].every((one) => one.state().retentionDays === 1));
	expect([hers, mine].map((one) => one.state().undo)).toEqual([null, 'set-retention']);
	expect(await hers.send({ type: 'undo' })).toMatchObject({ refusal: 'not-allowed' });
	const byToken = await ada.command(workshop, { type: 'undo' });
	expect([byToken.status, await days()]).toEqual([403, 1]);
	// Their own step on top of it is theirs to take back, and what is below stays.
	await hers.send({ type: 'rename', title: 'Another day' });
	expect(await hers.send({ type: 'undo' })).toMatchObject({ ok: true });
	expect(await hers.send({ type: 'undo' })).toMatchObject({ refusal: 'not-allowed' });
	expect(await mine.send({ type: 'undo' })).toMatchObject({ ok: true });
	expect(await days()).toBe(before);
	for (const one of [hers, mine]) one.close();
});

test('CO27 who has joined as well is the participant there, and facilitates everywhere else', async () => {
	await add(cleo);
	const seat = await join(server, code, 'Cleo, at a table');
	const both = `${cookieOf(cleo)}; ${seat.cookie}`;
	expect(await who(both)).toEqual(beside());
	expect(await who(both, 'participant')).toEqual({
		role: 'participant',
		participant: seat.participant
	});
});

test('CO28 the owner lets go of anyone, they of themselves, and all they have open closes', async () => {
	await add(cleo);
	await add(dan);
	const board = await ada.run(workshop);
	const { id: own } = await cleo.open();
	const [desk, elsewhere, mine] = [
		await listen(server, workshop, { cookie: cookieOf(cleo) }),
		await listen(server, own, { cookie: cookieOf(cleo) }),
		await listen(server, workshop, { cookie: cookieOf(ada) })
	];
	const url = `${server.url.replace('http', 'ws')}/yjs/${board}`;
	const socket = new WebSocket(`${url}?token=${cleo.token}`);
	const closed = once(socket, 'close');
	await once(socket, 'open');

	const danBeside: Who = { role: 'co-facilitator', account: dan.account };
	expect(await cofacilitators().revoke(workshop, danBeside, cleo.account)).toEqual({
		refused: 'not-allowed'
	});
	expect(await cofacilitators().revoke(workshop, owner(), 'nobody')).toEqual({
		refused: 'no-such-person'
	});
	expect(await cofacilitators().revoke(workshop, owner(), ada.account)).toEqual({
		refused: 'no-such-person'
	});
	expect(await cofacilitators().revoke(workshop, owner(), cleo.account)).toBe(true);
	await until(() => desk.last('access:ended') && desk.socket.disconnected);
	expect((await closed)[0]).toBe(CLOSE.unauthenticated);
	expect((await who(cookieOf(cleo))).role).toBe('visitor');
	await expect(listen(server, workshop, { cookie: cookieOf(cleo) })).rejects.toThrow();
	const hers = await server.app.workshops.list(accountOf(cleo));
	expect(hers.map(({ id }) => id)).not.toContain(workshop);
	expect([elsewhere, mine].every((one) => one.socket.connected)).toBe(true);

	const path = `/workshops/${workshop}/cofacilitators`;
	const leaving = { cookie: cookieOf(dan), method: 'DELETE' };
	const left = await ask(server.url, `${path}/${dan.account}`, leaving);
	expect([left.status, left.body]).toEqual([200, { ok: true }]);
	const list = await ask(server.url, path, { cookie: cookieOf(ada) });
	expect([list.status, list.body]).toEqual([200, []]);
	const link = await ask(server.url, path, { cookie: cookieOf(ada), method: 'POST' });
	expect(link.body['path']).toMatch(/^\/cofacilitate\/[\w-]{43}$/);
	for (const one of [desk, elsewhere, mine]) one.close();
});

test('CO28 nothing more is taken of a device that will not hear it', async () => {
	await add(cleo);
	const board = await ada.run(workshop);
	const writing = await write(server, board, cleo.token);
	const open = () => server.app.metrics()?.match(/^plenary_board_sockets (\d+)$/m)?.[1];
	expect(open()).toBe('2');
	const { notebook } = writing.providers;
	notebook.shouldConnect = false;
	(notebook.ws as unknown as WebSocket).pause(); // its goodbye stays unread
	await cofacilitators().revoke(workshop, owner(), cleo.account);
	writing.put('Written after it');
	await until(() => open() === '0', { what: 'the sockets to be over' });
	expect(await server.app.rooms.counts(board)).toMatchObject({ cards: 0 });
	writing.close();
});

test('CO28 nor is a command carried out that was waiting for its turn', async () => {
	await add(cleo);
	const { run } = server.app.workshops;
	const give = (command: Command) => run(workshop, beside(), { id: nanoid(), command });
	expect(await give({ type: 'rename', title: 'Another day' })).toMatchObject({ ok: true });
	await cofacilitators().revoke(workshop, owner(), cleo.account);
	expect(await give({ type: 'change-code' })).toEqual({ ok: false, refusal: 'unauthenticated' });
	expect((await server.app.stored.load(workshop))?.code).toBe(code);
});

test('CO28 who was let go comes back by no other invitation; who leaves ends nobody’s', async () => {
	await add(cleo);
	const kept = await invite();
	await cofacilitators().revoke(workshop, beside(), cleo.account);
	expect(await cofacilitators().peek(kept)).toMatchObject({ workshop });
	await add(cleo);
	await cofacilitators().revoke(workshop, owner(), cleo.account);
	expect(await cofacilitators().peek(kept)).toBeNull();
	expect(await cofacilitators().accept(kept, accountOf(cleo))).toEqual({ refused: 'link-used' });
});

test('CO24 who was let go has a room screen’s link that opens nothing any more', async () => {
	const link = async (of: Who) =>
		String(await server.app.workshops.screenLink(workshop, of)).split('key=')[1]!;
	await add(cleo);
	await add(dan);
	const screen = await link(beside());
	const danBeside: Who = { role: 'co-facilitator', account: dan.account };
	await cofacilitators().revoke(workshop, danBeside, dan.account);
	const wall = await listen(server, workshop, { screen }); // nobody has thrown Dan out
	const board = await ada.run(workshop);
	const socket = new WebSocket(
		`${server.url.replace('http', 'ws')}/yjs/${board}?screen=${encodeURIComponent(screen)}`
	);
	const closed = once(socket, 'close');
	await once(socket, 'open');
	await cofacilitators().revoke(workshop, owner(), cleo.account);
	await until(() => wall.last('access:ended') && wall.socket.disconnected);
	expect((await closed)[0]).toBe(CLOSE.unauthenticated);
	await expect(listen(server, workshop, { screen })).rejects.toThrow('unauthenticated');
	expect(await link(beside())).not.toBe(screen);
	await ada.command(workshop, { type: 'close-doors' });
	(await listen(server, workshop, { screen: await link(owner()) })).close();
	await server.restart();
	(await listen(server, workshop, { screen: await link(owner()) })).close();
});

test('CO29 owner and co-facilitator who press next at once make one step', async () => {
	await add(cleo);
	await ada.run(workshop);
	const desks = await Promise.all(
		[ada, cleo].map((one) => listen(server, workshop, { cookie: cookieOf(one) }))
	);
	const { version } = desks[0]!.state();
	const outcomes = await Promise.all(desks.map((desk) => desk.send({ type: 'next' }, { version })));
	expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
	expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ refusal: 'moved-on' });
	await until(() => desks.every((desk) => desk.state().boards[0]!.phase === 'share'));
	for (const desk of desks) desk.close();
});
