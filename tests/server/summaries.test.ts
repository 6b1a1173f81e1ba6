/** The server's side of summaries: what facilitators make of them, who may see them, and links. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { WorkshopId } from '#shared/ids.ts';
import type { Who } from '#shared/permissions.ts';
import { isRefusal, type Refusal } from '#shared/refusals.ts';
import { WHOLE_SUMMARY, type SummarySettings } from '#shared/summary/settings.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
	ask,
	comeAda,
	join,
	PASSWORD,
	putCard,
	write,
	type Ada,
	type Person
} from '../support/people.ts';
import { jpeg, png } from '../support/pictures.ts';
import { until } from '../support/until.ts';

let server: TestApp;
let ada: Ada;
let eve: Ada;
let cookie: string;
let workshop: WorkshopId;
let ben: Person;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
	eve = await comeAda(server, 'eve@example.org');
	cookie = await cookieOf('ada@example.org');
});
afterAll(() => server.close());
beforeEach(async () => {
	const opened = await ada.open();
	workshop = opened.id;
	ben = await join(server, opened.code, 'Ben');
});

const summaries = () => server.app.summaries;
const owner = (): Who => ({ role: 'facilitator', account: ada.account });
const asBen = (): Who => ({ role: 'participant', participant: ben.participant });
const nobodies: Who[] = [{ role: 'screen' }, { role: 'visitor' }];

async function cookieOf(email: string): Promise<string> {
	const logIn = await server.app.accounts.logIn(email, PASSWORD, 'here');
	if (isRefusal(logIn)) throw new Error(logIn.refused);
	return `${logIn.cookie.name}=${logIn.cookie.value}`;
}

function given<T>(value: T | Refusal): T {
	if (isRefusal(value)) throw new Error(`${value.refused} ${value.detail ?? ''}`);
	return value;
}

const path = (rest: string, of = workshop) => `/workshops/${of}/summary/${rest}`;
const put = (version: number, settings: Partial<SummarySettings>, as = cookie) =>
	ask(server.url, path('settings'), { method: 'PUT', cookie: as, body: { version, settings } });
const standing = async () => given(await summaries().settings(workshop, owner()));
const set = async (settings: Partial<SummarySettings>) =>
	given(
		await summaries().set(workshop, owner(), { version: (await standing()).version, settings })
	);
const setLogo = (bytes: Uint8Array | null) => summaries().setLogo(workshop, owner(), bytes);
async function share() {
	const link = given(await summaries().links.create(workshop, owner(), { days: 7 }));
	return { token: link.path.slice('/s/'.length) };
}

/** What the summary says, as one text. */
const said = async (who: Who = owner(), whole?: boolean) =>
	JSON.stringify(given(await summaries().of(workshop, who, whole)));
const saidBy = async (token: string) =>
	JSON.stringify(given(await summaries().byLink(token, 'far')));

/** Over HTTP, as a browser asks for a picture. */
const get = (of: string, as?: string, more: Record<string, string> = {}) =>
	fetch(server.url + of, { headers: { ...(as ? { cookie: as } : {}), ...more } });

test('SU40 nobody but who facilitates reads or changes settings, logo and links', async () => {
	const { id: hers } = await eve.open();
	for (const who of [asBen(), ...nobodies]) {
		const { links } = summaries();
		expect(await summaries().settings(workshop, who)).toEqual({ refused: 'not-allowed' });
		expect(await summaries().set(workshop, who, { version: 0, settings: {} })).toEqual({
			refused: 'not-allowed'
		});
		expect(await summaries().setLogo(workshop, who, png(4, 4))).toEqual({ refused: 'not-allowed' });
		expect(await links.list(workshop, who)).toEqual({ refused: 'not-allowed' });
		expect(await links.create(workshop, who, { days: 1 })).toEqual({ refused: 'not-allowed' });
		expect(await links.revoke(workshop, who, 'some-link')).toEqual({ refused: 'not-allowed' });
	}
	const body = { version: 0, settings: { place: 'Elsewhere' } };
	const asking = { method: 'PUT', body } as const;
	for (const [as, status] of [
		[{ cookie: ben.cookie }, 403],
		[{ token: ada.token }, 403],
		[{}, 401],
		[{ cookie: await cookieOf('eve@example.org') }, 404]
	] as const)
		expect((await ask(server.url, path('settings'), { ...asking, ...as })).status).toBe(status);
	expect((await ask(server.url, path('settings', hers), { ...asking, cookie })).status).toBe(404);
	expect((await standing()).version).toBe(0);
});

test('SU41 of two facilitators who save at once one is saved, the other hears what stands', async () => {
	const both = await Promise.all([put(0, { place: 'Dakar' }), put(0, { place: 'Thiès' })]);
	expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
	const [saved, late] = both.toSorted((a, b) => a.status - b.status);
	expect(saved!.body).toMatchObject({ saved: true, version: 1 });
	expect(late!.body).toEqual({ ...saved!.body, saved: false });
	expect(await standing()).toMatchObject({ version: 1, settings: saved!.body['settings'] });

	expect(await put(7, { place: 'From the future' })).toMatchObject({ status: 409 });
	expect(await put(1, { place: 'Kaolack' })).toMatchObject({ status: 200, body: { version: 2 } });
	await setLogo(png(4, 4));
	expect(await standing()).toMatchObject({
		version: 2,
		settings: { place: 'Kaolack' },
		logo: true
	});
	await server.restart();
	expect(await standing()).toMatchObject({ version: 2, settings: { place: 'Kaolack' } });
});

test('SU41 a logo that comes first leaves the first settings to be saved', async () => {
	await setLogo(png(4, 4));
	expect(await put(3, { place: 'Too early' })).toMatchObject({ status: 409, body: { version: 0 } });
	expect(await put(0, { place: 'Dakar' })).toMatchObject({ status: 200, body: { version: 1 } });
});

test('SU42 what cannot be read or is too long changes nothing; words stay as they were typed', async () => {
	const wrong: unknown[] = [
		undefined,
		null,
		[],
		'settings',
		{},
		{ version: 0 },
		{ version: -1, settings: {} },
		{ version: 0.5, settings: {} },
		{ version: '0', settings: {} },
		{ version: 0, settings: { introduction: 'x'.repeat(10_001) } },
		{ version: 0, settings: { place: 'x'.repeat(201) } },
		{ version: 0, settings: { cards: ['no'] } },
		{ version: 0, settings: { cards: ['constructor'] } },
		{ version: 0, settings: { leftOut: Array(501).fill('did') } },
		{ version: 0, settings: { paper: 'a3' } },
		{ version: 0, settings: { unheardOf: true } },
		{ version: 0, settings: {}, more: 1 }
	];
	for (const one of wrong)
		expect(await summaries().set(workshop, owner(), one)).toMatchObject({ refused: 'malformed' });
	expect(await standing()).toMatchObject({ version: 0, settings: WHOLE_SUMMARY });
	const words = '#set page(); <b>=SUM(A1)</b> \u202eRTL 漢字 👩🏽‍🚀\r\n\t“q”\u0007';
	const answer = await put(0, { introduction: `${words}\0\ud800`, conclusions: words });
	expect(answer.body['settings']).toMatchObject({ conclusions: words });
	const { introduction } = (await standing()).settings;
	expect(introduction).toBe((answer.body['settings'] as SummarySettings).introduction);
	expect(introduction.startsWith(words)).toBe(true);
	expect(introduction).not.toContain('\0');
	expect(introduction.isWellFormed()).toBe(true);
	expect(await put(1, 'none' as never)).toMatchObject({ status: 400 });
});

test('SU44 a logo is served as what it is, and asked for again each time', async () => {
	const bytes = png(30, 20);
	const sent = await fetch(server.url + path('logo'), {
		method: 'PUT',
		headers: { cookie, origin: server.url, 'content-type': 'text/html' },
		body: new Uint8Array(bytes)
	});
	expect(await sent.json()).toEqual({ ok: true });
	for (const [of, as] of [
		[path('logo'), cookie],
		[`/p/${workshop}/summary/logo`, ben.cookie]
	] as const) {
		const shown = await get(of, as);
		expect(new Uint8Array(await shown.arrayBuffer())).toEqual(bytes);
		const { headers } = shown;
		expect(Object.fromEntries(headers)).toMatchObject({
			'content-type': 'image/png',
			'x-content-type-options': 'nosniff',
			'cache-control': 'private, no-cache',
			'content-security-policy': expect.stringContaining("default-src 'none'") as string
		});
		const again = { 'if-none-match': headers.get('etag')! };
		expect((await get(of, as, again)).status).toBe(304);
		expect((await get(of, undefined, again)).status).toBe(401);
	}
	const { etag } = given(await summaries().logo(workshop, owner()))!;
	const body = '<svg xmlns="http://www.w3.org/2000/svg"/>';
	const other = await ask(server.url, path('logo'), { method: 'PUT', cookie, body });
	expect([other.status, other.body.error.code]).toEqual([400, 'unfit-logo']);
	expect((await get(path('logo'), cookie, { 'if-none-match': etag })).status).toBe(304);
	expect(await setLogo(jpeg())).toBe(true);
	const changed = await get(path('logo'), cookie, { 'if-none-match': etag });
	expect([changed.status, changed.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
	const away = await ask(server.url, path('logo'), { method: 'DELETE', cookie });
	expect([away.status, away.body]).toEqual([200, { ok: true }]);
	expect((await get(path('logo'), cookie)).status).toBe(404);
});

test('SU45 where it is not shared participants are refused it, and told whom to ask', async () => {
	const { board } = await putCard(server, { ada, workshop, by: ben, phase: 'share' });
	await setLogo(png(4, 4));
	const api = '/api/v1';
	const asked = [
		`${api}/workshops/${workshop}/export.csv`,
		`${api}/boards/${board}/export.csv`,
		`/p/${workshop}/summary/logo`
	];
	const statuses = async () => {
		const answers = asked.map((of) => ask(server.url, of, { cookie: ben.cookie }));
		return (await Promise.all(answers)).map(({ status }) => status);
	};
	expect(await statuses()).toEqual([200, 200, 200]);
	expect(await said(asBen())).toContain('Nobody had time');
	await set({ forParticipants: false });
	expect(await statuses()).toEqual([403, 403, 403]);
	expect(await summaries().of(workshop, asBen())).toEqual({ refused: 'not-shared' });
	const { body } = await ask(server.url, asked[0]!, { token: ben.token });
	expect(body.error).toMatchObject({
		code: 'not-shared',
		message: expect.stringMatching(/Ask the facilitator/) as string
	});
	expect((await ask(server.url, asked[0]!, { token: ada.token })).status).toBe(200);
	expect(await said()).toContain('Nobody had time');
	const own = await ask(server.url, `/p/${workshop}/data.json`, { cookie: ben.cookie });
	expect(own.status).toBe(200);
	for (const who of nobodies) expect(isRefusal(await summaries().of(workshop, who))).toBe(true);
});

test('SU46 it is made at any moment, and nothing hidden or private is in it', async () => {
	const account = { id: ada.account, email: 'ada@example.org', name: 'ada' };
	const draft = { title: 'Only planned', agenda: ['barrier' as const] };
	const { id } = given(await server.app.workshops.create(account, draft));
	expect(JSON.stringify(given(await summaries().of(id, owner())))).toContain('Only planned');

	const { token } = await share();
	const everywhere = () => Promise.all([said(), said(owner(), true), said(asBen()), saidBy(token)]);
	const board = await ada.run(workshop);
	const writing = await write(server, board, ben.token);
	const card = writing.put('Nobody had time');
	await until(() => server.app.rooms.counts(board).then(({ cards }) => cards === 1));
	for (const one of await everywhere()) expect(one).not.toContain('Nobody had time');

	await ada.command(workshop, { type: 'go', phase: 'share' });
	await until(() => writing.seen().cards.length === 1);
	writing.close();
	for (const one of await everywhere()) expect(one).toContain('Nobody had time');
	await ada.command(workshop, { type: 'hide-card', board, card });
	for (const one of await everywhere()) expect(one).not.toContain('Nobody had time');
	await ada.command(workshop, { type: 'show-card', board, card });
	await ada.command(workshop, { type: 'finish' });
	await ada.command(workshop, { type: 'close' });
	await server.restart();
	for (const one of await everywhere()) expect(one).toContain('Nobody had time');
});

test('SU47 facilitators can see it as if nothing were left out, nobody else', async () => {
	const { card } = await putCard(server, { ada, workshop, by: ben, phase: 'share' });
	const { token } = await share();
	await set({ cards: [card], place: 'Dakar' });
	expect(await said(owner(), true)).toContain('Nobody had time');
	for (const one of [
		await said(),
		await said(asBen()),
		await said(asBen(), true),
		await saidBy(token)
	]) {
		expect(one).not.toContain('Nobody had time');
		expect(one).toContain('Dakar');
	}
});
