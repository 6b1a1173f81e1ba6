/** A workshop that comes as a file is written in pieces: others go on, and nobody sees a part of it. */
import { sql } from 'drizzle-orm';
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { compose } from '#server/imports/compose.ts';
import { readFile } from '#server/imports/read-file.ts';
import { recordsOf } from '#server/db/records.ts';
import { OUR_TABLES } from '#server/db/cleaning.ts';
import type { WorkshopFile } from '#shared/workshop-file.ts';
import { pastRecall } from '#server/workshops/retention.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, type Ada } from '../support/people.ts';
import { until } from '../support/until.ts';
import { exportBy } from './import-workshops.ts';

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

let seed = 2000;
beforeEach(() => {
	seed++;
});

/** With so many people that they are several pieces. */
function crowd(): WorkshopFile {
	const file = readFile(exportBy(seed)) as WorkshopFile;
	file.workshop.people = 500;
	return file;
}

/** As the database is given it. */
function asked(file: WorkshopFile) {
	const now = server.clock.now();
	const { id } = file.workshop;
	const audit = {
		id: nanoid(),
		workshopId: id,
		at: now,
		accountId: ada.account,
		deed: 'imported',
		about: {}
	};
	const found = { code: `code-${seed}`, screenSecret: 'secret' };
	const owned = { ...found, ownerId: ada.account, deletedAt: pastRecall(now), audit };
	return { id, imported: compose(file, { now, newId: nanoid }), owned };
}

const bring = (file: WorkshopFile) =>
	ask(server.url, '/api/v1/workshops/import', { token: ada.token, body: file });
const listed = async () =>
	(await server.app.workshops.list({ id: ada.account, email: '', name: '' })).map(({ id }) => id);
const counts = async () =>
	Promise.all(
		OUR_TABLES.map(async (table) => [
			table,
			await recordsOf(server.database.db, sql`select count(*) from ${sql.identifier(table)}`)
		])
	);

test('IM15 while a large file is written, what others save is saved in between', async () => {
	const { id: other } = await ada.open();
	const { id, imported, owned } = asked(crowd());
	const { imports, workshops } = server.app.stores;
	const adding = imports.add(imported, owned);
	await until(() => workshops.byId(id), { what: 'its first piece' });
	expect(await workshops.setNotes(other, '', 'saved')).toBe(true);
	expect((await workshops.byId(id))!.deletedAt).toBe(owned.deletedAt);
	await adding;
	expect((await workshops.byId(id))!.deletedAt).toBeNull();
	expect(await listed()).toContain(id);
});

test('IM16 what was broken off is there for nobody, and nothing of it is left after the next start', async () => {
	const { id, imported, owned } = asked(crowd());
	const before = await counts();
	// All but the last piece: its line of the audit list is there already.
	const [line] = await server.app.stores.audit.last((await ada.open()).id, 1);
	const opened = await counts();
	expect(opened).not.toEqual(before);
	const add = server.app.stores.imports.add(imported, {
		...owned,
		audit: { ...owned.audit, id: line!.id }
	});
	await expect(add).rejects.toThrow();
	expect(await counts()).not.toEqual(opened);

	expect(await listed()).not.toContain(id);
	expect((await ask(server.url, `/api/v1/workshops/${id}`, { token: ada.token })).status).toBe(404);
	expect(await server.app.stored.byCode(owned.code)).toBeNull();
	expect(await server.app.stored.facts(imported.boards[0]!.row.id)).toBeNull();
	const account = { id: ada.account, email: '', name: '' };
	expect(await server.app.workshops.restore(id, account)).toMatchObject({ refused: 'not-found' });

	await server.restart();
	const withoutCodes = (all: unknown[][]) => all.filter(([table]) => table !== 'retired_codes');
	expect(withoutCodes(await counts())).toEqual(withoutCodes(opened));
	// Its ids are free again.
	expect(await bring(crowd())).toMatchObject({ status: 201, body: { id } });
});

test('IM16 retention, which looks for what is deleted meanwhile, lets it be written', async () => {
	const file = crowd();
	const { id } = file.workshop;
	const bringing = bring(file);
	await until(() => server.app.stores.workshops.byId(id));
	server.clock.advance(60 * 60 * 1000);
	expect(await bringing).toMatchObject({ status: 201, body: { id } });
	await server.app.workshops.list({ id: ada.account, email: '', name: '' });
	expect(await listed()).toContain(id);
});

test('IM17 on an anonymous board no author is anybody, and none is on another board', async () => {
	let file = crowd();
	const isMixed = ({ workshop, boards }: WorkshopFile) =>
		!workshop.anonymous && boards.some(({ anonymous, cards }) => anonymous && cards.length > 0);
	while (!isMixed(file)) {
		seed++;
		file = crowd();
	}
	const { id } = file.workshop;
	expect((await bring(file)).status).toBe(201);
	const anonymous = new Set(file.boards.filter((one) => one.anonymous).map((one) => one.id));
	const seats = new Map(
		(await server.app.stores.participants.seats(id)).map((seat) => [seat.id, seat])
	);
	const authors = await server.app.stores.participants.authors(id);
	const hidden = authors.filter(({ board }) => anonymous.has(board));
	expect(hidden.length).toBeGreaterThan(0);
	for (const { participant } of hidden) {
		expect(seats.get(participant)!.name).toBe('');
		expect(authors.filter((one) => one.participant === participant)).toHaveLength(1);
	}
	const said = await recordsOf(
		server.database.db,
		sql`select participant_id from comments where board_id in ${[...anonymous]} and participant_id is not null`
	);
	expect(said).toEqual([]);
});
