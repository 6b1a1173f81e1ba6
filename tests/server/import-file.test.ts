/** A file that somebody brings: read, or refused with the place where it is wrong. */
import { Ajv } from 'ajv';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFile } from '#server/imports/read-file.ts';
import { faultOf } from '#server/imports/file-faults.ts';
import { renamed } from '#server/imports/renamed.ts';
import { createReading } from '#server/imports/reading.ts';
import type { WorkshopFile } from '#shared/workshop-file.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { everything, exportBy, idsOf, withoutIds } from './import-workshops.ts';

const encode = (value: unknown) =>
	new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

/** Two cards in a group, one of them answering the other. */
const good = (): WorkshopFile => ({
	format: 'plenary',
	version: 2,
	workshop: {
		id: 'workshop-one',
		title: 'A day in Dakar',
		language: 'en',
		anonymous: false,
		openedAt: 1,
		closedAt: null,
		facilitator: 'Ada',
		people: 1,
		summary: {
			organisation: '',
			place: '',
			introduction: '',
			conclusions: '',
			leftOut: [],
			cards: [],
			paper: 'a4',
			forParticipants: true
		}
	},
	people: [{ id: 'person-ben', name: 'Ben' }],
	boards: [
		{
			id: 'board-one',
			title: 'Barriers',
			anonymous: false,
			phase: 'done',
			revealed: true,
			startedAt: 1,
			finishedAt: 2,
			exercise: structuredClone(everything),
			authors: { 'key-ben': 'person-ben' },
			cards: [
				{
					id: 'card-one',
					author: 'key-ben',
					column: 'first',
					order: 'a0',
					group: 'group-one',
					fields: { main: 'Time', scale: 3 }
				},
				{
					id: 'card-two',
					author: 'key-ben',
					column: 'second',
					order: 'a1',
					group: 'group-one',
					answers: 'card-one',
					fields: { main: 'Money' }
				}
			],
			groups: [
				{
					id: 'group-one',
					kind: 'theme',
					title: 'All',
					column: 'first',
					order: 'a0',
					cards: ['card-one', 'card-two']
				}
			],
			votes: { 'group-one': 3 },
			comments: [
				{ id: 'comment-1', card: 'card-one', text: 'Yes', participant: 'person-ben', at: 3 }
			],
			actions: [{ id: 'action-1', what: 'Go', who: '', when: '', card: 'card-two', at: 4 }]
		}
	]
});

/** The good file with one thing in it set, by its place. */
function but(place: string, value: unknown): WorkshopFile {
	const file = good();
	const keys = place.split('.');
	const last = keys.pop()!;
	let at = file as unknown as Record<string, unknown>;
	for (const key of keys) at = at[key] as Record<string, unknown>;
	if (value === undefined) delete at[last];
	else at[last] = value;
	return file;
}

const wrongAt = (where: string) => ({ refused: 'wrong-file', where });

test('IM7 a file that is not a workshop of ours is refused as a whole', () => {
	expect(readFile(encode(good()))).toEqual(good());
	for (const file of ['', '{', 'null', '[]', '"plenary"', '{}', '{"format":"other","version":1}'])
		expect(readFile(encode(file)), file).toMatchObject({ refused: 'wrong-file' });
	expect(readFile(new Uint8Array([0xff, 0xfe, 0x7b]))).toEqual(wrongAt(''));
	expect(readFile(encode(`\ufeff${JSON.stringify(good())}`))).toEqual(good());
});

test('IM7 a refusal says where the file is wrong', () => {
	const cases: [string, unknown][] = [
		['workshop.title', ''],
		['workshop.people', 'many'],
		['workshop.more', 1],
		['boards.0.cards.1.fields', undefined],
		['boards.0.cards.0.order', 'a 0'],
		['boards.0.cards.0.id', '../etc/passwd'],
		['boards.0.cards.0.draft', true],
		['boards.0.exercise.columns', []],
		['boards.0.startedAt', -1],
		['boards.0.comments.0.at', 1.5],
		['boards.0.votes.group-one', 0]
	];
	for (const [place, value] of cases)
		expect(readFile(encode(but(place, value)))).toEqual(wrongAt(place));
});

test('IM8 a file of a newer version says so, and one of the first is read', () => {
	expect(readFile(encode(but('version', 3)))).toEqual({ refused: 'newer-file', where: 'version' });
	expect(readFile(encode(but('version', 1)))).toEqual({ ...good(), version: 1 });
	expect(readFile(encode(but('version', 0)))).toEqual(wrongAt('version'));
	expect(readFile(encode({ format: 'plenary', version: 9, all: 'new' }))).toEqual({
		refused: 'newer-file',
		where: 'version'
	});
	expect(readFile(encode(but('version', '1')))).toEqual(wrongAt('version'));
});

test('IM9 no more than 200 boards and 20,000 cards', () => {
	const [board] = good().boards;
	const boards = (count: number, each: (i: number) => object) =>
		but(
			'boards',
			Array.from({ length: count }, (_, i) => ({ ...board, id: `board-${i}`, ...each(i) }))
		);
	expect(readFile(encode(boards(200, () => ({}))))).toMatchObject({ format: 'plenary' });
	expect(readFile(encode(boards(201, () => ({}))))).toEqual(wrongAt('boards'));
	const cards = Array.from({ length: 4500 }, (_, i) => ({
		...board!.cards[0]!,
		id: `card-${i}`,
		group: undefined,
		author: `key-${Math.floor(i / 100)}-long`
	}));
	const full = { cards, groups: [], votes: null, comments: [], actions: [], anonymous: true };
	const heavy = boards(5, () => full);
	for (const one of heavy.boards) delete one.authors;
	expect(readFile(encode(heavy))).toEqual({ refused: 'too-large', where: 'boards.4.cards' });

	// Each is a row to write, and while all are written nobody else's word is.
	const comments = Array.from({ length: 16_000 }, (_, i) => ({
		id: `comment-${i}`,
		card: board!.cards[0]!.id,
		text: 'x',
		at: 1
	}));
	const said = boards(2, () => ({ comments }));
	expect(readFile(encode(said))).toEqual({ refused: 'too-large', where: 'boards.1' });
});

test('IM10 a link of an exercise is followed by people: it is of the web', () => {
	const linked = (url: string) =>
		readFile(encode(but('boards.0.exercise.links', [{ title: 'More', url }])));
	expect(linked('https://example.org/more')).toMatchObject({ format: 'plenary' });
	for (const url of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd'])
		expect(linked(url)).toEqual(wrongAt('boards.0.exercise.links.0.url'));
});

test('IM10 what the guard would refuse of a person is refused', () => {
	const cases: [string, unknown][] = [
		['boards.0.cards.0.column', 'nowhere'],
		['boards.0.cards.0.fields.main', 'x'.repeat(2001)],
		['boards.0.cards.0.fields.more', 5],
		['boards.0.cards.0.fields.scale', 6],
		['boards.0.cards.0.fields.country', 'Kenya'],
		['boards.0.cards.0.fields.some', ['other']],
		['boards.0.cards.0.fields.targets', ['18.1']],
		['boards.0.cards.0.fields.person', 'x'.repeat(81)],
		['boards.0.cards.0.fields.nothing', 'x'],
		['boards.0.groups.0.title', 'x'.repeat(201)],
		['boards.0.comments.0.text', 'x'.repeat(2001)]
	];
	for (const [place, value] of cases)
		expect(readFile(encode(but(place, value))), place).toEqual(wrongAt(place));
});

test('IM10 everything that it speaks of is there, once, and where it belongs', () => {
	const cases: [string, unknown, string?][] = [
		['boards.0.cards.1.id', 'card-one'],
		['boards.0.cards.1.answers', 'card-gone'],
		['boards.0.cards.1.group', 'group-gone'],
		['boards.0.cards.1.group', undefined, 'boards.0.groups.0.cards'],
		['boards.0.cards.1.author', 'key-chidi'],
		['boards.0.groups.0.cards', ['card-two', 'card-one']],
		['boards.0.groups.0.id', 'card-one', 'boards.0.cards.0.group'],
		['boards.0.groups.0.group', 'group-one'],
		['boards.0.groups.0.order', '', 'boards.0.groups.0.column'],
		['boards.0.votes.card-gone', 1],
		['boards.0.comments.0.card', 'card-gone'],
		['boards.0.comments.0.participant', 'nobody-here'],
		['boards.0.actions.0.card', 'card-gone'],
		['boards.0.authors.key-ben', 'nobody-here'],
		['boards.0.authors.key-more', 'person-ben'],
		['boards.0.authors', undefined],
		['boards.0.anonymous', true, 'boards.0.authors'],
		['boards.0.finishedAt', null],
		['workshop.anonymous', true, 'people'],
		['workshop.people', 0],
		['people.1', { id: 'person-ben', name: 'Ben' }, 'people.1.id'],
		['boards.1', good().boards[0], 'boards.1.id']
	];
	for (const [place, value, where = place] of cases)
		expect(readFile(encode(but(place, value))), place).toEqual(wrongAt(where));
});

test('IM3 under new ids a file says the same of itself, and nothing of what is not in it', () => {
	for (let seed = 0; seed < 60; seed++) {
		const file = readFile(exportBy(seed)) as WorkshopFile;
		const [first, second] = file.boards;
		for (const { cards } of file.boards) for (const card of cards) delete card.from;
		if (first?.cards[0] && second?.cards[0])
			second.cards[0].from = { board: first.id, card: first.cards[0].id };
		let count = 0;
		const again = renamed(file, () => `new-id-${String(count++).padStart(6, '0')}`);
		expect(withoutIds(again), `seed ${seed}`).toBe(withoutIds(file));
		expect(faultOf(again)).toBeNull();
		const fresh = new Set(idsOf(again));
		expect(idsOf(file).filter((id) => fresh.has(id))).toEqual([]);
		expect(fresh.size).toBe(idsOf(file).length);
	}
	const file = good();
	file.boards[0]!.cards[0]!.from = { board: 'board-elsewhere', card: 'card-elsewhere' };
	file.workshop.summary.leftOut = ['did', 'board-one/2', 'board-elsewhere'];
	const again = JSON.stringify(renamed(file, () => 'new-id-000001'));
	expect(again).not.toContain('elsewhere');
	expect(again).toContain('"leftOut":["did","new-id-000001/2"]');
});

test('IM11 keys that every object has, and nesting without end, are refused', () => {
	const json = JSON.stringify(good());
	const inFields = (inner: string) =>
		encode(json.replace('"main":"Time"', `"main":"Time",${inner}`));
	for (const key of ['__proto__', 'constructor', 'prototype', 'toString'])
		expect(readFile(inFields(`"${key}":{"admin":true}`)), key).toMatchObject({
			refused: 'wrong-file'
		});
	expect(readFile(inFields('"__proto__":"x"'))).toEqual(
		wrongAt('boards.0.cards.0.fields.__proto__')
	);
	expect(readFile(encode(json.replace('{"format"', '{"__proto__":{"a":1},"format"')))).toEqual(
		wrongAt('__proto__')
	);
	expect(({} as { admin?: true }).admin).toBeUndefined();
	const deep = '['.repeat(1e6) + ']'.repeat(1e6);
	expect(readFile(encode(deep))).toMatchObject({ refused: 'wrong-file' });
	expect(readFile(inFields(`"more":${deep}`))).toEqual(wrongAt('boards.0.cards.0.fields.more'));
	expect(readFile(encode(json.replace('"boards":[', `"boards":[${deep},`)))).toEqual(
		wrongAt('boards.0.id')
	);
});

test('IM14 it is read in a thread of its own, which is given up where it takes too long', async () => {
	const failures: unknown[] = [];
	const failed = (why: unknown) => failures.push(why);
	const asked = { ask: 'read', bytes: encode(good()) } as const;
	const reading = createReading({ clock: { after: () => () => {} }, failed });
	expect(await reading.ask(asked)).toEqual({
		ids: { workshop: 'workshop-one', boards: ['board-one'], people: ['person-ben'] }
	});
	await reading.end();
	expect(await reading.ask(asked)).toBeNull();
	expect(failures).toEqual([]);
	const late = createReading({ clock: { after: (_ms, fn) => (fn(), () => {}) }, failed });
	expect(await late.ask(asked)).toBeNull();
	expect(failures).toEqual(['nothing after 60000 ms']);
});

let server: TestApp;
beforeAll(async () => {
	server = await startTestApp();
});
afterAll(() => server.close());

test('IM13 the format is published, and every export is valid by it', async () => {
	const published = await fetch(`${server.url}/api/v1/schema.json`);
	expect(published.status).toBe(200);
	const formats = { uri: true } as const;
	const valid = new Ajv({ strict: false, formats }).compile((await published.json()) as object);
	for (let seed = 0; seed < 100; seed++) {
		const file = JSON.parse(new TextDecoder().decode(exportBy(seed))) as unknown;
		expect(valid(file), `seed ${seed}: ${JSON.stringify(valid.errors)}`).toBe(true);
	}
	expect(valid(but('boards.0.cards.0.more', 1))).toBe(false);
	expect(valid(but('boards.0.phase', 'lunch'))).toBe(false);
	expect(valid(but('workshop', undefined))).toBe(false);
});
