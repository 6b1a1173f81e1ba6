/** The room split into tables, as people hear of it: over the wire, with everybody's own words. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formerStates } from '#server/db/schema.ts';
import type { Table } from '#shared/facilitation/state.ts';
import { ownAuthor } from '#shared/doc/notebook.ts';
import type { TableView } from '#shared/wire/events.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
	ask,
	comeAda,
	give,
	join,
	listen,
	write,
	type Ada,
	type Hearing,
	type Person
} from '../support/people.ts';
import { until } from '../support/until.ts';

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

interface Room {
	id: string;
	code: string;
	people: Person[];
}

async function room(
	names: (string | undefined)[],
	form: { anonymous?: boolean } = {}
): Promise<Room> {
	const { id, code } = await ada.open(form);
	const people: Person[] = [];
	for (const name of names) people.push(await join(server, code, name));
	return { id, code, people };
}

const table = (id: string, ...people: Person[]): Table => ({
	id: `table-${id}`,
	name: `Table ${id}`,
	people: people.map(({ participant }) => participant)
});
const split = ({ id }: Room, ...tables: Table[]) => ada.command(id, { type: 'set-tables', tables });
const tables = async ({ id }: Room) => (await server.app.stored.load(id))!.state.tables!;
const seats = async (there: Room) => (await tables(there)).map(({ people }) => people);
const ids = (...people: Person[]) => people.map(({ participant }) => participant);
/** What is gathered is told. */
const soon = () => server.clock.advance(400);
const hears = (one: Hearing, is: (view: TableView | null) => boolean) =>
	until(() => {
		soon();
		const last = one.last('table:changed');
		return last !== undefined && is(last[0]);
	});

test('TB6 where the room is split for the first time everybody who is there has a seat, and nobody who has gone', async () => {
	const there = await room(['Ben', 'Chidi', 'Eve', 'Olena']);
	const [ben, chidi, eve, olena] = there.people as [Person, Person, Person, Person];
	await give(server, there.id, ada, {
		type: 'remove-person',
		person: olena.participant,
		cards: 'stay'
	});
	// The desk knew neither that Eve is there, nor that Olena is not.
	await split(there, table('one', ben, olena), table('two', chidi));
	expect(await seats(there)).toEqual([ids(ben, eve), ids(chidi)]);
	// From then on somebody may be at none.
	await ada.command(there.id, { type: 'seat-person', person: eve.participant, table: null });
	await split(there, table('one', ben), table('two', chidi));
	expect(await seats(there)).toEqual([ids(ben), ids(chidi)]);
	for (const person of [olena.participant, 'nobody-at-all']) {
		const seat = { type: 'seat-person', person, table: 'table-one' } as const;
		expect(await ada.command(there.id, seat)).toMatchObject({
			status: 404,
			body: { error: { code: 'no-such-person' } }
		});
	}
});

test('TB7 who comes late sits down at the smallest table by themselves, somebody without a device beside who writes for them; nothing is taken back by it', async () => {
	const there = await room(['Ben', 'Chidi', 'Eve']);
	const [ben, chidi, eve] = there.people as [Person, Person, Person];
	await split(there, table('one', ben, chidi), table('two', eve));
	const olena = await join(server, there.code, 'Olena');
	await give(server, there.id, ben, { type: 'add-person', person: 'maria-1', name: 'Maria' });
	await until(async () => {
		soon();
		return (await seats(there)).flat().length === 5;
	});
	expect(await seats(there)).toEqual([[...ids(ben, chidi), 'maria-1'], ids(eve, olena)]);
	// Whoever comes back keeps their seat.
	await join(server, there.code, 'Olena again');
	const view = await listen(server, there.id, ada);
	expect(view.state().undo).toBe('set-tables');

	// Who has joined since a split was put away has a seat once it is taken back.
	await ada.command(there.id, { type: 'set-tables', tables: null });
	server.clock.advance(1000);
	const ida = await join(server, there.code, 'Ida');
	await ada.command(there.id, { type: 'undo' });
	expect((await seats(there)).flat()).toContain(ida.participant);
	view.close();
});

test('TB7 who came shortly before something that is taken back keeps their seat, and a press is not lost because somebody sat down', async () => {
	const there = await room(['Ben', 'Chidi', 'Eve']);
	const [ben, chidi, eve] = there.people as [Person, Person, Person];
	await ada.run(there.id);
	await split(there, table('one', ben, chidi), table('two', eve));
	const press = { type: 'seat-person', person: ben.participant, table: 'table-two' } as const;
	for (const command of [{ type: 'mute' } as const, press]) {
		const late = await join(server, there.code, `Late for ${command.type}`);
		await ada.command(there.id, command);
		const { version } = (await server.app.stored.load(there.id))!;
		await until(async () => {
			soon();
			return (await seats(there)).flat().includes(late.participant);
		});
		const desk = await listen(server, there.id, ada);
		expect(JSON.stringify(desk.state().tables)).toContain(late.participant);
		desk.close();
		expect(await give(server, there.id, ada, { type: 'undo' }, { version })).toMatchObject({
			ok: true
		});
		expect((await seats(there)).flat()).toContain(late.participant);
	}
	expect((await tables(there))[0]!.people).toContain(ben.participant);
});

test('TB7 who came shortly before a restart has a seat after it; who was given none stays without', async () => {
	const there = await room(['Ben', 'Chidi', 'Eve']);
	const [ben, chidi, eve] = there.people as [Person, Person, Person];
	await split(there, table('one', ben, chidi), table('two', eve));
	await ada.command(there.id, { type: 'seat-person', person: eve.participant, table: null });
	const cem = await join(server, there.code, 'Cem');
	await server.restart();
	await until(async () => {
		soon();
		return (await seats(there)).flat().length === 3;
	});
	expect(await seats(there)).toEqual([ids(ben, chidi), ids(cem)]);
});

test('TB8 who is removed or erased sits at no table any more, nor where something is taken back', async () => {
	const there = await room(['Ben', 'Chidi', 'Eve', 'Olena']);
	const [ben, chidi, eve, olena] = there.people as [Person, Person, Person, Person];
	await split(there, table('one', ben, chidi), table('two', eve, olena));
	await split(there, table('one', ben, eve), table('two', chidi, olena));
	await ada.command(there.id, { type: 'to-tables' });
	const gone = { type: 'remove-person', person: ben.participant, cards: 'stay' } as const;
	expect(await give(server, there.id, ada, gone)).toMatchObject({ ok: true });
	const erased = await server.app.workshops.run(
		there.id,
		{ role: 'facilitator', account: ada.account },
		{ id: 'erase-chidi', command: { type: 'erase-person', person: chidi.participant } }
	);
	expect(erased).toMatchObject({ ok: true });
	expect(await seats(there)).toEqual([ids(eve), ids(olena)]);
	const former = await server.database.db.select().from(formerStates);
	const kept = JSON.stringify(former.filter(({ workshopId }) => workshopId === there.id));
	expect(kept).toContain(eve.participant);
	for (const one of ids(ben, chidi)) expect(kept).not.toContain(one);
	await ada.command(there.id, { type: 'undo' });
	await ada.command(there.id, { type: 'undo' });
	expect(await seats(there)).toEqual([[], ids(eve, olena)]);
});

test('TB10 a participant is told their own table, with whom, and which authors sit there, on coming and when it changes; the room in one pass', async () => {
	const there = await room(['Ben', 'Chidi', 'Eve']);
	const [ben, chidi, eve] = there.people as [Person, Person, Person];
	const board = await ada.run(there.id);
	const hearings = await Promise.all(there.people.map((one) => listen(server, there.id, one)));
	const [his, hers] = hearings as [Hearing, Hearing, Hearing];
	const all = () => hearings.reduce((sum, one) => sum + one.all('table:changed').length, 0);
	await until(() => all() === 3);
	await split(there, table('one', ben, chidi), table('two', eve));
	await hears(his, (view) => view?.names.join() === 'Chidi');
	expect(his.last('table:changed')![0]).toMatchObject({
		id: 'table-one',
		name: 'Table one',
		people: 2
	});

	const writing = await write(server, board, chidi.token);
	const author = ownAuthor(writing.notebook)!;
	await hears(his, (view) => view?.authors[board]?.includes(author) ?? false);
	await ada.command(there.id, {
		type: 'seat-person',
		person: chidi.participant,
		table: 'table-two'
	});
	await hears(his, (view) => view?.people === 1 && view.authors[board]?.length === 0);
	await hears(hers, (view) => view?.names.join() === 'Eve');
	await give(server, there.id, ada, {
		type: 'rename-person',
		person: eve.participant,
		name: 'Eva'
	});
	await hears(hers, (view) => view?.names.join() === 'Eva');

	// Each of several commands within a moment is not told by itself.
	soon();
	const before = all();
	const began = performance.now();
	for (const name of ['A', 'B', 'C'])
		await split(there, { ...table('one', ben, chidi), name }, table('two', eve));
	await hears(his, (view) => view?.name === 'C');
	const passes = 2 + (performance.now() - began) / 300;
	expect(all() - before).toBeLessThanOrEqual(3 * passes);
	const again = await listen(server, there.id, ben);
	await until(() => again.last('table:changed'));
	expect(again.last('table:changed')).toEqual(his.last('table:changed'));
	await ada.command(there.id, { type: 'set-tables', tables: null });
	await hears(his, (view) => view === null);
	for (const one of [...hearings, again, writing]) one.close();
});

test('TB11 in an anonymous room a participant is told how many sit with them, no name and no author', async () => {
	const there = await room([undefined, undefined, undefined], { anonymous: true });
	const [ben, chidi, eve] = there.people as [Person, Person, Person];
	const board = await ada.run(there.id);
	const writing = await write(server, board, chidi.token);
	await split(there, table('one', ben, chidi), table('two', eve));
	const his = await listen(server, there.id, ben);
	await hears(his, (view) => view?.people === 2);
	expect(his.last('table:changed')![0]).toEqual({
		id: 'table-one',
		name: 'Table one',
		people: 2,
		names: [],
		authors: {}
	});
	const said = JSON.stringify([his.all('table:changed'), his.all('state:changed')]);
	for (const id of [...ids(chidi, eve), ownAuthor(writing.notebook)!])
		expect(said).not.toContain(id);
	his.close();
	writing.close();
});

test('TB16 what the room has seen of people tells their language and country to those who facilitate, and of anonymous boards nothing', async () => {
	const there = await room(['Ben', 'Chidi']);
	const [ben, chidi] = there.people as [Person, Person];
	const known = async (place: Room, who: { token: string }) =>
		ask(server.url, `/workshops/${place.id}/known`, { token: who.token });
	const board = await ada.run(there.id);
	const writing = await write(server, board, ben.token);
	writing.put('Nous avons attendu la réponse de la mairie pendant des mois');
	await until(async () => (await server.app.rooms.counts(board)).cards === 1);
	const who = { role: 'facilitator', account: ada.account } as const;
	expect(await server.app.splitting.known(there.id, who)).toEqual({});
	await ada.command(there.id, { type: 'go', phase: 'share' });
	expect(await server.app.splitting.known(there.id, who)).toEqual({
		[ben.participant]: { language: 'fr' }
	});
	expect((await known(there, chidi)).status).toBe(403);
	writing.close();

	const hidden = await room([undefined], { anonymous: true });
	const second = await ada.run(hidden.id);
	const nameless = await write(server, second, hidden.people[0]!.token);
	nameless.put('Nous avons attendu la réponse de la mairie');
	await until(async () => (await server.app.rooms.counts(second)).cards === 1);
	await ada.command(hidden.id, { type: 'go', phase: 'share' });
	expect(await server.app.splitting.known(hidden.id, who)).toEqual({});
	nameless.close();
});

test('TB17 the table that one sits at is in what one downloads about oneself', async () => {
	const there = await room(['Ben', 'Chidi']);
	const [ben, chidi] = there.people as [Person, Person];
	expect(await server.app.participants.dataOf(ben.participant)).not.toHaveProperty('table');
	await split(there, table('one', ben), table('two', chidi));
	expect(await server.app.participants.dataOf(ben.participant)).toMatchObject({
		table: 'Table one'
	});
});
