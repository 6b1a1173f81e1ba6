/** The doors of a workshop: closed to newcomers, and under another code. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { freshCode } from '#server/doors/codes.ts';
import type { Command } from '#shared/facilitation/commands.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, join, listen, type Ada, type Person } from '../support/people.ts';
import { until } from '../support/until.ts';

const YEAR = 365 * 24 * 60 * 60 * 1000;

let server: TestApp;
let ada: Ada;
let workshop: WorkshopId;
let code: string;
let ben: Person;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());
beforeEach(async () => {
	({ id: workshop, code } = await ada.open());
	ben = await join(server, code, 'Ben');
});

const command = (type: 'close-doors' | 'open-doors' | 'change-code') =>
	ada.command(workshop, { type } satisfies Command);
const knock = (
	body: { code: string; name?: string },
	by: { cookie?: string; token?: string } = {}
) => ask(server.url, '/api/v1/join', { body, ...by });
const nobody = { cookies: '', token: null, screen: null, address: 'here' };
const newCode = async () => (await server.app.stored.load(workshop))!.code;

test('CO20 closed doors let nobody new in, and everybody sees that they are', async () => {
	const his = await listen(server, workshop, ben);
	expect(his.state().doors).toBe('open');
	await command('close-doors');
	await until(() => his.state().doors === 'closed');
	expect((await knock({ code, name: 'Eve' })).body.error).toMatchObject({ code: 'doors-closed' });
	expect(await server.app.workshops.byCode(code, nobody)).toEqual({ refused: 'doors-closed' });
	expect(await server.app.stores.participants.people(workshop)).toHaveLength(1);
	const page = await ask(server.url, `/?code=${code}`);
	expect(page.body['text']).toContain('The doors of this workshop are closed');
	const wrong = code.replace(/.$/, code.endsWith('2') ? '3' : '2');
	expect((await knock({ code: wrong, name: 'Eve' })).body.error.code).toBe('wrong-code');
	await command('open-doors');
	expect((await knock({ code, name: 'Eve' })).status).toBe(200);
	await until(() => his.state().doors === 'open');
	his.close();
});

test('CO21 who has joined comes back through closed doors', async () => {
	await command('close-doors');
	for (const by of [{ cookie: ben.cookie }, { token: ben.token }]) {
		const back = await knock({ code }, by);
		expect(back.body).toMatchObject({ participant: ben.participant });
	}
	const door = await ask(server.url, `/?code=${code}`, { cookie: ben.cookie });
	expect(door.headers.get('location')).toBe(`/p/${workshop}`);
	const his = await listen(server, workshop, ben);
	his.close();
});

test('CO22 another code is everybody’s at once, and the old one dead', async () => {
	const [desk, his] = [await listen(server, workshop, ada), await listen(server, workshop, ben)];
	expect((await command('change-code')).status).toBe(200);
	const now = await newCode();
	expect(now).not.toBe(code);
	for (const one of [desk, his]) await until(() => one.state().code === now);
	expect((await knock({ code, name: 'Eve' })).body.error.code).toBe('wrong-code');
	expect((await knock({ code: now, name: 'Eve' })).body).toMatchObject({ workshop });
	expect((await knock({ code: now }, { token: ben.token })).body.participant).toBe(ben.participant);
	const written = await server.app.stores.workshops.byId(workshop);
	expect(written).toMatchObject({ code: now, version: desk.state().version });
	for (const one of [desk, his]) one.close();
});

test('CO23 an old code is nobody’s for a year', async () => {
	await command('change-code');
	const { workshops } = server.app.stores;
	const now = server.clock.now();
	const isFree = (one: string, at = now) => workshops.codeIsFree(one, at);
	expect([await isFree(code), await isFree(await newCode())]).toEqual([false, false]);
	expect(await isFree(code, now + YEAR - 60_000)).toBe(false);
	expect(await isFree(code, now + YEAR + 60_000)).toBe(true);

	const gone = await ada.open();
	const owner = { id: ada.account, email: 'ada@example.org', name: 'Ada' };
	expect(await server.app.workshops.remove(gone.id, owner)).toBe(true);
	server.clock.advance(2 * 60_000);
	await until(async () => (await workshops.byId(gone.id)) === null, { what: 'it to be gone' });
	expect(await isFree(gone.code)).toBe(false);

	const asked: string[] = [];
	const given = await freshCode(
		{ codeIsFree: async (one) => asked.push(one) === 3 },
		server.clock.now()
	);
	expect(asked).toHaveLength(3);
	expect(given).toBe(asked.at(-1));
});

test('CO24 the room screen goes on under another code, and its link is the same', async () => {
	const who = { role: 'facilitator', account: ada.account } as const;
	const { workshops } = server.app;
	const link = String(await workshops.screenLink(workshop, who));
	const key = new URL(link, server.url).searchParams.get('key')!;
	const wall = await listen(server, workshop, { screen: key });
	await command('change-code');
	const now = await newCode();
	await until(() => wall.state().code === now);
	expect(await workshops.screenLink(workshop, who)).toBe(link);
	const page = await ask(server.url, link);
	expect(page.status).toBe(200);
	expect(page.body['text']).toContain(`code:"${now}"`);
	expect(page.body['text']).not.toContain(`code:"${code}"`);
	expect(await workshops.byScreen(workshop, `${key}x`)).toBeNull();
	expect(await workshops.byScreen(code, key)).toBeNull();
	expect((await ask(server.url, `/screen/${workshop}`)).status).toBe(404);
	wall.close();
});
