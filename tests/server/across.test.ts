/** What all workshops of somebody who facilitates have together. */
import { createRequire } from 'node:module';
import { parse } from 'node:querystring';
import { nanoid } from 'nanoid';
import readXlsx from 'read-excel-file/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CardValue } from '#shared/doc/contents.ts';
import { addCard } from '#shared/doc/notebook.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { BoardId, CardId, WorkshopId } from '#shared/ids.ts';
import { isRefusal } from '#shared/refusals.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, join, PASSWORD, write, type Ada } from '../support/people.ts';
import { until } from '../support/until.ts';

/** It has no types. */
const reader = createRequire(import.meta.url)('vcf') as {
	parse(file: string): { data: Record<string, { valueOf(): string }> }[];
};

let server: TestApp;
let ada: Ada;
let cookie: string;
beforeAll(async () => {
	server = await startTestApp({ filesAMinute: 10 });
	ada = await comeAda(server);
	cookie = await logIn('ada@example.org');
});
afterAll(() => server.close());

async function logIn(email: string): Promise<string> {
	const answer = await server.app.accounts.logIn(email, PASSWORD, 'here');
	if (isRefusal(answer)) throw new Error(answer.refused);
	return `${answer.cookie.name}=${answer.cookie.value}`;
}

interface Held {
	workshop: WorkshopId;
	board: BoardId;
	cards: CardId[];
}

/** A workshop of one exercise, in which one person wrote these cards; shared, unless it is not said so. */
async function hold(
	who: Ada,
	exercise: string,
	by: string,
	cards: { column: string; fields: CardValue['fields'] }[],
	{ anonymous = false, phase = 'share' }: { anonymous?: boolean; phase?: string } = {}
): Promise<Held> {
	const { id: workshop, code } = await who.open({ agenda: [exercise], anonymous });
	const person = await join(server, code, anonymous ? undefined : by);
	const board = await who.run(workshop);
	const writing = await write(server, board, person.token);
	const ids = cards.map(({ column, fields }, i) => {
		const id = nanoid();
		addCard(writing.notebook, findExercise(exercise)!, { id, column, order: `a${i}`, fields });
		return id;
	});
	await until(() => server.app.rooms.counts(board).then((now) => now.cards === cards.length));
	if (phase !== 'write') {
		await who.command(workshop, { type: 'go', phase: phase as 'share' });
		await until(() => writing.seen().cards.length === cards.length, { what: 'the cards' });
	}
	writing.close();
	return { workshop, board, cards: ids };
}

const office = (organisation: string, more: CardValue['fields'] = {}) => ({
	column: 'un-agencies',
	fields: { organisation, country: 'KE', ...more }
});
const adas = () => ({ id: ada.account, email: '', name: '' });
async function contacts(query: object = {}) {
	const view = await server.app.across.contacts(adas(), query, 'en');
	if (isRefusal(view)) throw new Error(view.refused);
	return view;
}
const file = async (format: string, query = '') => {
	const made = await server.app.across.contactsFile(adas(), format, { ...parse(query) }, 'en');
	if (isRefusal(made)) throw new Error(made.refused);
	return made;
};

test('AW4 the contacts of all workshops that somebody facilitates: shared, not hidden, none of others', async () => {
	const first = await hold(ada, 'organisations', 'Ben', [
		office('UNESCO', { contact: '+254 20 1234567, office@example.org', city: 'Nairobi' }),
		office('Secret office')
	]);
	await ada.command(first.workshop, {
		type: 'hide-card',
		board: first.board,
		card: first.cards[1]!
	} as never);
	const second = await hold(ada, 'organisations', 'Chidi', [office('U.N.E.S.C.O.')], {
		anonymous: true
	});
	await hold(ada, 'organisations', 'Ben', [office('Not yet')], { phase: 'write' });
	const bea = await comeAda(server, 'bea@example.org');
	const hers = await hold(bea, 'advocate', 'Dan', [
		{ column: 'local', fields: { name: 'Amina Yusuf', firstStep: 'A letter' } }
	]);

	const view = await contacts();
	expect(view).toMatchObject({ found: 1, all: 1, countries: ['KE'], cut: false });
	expect(view.contacts[0]).toMatchObject({ name: 'UNESCO', kind: 'organisation', country: 'KE' });
	// The author of the first; the second is anonymous.
	expect(view.contacts[0]!.mentions.map(({ author }) => author)).toEqual(['Ben', undefined]);
	expect(view.workshops.map(({ id }) => id)).toEqual([second.workshop, first.workshop]);
	expect(JSON.stringify(view)).not.toMatch(/Secret|Not yet|Amina|Chidi/);

	// Whose workshop one facilitates beside them, too.
	const link = await server.app.workshops.cofacilitators.invite(hers.workshop, {
		role: 'facilitator',
		account: bea.account
	});
	if (isRefusal(link)) throw new Error(link.refused);
	await server.app.workshops.cofacilitators.accept(link.split('/').at(-1)!, adas());
	expect((await contacts()).contacts.map(({ name }) => name)).toEqual(['Amina Yusuf', 'UNESCO']);
	expect(await contacts({ kind: 'person', words: 'amina' })).toMatchObject({ found: 1, all: 2 });

	// Nobody's who was deleted.
	await server.app.workshops.remove(second.workshop, adas());
	expect((await contacts({ words: 'unesco' })).contacts[0]!.mentions).toHaveLength(1);
});

test('AW5 the page is for who has an account, and shows what its address asks for', async () => {
	const all = await ask(server.url, '/contacts', { cookie });
	expect(all.status).toBe(200);
	expect(all.body['text']).toContain('Amina Yusuf');
	const some = await ask(server.url, '/contacts?words=unesco&country=KE', { cookie });
	expect(some.body['text']).toContain('1 of 2');
	expect(some.body['text']).toContain('href="/contacts/export.vcf?words=unesco&amp;country=KE"');
	expect((await ask(server.url, `/contacts?words=${'x'.repeat(900)}`, { cookie })).status).toBe(
		200
	);
	expect((await fetch(`${server.url}/contacts`, { redirect: 'manual' })).status).toBe(303);
	expect((await ask(server.url, '/contacts/export.csv')).status).toBe(401);
	expect((await ask(server.url, '/contacts/export.pdf', { cookie })).status).toBe(404);
});

test('AW6 contacts as CSV, workbook and address book: those that are wanted, with every workshop', async () => {
	const csv = await ask(server.url, '/contacts/export.csv', { cookie });
	expect(csv.headers.get('content-disposition')).toBe('attachment; filename="contacts.csv"');
	const [head, ...rows] = String(csv.body['text']).replace('\ufeff', '').trim().split('\r\n');
	expect(head).toBe(
		'name,kind,columns,country,town,contact,link,notes,workshops,exercises,authors,cards,answers,answers_text,for,for_text'
	);
	expect(rows).toHaveLength(2);
	expect(rows[1]).toContain("'+254 20");

	const { body } = await file('xlsx', 'words=unesco');
	const [sheet] = await readXlsx(Buffer.from(body));
	const cells = sheet!.data;
	expect(cells).toHaveLength(2);
	expect(cells[1]!.slice(0, 6)).toEqual([
		'UNESCO',
		'Organisation',
		expect.stringContaining('United Nations'),
		'Kenya',
		'Nairobi',
		'+254 20 1234567, office@example.org'
	]);

	const book = reader.parse(new TextDecoder().decode((await file('vcf')).body));
	expect(book.map(({ data }) => data['fn']!.valueOf()).sort()).toEqual(['Amina Yusuf', 'UNESCO']);
	const unesco = book.find(({ data }) => data['email'])!;
	expect(unesco.data['note']!.valueOf()).toContain('A day in Dakar');
	// What is left out is what is hidden, not what was not looked for.
	const some = reader.parse(new TextDecoder().decode((await file('vcf', 'words=unesco')).body));
	expect(some).toHaveLength(1);
	expect(some[0]!.data['xPlenaryLeftOut']!.valueOf()).toContain('1 hidden card is left out');
	const { across } = server.app;
	expect(await across.contactsFile(adas(), 'vcf', { words: 'nobody' }, 'en')).toEqual({
		refused: 'empty-file'
	});
});

test('AW7 whoever takes contacts home stands in the audit list of each workshop; too many files are refused', async () => {
	server.clock.nextMinute();
	await file('csv', 'kind=person');
	const view = await contacts({ kind: 'person' });
	const workshop = view.contacts[0]!.mentions[0]!.workshop.id;
	const audit = await server.app.workshops.audit(workshop, {
		role: 'co-facilitator',
		account: ada.account
	});
	expect(audit).toContainEqual(
		expect.objectContaining({ deed: 'exported', about: { format: 'csv' } })
	);
	const many = Array.from(
		{ length: 10 },
		() => () => server.app.across.contactsFile(adas(), 'csv', {}, 'en')
	);
	const answers: unknown[] = [];
	for (const take of many) answers.push(await take());
	expect(answers).toContainEqual(expect.objectContaining({ refused: 'too-many-files' }));
});

async function answers(query: object) {
	const view = await server.app.across.answers(adas(), query, 'en');
	if (isRefusal(view)) throw new Error(view.refused);
	return view;
}

test('AW13 one exercise over all workshops: how answers differ, and what comes back', async () => {
	const wall = (stoppedUs: string, cause: string) => ({
		column: 'barriers',
		fields: { stoppedUs, cause }
	});
	const first = await hold(ada, 'barrier', 'Ben', [
		wall('Nobody asked us', 'nobody-asked'),
		wall('We had no budget for travel', 'money'),
		wall('Hidden thought', 'money')
	]);
	await ada.command(first.workshop, {
		type: 'hide-card',
		board: first.board,
		card: first.cards[2]!
	} as never);
	const second = await hold(ada, 'barrier', 'Chidi', [wall('Nobody asked', 'nobody-asked')]);
	await hold(ada, 'barrier', 'Ben', [wall('Nobody asked us, in private', 'time')], {
		phase: 'write'
	});

	const view = await answers({ exercise: 'barrier', question: 'cause' });
	expect(view.exercises).toContainEqual({
		id: 'barrier',
		title: findExercise('barrier')!.title,
		workshops: 2
	});
	const { comparison, returning } = view;
	expect(comparison?.by.id).toBe('of:workshop');
	const at = (title: string) => comparison!.answers.findIndex((one) => one.title === title);
	const counts = (workshop: string, title: string) =>
		comparison!.groups.find(({ id }) => id === workshop)?.counts[at(title)];
	expect(counts(first.workshop, 'Nobody asked')).toBe(1);
	expect(counts(first.workshop, 'Money')).toBe(1);
	expect(counts(second.workshop, 'Money')).toBe(0);
	expect(comparison!.groups).toHaveLength(2);
	expect(returning).toHaveLength(1);
	expect(returning[0]!.map(({ text }) => text).sort()).toEqual(['Nobody asked', 'Nobody asked us']);
	expect(JSON.stringify(view)).not.toMatch(/private|Hidden/);

	const page = await ask(server.url, '/across?exercise=barrier&question=cause', { cookie });
	expect(page.status).toBe(200);
	expect(page.body['text']).toContain('Nobody asked us');
	expect(page.body['text']).not.toMatch(/private|Hidden/);
	expect((await fetch(`${server.url}/across`, { redirect: 'manual' })).status).toBe(303);
});

test('AW14 the same as a table of cards, and as a workbook with counts and what comes back', async () => {
	server.clock.nextMinute();
	const query = '?exercise=barrier&question=cause';
	const csv = await ask(server.url, `/across/export.csv${query}`, { cookie });
	const [head, ...rows] = String(csv.body['text']).replace('\ufeff', '').trim().split('\r\n');
	expect(head).toMatch(
		/^workshop,day,card,column,text,returning,field_.*,answers,answers_text,for,for_text$/
	);
	expect(rows).toHaveLength(3);
	expect(rows.filter((row) => row.includes(',1,'))).toHaveLength(2);
	const made = await server.app.across.answersFile(
		adas(),
		'xlsx',
		{ exercise: 'barrier', question: 'cause' },
		'en'
	);
	if (isRefusal(made)) throw new Error(made.refused);
	const sheets = await readXlsx(Buffer.from(made.body));
	expect(sheets.map(({ data }) => data.length)).toEqual([
		findExercise('barrier')!.fields.flatMap((one) =>
			one.type === 'choice' && one.id === 'cause' ? one.options : []
		).length + 2,
		3,
		4
	]);
	expect(await ask(server.url, `/across/export.vcf${query}`, { cookie })).toMatchObject({
		status: 404
	});
});

test('AW5 a page has two hundred contacts at most, and says so; a file has them all', async () => {
	server.clock.nextMinute();
	for (const kind of ['Office', 'Bureau', 'Agency']) {
		const offices = Array.from({ length: 70 }, (_, i) => office(`${kind} ${i}`));
		await hold(ada, 'organisations', 'Ben', offices);
	}
	const view = await contacts();
	expect(view.contacts).toHaveLength(200);
	expect(view).toMatchObject({ found: 212, all: 212 });
	const page = await ask(server.url, '/contacts', { cookie });
	expect(page.body['text']).toContain('These are the first 200');
	const csv = new TextDecoder().decode((await file('csv')).body);
	expect(csv.match(/^(Office|Bureau|Agency) \d/gm)).toHaveLength(210);
});

test('AW15 a page and its files are made once for the same content, and not for who has gone', async () => {
	const at = '/contacts/export.csv?words=amina';
	const { headers } = await ask(server.url, at, { cookie });
	const known = { cookie, 'if-none-match': headers.get('etag')! };
	const again = await fetch(server.url + at, { headers: known });
	expect([again.status, await again.text()]).toEqual([304, '']);
	const { across } = server.app;
	const gone = { gone: AbortSignal.abort() };
	const nobody = { refused: 'try-again' };
	expect(await across.contactsFile(adas(), 'xlsx', { kind: 'person' }, 'en', gone)).toMatchObject(
		nobody
	);
	expect(await across.answers(adas(), { by: 'cause' }, 'en', gone)).toMatchObject(nobody);
	expect(server.log.filter((line) => line.includes('"outcome":"try-again"'))).toHaveLength(1);
});

test('AW16 nothing is shown or sent of a workshop that was deleted while it was made', async () => {
	const { across, workshops } = server.app;
	const held = await hold(ada, 'advocate', 'Ben', [
		{ column: 'local', fields: { name: 'Wanjiru' } }
	]);
	const still = async () => {
		await workshops.remove(held.workshop, adas());
		return null;
	};
	const query = { words: 'wanjiru' };
	expect(await across.contactsFile(adas(), 'csv', query, 'en', { still })).toEqual({
		refused: 'try-again'
	});
	await workshops.restore(held.workshop, adas());
	expect(await across.contacts(adas(), query, 'en', { still })).toEqual({ refused: 'try-again' });
	expect(await across.contacts(adas(), query, 'en')).toMatchObject({ found: 0 });
});

test('AW8 the newest two hundred workshops are read, and it is said that there are more', async () => {
	expect(await contacts()).toMatchObject({ cut: false, all: 212 });
	const { stores, stored } = server.app;
	const one = (await stored.load((await ada.open()).id))!;
	for (let i = 0; i < 200; i++)
		await stores.workshops.add({
			...one,
			id: nanoid(),
			code: `X${i}`,
			createdAt: one.createdAt + i
		});
	expect(await contacts()).toMatchObject({ cut: true, all: 0 });
	expect(await answers({})).toMatchObject({ cut: true, exercises: [], comparison: null });
});
