/** The Ideas Store: what is kept beyond a workshop, and only because its author said so. */
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addCard, changeCard, setField } from '#shared/doc/notebook.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { BoardState, WorkshopState } from '#shared/facilitation/state.ts';
import type { AskedIdea, KeptIdea } from '#shared/ideas.ts';
import { isRefusal, type Refusal } from '#shared/refusals.ts';
import { copyOf } from '#server/workshops/idea-copy.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
	ask,
	comeAda,
	give,
	join,
	listen,
	write,
	type Ada,
	type Person,
	type Writing
} from '../support/people.ts';
import { until } from '../support/until.ts';

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

let workshop: string;
let board: string;
let ben: Person;
let chidi: Person;
let cards: { time: string; way: string; money: string };

/** A card in the column that answers barriers. */
function wayRound({ notebook }: Writing, text: string, answers?: string): string {
	const id = nanoid();
	const fields = { whatWeCouldDo: text };
	const card = { id, column: 'ways-round', order: 'a1', fields, ...(answers && { answers }) };
	addCard(notebook, findExercise('barrier')!, card);
	return id;
}

/** A board in `share`: Ben has a barrier and a way round it, Chidi has another barrier. */
async function furnish(anonymous = false): Promise<void> {
	const { id, code } = await ada.open({ anonymous });
	workshop = id;
	ben = await join(server, code, anonymous ? undefined : 'Ben');
	chidi = await join(server, code, anonymous ? undefined : 'Chidi');
	board = await ada.run(id);
	const [one, other] = [
		await write(server, board, ben.token),
		await write(server, board, chidi.token)
	];
	const time = one.put('Nobody had time');
	const money = other.put('No money');
	await until(() => server.app.rooms.counts(board).then((counts) => counts.cards === 2));
	await ada.command(id, { type: 'go', phase: 'share' });
	const way = wayRound(one, 'Ask earlier');
	await until(async () => (await server.app.rooms.read(board)).cards.length === 3);
	one.close();
	other.close();
	cards = { time, way, money };
}
beforeEach(() => furnish());

const facilitator = () => ({ role: 'facilitator', account: ada.account }) as const;
const account = () => ({ id: ada.account, email: '', name: '' });
const sure = <T>(answer: T | Refusal): T => {
	if (isRefusal(answer)) throw new Error(answer.refused);
	return answer;
};
const askFor = async (...wanted: string[]) =>
	sure(await server.app.ideas.ask(workshop, facilitator(), { board, cards: wanted })).asked;
const mine = async (person: Person): Promise<AskedIdea[]> =>
	(await ask(server.url, `/p/${workshop}/ideas`, { cookie: person.cookie }))
		.body as unknown as AskedIdea[];
const say = async (person: Person, answer: string, idea?: string) =>
	ask(server.url, `/p/${workshop}/ideas`, {
		cookie: person.cookie,
		body: { idea: idea ?? (await mine(person))[0]!.id, answer }
	});
const kept = async (query: object = {}): Promise<KeptIdea[]> => {
	const { ideas } = await server.app.ideas.kept(account(), query);
	const ours = await server.app.stores.ideas.ofWorkshop(workshop);
	return ideas.filter((one) => ours.some(({ id }) => id === one.id));
};

test('ID1 authors are asked on their own phones, at once and on the next page, once for a card', async () => {
	const phone = await listen(server, workshop, { cookie: ben.cookie });
	const other = await listen(server, workshop, { cookie: chidi.cookie });
	expect(await askFor(cards.time)).toBe(1);
	await until(() => phone.all('ideas:asked').length === 1, { what: 'news on Ben’s phone' });
	expect(await mine(ben)).toMatchObject([{ text: 'Nobody had time', answer: null }]);
	expect(await mine(chidi)).toEqual([]);
	expect(other.all('ideas:asked')).toEqual([]);
	expect(await askFor(cards.time, cards.money)).toBe(1);
	expect(await mine(ben)).toHaveLength(1);
	phone.close();
	other.close();

	await ada.command(workshop, { type: 'hide-card', board, card: cards.way });
	const refused = { refused: 'no-such-card' };
	const hidden = { board, cards: [cards.way] };
	expect(await server.app.ideas.ask(workshop, facilitator(), hidden)).toMatchObject(refused);
	const { boards } = sure(await server.app.ideas.cards(workshop, facilitator()));
	const shown = boards[0]!.cards.map(({ text, consent }) => [text, consent]);
	expect(shown.toSorted()).toEqual([
		['No money', 'asked'],
		['Nobody had time', 'asked']
	]);
});

test('ID1 what is still private cannot be picked', async () => {
	const { id, code } = await ada.open();
	const eve = await join(server, code, 'Eve');
	const closed = await ada.run(id);
	const writing = await write(server, closed, eve.token);
	const card = writing.put('Mine alone');
	await until(() => server.app.rooms.counts(closed).then((counts) => counts.cards === 1));
	const given = { board: closed, cards: [card] };
	expect(await server.app.ideas.ask(id, facilitator(), given)).toMatchObject({
		refused: 'not-found'
	});
	expect(sure(await server.app.ideas.cards(id, facilitator())).boards).toEqual([]);
	writing.close();
});

test('ID2 nothing is kept without a yes, and nobody says it for another', async () => {
	await askFor(cards.time, cards.money);
	expect(await kept()).toEqual([]);
	const [bens] = await mine(ben);
	expect((await say(chidi, 'named', bens!.id)).status).toBe(404);
	expect(
		(await ask(server.url, `/p/${workshop}/ideas`, { body: { idea: bens!.id, answer: 'named' } }))
			.status
	).toBe(401);
	expect(await kept()).toEqual([]);
	expect((await say(ben, 'perhaps')).status).toBe(400);
	expect((await say(ben, 'unnamed')).body).toMatchObject([{ answer: 'unnamed' }]);
	expect((await kept()).map(({ idea }) => idea.text)).toEqual(['Nobody had time']);
});

test('ID3 a yes may have a name, may lose it again, and a no takes all away at once', async () => {
	await askFor(cards.time);
	await say(ben, 'named');
	expect((await kept())[0]!.idea.author).toBe('Ben');
	await say(ben, 'unnamed');
	const [unnamed] = await kept();
	expect(unnamed!.idea).not.toHaveProperty('author');
	expect(
		sure(await server.app.ideas.publish(account(), { idea: unnamed!.id, published: true }))
	).toBe(true);
	const page = sure(
		await server.app.ideas.setPage(account(), { title: 'Ours', key: '', published: true })
	);
	expect((await server.app.ideas.byKey(page.key))!.ideas.map(({ id }) => id)).toContain(
		unnamed!.id
	);
	expect((await say(ben, 'no')).body).toMatchObject([{ answer: 'no' }]);
	expect(await kept()).toEqual([]);
	expect((await server.app.ideas.byKey(page.key))!.ideas.map(({ id }) => id)).not.toContain(
		unnamed!.id
	);
	const rows = await server.app.stores.ideas.ofWorkshop(workshop);
	expect(rows).toMatchObject([{ idea: null, found: '', published: false }]);
	await say(ben, 'unnamed');
	expect(await kept()).toMatchObject([{ published: false }]);
});

test('ID3 what was kept stays what it was, and loses its name also where the card is gone', async () => {
	await askFor(cards.time);
	await say(ben, 'named');
	const [{ id }] = (await kept()) as [KeptIdea];
	sure(await server.app.ideas.publish(account(), { idea: id, published: true }));
	const notebook = await write(server, board, ben.token);
	setField(notebook.notebook, cards.time, 'cause', 'money');
	await until(async () =>
		(await server.app.rooms.read(board)).cards.some(({ fields }) => fields['cause'] === 'money')
	);
	notebook.close();
	await say(ben, 'named');
	expect(await kept()).toMatchObject([{ published: true, idea: { author: 'Ben', fields: [] } }]);
	await ada.command(workshop, { type: 'remove-card', board, card: cards.time });
	expect((await say(ben, 'unnamed')).status).toBe(200);
	const [unnamed] = await kept();
	expect(unnamed!.idea).not.toHaveProperty('author');
	await say(ben, 'no');
	expect(await kept()).toEqual([]);
});

test('ID4 of an anonymous board no name is kept, whatever is answered', async () => {
	await furnish(true);
	await askFor(cards.time);
	expect(await mine(ben)).toMatchObject([{ anonymous: true }]);
	await say(ben, 'named');
	expect((await kept())[0]!.idea).not.toHaveProperty('author');
});

test('ID5 the copy has what its author wrote, and nobody else’s words', async () => {
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
	await askFor(cards.time, cards.money);
	await say(ben, 'named');
	await say(chidi, 'named');
	const [one] = await kept({ words: 'time' });
	await server.app.ideas.publish(account(), { idea: one!.id, published: true });
	const key = `ours-${Math.floor(server.clock.now())}`;
	const set = (published: boolean) =>
		server.app.ideas.setPage(account(), { title: 'What libraries found', key, published });
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
	await server.app.ideas.publish(account(), { idea: one!.id, published: false });
	expect((await page()).body['text']).not.toContain('Nobody had time');
	await set(false);
	expect((await page()).status).toBe(404);
	const eve = await comeAda(server, 'eve-of-the-page@example.org');
	const taken = { title: 'Hers', key, published: true };
	expect(
		await server.app.ideas.setPage({ id: eve.account, email: '', name: '' }, taken)
	).toMatchObject({ refused: 'address-taken' });
	const guessed = sure(await server.app.ideas.setPage(account(), { ...taken, key: '' }));
	expect(guessed.key.length).toBeGreaterThan(20);
});

test('ID10 erasing a person erases what is kept of them', async () => {
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
	await askFor(cards.time, cards.money);
	await say(ben, 'unnamed');
	sure(await server.app.workshops.remove(workshop, account()));
	server.clock.advance(61_000);
	await until(async () => (await server.app.stores.workshops.byId(workshop)) === null);
	const rows = (await server.app.stores.ideas.kept(ada.account)).filter(
		(row) => row.boardId === board
	);
	expect(rows).toMatchObject([{ cardId: cards.time, workshopId: null, participantId: null }]);
	expect(await server.app.stores.ideas.ofPerson(chidi.participant)).toEqual([]);
});

test('ID11 ID12 it is in the data of its author, and in the audit list', async () => {
	await askFor(cards.time);
	await say(ben, 'named');
	const { body } = await ask(server.url, `/p/${workshop}/data.json`, { cookie: ben.cookie });
	expect(body['ideas']).toMatchObject([
		{ card: cards.time, consent: 'agreed', kept: { text: 'Nobody had time', author: 'Ben' } }
	]);
	const deeds = sure(await server.app.workshops.audit(workshop, facilitator()));
	expect(deeds.find(({ deed }) => deed === 'asked-ideas')).toMatchObject({
		by: 'ada',
		about: { board, cards: 1 }
	});
	expect(await give(server, workshop, ada, { type: 'close' })).toMatchObject({ ok: true });
	expect((await say(ben, 'no')).body).toMatchObject([{ answer: 'no' }]);
});
