/** Links that show a summary to whoever has them, for a while. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { summaryLinks } from '#server/db/schema.ts';
import { hashOf } from '#server/doors/secrets.ts';
import type { WorkshopId } from '#shared/ids.ts';
import type { Who } from '#shared/permissions.ts';
import { isRefusal, type Refusal } from '#shared/refusals.ts';
import { MOST_LINKS } from '#shared/summary/settings.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
	ask,
	comeAda,
	join as joinRoom,
	PASSWORD,
	putCard,
	type Ada,
	type Person
} from '../support/people.ts';
import { png } from '../support/pictures.ts';
import { filesWith, tablesWith } from '../support/traces.ts';
import { until } from '../support/until.ts';

const DAY = 24 * 60 * 60 * 1000;
const CANARY = 'Zephyrine';

let server: TestApp;
let ada: Ada;
let eve: Ada;
let cookie: string;
let workshop: WorkshopId;
let code: string;
let ben: Person;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
	eve = await comeAda(server, 'eve@example.org');
	cookie = await logIn();
});
afterAll(() => server.close());
beforeEach(async () => {
	({ id: workshop, code } = await ada.open());
	ben = await joinRoom(server, code, 'Ben');
});

async function logIn(): Promise<string> {
	const done = await server.app.accounts.logIn('ada@example.org', PASSWORD, 'here');
	if (isRefusal(done)) throw new Error(done.refused);
	return `${done.cookie.name}=${done.cookie.value}`;
}
function given<T>(value: T | Refusal): T {
	if (isRefusal(value)) throw new Error(`${value.refused} ${value.detail ?? ''}`);
	return value;
}

const summaries = () => server.app.summaries;
const account = () => ({ id: ada.account, email: 'ada@example.org', name: 'ada' });
const owner = (): Who => ({ role: 'facilitator', account: ada.account });
const create = (days: unknown, more: object = {}) =>
	summaries().links.create(workshop, owner(), { days, ...more });
const revoke = (link: string, who = owner(), of = workshop) =>
	summaries().links.revoke(of, who, link);
const list = async () => given(await summaries().links.list(workshop, owner()));
const NOT_THERE = { refused: 'not-found' };

async function share(days = 7) {
	const { path, ...link } = given(await create(days));
	return { ...link, path, token: path.slice('/s/'.length) };
}

/** From another address each time, so that no limit is met. */
const follow = (token: string, address = nanoid()) => summaries().byLink(token, address);
const shows = async (token: string) => !isRefusal(await follow(token));

test('SU48 a link is good for its days, told once, kept as a hash, and there are twenty at most', async () => {
	for (const days of [0, 366, 1.5, '7', null, undefined, Number.NaN])
		expect(await create(days)).toMatchObject({ refused: 'malformed' });
	expect(await create(1, { token: 'my-own' })).toMatchObject({ refused: 'malformed' });
	const before = server.app.clock.now();
	const { token, id, createdAt, expiresAt } = await share(365);
	expect(Buffer.from(token, 'base64url')).toHaveLength(32);
	expect(createdAt).toBeGreaterThanOrEqual(before);
	expect(expiresAt - createdAt).toBe(365 * DAY);
	expect(await list()).toEqual([{ id, createdAt, expiresAt }]);
	expect(await tablesWith(server.database.db, token)).toEqual([]);
	const kept = await server.database.db
		.select({ hash: summaryLinks.hash })
		.from(summaryLinks)
		.where(eq(summaryLinks.workshopId, workshop));
	expect(kept).toEqual([{ hash: hashOf(token) }]);
	expect(await shows(hashOf(token))).toBe(false);

	const more = await Promise.all(Array.from({ length: 25 }, () => create(1)));
	const refused = more.flatMap((one) => (isRefusal(one) ? [one.refused] : []));
	expect(refused).toEqual(Array(6).fill('too-many-links'));
	expect(await list()).toHaveLength(MOST_LINKS);
	await revoke(id);
	expect(isRefusal(await create(1))).toBe(false);
	expect(await create(1)).toEqual({ refused: 'too-many-links' });
	server.clock.advance(DAY + 1000);
	cookie = await logIn();
	expect(await list()).toEqual([]);
	await share();
	expect(await list()).toHaveLength(1);
});

test('SU48 over HTTP it is answered with its path, and listed without', async () => {
	const at = `/workshops/${workshop}/summary/links`;
	const made = await ask(server.url, at, { cookie, body: { days: 3 } });
	expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'no-store']);
	const { path, ...link } = made.body;
	expect(path).toMatch(/^\/s\/[\w-]{43}$/);
	expect((await ask(server.url, at, { cookie })).body).toEqual([link]);
	const gone = await ask(server.url, `${at}/${link.id}`, { cookie, method: 'DELETE' });
	expect([gone.status, gone.body]).toEqual([200, { ok: true }]);
	expect((await ask(server.url, at, { cookie })).body).toEqual([]);
	expect((await ask(server.url, at, { cookie, body: { days: 0 } })).status).toBe(400);
	expect((await ask(server.url, at, { cookie: ben.cookie, body: { days: 1 } })).status).toBe(403);
});

test('SU49 it shows the summary as the room has seen it, also where it is not shared', async () => {
	const { board, card } = await putCard(server, { ada, workshop, by: ben, phase: 'share' });
	const { token } = await share();
	const said = async () => JSON.stringify(given(await follow(token)));
	const settings = { introduction: `${CANARY} begins`, forParticipants: false };
	await summaries().set(workshop, owner(), { version: 0, settings });
	const shown = await said();
	for (const words of ['Nobody had time', 'Ben', `${CANARY} begins`])
		expect(shown).toContain(words);
	for (const secret of ['ada@example.org', '@', ada.account, ben.participant, code])
		expect(shown).not.toContain(secret);
	await ada.command(workshop, { type: 'hide-card', board, card });
	expect(await said()).not.toContain('Nobody had time');

	await ada.command(workshop, { type: 'finish' });
	const agenda = ['barrier', 'six-ps'].map((exercise) => ({ exercise }));
	await ada.command(workshop, { type: 'set-agenda', agenda } as never);
	const { body } = await ada.command(workshop, { type: 'start', exercise: 1 });
	const titles = (parts: { board: string }[]) => parts.map((part) => part.board);
	expect(titles(given(await summaries().of(workshop, owner())).parts)).toContain(body.board);
	expect(titles(given(await follow(token)).parts)).toEqual([board]);
});

test('SU50 revoked, run out or with its workshop deleted a link shows nothing, like one that never was', async () => {
	await summaries().setLogo(workshop, owner(), png(4, 4));
	const [gone, old, left] = [await share(), await share(1), await share()];
	for (const { token } of [gone, old, left]) expect(await shows(token)).toBe(true);
	await revoke(gone.id);
	server.clock.advance(old.expiresAt - server.app.clock.now());
	for (const token of [gone.token, old.token, 'never', '', '\0', '%', 'x'.repeat(10_000)]) {
		expect(await follow(token)).toEqual(NOT_THERE);
		expect(await summaries().logoByLink(token, nanoid())).toEqual(NOT_THERE);
	}
	expect(await summaries().logoByLink(left.token, 'far')).toMatchObject({ type: 'image/png' });
	cookie = await logIn();

	const { remove, restore } = server.app.workshops;
	await remove(workshop, account());
	expect(await follow(left.token)).toEqual(NOT_THERE);
	expect(await summaries().links.list(workshop, owner())).toEqual(NOT_THERE);
	await restore(workshop, account());
	expect(await shows(left.token)).toBe(true);
});

test('SU50 only a facilitator of its workshop revokes a link; another’s is answered like none', async () => {
	const { id, token } = await share();
	const { id: hers } = await eve.open();
	const evesOwn: Who = { role: 'facilitator', account: eve.account };
	const answers = await Promise.all(
		[id, 'no-such-link', 'a\0b'].map((link) => revoke(link, evesOwn, hers))
	);
	expect(answers).toEqual([true, true, true]);
	for (const who of [
		{ role: 'participant', participant: ben.participant },
		{ role: 'screen' },
		{ role: 'visitor' }
	] satisfies Who[])
		expect(await revoke(id, who)).toEqual({ refused: 'not-allowed' });
	expect(await shows(token)).toBe(true);
	const cofacilitator: Who = { role: 'co-facilitator', account: eve.account };
	expect(await revoke(id, cofacilitator)).toBe(true);
	expect(await shows(token)).toBe(false);
});

test('SU56 what was gathered for a link that was taken back meanwhile is not shown', async () => {
	const { id, token } = await share();
	const asker = {
		still: async () => {
			await revoke(id);
			return null;
		}
	};
	expect(await summaries().byLink(token, nanoid(), asker)).toEqual(NOT_THERE);
});

test('SU51 who guesses at links waits, with right ones too; codes are counted apart', async () => {
	const { token } = await share();
	const [guesser, other] = [nanoid(), nanoid()];
	for (let i = 0; i < 20; i++) expect(await follow(`guess-${i}`, guesser)).toEqual(NOT_THERE);
	expect(await follow('one-more', guesser)).toEqual({ refused: 'too-many-tries' });
	expect(await follow(token, guesser)).toEqual({ refused: 'too-many-tries' });
	expect(await summaries().logoByLink(token, guesser)).toEqual({ refused: 'too-many-tries' });
	expect(isRefusal(await follow(token, other))).toBe(false);
	const credentials = { cookies: '', token: null, screen: null, address: guesser };
	expect(await server.app.workshops.byCode(code, credentials)).toMatchObject({ id: workshop });
});

test('SU52 what a link answers is kept, listed and told by nobody', async () => {
	await summaries().setLogo(workshop, owner(), png(4, 4));
	const { path } = await share();
	for (const [at, status] of [
		[path, 200],
		[`${path}/__data.json`, 200],
		[`${path}/logo`, 200],
		[`/%73${path.slice(2)}/logo`, 200],
		['/s/wrong', 404],
		['/s/wrong/logo', 404]
	] as const)
		for (const shown of [{}, { cookie }, { cookie: ben.cookie }]) {
			const answer = await ask(server.url, at, shown);
			expect([at, answer.status]).toEqual([at, status]);
			expect(Object.fromEntries(answer.headers)).toMatchObject({
				'cache-control': 'no-store',
				'referrer-policy': 'no-referrer',
				'x-robots-tag': 'noindex',
				'x-content-type-options': 'nosniff'
			});
			expect(answer.headers.get('set-cookie')).toBeNull();
		}
	expect(server.log.join('')).not.toContain(path.slice('/s/'.length));
});

test('SU53 deeds are in the audit list, by whom, and no word; where its line cannot be written, nothing is done', async () => {
	const told = async () => {
		const lines = given(await server.app.workshops.audit(workshop, owner()));
		return lines.map(({ by, deed, about }) => [by, deed, about]).slice(0, -2);
	};
	const beside: Who = { role: 'co-facilitator', account: eve.account };
	const change = async (who: Who, version: number) =>
		summaries().set(workshop, who, { version, settings: { introduction: CANARY } });
	await change(owner(), 0);
	await change(owner(), 0); // too late
	await change(owner(), 1);
	await change(beside, 2);
	await summaries().setLogo(workshop, owner(), png(4, 4));
	await summaries().setLogo(workshop, owner(), null);
	const { id: link, token } = await share(7);
	await revoke(link);
	await revoke(link);
	server.clock.advance(10 * 60_000);
	await change(owner(), 3);
	expect(await told()).toEqual([
		['ada', 'changed-summary', {}],
		['ada', 'revoked-summary-link', { link }],
		['ada', 'shared-summary', { link, days: 7 }],
		['ada', 'changed-summary', { logo: false }],
		['ada', 'changed-summary', { logo: true }],
		['eve', 'changed-summary', {}],
		['ada', 'changed-summary', {}]
	]);
	for (const words of [CANARY, token, hashOf(token)])
		expect(await tablesWith(server.database.db, words)).not.toContain('audit');

	const kept = await share();
	const before = await summaries().settings(workshop, owner());
	server.clock.advance(10 * 60_000);
	const { db } = server.database;
	await db.execute(sql`alter table audit rename to audit_away`);
	try {
		await expect(change(owner(), 4)).rejects.toThrow();
		await expect(summaries().setLogo(workshop, owner(), png(4, 4))).rejects.toThrow();
		await expect(create(1)).rejects.toThrow();
		await expect(revoke(kept.id)).rejects.toThrow();
	} finally {
		await db.execute(sql`alter table audit_away rename to audit`);
	}
	expect(await summaries().settings(workshop, owner())).toEqual(before);
	expect((await list()).map(({ id }) => id)).toEqual([kept.id]);
});

test('SU54 a workshop that goes takes settings, logo and links along, from tables and files', async () => {
	const words = `${CANARY} at the end`;
	const settings = { introduction: words, organisation: 'Association' };
	await summaries().set(workshop, owner(), { version: 0, settings });
	await summaries().setLogo(workshop, owner(), png(4, 4));
	const link = await share();
	const taken = async () => JSON.stringify(await server.app.accounts.dataOf(account()));
	expect(await taken()).toContain(`"introduction":"${words}"`);
	expect(await taken()).toContain(new Date(link.expiresAt).toISOString());
	for (const secret of [link.token, hashOf(link.token)])
		expect(await taken()).not.toContain(secret);
	expect(await tablesWith(server.database.db, words)).toContain('summaries');
	await server.app.workshops.remove(workshop, account());
	server.clock.advance(61_000);
	const { byId } = server.app.stores.workshops;
	await until(async () => (await byId(workshop)) === null, { what: 'the workshop to be gone' });
	const { databaseUrl, db, dir } = server.database;
	await until(() => !existsSync(join(dir, 'erasing')), { what: 'clean files' });
	for (const trace of [words, hashOf(link.token)]) {
		expect(await tablesWith(db, trace)).toEqual([]);
		expect(databaseUrl ? [] : filesWith(dir, trace)).toEqual([]);
	}
	expect(await shows(link.token)).toBe(false);
});
