/** What the Ideas Store keeps: the copy, who finds it, the page for everybody, and what goes with whom. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeCard, setField } from '#shared/doc/notebook.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { BoardState, WorkshopState } from '#shared/facilitation/state.ts';
import type { KeptIdea } from '#shared/ideas.ts';
import { copyOf } from '#server/workshops/idea-copy.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, write, type Ada } from '../support/people.ts';
import { until } from '../support/until.ts';
import { accountOf, roomOfIdeas, sure, wayRound } from './ideas-room.ts';

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());
const furnish = (anonymous?: boolean) => roomOfIdeas(server, ada, anonymous);

test('ID5 the copy has what its author wrote, and nobody else’s words', async () => {
	const { board, ben, chidi, cards, askFor, say, kept } = await furnish();
	const notebook = await write(server, board, ben.token);
	changeCard(notebook.notebook, cards.way, { answers: cards.time });
	const theirs = await write(server, board, chidi.token);
	wayRound(theirs, 'Somebody else’s way', cards.time);
	setField(notebook.notebook, cards.time, 'cause', 'time');
	await until(async () => {
		const { cards: there } = await server.app.rooms.read(board);
		return there.filter(({ answers }) => answers === cards.time).length === 2;
	});
	notebook.close();
	theirs.close();
	await askFor(cards.time);
	await say(ben, 'unnamed');
	const [{ idea }] = (await kept()) as [KeptIdea];
	expect(idea).toMatchObject({
		text: 'Nobody had time',
		answers: ['Ask earlier'],
		exercise: { id: 'barrier' },
		workshop: 'A day in Dakar',
		year: new Date(server.clock.now()).getUTCFullYear()
	});
	expect(JSON.stringify(idea)).not.toContain('else');
});

test('ID5 whom a card names, and how they are reached, is not in the copy', () => {
	const exercise: Exercise = {
		...findExercise('barrier')!,
		fields: [
			{ type: 'text', id: 'main', title: 'Main', main: true },
			{ type: 'person', id: 'who', title: 'Who' },
			{ type: 'text', id: 'mail', title: 'Mail', contact: 'reach' },
			{ type: 'country', id: 'where', title: 'Where' },
			{ type: 'scale', id: 'ease', title: 'Ease', low: 'hard', high: 'easy' }
		],
		columns: [{ id: 'all', title: 'All', fields: ['main', 'who', 'mail', 'where', 'ease'] }]
	};
	const fields = { main: 'A friend', who: 'Ada Nwosu', mail: 'a@b.org', where: 'KE', ease: 4 };
	const card = { id: 'card-one', author: 'key-ben', column: 'all', order: 'a0', fields };
	const started = { openedAt: Date.UTC(2025, 4, 1), title: 'Then', language: 'en' };
	const copy = copyOf(
		{
			workshop: started as WorkshopState,
			board: {} as BoardState,
			exercise,
			card,
			cards: [card]
		},
		null
	);
	expect(copy).toMatchObject({ text: 'A friend', country: 'KE', year: 2025, answers: [] });
	expect(copy.fields).toEqual([
		{ title: 'Where', value: 'Kenya' },
		{ title: 'Ease', value: '4' }
	]);
});

test('ID6 what is kept is its owner’s alone', async () => {
	const { workshop, board, ben, cards, askFor, say, kept } = await furnish();
	await askFor(cards.time);
	await say(ben, 'unnamed');
	const [idea] = await kept();
	const eve = await comeAda(
		server,
		`eve-${workshop.toLowerCase()}@example.org`.replaceAll('_', '')
	);
	const other = { id: eve.account, email: '', name: '' };
	expect((await server.app.ideas.kept(other, {})).ideas).toEqual([]);
	const publish = { idea: idea!.id, published: true };
	expect(await server.app.ideas.publish(other, publish)).toMatchObject({ refused: 'not-found' });
	const who = { role: 'participant', participant: ben.participant } as const;
	expect(await server.app.ideas.ask(workshop, who, { board, cards: [cards.way] })).toMatchObject({
		refused: 'not-allowed'
	});
});

test('ID7 ID8 kept ideas are found by words and filters of the address', async () => {
	const { ben, chidi, cards, askFor, say, kept } = await furnish();
	await askFor(cards.time, cards.money);
	await say(ben, 'named');
	await say(chidi, 'unnamed');
	const texts = async (query: object) => (await kept(query)).map(({ idea }) => idea.text);
	expect(await texts({ words: 'NOBODY tíme' })).toEqual(['Nobody had time']);
	expect(await texts({ words: 'ben' })).toEqual(['Nobody had time']);
	expect(await texts({ words: 'chidi' })).toEqual([]);
	expect(await texts({ exercise: 'barrier', words: 'money' })).toEqual(['No money']);
	expect(await texts({ year: '1999' })).toEqual([]);
	expect(await texts({ words: 'x'.repeat(5000) })).toHaveLength(2);
});

test('ID9 the public page shows what was put on it, while it is published, and has a feed', async () => {
	const { ben, chidi, cards, askFor, say, kept } = await furnish();
	await askFor(cards.time, cards.money);
	await say(ben, 'named');
	await say(chidi, 'named');
	const [one] = await kept({ words: 'time' });
	await server.app.ideas.publish(accountOf(ada), { idea: one!.id, published: true });
	const key = `ours-${Math.floor(server.clock.now())}`;
	const set = (published: boolean) =>
		server.app.ideas.setPage(accountOf(ada), { title: 'What libraries found', key, published });
	const page = () => ask(server.url, `/ideas/${key}`);
	const feed = () => ask(server.url, `/ideas/${key}/feed.xml`);
	await set(false);
	expect([(await page()).status, (await feed()).status]).toEqual([404, 404]);
	await set(true);
	const shown = await page();
	expect(shown.status).toBe(200);
	expect(shown.body['text']).toContain('Nobody had time');
	expect(shown.body['text']).not.toContain('No money');
	const told = await feed();
	expect(told.headers.get('content-type')).toContain('application/atom+xml');
	expect(told.body['text']).toContain(`<id>urn:plenary:idea:${one!.id}</id>`);
	await server.app.ideas.publish(accountOf(ada), { idea: one!.id, published: false });
	expect((await page()).body['text']).not.toContain('Nobody had time');
	await set(false);
	expect((await page()).status).toBe(404);
	const eve = await comeAda(server, 'eve-of-the-page@example.org');
	const taken = { title: 'Hers', key, published: true };
	expect(
		await server.app.ideas.setPage({ id: eve.account, email: '', name: '' }, taken)
	).toMatchObject({ refused: 'address-taken' });
	const guessed = sure(await server.app.ideas.setPage(accountOf(ada), { ...taken, key: '' }));
	expect(guessed.key.length).toBeGreaterThan(20);
});

test('ID10 erasing a person erases what is kept of them', async () => {
	const { workshop, ben, chidi, cards, askFor, say, kept } = await furnish();
	await askFor(cards.time, cards.money);
	await say(ben, 'named');
	await say(chidi, 'named');
	const cookie = { role: 'facilitator', account: ada.account } as const;
	const command = { type: 'erase-person', person: ben.participant } as const;
	const erased = await server.app.workshops.run(workshop, cookie, { id: 'erase-ben', command });
	expect(erased).toMatchObject({ ok: true });
	expect((await kept()).map(({ idea }) => idea.text)).toEqual(['No money']);
	expect(await server.app.stores.ideas.ofWorkshop(workshop)).toHaveLength(1);
});

test('ID10 with a workshop go its questions; what was agreed stays, and leads to nobody', async () => {
	const { workshop, board, ben, chidi, cards, askFor, say } = await furnish();
	await askFor(cards.time, cards.money);
	await say(ben, 'unnamed');
	sure(await server.app.workshops.remove(workshop, accountOf(ada)));
	server.clock.advance(61_000);
	await until(async () => (await server.app.stores.workshops.byId(workshop)) === null);
	const rows = (await server.app.stores.ideas.kept(ada.account)).filter(
		(row) => row.boardId === board
	);
	expect(rows).toMatchObject([{ cardId: cards.time, workshopId: null, participantId: null }]);
	expect(await server.app.stores.ideas.ofAuthor({ participant: chidi.participant })).toEqual([]);
});
