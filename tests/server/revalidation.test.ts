/** What is open, and who has opened it: asked again while it stays open. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { isRefusal } from '#shared/refusals.ts';
import { cofacilitators, participants, sessions, workshops } from '#server/db/schema.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { comeAda, listen, PASSWORD, type Ada, type Person } from '../support/people.ts';
import { until } from '../support/until.ts';

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp({ kit: () => {} });
});
afterAll(() => server.close());

const db = () => server.database.db;
const account = () => ({ id: ada.account, email: 'ada@example.org', name: 'ada' });

/** What somebody has open: a live socket and a board's. */
interface Open {
	heard(): boolean;
	isOpen(): boolean;
	code(): number | null;
	close(): void;
}

async function open(
	workshop: string,
	board: string,
	shows: { token?: string; cookie?: string; screen?: string }
): Promise<Open> {
	const hearing = await listen(server, workshop, shows);
	const { token, screen, cookie } = shows;
	const url = new URL(`/yjs/${board}`, server.url.replace('http', 'ws'));
	if (token) url.searchParams.set('token', token);
	if (screen) url.searchParams.set('screen', screen);
	const socket = new WebSocket(url, { headers: cookie ? { cookie, origin: server.url } : {} });
	let code: number | null = null;
	socket.on('close', (why) => (code = why));
	await until(() => socket.readyState === socket.OPEN);
	return {
		heard: () => hearing.last('access:ended') !== undefined,
		isOpen: () => hearing.socket.connected && code === null,
		code: () => (hearing.socket.connected ? null : code),
		close() {
			hearing.close();
			socket.close();
		}
	};
}

async function session(): Promise<string> {
	const done = await server.app.accounts.logIn('ada@example.org', PASSWORD, 'here');
	if (isRefusal(done)) throw new Error(done.refused);
	return `${done.cookie.name}=${done.cookie.value}`;
}

/** A workshop with a board that runs, and everybody in it has something open. */
async function house() {
	ada ??= await comeAda(server);
	const make = { title: 'A day in Dakar', agenda: ['barrier'] };
	const made = await server.app.workshops.create(account(), make);
	if (isRefusal(made)) throw new Error(made.refused);
	const owner = { role: 'facilitator', account: ada.account } as const;
	const run = (id: string, command: object) =>
		server.app.workshops.run(made.id, owner, { id, command } as never);
	await run('open-it', { type: 'open' });
	const started = await run('start-it', { type: 'start', exercise: 0 });
	const board = started.ok ? started.board! : '';
	const seat = async (): Promise<Person> => {
		const credentials = { cookies: '', token: null, screen: null, address: '' };
		const joined = await server.app.participants.join(
			{ code: made.code, name: 'Ben' },
			credentials
		);
		if (isRefusal(joined)) throw new Error(joined.refused);
		return { ...joined, cookie: `${joined.cookie.name}=${joined.cookie.value}` };
	};
	const [ben, chidi] = [await seat(), await seat()];
	const link = String(await server.app.workshops.screenLink(made.id, owner));
	const screen = new URL(link, server.url).searchParams.get('key')!;
	const comeIn = (shows: Parameters<typeof open>[2]) => open(made.id, board, shows);
	return { id: made.id, ben, chidi, screen, comeIn };
}

/** The server asks whoever is there once more. */
const askAgain = () => server.clock.advance(30_000);

test('AC33 a session that has run out has nothing open within a minute, and nobody else is disturbed', async () => {
	const { ben, screen, comeIn } = await house();
	const [over, alive] = [await session(), await session()];
	const ends = await comeIn({ cookie: over });
	const stays = await Promise.all([
		comeIn({ cookie: alive }),
		comeIn({ cookie: ben.cookie }),
		comeIn({ token: ada.token }),
		comeIn({ screen })
	]);
	const all = await db().select().from(sessions);
	const [older] = all.toSorted((a, b) => a.expiresAt - b.expiresAt);
	await db()
		.update(sessions)
		.set({ expiresAt: Date.now() - 1 })
		.where(eq(sessions.id, older!.id));
	askAgain();
	await until(() => ends.code() === 4401, {
		what: 'the sockets of a session that is over to close'
	});
	expect(ends.heard()).toBe(true);
	expect(stays.map((one) => one.isOpen())).toEqual(stays.map(() => true));
	stays.forEach((one) => one.close());
});

test('AC33 so has an API token that was revoked', async () => {
	const { comeIn } = await house();
	const token = await server.app.accounts.newToken(account(), 'a machine');
	if (isRefusal(token)) throw new Error(token.refused);
	const [ends, stays] = [await comeIn({ token }), await comeIn({ token: ada.token })];
	const known = (await server.app.accounts.tokens(account())).find(
		({ label }) => label === 'a machine'
	);
	await server.app.accounts.revokeToken(account(), known!.id);
	askAgain();
	await until(() => ends.code() === 4401);
	expect([ends.heard(), stays.isOpen()]).toEqual([true, true]);
	stays.close();
});

test('AC33 so have a removed participant, and whoever facilitates no more, told or not', async () => {
	const { id, ben, chidi, comeIn } = await house();
	const eve = await comeAda(server, 'eve@example.org');
	const place = { workshopId: id, accountId: eve.account, addedAt: 1 };
	await db().insert(cofacilitators).values(place);
	const ends = [await comeIn({ token: ben.token }), await comeIn({ token: eve.token })];
	const stays = await comeIn({ token: chidi.token });
	await db().update(participants).set({ removedAt: 1 }).where(eq(participants.id, ben.participant));
	await db().delete(cofacilitators).where(eq(cofacilitators.accountId, eve.account));
	askAgain();
	for (const one of ends) await until(() => one.code() === 4401);
	expect(stays.isOpen()).toBe(true);
	stays.close();
});

test('AC33 so has everybody of a workshop that is gone', async () => {
	const { id, ben, screen, comeIn } = await house();
	const ends = await Promise.all(
		[{ token: ben.token }, { token: ada.token }, { screen }].map(comeIn)
	);
	await db().update(workshops).set({ deletedAt: 1 }).where(eq(workshops.id, id));
	server.app.stored.forget(id);
	askAgain();
	for (const one of ends) await until(() => one.code() === 4401);
});

test('AC33 who is more than they were is let go of, too: they come back as who they are', async () => {
	const { id, comeIn } = await house();
	const dan = await comeAda(server, 'dan@example.org');
	await db().insert(cofacilitators).values({ workshopId: id, accountId: dan.account, addedAt: 1 });
	const socket = await comeIn({ token: dan.token });
	await db().update(workshops).set({ ownerId: dan.account }).where(eq(workshops.id, id));
	server.app.stored.forget(id);
	askAgain();
	await until(() => socket.code() === 4401);
	(await comeIn({ token: dan.token })).close();
});

test('AC34 what is told closes at once: logging out, and a place that has ended', async () => {
	const { id, ben, chidi, comeIn } = await house();
	const cookie = await session();
	const [hers, his, theirs] = [
		await comeIn({ cookie }),
		await comeIn({ token: ben.token }),
		await comeIn({ token: chidi.token })
	];
	server.app.news.tell({ kind: 'access-ended', workshop: id, participant: ben.participant });
	await until(() => his.code() === 4401);
	expect([his.heard(), hers.isOpen(), theirs.isOpen()]).toEqual([true, true, true]);
	server.app.news.tell({ kind: 'access-ended', workshop: 'another-one', account: ada.account });
	await server.app.accounts.logOut({ cookies: cookie, token: null, screen: null, address: '' });
	await until(() => hers.code() === 4401);
	expect(theirs.isOpen()).toBe(true);
	theirs.close();
});
