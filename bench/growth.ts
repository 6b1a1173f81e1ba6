/**
 * What a board on which everybody types without end takes on the disk: the embedded database, the
 * true documents, batches, commits and snapshots, with the hours passing as fast as they go.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import * as Y from 'yjs';
import { addCard, fieldText, makeAuthorMap } from '#shared/doc/notebook.ts';
import { CATALOGUE } from '#shared/exercises/catalogue.ts';
import { openDatabase, type Database } from '#server/db/connect.ts';
import { migrate } from '#server/db/migrate.ts';
import { recordsOf } from '#server/db/records.ts';
import { accounts, authors, boards, participants, workshops } from '#server/db/schema.ts';
import { createUpdateStore } from '#server/store/updates.ts';
import { Batch } from '#server/yjs/batch.ts';
import { Compaction, COMPACTION, type CompactionPace } from '#server/yjs/compaction.ts';
import { Documents } from '#server/yjs/documents.ts';

const exercise = CATALOGUE.find(({ id }) => id === 'barrier')!;
const FULL = 2000;
const TICK = 250;
const WORDS =
	'we could ask them to sign before the money is there and nobody in the ministry knows why it takes a year'.split(
		' '
	);

export interface Growth {
	letters: number;
	/** Of all that was ever written to the log, in bytes. */
	written: number;
	/** Of the newest snapshot. */
	snapshot: number;
	/** Rows and snapshots in the database's files, at the end. */
	disk: number;
	/** The most that they ever were, as a multiple of the newest snapshot. */
	mostOfSnapshot: number;
	/** The write-ahead log, at most. */
	wal: number;
	snapshots: number;
	/** The longest that a cut with a snapshot took, in ms. */
	longestCut: number;
	/** Whether it is the same when it is read again. */
	same: boolean;
}

interface Course {
	people: number;
	seconds: number;
	/** How many letters somebody types every quarter of a second. */
	atOnce?: number;
	/** Words repeat themselves, and Postgres makes them smaller; letters by chance do not. */
	byChance?: boolean;
	pace?: CompactionPace;
}

export async function measureGrowth(course: Course): Promise<Growth> {
	const dataDir = mkdtempSync(join(tmpdir(), 'plenary-growth-'));
	const opened = await openDatabase({ dataDir, log: { info() {}, error: console.error } });
	if ('unavailable' in opened) throw new Error(opened.unavailable);
	try {
		await migrate(opened.db);
		await seat(opened.db, course.people);
		return await type(opened.db, course);
	} finally {
		await opened.close();
		rmSync(dataDir, { recursive: true, force: true });
	}
}

async function seat(db: Database, people: number): Promise<void> {
	const createdAt = 0;
	const ada = { id: 'ada', email: 'ada@example.org', name: 'Ada', passwordHash: '', createdAt };
	await db.insert(accounts).values(ada);
	const state = {} as (typeof workshops.$inferInsert)['state'];
	const workshop = { id: 'workshop', code: 'ABCDEF', ownerId: 'ada', screenSecret: '', state };
	await db.insert(workshops).values({ ...workshop, version: 1, createdAt });
	const board = { id: 'board', workshopId: 'workshop', exercise, epoch: 'epoch', createdAt };
	await db.insert(boards).values(board);
	for (let i = 0; i < people; i++) {
		const id = `person-${i}`;
		await db.insert(participants).values({ id, workshopId: 'workshop', name: id, joinedAt: 0 });
		const key = `author-${String(i).padStart(14, '0')}`;
		const author = { boardId: 'board', key, participantId: id, mapUpdate: makeAuthorMap(key) };
		await db.insert(authors).values(author);
	}
}

async function type(db: Database, course: Course): Promise<Growth> {
	const { seconds, atOnce = 1, byChance = false, pace = COMPACTION } = course;
	const updates = createUpdateStore(db);
	const stored = (await updates.load('board'))!;
	const { documents } = Documents.load(stored);
	const log = { warn: console.warn, error: console.error };
	const kept = { snapshots: [], size: 0, since: 0, owed: false };
	const clock = { now: () => 0 };
	const deps = { updates, log, clock, compaction: pace };
	const compaction = new Compaction(kept, { board: 'board', documents, deps });
	const writers = [...documents.notebooks.values()].map(
		(notebook) => new Writer(notebook.map, byChance)
	);
	const growth = { letters: 0, written: 0, snapshot: 0, disk: 0, mostOfSnapshot: 0, wal: 0 };
	const seen = { snapshots: 0, longestCut: 0 };
	let last = 0;
	let wanted = false;
	for (let tick = 0; tick < (seconds * 1000) / TICK; tick++) {
		const batch = new Batch();
		if (wanted) batch.snapshot = 'beside';
		for (const [i, notebook] of [...documents.notebooks.values()].entries()) {
			const made = notebook.document.apply([writers[i]!.type(atOnce)], { source: 'client' })!;
			batch.gather(notebook.key, made, null);
			batch.forward.add(notebook.key);
			growth.letters += atOnce;
		}
		const started = performance.now();
		const cut = batch.cut(documents, last, tick);
		if (wanted) seen.longestCut = Math.max(seen.longestCut, performance.now() - started);
		await updates.commit('board', cut.commit!);
		last = cut.seq;
		for (const { document, forwarded, update } of cut.row!.entries)
			documents.notebooks
				.get(document)!
				.committed(cut.row!, { gained: update.length > 0, forwarded });
		documents.board.apply(cut.forwarding.updates, { source: 'forward' });
		growth.written += batch.bytes;
		compaction.gained(cut.row!);
		if (cut.taken) {
			compaction.keep(cut.taken);
			await compaction.idle();
			seen.snapshots += 1;
			Object.assign(growth, await measure(db));
		}
		wanted = compaction.isDue();
		const { wal, disk } = await (tick % 100 === 0 ? measure(db) : Promise.resolve(growth));
		growth.wal = Math.max(growth.wal, wal);
		// A young board may have so much in any case.
		if (growth.snapshot * pace.share > pace.least)
			growth.mostOfSnapshot = Math.max(growth.mostOfSnapshot, disk / growth.snapshot);
	}
	const again = Documents.load((await updates.load('board'))!).documents;
	const said = (all: Documents) => JSON.stringify(all.board.doc.getMap('cards').toJSON());
	return { ...growth, ...(await measure(db)), ...seen, same: said(again) === said(documents) };
}

/** One who types, a card after another. */
class Writer {
	readonly #doc = new Y.Doc();
	#made: Uint8Array = new Uint8Array();
	#card = 0;
	#words = '';

	readonly #byChance: boolean;

	constructor(map: Uint8Array, byChance: boolean) {
		this.#byChance = byChance;
		Y.applyUpdate(this.#doc, map);
		this.#doc.on('update', (update: Uint8Array) => (this.#made = update));
		this.#begin();
	}

	type(letters: number): Uint8Array {
		const text = fieldText(this.#doc, `card-${this.#card}`, 'stoppedUs')!;
		while (this.#words.length < letters) this.#words += this.#more();
		const begun = text.length === 0 ? [this.#made] : [];
		text.insert(text.length, this.#words.slice(0, letters));
		this.#words = this.#words.slice(letters);
		const made = Y.mergeUpdates([...begun, this.#made]);
		if (text.length >= FULL) this.#begin();
		return made;
	}

	#more(): string {
		if (this.#byChance) return String.fromCharCode(97 + Math.floor(Math.random() * 26));
		return `${WORDS[Math.floor(Math.random() * WORDS.length)]} `;
	}

	#begin(): void {
		this.#card += 1;
		const card = { id: `card-${this.#card}`, column: 'barriers', order: 'a1', fields: {} };
		addCard(this.#doc, exercise, { ...card, fields: { stoppedUs: '' } });
	}
}

async function measure(db: Database): Promise<{ disk: number; snapshot: number; wal: number }> {
	const [found] = await recordsOf(
		db,
		sql`select pg_total_relation_size('rows') + pg_total_relation_size('snapshots') as disk,
			(select coalesce(sum(length(bytes)), 0) from snapshots
				where seq = (select max(seq) from snapshots)) as snapshot,
			(select sum(size) from pg_ls_waldir()) as wal`
	);
	const { disk, snapshot, wal } = found!;
	return { disk: Number(disk), snapshot: Number(snapshot), wal: Number(wal) };
}

if (import.meta.main) {
	const [people = '100', seconds = '3600', how] = process.argv.slice(2);
	const course = { people: Number(people), seconds: Number(seconds) };
	console.log(await measureGrowth({ ...course, byChance: how === 'chance' }));
}
