/** Exercises of one's own: kept, shared as files, run from start to finish; their maker's alone. */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { eq } from 'drizzle-orm';
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addCard } from '#shared/doc/notebook.ts';
import { CATALOGUE, findExercise } from '#shared/exercises/catalogue.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import { emptyExercise, OWN_LIMITS } from '#shared/exercises/own.ts';
import { isRefusal, type Refusal } from '#shared/refusals.ts';
import { writeBackup } from '#server/backup/write-backup.ts';
import { accounts, cofacilitators, ownExercises } from '#server/db/schema.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, give, join, PASSWORD, write, type Ada } from '../support/people.ts';
import { until } from '../support/until.ts';
import { everythingIn } from './backup-tables.ts';

let server: TestApp;
let [ada, eve]: Ada[] = [];
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
	eve = await comeAda(server, 'eve@example.org');
});
afterAll(() => server.close());

const accountOf = (who: Ada | undefined) => ({ id: who!.account, email: '', name: '' });
const sure = <T>(value: T): Exclude<T, Refusal> => {
	if (isRefusal(value)) throw new Error(JSON.stringify(value));
	return value as Exclude<T, Refusal>;
};
const WORDS = {
	title: 'What would you keep?',
	why: 'Because.',
	prompt: 'What would you keep?',
	column: 'Things',
	field: 'The thing',
	themes: 'Themes',
	votes: 'Votes'
};
const own = (more: Partial<Exercise> = {}): Exercise => ({
	...emptyExercise(WORDS, 'en'),
	nudges: ['And if the roof leaks?'],
	...more
});
const add = async (who = ada, exercise: unknown = own()) =>
	sure(await server.app.exercises.add(accountOf(who), exercise)).id;
const get = async (id: string, who = ada) =>
	sure(await server.app.exercises.get(accountOf(who), id));
const asText = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
/** A cookie of a browser in which they have logged in. */
async function cookieOf(email = 'ada@example.org') {
	const { cookie } = sure(await server.app.accounts.logIn(email, PASSWORD, ''));
	return `${cookie.name}=${cookie.value}`;
}

test('OX1 one’s own is there for its maker, and for nobody else', async () => {
	const { exercises } = server.app;
	const id = await add();
	const other = accountOf(eve);
	expect(await exercises.get(other, id)).toEqual({ refused: 'not-found' });
	expect(await exercises.file(other, id)).toEqual({ refused: 'not-found' });
	expect(await exercises.remove(other, id)).toEqual({ refused: 'not-found' });
	expect(await exercises.save(other, id, await get(id))).toEqual({ refused: 'not-found' });
	expect((await exercises.own(other)).map(({ exercise }) => exercise.id)).not.toContain(id);
	expect((await exercises.own(accountOf(ada))).map(({ exercise }) => exercise.id)).toContain(id);

	const path = `/exercises/${id}`;
	const [hers, nobodys] = [await cookieOf(), await cookieOf('eve@example.org')];
	expect((await ask(server.url, path, { cookie: hers })).status).toBe(200);
	const [notHers, nowhere] = await Promise.all(
		[path, '/exercises/own-00000000000000000000'].map((one) =>
			ask(server.url, one, { cookie: nobodys })
		)
	);
	expect([notHers!.status, nowhere!.status]).toEqual([404, 404]);
});

test('OX2 an exercise begins from nothing, from a copy, or from a file, under an id that is made here', async () => {
	const { exercises } = server.app;
	const barrier = findExercise('barrier')!;
	const copy = await add(ada, barrier);
	expect(copy).toMatch(/^own-[a-z0-9]{20}$/);
	expect(await get(copy)).toEqual({ ...barrier, id: copy });
	const { body } = sure(await exercises.file(accountOf(ada), 'barrier'));
	const brought = sure(await exercises.bring(accountOf(eve), body)).id;
	expect(brought).not.toBe(copy);
	expect(await get(brought, eve)).toEqual({ ...barrier, id: brought });

	// By the pages: begun, and copied.
	const cookie = await cookieOf();
	const post = async (action: string, form: Record<string, string>) => {
		const response = await fetch(`${server.url}/exercises?/${action}`, {
			method: 'POST',
			redirect: 'manual',
			headers: { cookie, origin: server.url, accept: 'text/html' },
			body: new URLSearchParams(form)
		});
		return response.headers.get('location') ?? '';
	};
	for (const [action, form] of [
		['begin', {}],
		['copy', { from: 'six-ps' }]
	] as const) {
		const place = await post(action, form);
		expect(place).toMatch(/^\/exercises\/own-/);
		expect((await ask(server.url, place, { cookie })).status).toBe(200);
	}
});

test('OX3 only what is whole is kept; what is wrong is told with its place', async () => {
	const { exercises } = server.app;
	const id = await add();
	const broken = { ...(await get(id)), title: ' ', tab: 'nowhere' };
	const refused = {
		refused: 'wrong-exercise',
		faults: [
			{ reason: 'empty', place: ['title'] },
			{ reason: 'no-field', place: ['tab'], about: 'nowhere' }
		]
	};
	expect(await exercises.save(accountOf(ada), id, broken)).toMatchObject(refused);
	expect(await exercises.add(accountOf(ada), broken)).toMatchObject(refused);
	expect((await get(id)).title).toBe(WORDS.title);
	const path = `/exercises/${id}/exercise.json`;
	const answer = await ask(server.url, path, {
		method: 'PUT',
		body: broken,
		cookie: await cookieOf()
	});
	expect([answer.status, answer.body.error.code]).toEqual([400, 'wrong-exercise']);
	expect(answer.body.error).toMatchObject({ faults: refused.faults });
});

test('OX4 each save goes over the version that it was made of, and over no other', async () => {
	const { exercises } = server.app;
	const id = await add();
	const first = await get(id);
	const save = (exercise: Exercise) => exercises.save(accountOf(ada), id, exercise);
	expect(await save({ ...first, title: 'Second' })).toEqual({ saved: true, version: 2 });
	// Of two at once, one is written; the other hears what stands there.
	const [one, two] = await Promise.all(
		['Third', 'Another third'].map((title) => save({ ...first, title, version: 2 }))
	);
	const [written, late] = 'saved' in one! && one.saved ? [one, two] : [two, one];
	expect(written).toEqual({ saved: true, version: 3 });
	expect(late).toEqual({ saved: false, there: await get(id) });
	// It stays what it is called in its own address.
	await save({ ...first, id: 'barrier', version: 3 });
	expect(await get(id)).toMatchObject({ id, version: 4 });
	expect(await save({ ...first, version: 1e300 })).toMatchObject({
		faults: [{ reason: 'range', place: ['version'] }]
	});
	const answer = await ask(server.url, `/exercises/${id}/exercise.json`, {
		method: 'PUT',
		body: first,
		cookie: await cookieOf()
	});
	expect([answer.status, answer.body]).toMatchObject([
		409,
		{ saved: false, there: { version: 4 } }
	]);
});

test('OX5 an account has two hundred at most', async () => {
	const full = await comeAda(server, 'full@example.org');
	const now = Date.now();
	await server.database.db.insert(ownExercises).values(
		Array.from({ length: OWN_LIMITS.exercises }, (_, i) => ({
			ownerId: full.account,
			id: `own-${i}`,
			exercise: own(),
			createdAt: now,
			changedAt: now
		}))
	);
	expect(await server.app.exercises.add(accountOf(full), own())).toEqual({
		refused: 'too-many-exercises'
	});
});

test('OX6 an agenda names shipped exercises and its owner’s, whoever of its facilitators puts them there', async () => {
	const [hers, eves] = [await add(ada), await add(eve)];
	const { id } = await ada!.open({ agenda: ['barrier'] });
	const place = { workshopId: id, accountId: eve!.account, addedAt: 1 };
	await server.database.db.insert(cofacilitators).values(place);
	const set = (who: Ada, agenda: string[]) => give(server, id, who, { type: 'set-agenda', agenda });
	expect(await set(eve!, [hers, 'barrier'])).toMatchObject({ ok: true });
	expect(await set(ada!, [eves])).toMatchObject({ ok: false, refusal: 'unknown-exercise' });
	const { exercises } = server.app.workshops;
	const offered = sure(await exercises(id, { role: 'co-facilitator', account: eve!.account }));
	expect(offered.slice(0, CATALOGUE.length)).toEqual(CATALOGUE);
	expect(offered.map((one) => one.id)).toContain(hers);
	const toAda = sure(await exercises(id, { role: 'facilitator', account: ada!.account }));
	expect(toAda.map((one) => one.id)).toContain(hers);
	expect(toAda.map((one) => one.id)).not.toContain(eves);
	expect(await exercises(id, { role: 'participant', participant: nanoid() })).toMatchObject({
		refused: 'not-allowed'
	});

	const made = await ask(server.url, '/api/v1/workshops', {
		token: ada!.token,
		body: { title: 'Of her own', agenda: [hers] }
	});
	expect(made.status).toBe(201);
	const foreign = { title: 'Of nobody’s', agenda: [hers] };
	const refused = await ask(server.url, '/api/v1/workshops', { token: eve!.token, body: foreign });
	expect([refused.status, refused.body.error.code]).toEqual([400, 'unknown-exercise']);
});

test('OX7 a board runs it from start to finish as it was when it started', async () => {
	const id = await add();
	const { id: workshop, code } = await ada!.open({ agenda: [id] });
	const ben = await join(server, code, 'Ben');
	const board = await ada!.run(workshop);
	const changed = { ...(await get(id)), title: 'Another', nudges: [], prompt: 'Something else?' };
	expect(await server.app.exercises.save(accountOf(ada), id, changed)).toMatchObject({
		saved: true
	});
	expect(sure(await server.app.exercises.remove(accountOf(ada), id)).title).toBe('Another');

	const writing = await write(server, board, ben.token);
	const card = { id: nanoid(), column: 'ideas', order: 'a0', fields: { idea: 'The roof' } };
	addCard(writing.notebook, own(), card);
	await until(async () => (await server.app.rooms.counts(board)).cards === 1);
	const asAda = (command: Parameters<typeof give>[3]) => give(server, workshop, ada!, command);
	// Its nudge is the one that it had.
	expect(await asAda({ type: 'show-nudge', nudge: 0 })).toMatchObject({ ok: true });
	expect(await asAda({ type: 'show-nudge', nudge: 1 })).toMatchObject({ refusal: 'malformed' });
	await asAda({ type: 'go', phase: 'vote' });
	const target = { card: card.id };
	expect(
		await give(server, workshop, ben, { type: 'vote', board, target, count: 2 })
	).toMatchObject({ ok: true });
	await asAda({ type: 'show-votes' });
	expect(await asAda({ type: 'finish' })).toMatchObject({ ok: true });
	writing.close();
	const who = { role: 'facilitator', account: ada!.account } as const;
	const file = JSON.parse(
		asText(sure(await server.app.exports.workshop(workshop, who, 'json')).body)
	) as { boards: { exercise: Exercise; cards: object[]; votes: object }[] };
	expect(file.boards[0]).toMatchObject({
		exercise: { id, title: WORDS.title, prompt: WORDS.prompt },
		cards: [{ fields: { idea: 'The roof' } }],
		votes: { [card.id]: 2 }
	});
	const markdown = sure(await server.app.exports.workshop(workshop, who, 'md'));
	expect(asText(markdown.body)).toContain('The roof');
});

test('OX8 one that an agenda has before it is not removed; one that is removed can be brought back', async () => {
	const { exercises } = server.app;
	const id = await add();
	const { id: workshop } = await ada!.open({ agenda: [id] });
	const awaited = async () =>
		(await exercises.own(accountOf(ada))).find(({ exercise }) => exercise.id === id)?.awaitedIn;
	expect(await awaited()).toEqual([{ id: workshop, title: 'A day in Dakar' }]);
	expect(await exercises.remove(accountOf(ada), id)).toEqual({ refused: 'exercise-in-use' });
	await ada!.command(workshop, { type: 'close' });
	expect(await awaited()).toEqual([]);

	const cookie = await cookieOf();
	const form = async (action: string, fields: Record<string, string>) => {
		const response = await fetch(`${server.url}/exercises?/${action}`, {
			method: 'POST',
			headers: { cookie, origin: server.url, accept: 'application/json' },
			body: new URLSearchParams(fields)
		});
		const { data } = (await response.json()) as { data: string };
		// As Kit packs it: places first, then the values.
		const [keys, ...values] = JSON.parse(data) as [Record<string, number>, ...string[]];
		return Object.fromEntries(Object.entries(keys).map(([key, at]) => [key, values[at - 1]!]));
	};
	const { removed, file } = await form('remove', { exercise: id });
	expect(removed).toBe(WORDS.title);
	expect(await exercises.get(accountOf(ada), id)).toEqual({ refused: 'not-found' });
	// The agenda of the workshop that was over still says it; it is opened again.
	await ada!.command(workshop, { type: 'open' });
	const start = { type: 'start', exercise: 0 } as const;
	expect((await ada!.command(workshop, start)).body.error.code).toBe('unknown-exercise');
	const { brought } = await form('bring', { text: file! });
	const again = await get(brought!);
	expect(again).toEqual({ ...own(), id: brought, version: 1 });
	await ada!.command(workshop, { type: 'set-agenda', agenda: [brought!] });
	expect((await ada!.command(workshop, start)).status).toBe(200);
});

test('OX9 a file brought to another account is the same exercise, and the same file but for id and version', async () => {
	const { exercises } = server.app;
	const id = await add(ada, findExercise('organisations'));
	const file = async (who: Ada | undefined, one: string) =>
		sure(await exercises.file(accountOf(who), one));
	const { body, filename } = await file(ada, id);
	expect(filename).toMatch(/^plenary-exercise-international-organisations-in.*\.json$/);
	const brought = sure(await exercises.bring(accountOf(eve), body)).id;
	expect(asText((await file(eve, brought)).body).replace(brought, id)).toBe(asText(body));
	const download = await ask(server.url, `/exercises/${id}/exercise.json`, {
		cookie: await cookieOf()
	});
	expect(download.headers.get('content-disposition')).toContain(filename);
	expect(download.body).toEqual(JSON.parse(asText(body)));
});

test('OX11 the API lists the shipped ones, and those of whose token it is', async () => {
	const id = await add();
	const list = async (who: Ada | undefined) => {
		const { body } = await ask(server.url, '/api/v1/exercises', { token: who!.token });
		return (body as unknown as Exercise[]).map((one) => one.id);
	};
	expect((await list(ada)).slice(0, CATALOGUE.length)).toEqual(CATALOGUE.map((one) => one.id));
	expect(await list(ada)).toContain(id);
	expect(await list(eve)).not.toContain(id);
});

test('OX12 they are in what their maker takes away, in the backup, and go with the account', async () => {
	const leaver = await comeAda(server, 'leaver@example.org');
	const id = await add(leaver, own({ prompt: 'Only she knows?' }));
	const data = async (who: Ada | undefined) =>
		JSON.stringify(await server.app.accounts.dataOf(accountOf(who)));
	expect(await data(leaver)).toContain('Only she knows?');
	expect(await data(eve)).not.toContain('Only she knows?');
	const { db } = server.database;
	const backup = `${mkdtempSync(`${tmpdir()}/plenary-exercises-`)}/backup`;
	await writeBackup(db, createWriteStream(backup), { now: 7 });
	expect(JSON.stringify((await everythingIn(backup))['own_exercises'])).toContain(
		'Only she knows?'
	);
	rmSync(dirname(backup), { recursive: true });
	await db.delete(accounts).where(eq(accounts.id, leaver.account));
	expect(await db.select().from(ownExercises).where(eq(ownExercises.id, id))).toEqual([]);
});
