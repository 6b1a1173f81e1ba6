/** The Ideas Store: authors are asked, and nothing is kept unless they say so. */
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setField } from '#shared/doc/notebook.ts';
import type { KeptIdea } from '#shared/ideas.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
	ask,
	comeAda,
	give,
	join,
	listen,
	write,
	type Ada,
	type Person
} from '../support/people.ts';
import { until } from '../support/until.ts';
import { accountOf, facilitator, roomOfIdeas, sure } from './ideas-room.ts';

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());
const furnish = (anonymous?: boolean) => roomOfIdeas(server, ada, anonymous);

test('ID1 authors are asked on their own phones, at once and on the next page, once for a card', async () => {
	const { workshop, board, ben, chidi, cards, askFor, mine } = await furnish();
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
	expect(await server.app.ideas.ask(workshop, facilitator(ada), hidden)).toMatchObject(refused);
	const { boards } = sure(await server.app.ideas.cards(workshop, facilitator(ada)));
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
	expect(await server.app.ideas.ask(id, facilitator(ada), given)).toMatchObject({
		refused: 'not-found'
	});
	expect(sure(await server.app.ideas.cards(id, facilitator(ada))).boards).toEqual([]);
	writing.close();
});

test('ID2 nothing is kept without a yes, and nobody says it for another', async () => {
	const { workshop, ben, chidi, cards, askFor, mine, say, kept } = await furnish();
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
	const { workshop, ben, cards, askFor, say, kept } = await furnish();
	await askFor(cards.time);
	await say(ben, 'named');
	expect((await kept())[0]!.idea.author).toBe('Ben');
	await say(ben, 'unnamed');
	const [unnamed] = await kept();
	expect(unnamed!.idea).not.toHaveProperty('author');
	expect(
		sure(await server.app.ideas.publish(accountOf(ada), { idea: unnamed!.id, published: true }))
	).toBe(true);
	const page = sure(
		await server.app.ideas.setPage(accountOf(ada), { title: 'Ours', key: '', published: true })
	);
	const told = async () => JSON.stringify(await server.app.ideas.byKey(page.key, 'here'));
	expect(await told()).toContain(unnamed!.id);
	expect((await say(ben, 'no')).body).toMatchObject([{ answer: 'no' }]);
	expect(await kept()).toEqual([]);
	expect(await told()).not.toContain(unnamed!.id);
	const rows = await server.app.stores.ideas.ofWorkshop(workshop);
	expect(rows).toMatchObject([{ idea: null, found: '', published: false }]);
	await say(ben, 'unnamed');
	expect(await kept()).toMatchObject([{ published: false }]);
});

test('ID3 what was kept stays what it was, and loses its name also where the card is gone', async () => {
	const { workshop, board, ben, cards, askFor, say, kept } = await furnish();
	await askFor(cards.time);
	await say(ben, 'named');
	const [{ id }] = (await kept()) as [KeptIdea];
	sure(await server.app.ideas.publish(accountOf(ada), { idea: id, published: true }));
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
	const { ben, cards, askFor, mine, say, kept } = await furnish(true);
	await askFor(cards.time);
	expect(await mine(ben)).toMatchObject([{ anonymous: true }]);
	await say(ben, 'named');
	expect((await kept())[0]!.idea).not.toHaveProperty('author');
});

test('ID13 who facilitates is asked for their own cards with their account, and answers there', async () => {
	const { workshop, ben, cards, adaWrites, askFor, mine, kept } = await furnish();
	const card = await adaWrites('Ask in their language');
	expect(await askFor(card, cards.time)).toBe(2);
	const { ideas, accounts } = server.app;
	const me = { account: ada.account };
	const [asked, ...others] = await ideas.mine(me, workshop);
	expect([asked, others]).toMatchObject([{ text: 'Ask in their language', answer: null }, []]);
	expect(await ideas.mine(me, 'another-workshop')).toEqual([]);
	expect(await kept()).toEqual([]);

	const named = { idea: asked!.id, answer: 'named' };
	const eve = await comeAda(server, `eve-${nanoid(8).toLowerCase()}@example.org`.replace('_', ''));
	for (const other of [{ account: eve.account }, { participant: ben.participant }])
		expect(await ideas.answer(other, named)).toMatchObject({ refused: 'not-found' });
	const [bens] = await mine(ben);
	expect(await ideas.answer(me, { ...named, idea: bens!.id })).toMatchObject({
		refused: 'not-found'
	});
	sure(await ideas.answer(me, named));
	expect((await kept()).map(({ idea }) => [idea.text, idea.author])).toEqual([
		['Ask in their language', 'ada']
	]);
	expect(await accounts.dataOf(accountOf(ada))).toMatchObject({
		ideas: expect.arrayContaining([expect.objectContaining({ card, consent: 'agreed' })])
	});
	sure(await ideas.answer(me, { ...named, answer: 'no' }));
	expect(await kept()).toEqual([]);
});

test('ID14 nobody is asked where nobody could answer, nor told by that whose card it is', async () => {
	const named = await furnish();
	const { workshop, board, cards } = named;
	const sendBenAway = ({ workshop, ben }: typeof named) =>
		ada.command(workshop, { type: 'remove-person', person: ben.participant, cards: 'stay' });
	const consents = async (of?: string) =>
		Object.fromEntries((await named.picking(of)).map(({ text, consent }) => [text, consent]));
	await sendBenAway(named);
	const there = { 'Nobody had time': 'nobody', 'No money': null, 'Ask earlier': 'nobody' };
	expect(await consents()).toEqual(there);
	const given = { board, cards: [cards.time] };
	expect(await server.app.ideas.ask(workshop, facilitator(ada), given)).toMatchObject({
		refused: 'no-such-card'
	});

	const { token } = ada;
	const file = await ask(server.url, `/api/v1/workshops/${workshop}/export.json`, { token });
	const { body } = await ask(server.url, '/api/v1/workshops/import', { token, body: file.body });
	expect(await consents(body.id)).toEqual({ ...there, 'No money': 'nobody' });

	const anonymous = await furnish(true);
	await sendBenAway(anonymous);
	expect((await anonymous.picking()).map(({ consent }) => consent)).toEqual([null, null, null]);
	expect(await anonymous.askFor(anonymous.cards.time)).toBe(1);
});

test('ID15 who picks sees authors and votes, most first, and of an anonymous board no author', async () => {
	const { workshop, board, ben, chidi, cards, picking } = await furnish();
	const vote = async (person: Person, card: string, count: number) => {
		const command = { type: 'vote', board, target: { card }, count } as const;
		const who = { role: 'participant', participant: person.participant } as const;
		const done = await server.app.workshops.run(workshop, who, { id: nanoid(), command });
		expect(done).toMatchObject({ ok: true });
	};
	const told = async () =>
		(await picking()).map(({ text, author, votes }) => [text, author, votes]);
	await ada.command(workshop, { type: 'go', phase: 'vote' });
	await vote(ben, cards.money, 2);
	await vote(chidi, cards.way, 3);
	expect((await told()).map(([, , votes]) => votes)).toEqual([null, null, null]);
	await ada.command(workshop, { type: 'show-votes' });
	expect(await told()).toEqual([
		['Ask earlier', 'Ben', 3],
		['No money', 'Chidi', 2],
		['Nobody had time', 'Ben', 0]
	]);

	const anonymous = await furnish(true);
	// Ada has a name on every board: her account's.
	await anonymous.adaWrites('Ask in their language');
	expect((await anonymous.picking()).map(({ author }) => author)).toEqual(['', '', '', '']);
});

test('ID11 ID12 it is in the data of its author, and in the audit list', async () => {
	const { workshop, board, ben, cards, askFor, say } = await furnish();
	await askFor(cards.time);
	await say(ben, 'named');
	const { body } = await ask(server.url, `/p/${workshop}/data.json`, { cookie: ben.cookie });
	expect(body['ideas']).toMatchObject([
		{ card: cards.time, consent: 'agreed', kept: { text: 'Nobody had time', author: 'Ben' } }
	]);
	const deeds = sure(await server.app.workshops.audit(workshop, facilitator(ada)));
	expect(deeds.find(({ deed }) => deed === 'asked-ideas')).toMatchObject({
		by: 'ada',
		about: { board, cards: 1 }
	});
	expect(await give(server, workshop, ada, { type: 'close' })).toMatchObject({ ok: true });
	expect((await say(ben, 'no')).body).toMatchObject([{ answer: 'no' }]);
});
