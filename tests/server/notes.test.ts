/** The notes of those who facilitate: saved on what they were written on, and never over each other. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Who } from '#shared/permissions.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { isRefusal } from '#shared/refusals.ts';
import { NotesKeeper, type Saved } from '../../src/lib/sync/notes-keeper.ts';
import { KeptNotes, type Tabs } from '../../src/lib/sync/kept-notes.ts';
import { MemoryStorage } from '../shared/sync-device.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createChance, type Chance } from '../support/chance.ts';
import { ask, comeAda, PASSWORD, type Ada } from '../support/people.ts';

let server: TestApp;
let ada: Ada;
let cookie: string;
let workshop: WorkshopId;
let device: MemoryStorage;
const open: NotesKeeper[] = [];
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
	const logIn = await server.app.accounts.logIn('ada@example.org', PASSWORD, 'here');
	if (isRefusal(logIn)) throw new Error(logIn.refused);
	cookie = `${logIn.cookie.name}=${logIn.cookie.value}`;
});
afterAll(() => server.close());
beforeEach(async () => {
	({ id: workshop } = await ada.open());
	device = MemoryStorage.install();
});
afterEach(() => {
	away = true;
	for (const desk of open.splice(0)) desk.close();
	away = false;
	device.remove();
});

const owner = (): Who => ({ role: 'facilitator', account: ada.account });
const stored = async () => String(await server.app.workshops.notes(workshop, owner()));
const put = (body: unknown) =>
	ask(server.url, `/workshops/${workshop}/notes`, { method: 'PUT', cookie, body });
const set = (base: string, notes: string) =>
	server.app.workshops.setNotes(workshop, owner(), { base, notes });

test('DE27 notes are saved on what they were written on; else nothing is, and what stands there is told', async () => {
	expect(await put({ base: '', notes: 'Ask Ben' })).toMatchObject({
		status: 200,
		body: { saved: true }
	});
	const late = await put({ base: '', notes: 'Bring chalk' });
	expect(late).toMatchObject({ status: 409, body: { saved: false, notes: 'Ask Ben' } });
	expect(await stored()).toBe('Ask Ben');
	expect((await put({ base: 'Ask Ben', notes: 'Ask Chidi' })).status).toBe(200);
	expect(await stored()).toBe('Ask Chidi');
});

test('DE27 of many desks that save at once on the same text, one does, and all others are told its', async () => {
	const words = Array.from({ length: 12 }, (_, i) => `Desk ${i}`);
	const answers = await Promise.all(words.map((notes) => set('', notes)));
	const saved = words.filter((_, i) => (answers[i] as { saved: boolean }).saved);
	expect(saved).toHaveLength(1);
	expect(await stored()).toBe(saved[0]);
	const others = answers.filter((answer) => !(answer as { saved: boolean }).saved);
	expect(others).toEqual(others.map(() => ({ saved: false, notes: saved[0] })));
});

test('DE27 what is no base with notes is refused, and so is what is too long', async () => {
	for (const body of ['Ask Ben', ['Ask Ben'], { notes: 'Ask Ben' }, { base: 1, notes: '' }])
		expect((await put(body)).status).toBe(400);
	expect((await put({ base: '', notes: 'x'.repeat(50_001) })).status).toBe(413);
	expect((await put({ base: 'x'.repeat(50_001), notes: '' })).status).toBe(413);
	expect(await stored()).toBe('');
	const longest = '本'.repeat(50_000);
	expect((await put({ base: '', notes: longest })).status).toBe(200);
	expect((await put({ base: longest, notes: `${longest.slice(1)}粉` })).status).toBe(200);
});

test('DE27 a participant, a visitor and the room screen neither read nor write them', async () => {
	await set('', 'Ask Ben');
	for (const who of [
		{ role: 'visitor' },
		{ role: 'screen' },
		{ role: 'participant', participant: 'ben' }
	] satisfies Who[]) {
		const none = { refused: 'not-allowed' };
		expect(await server.app.workshops.notes(workshop, who)).toMatchObject(none);
		const given = { base: 'Ask Ben', notes: '' };
		expect(await server.app.workshops.setNotes(workshop, who, given)).toMatchObject(none);
	}
	expect(await stored()).toBe('Ask Ben');
});

/** Nothing reaches the server. */
let away = false;
/** What a bad line does to a request: lost before it was there, or its answer after. */
type Fate = 'through' | 'lost' | 'unanswered';
let tabs = 0;
/** The names that tabs hold; without, as over plain http, none is known to live. */
const living = new Set<string>();
const tabsOf = (names: Set<string>): Tabs => ({
	hold: (name) => {
		names.add(name);
		return () => names.delete(name);
	},
	held: () => Promise.resolve(names)
});

/** A desk's notes, opened on what the server has; it saves only where a test says so. */
async function desk({
	account = ada.account,
	fate = (): Fate => (away ? 'lost' : 'through')
} = {}): Promise<NotesKeeper> {
	const save = async (base: string, notes: string): Promise<Saved> => {
		const what = fate();
		if (what === 'lost') return null;
		const answer = await set(base, notes);
		return what === 'unanswered' || isRefusal(answer) ? null : answer;
	};
	const kept = new KeptNotes({ workshop, account, tab: `tab-${tabs++}` }, tabsOf(living));
	const made = new NotesKeeper(await stored(), { save, kept, now: () => 1000 });
	open.push(made);
	await made.takeUp();
	return made;
}
/** Until it has saved and nothing is left on it. */
async function settles(one: NotesKeeper): Promise<void> {
	for (let i = 0; i < 10; i++) {
		await one.look();
		if (one.shown.keeping === 'saved') return;
	}
	throw new Error(`not saved: ${JSON.stringify(one.shown)}`);
}

test('DE28 two desks write at the same time, and each has what both wrote', async () => {
	await set('', 'Agenda\nBreak');
	const [one, other] = [await desk(), await desk()];
	one.typed('Agenda: ask Ben\nBreak');
	other.typed('Agenda\nBreak, then chalk');
	await settles(one);
	await settles(other);
	expect(other.shown.text).toBe('Agenda: ask Ben\nBreak, then chalk');
	expect(await stored()).toBe(other.shown.text);
	// With nothing of its own, it only learns.
	await one.look();
	expect(one.shown.text).toBe(other.shown.text);
	expect(device.keys).toEqual([]);
});

test('DE28 while an input method has the field in hand, the other text waits', async () => {
	const [one, other] = [await desk(), await desk()];
	one.typed('Ask Ben');
	await settles(one);
	other.typed('粉');
	other.composing = true;
	await other.look();
	expect(other.shown.text).toBe('粉');
	other.typed('粉笔');
	other.composing = false;
	await settles(other);
	expect(await stored()).toBe('Ask Ben\n粉笔');
});

test('DE28 through a line that loses requests, every word of every desk is there once', async () => {
	for (let seed = 1; seed <= 15; seed++) {
		({ id: workshop } = await ada.open());
		const said = await writeTogether(createChance(seed), {
			fates: ['through', 'through', 'lost'],
			shut: false
		});
		const there = (await stored()).split(/\s+/).filter(Boolean);
		expect([seed, there.toSorted()]).toEqual([seed, said.toSorted()]);
	}
});

test('DE28 DE29 through a line that loses answers too, with tabs that are shut, every word is there', async () => {
	for (let seed = 1; seed <= 15; seed++) {
		({ id: workshop } = await ada.open());
		const said = await writeTogether(createChance(seed), {
			fates: ['through', 'through', 'lost', 'unanswered'],
			shut: true
		});
		const there = new Set((await stored()).split(/\s+/).filter(Boolean));
		expect([seed, [...there].toSorted()]).toEqual([seed, said.toSorted()]);
	}
});

/** Three desks put words between each other's and save; some are shut, and opened at once. */
async function writeTogether(
	chance: Chance,
	{ fates, shut }: { fates: Fate[]; shut: boolean }
): Promise<string[]> {
	const fate = () => (away ? 'lost' : chance.one(fates));
	const desks = [await desk({ fate }), await desk({ fate }), await desk({ fate })];
	const said: string[] = [];
	for (let step = 0; step < 40; step++) {
		const at = chance.below(desks.length);
		const what = chance.below(6);
		if (what < 3) {
			const word = `${'abc'[at]}${said.length}`;
			said.push(word);
			desks[at]!.typed(withWord(desks[at]!.shown.text, word, chance));
		} else if (what < 5 || !shut) await desks[at]!.look();
		else {
			desks[at]!.close();
			desks[at] = await desk({ fate });
		}
	}
	for (const one of [...desks, ...desks]) for (let i = 0; i < 30; i++) await one.look();
	return said;
}

function withWord(text: string, word: string, chance: Chance): string {
	const lines = text.split('\n');
	const line = chance.below(lines.length);
	const words = lines[line]!.split(' ').filter(Boolean);
	words.splice(chance.below(words.length + 1), 0, word);
	lines[line] = words.join(' ');
	if (chance.below(4) === 0) lines.push('');
	return lines.join('\n');
}

test('DE29 what could not be saved is there when the desk is opened again, also where the notes went on', async () => {
	await set('', 'Agenda');
	const before = await desk();
	away = true;
	before.typed('Agenda\nAsk Ben');
	await before.look();
	expect(before.shown.keeping).toBe('device');
	expect(before.closingIsSafe).toBe(true);
	before.close();
	away = false;
	await set('Agenda', 'Bring chalk\nAgenda');
	const after = await desk();
	expect(after.shown.text).toBe('Bring chalk\nAgenda\nAsk Ben');
	await settles(after);
	expect(await stored()).toBe('Bring chalk\nAgenda\nAsk Ben');
	expect(device.keys).toEqual([]);
	expect((await desk()).shown).toMatchObject({ text: await stored(), keeping: 'saved' });
});

test('DE29 each tab keeps its own, which is another’s only once it is gone', async () => {
	away = true;
	const [one, other] = [await desk(), await desk()];
	one.typed('Ask Ben');
	other.typed('Bring chalk');
	expect(device.keys).toHaveLength(2);
	one.close();
	const third = await desk();
	expect(third.shown.text).toBe('Ask Ben');
	other.typed('Bring chalk and pens');
	away = false;
	await settles(third);
	expect(device.keys).toHaveLength(1);
	await settles(other);
	expect(await stored()).toBe('Ask Ben\nBring chalk and pens');
	expect(device.keys).toEqual([]);
});

test('DE29 where no tab is known to live, what it has written since is taken off by itself alone', async () => {
	away = true;
	const one = await desk();
	one.typed('Bring chalk');
	living.clear();
	const other = await desk();
	one.typed('Bring chalk and pens');
	away = false;
	await settles(other);
	expect(device.keys).toHaveLength(1);
	await settles(one);
	expect(await stored()).toBe('Bring chalk and pens');
	expect(device.keys).toEqual([]);
});

test('DE29 what an account could not save is told to no other', async () => {
	away = true;
	const before = await desk();
	before.typed('Dan is late again');
	before.close();
	const cleo = await desk({ account: 'cleo' });
	expect(cleo.shown.text).toBe('');
	cleo.typed('Bring chalk');
	away = false;
	await settles(cleo);
	await settles(await desk());
	expect(await stored()).toBe('Bring chalk\nDan is late again');
});

test('DE29 where the device keeps nothing, closing is not safe until it is saved', async () => {
	device.full = true;
	away = true;
	const one = await desk();
	expect(one.closingIsSafe).toBe(true);
	one.typed('Ask Ben');
	expect(one.closingIsSafe).toBe(false);
	await one.look();
	expect(one.shown.keeping).toBe('refused');
	away = false;
	await settles(one);
	expect(one.closingIsSafe).toBe(true);
});
