/** The audit list: what facilitators did, by id. */
import { sql } from 'drizzle-orm';
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AuditView } from '#shared/facilitation/audit.ts';
import type { Command } from '#shared/facilitation/commands.ts';
import type { WorkshopId } from '#shared/ids.ts';
import type { Who } from '#shared/permissions.ts';
import { isRefusal } from '#shared/refusals.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, give, join, putCard, type Ada, type Person } from '../support/people.ts';
import { tablesWith } from '../support/traces.ts';

const CANARY = 'Zephyrine';

let server: TestApp;
let ada: Ada;
let eve: Ada;
let workshop: WorkshopId;
let code: string;
let ben: Person;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
	eve = await comeAda(server, 'eve@example.org');
});
afterAll(() => server.close());
beforeEach(async () => {
	({ id: workshop, code } = await ada.open());
	ben = await join(server, code, CANARY);
});

const facilitator = (): Who => ({ role: 'facilitator', account: ada.account });
const run = (command: Command) =>
	server.app.workshops.run(workshop, facilitator(), { id: nanoid(), command });
const asBen = (command: Command) => give(server, workshop, ben, command);
async function list(who = facilitator()): Promise<AuditView[]> {
	const lines = await server.app.workshops.audit(workshop, who);
	if (isRefusal(lines)) throw new Error(lines.refused);
	return lines;
}
const told = async () => (await list()).map(({ deed, about }) => [deed, about]);

test('AU1 what is commanded is in the list with board, phase and numbers, the newest first', async () => {
	const { board } = (await run({ type: 'start', exercise: 0 })) as { board: string };
	await run({ type: 'next' });
	await run({ type: 'extend', minutes: 2 });
	await run({ type: 'set-writing', mode: 'open', reveal: true });
	await run({ type: 'hide-card', board, card: 'card-1' });
	await run({ type: 'set-retention', days: 30 });
	await run({ type: 'finish' });
	await run({ type: 'change-code' });
	expect(await told()).toEqual([
		['change-code', {}],
		['finish', { board, phase: 'done' }],
		['set-retention', { days: 30 }],
		['hide-card', { board, card: 'card-1' }],
		['set-writing', { board, mode: 'open' }],
		['extend', { board, minutes: 2 }],
		['next', { board, phase: 'write' }],
		['start', { board, exercise: 0 }],
		['open', {}],
		['created', {}]
	]);
	const [last] = await list();
	expect(last).toMatchObject({ by: 'ada', person: null });
	expect(Math.abs(last!.at - server.app.clock.now())).toBeLessThan(10_000);
});

test('AU2 what is refused is not in it, nor is what comes a second time', async () => {
	const before = await list();
	expect(await run({ type: 'next' })).toMatchObject({ refusal: 'no-board' });
	const id = nanoid();
	for (const again of [false, true]) {
		const command = { type: 'close-doors' } as const;
		const outcome = await server.app.workshops.run(workshop, facilitator(), { id, command });
		expect(outcome.ok, String(again)).toBe(true);
	}
	expect(await list()).toHaveLength(before.length + 1);
});

test('AU2 where its line cannot be written, nothing is done', async () => {
	const { db } = server.database;
	const { workshops, stores, participants } = server.app;
	const { cofacilitators } = workshops;
	const { board, card } = await putCard(server, { ada, workshop, by: ben, phase: 'share' });
	const person = ben.participant;
	const comment = nanoid();
	await asBen({ type: 'comment', board, id: comment, card, text: 'So true' });
	const link = String(await cofacilitators.invite(workshop, facilitator()));
	const token = link.slice('/cofacilitate/'.length);
	const account = { id: eve.account, email: 'eve@example.org', name: 'eve' };
	const before = await list();
	const fails = { ok: false, refusal: 'server-fault' };

	await db.execute(sql`alter table audit rename to audit_away`);
	try {
		expect(await run({ type: 'rename-person', person, name: 'Benjamin' })).toMatchObject(fails);
		expect(await run({ type: 'remove-comment', board, id: comment })).toMatchObject(fails);
		await expect(cofacilitators.accept(token, account)).rejects.toThrow();
	} finally {
		await db.execute(sql`alter table audit_away rename to audit`);
	}
	server.faults.length = 0;
	expect(await participants.name(person)).toBe(CANARY);
	expect(await stores.notes.comments(workshop)).toMatchObject([{ id: comment }]);
	expect(await cofacilitators.list(workshop, facilitator())).toEqual([]);
	expect(await list()).toEqual(before);
	expect(await cofacilitators.accept(token, account)).toBe(workshop);
});

test('AU3 what facilitators do to cards and words of others is in it; what people do themselves is not', async () => {
	const { board, card } = await putCard(server, { ada, workshop, by: ben, phase: 'share' });
	const comment = nanoid();
	await asBen({ type: 'comment', board, id: comment, card, text: `${CANARY} says so` });
	const own = nanoid();
	await run({ type: 'comment', board, id: own, card, text: 'Indeed' });
	const before = await list();
	await run({ type: 'remove-comment', board, id: own });
	await run({ type: 'remove-comment', board, id: comment });
	await run({ type: 'remove-card', board, card });
	await run({ type: 'restore-card', board, card });
	await run({ type: 'let-in', board });
	await run({ type: 'leave', board, people: [ben.participant] });
	await asBen({ type: 'withdraw-card', board, card });
	await run({ type: 'go', phase: 'act' });
	const action = nanoid();
	const words = { board, id: action, who: '', when: '' };
	await asBen({ type: 'action', ...words, what: `${CANARY} calls` });
	await run({ type: 'action', ...words, what: 'We call' });
	await run({ type: 'remove-action', board, id: action });
	const since = (await told()).slice(0, -before.length).reverse();
	expect(since).toEqual([
		['remove-comment', { board, comment }],
		['remove-card', { board, card }],
		['restore-card', { board, card }],
		['let-in', { board, people: 'all' }],
		['leave', { board, people: 1 }],
		['go', { board, phase: 'act' }],
		['action', { board, action }],
		['remove-action', { board, action }]
	]);
});

test('AU4 so is what is done to people, and names are looked up when it is read', async () => {
	const person = ben.participant;
	await run({ type: 'rename-person', person, name: 'Benjamin' });
	expect((await list())[0]).toMatchObject({ deed: 'rename-person', person: 'Benjamin' });
	await run({ type: 'remove-person', person, cards: 'stay' });
	expect((await list())[0]).toMatchObject({
		deed: 'remove-person',
		about: { person, cards: 'stay' },
		person: 'Benjamin'
	});
	await run({ type: 'erase-person', person });
	const lines = await list();
	expect(lines.slice(0, 3).map(({ deed }) => deed)).toEqual([
		'erase-person',
		'remove-person',
		'rename-person'
	]);
	for (const line of lines) expect(line.person).toBeNull();
});

test('AU5 co-facilitators, exports, deleting and bringing back are in it, by whom it was', async () => {
	const { workshops, exports } = server.app;
	const path = await workshops.cofacilitators.invite(workshop, facilitator());
	const token = String(path).split('/').at(-1)!;
	const account = { id: eve.account, email: 'eve@example.org', name: 'eve' };
	await workshops.cofacilitators.accept(token, account);
	const beside: Who = { role: 'co-facilitator', account: eve.account };
	await exports.workshop(workshop, beside, 'json');
	await exports.workshop(workshop, { role: 'participant', participant: ben.participant }, 'json');
	await workshops.cofacilitators.revoke(workshop, facilitator(), eve.account);
	const owner = { id: ada.account, email: 'ada@example.org', name: 'ada' };
	await workshops.remove(workshop, owner);
	expect(await workshops.audit(workshop, facilitator())).toEqual({ refused: 'not-found' });
	await workshops.restore(workshop, owner);
	const lines = await list();
	expect(lines.map(({ deed, by, about }) => [deed, by, about])).toEqual([
		['restored', 'ada', {}],
		['deleted', 'ada', {}],
		['revoked-cofacilitator', 'ada', { account: eve.account }],
		['exported', 'eve', { format: 'json' }],
		['joined-as-cofacilitator', 'eve', {}],
		['invited-cofacilitator', 'ada', {}],
		['open', 'ada', {}],
		['created', 'ada', {}]
	]);
});

test('AU6 no word that anybody typed is in it', async () => {
	await run({ type: 'rename', title: `${CANARY} day` });
	await run({ type: 'rename-person', person: ben.participant, name: `${CANARY} B` });
	const { board, card } = await putCard(server, { ada, workshop, by: ben, phase: 'act' });
	const words = { board, id: nanoid(), who: CANARY, when: CANARY };
	await asBen({ type: 'action', ...words, what: CANARY });
	await run({ type: 'action', ...words, what: `${CANARY} does` });
	await run({ type: 'hide-card', board, card });
	expect(await tablesWith(server.database.db, CANARY)).not.toContain('audit');
	expect(await tablesWith(server.database.db, code)).not.toContain('audit');
});

test('AU7 it is shown to who facilitates, and to nobody else: 500 lines at most', async () => {
	const others: Who[] = [
		{ role: 'participant', participant: ben.participant },
		{ role: 'screen' },
		{ role: 'visitor' }
	];
	for (const who of others)
		expect(await server.app.workshops.audit(workshop, who)).toEqual({ refused: 'not-allowed' });
	const rows = Array.from({ length: 510 }, (_, at) => ({
		id: nanoid(),
		workshopId: workshop,
		at,
		accountId: null,
		deed: 'lock',
		about: {}
	}));
	for (const row of rows) await server.app.stores.audit.write(row);
	const lines = await list({ role: 'co-facilitator', account: eve.account });
	expect(lines).toHaveLength(500);
	expect(lines[0]!.deed).toBe('open');
	expect(lines.at(-1)).toMatchObject({ by: null, at: 12 });
});

test('AU8 a route answers it', async () => {
	const path = `/workshops/${workshop}/audit`;
	const cookie = await server.app.accounts.logIn('ada@example.org', 'correct horse battery', '');
	if (isRefusal(cookie)) throw new Error(cookie.refused);
	const { name, value } = cookie.cookie;
	const answer = await ask(server.url, path, { cookie: `${name}=${value}` });
	expect(answer.status).toBe(200);
	expect(answer.body).toMatchObject([{ deed: 'open', by: 'ada' }, { deed: 'created' }]);
	expect((await ask(server.url, path, { cookie: ben.cookie })).status).toBeGreaterThanOrEqual(401);
	expect((await ask(server.url, path)).status).toBeGreaterThanOrEqual(401);
});
