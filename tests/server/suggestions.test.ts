/** Suggestions of what belongs together, asked for and answered over HTTP. */
import { eq } from 'drizzle-orm';
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cofacilitators, suggestionAnswers } from '#server/db/schema.ts';
import { makeGroup } from '#shared/doc/board.ts';
import { addCard } from '#shared/doc/notebook.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { BoardId, CardId, WorkshopId } from '#shared/ids.ts';
import type { Suggested, Suggestion } from '#shared/suggestions.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, join, PASSWORD, write, type Ada, type Person } from '../support/people.ts';
import { until } from '../support/until.ts';

let server: TestApp;
let ada: Ada;
let cookie: string;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
	cookie = await cookieOf('ada@example.org');
});
afterAll(() => server.close());

async function cookieOf(email: string): Promise<string> {
	const logIn = await server.app.accounts.logIn(email, PASSWORD, 'here');
	if ('refused' in logIn) throw new Error(logIn.refused);
	return `${logIn.cookie.name}=${logIn.cookie.value}`;
}

interface Room {
	workshop: WorkshopId;
	board: BoardId;
	ben: Person;
	cards: Record<'short' | 'long' | 'third' | 'hidden' | 'draft' | 'money' | 'grant', CardId>;
	path: string;
}

/** Ben's seven cards, three of which say the same. */
async function room(phase: string | null = 'group', anonymous = false): Promise<Room> {
	const { id: workshop, code } = await ada.open({ anonymous });
	const ben = await join(server, code, anonymous ? undefined : 'Ben');
	const board = await ada.run(workshop);
	const writing = await write(server, board, ben.token);
	const cards = {
		short: writing.put('no time!!'),
		long: writing.put('No time, only me and one volunter in the libary'),
		third: writing.put('No time. The school day is over at two'),
		hidden: writing.put('No time'),
		draft: nanoid(),
		money: writing.put('Every invoice is too expensive'),
		grant: writing.put('Our budget was cut again')
	};
	const fields = { stoppedUs: 'No time' };
	const draft = { id: cards.draft, column: 'barriers', order: 'b0', draft: true, fields };
	addCard(writing.notebook, findExercise('barrier')!, draft);
	await until(async () => (await server.app.rooms.counts(board)).cards === 6);
	const path = `/workshops/${workshop}/boards/${board}/suggestions`;
	if (phase) {
		await ada.command(workshop, { type: 'go', phase: phase as 'group' });
		await ada.command(workshop, { type: 'hide-card', board, card: cards.hidden });
		await until(() => writing.seen().cards.length === 6);
	}
	writing.close();
	return { workshop, board, ben, cards, path };
}

const lookAll = async ({ path }: Room): Promise<Suggested> => {
	const { status, body } = await ask(server.url, path, { cookie });
	expect(status).toBe(200);
	return body as unknown as Suggested;
};
const look = async (room: Room): Promise<Suggestion[]> => (await lookAll(room)).open;
const takeBack = ({ path }: Room, key?: string, as = cookie) =>
	ask(server.url, key === undefined ? path : `${path}?key=${key}`, {
		cookie: as,
		method: 'DELETE'
	});
const answer = ({ path }: Room, body: unknown, as = cookie) =>
	ask(server.url, path, { cookie: as, method: 'POST', body });

test('MS1 what the room sees is compared: without drafts, hidden cards, and before the reveal nothing', async () => {
	const whole = await room();
	const { short, long, third, money, grant } = whole.cards;
	expect((await look(whole)).map(({ kind, cards, title }) => ({ kind, cards, title }))).toEqual([
		{ kind: 'same', cards: [short, long, third].toSorted(), title: 'no time!!' },
		{
			kind: 'theme',
			cards: [money, grant].toSorted(),
			title: expect.stringMatching(/invoice|budget/)
		}
	]);

	const closed = await room(null);
	const { status, body } = await ask(server.url, closed.path, { cookie });
	expect([status, body.error.code]).toEqual([409, 'wrong-phase']);
	expect(JSON.stringify(body)).not.toContain('time');
});

test('MS6 what was answered over HTTP does not come again, yes or no', async () => {
	const whole = await room();
	const [same, theme] = await look(whole);
	expect((await answer(whole, { key: same!.key, accepted: false })).body).toEqual({
		answered: true
	});
	const left = await look(whole);
	expect(left.map(({ key }) => key)).not.toContain(same!.key);
	expect(left.map(({ key }) => key)).toContain(theme!.key);
	await answer(whole, { key: theme!.key, accepted: true });
	await answer(whole, { key: theme!.key, accepted: false });
	expect((await look(whole)).map(({ key }) => key)).not.toContain(theme!.key);
});

test('MS21 an answer that is taken back was never given, whichever it was', async () => {
	const whole = await room();
	const [same, theme] = await look(whole);
	await answer(whole, { key: same!.key, accepted: false });
	await answer(whole, { key: theme!.key, accepted: true });
	expect((await takeBack(whole, same!.key)).body).toEqual({ takenBack: 1 });
	expect((await look(whole)).map(({ key }) => key)).toEqual([same!.key]);
	expect((await takeBack(whole, same!.key)).body).toEqual({ takenBack: 0 });
	expect((await takeBack(whole, theme!.key)).body).toEqual({ takenBack: 1 });
	expect(await look(whole)).toEqual([same, theme]);
});

test('MS22 all that was set aside is counted, and can be suggested again; what lies together is not', async () => {
	const whole = await room();
	const other = await room();
	const [same, theme] = await look(whole);
	expect(await lookAll(whole)).toMatchObject({ setAside: 0 });
	await answer(whole, { key: same!.key, accepted: false });
	await answer(whole, { key: theme!.key, accepted: true });
	await answer(other, { key: (await look(other))[0]!.key, accepted: false });
	// Nobody has made the group yet, or somebody has taken it apart.
	expect(await lookAll(whole)).toMatchObject({ setAside: 2 });
	const writing = await write(server, whole.board, whole.ben.token);
	const { money, grant } = whole.cards;
	const group = { id: 'about-money', kind: 'theme', column: 'barriers', order: 'a0' } as const;
	makeGroup(writing.board, { ...group, cards: [money, grant] });
	await until(async () => (await server.app.rooms.read(whole.board)).groups.length === 1);
	writing.close();
	expect(await lookAll(whole)).toMatchObject({ setAside: 1 });
	expect((await takeBack(whole)).body).toEqual({ takenBack: 2 });
	expect(await lookAll(whole)).toEqual({ open: [same], setAside: 0 });
	expect(await lookAll(other)).toMatchObject({ setAside: 1 });
});

test('MS21 answers are taken back by who facilitates, on a board of theirs', async () => {
	const whole = await room();
	const other = await room();
	const [same] = await look(whole);
	await answer(whole, { key: same!.key, accepted: false });
	const says = async (asked: Promise<{ status: number; body: { error: { code: string } } }>) => {
		const { status, body } = await asked;
		return status === 200 ? 200 : body.error.code;
	};
	expect(await says(takeBack(whole, same!.key, whole.ben.cookie))).toBe('not-allowed');
	const foreign = { ...whole, path: whole.path.replace(whole.board, other.board) };
	expect(await says(takeBack(foreign, same!.key))).toBe('not-found');
	expect(await says(takeBack(whole, 'not-a-key'))).toBe('malformed');
	expect(await says(takeBack(await room(null)))).toBe('wrong-phase');
	expect((await lookAll(whole)).setAside).toBe(1);
});

test('MS13 facilitators and co-facilitators alone, on a board of their workshop', async () => {
	const whole = await room();
	const other = await room();
	const cleo = await comeAda(server, 'cleo@example.org');
	const beside = await cookieOf('cleo@example.org');
	const says = async (path: string, as: string, body?: unknown) => {
		const { status, body: said } = await ask(server.url, path, {
			cookie: as,
			...(body ? { body } : {})
		});
		return status === 200 ? 200 : said.error.code;
	};
	const key = `same-${'x'.repeat(22)}`;
	const good = { key, accepted: true };
	expect(await says(whole.path, beside)).toBe('not-found');
	expect(await says(whole.path, beside, good)).toBe('not-found');
	const place = { workshopId: whole.workshop, accountId: cleo.account, addedAt: 1 };
	await server.database.db.insert(cofacilitators).values(place);
	expect(await says(whole.path, beside)).toBe(200);
	expect(await says(whole.path, beside, good)).toBe(200);
	expect(await says(whole.path, whole.ben.cookie)).toBe('not-allowed');
	expect(await says(whole.path, whole.ben.cookie, good)).toBe('not-allowed');
	const foreign = whole.path.replace(whole.board, other.board);
	expect(await says(foreign, cookie)).toBe('not-found');
	expect(await says(foreign, cookie, good)).toBe('not-found');
	for (const bad of [
		{},
		{ key },
		{ ...good, more: 1 },
		{ key: 'x', accepted: true },
		{ key: 7, accepted: true }
	])
		expect([bad, await says(whole.path, cookie, bad)]).toEqual([bad, 'malformed']);
	const closed = await room(null);
	expect(await says(closed.path, cookie, good)).toBe('wrong-phase');
});

test('MS14 asking and answering changes nothing, tells nobody’s name, and goes with the workshop', async () => {
	const whole = await room('group', true);
	const before = await server.app.rooms.read(whole.board);
	const version = (await server.app.stored.load(whole.workshop))!.version;
	const found = await look(whole);
	await answer(whole, { key: found[0]!.key, accepted: true });
	expect(Object.keys(found[0]!).toSorted()).toEqual(['cards', 'key', 'kind', 'title']);
	const texts = JSON.stringify(found);
	for (const { author } of before.cards) expect(texts).not.toContain(author);
	expect(texts).not.toContain(whole.ben.participant);
	expect(await server.app.rooms.read(whole.board)).toEqual(before);
	expect((await server.app.stored.load(whole.workshop))!.version).toBe(version);

	const rows = () =>
		server.database.db
			.select()
			.from(suggestionAnswers)
			.where(eq(suggestionAnswers.boardId, whole.board));
	expect(await rows()).toEqual([
		{ boardId: whole.board, key: found[0]!.key, accepted: true, at: expect.any(Number) }
	]);
	await server.app.stores.erasure.workshop(whole.workshop, 0);
	expect(await rows()).toEqual([]);
});

test('MS7 what the room has put together is read from the board as it lies', async () => {
	const whole = await room();
	const writing = await write(server, whole.board, whole.ben.token);
	const { short, long, third } = whole.cards;
	makeGroup(writing.board, {
		id: 'same-group',
		kind: 'same',
		column: 'barriers',
		order: 'a0',
		cards: [short, long, third]
	});
	await until(async () => (await server.app.rooms.read(whole.board)).groups.length === 1);
	expect((await look(whole)).map(({ kind }) => kind)).toEqual(['theme']);
	writing.close();
});

test('MS13 nobody asks too often', async () => {
	const slow = await startTestApp({ pagesAMinute: 2 });
	try {
		const eve = await comeAda(slow, 'eve@example.org');
		const { id } = await eve.open();
		const board = await eve.run(id, 'share');
		const who = { role: 'facilitator', account: eve.account } as const;
		const asked = async () => slow.app.suggestions.of(id, board, who);
		const nothing = { open: [], setAside: 0 };
		slow.clock.nextMinute();
		expect([await asked(), await asked()]).toEqual([nothing, nothing]);
		expect(await asked()).toMatchObject({ refused: 'too-many-tries' });
	} finally {
		await slow.close();
	}
});
