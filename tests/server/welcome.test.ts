/** Socket.IO delivers at most once: who comes back is told what they would know had they been there. */
import { expect, test, vi } from 'vitest';
import type { ServerToClient } from '#shared/wire/events.ts';
import { startTestApp } from '../support/app.ts';
import { comeAda, give, join, listen, write, type Hearing } from '../support/people.ts';
import { until } from '../support/until.ts';

type News = keyof ServerToClient;
/** What a client knows: the last of each kind, and the lists as they were added to and taken from. */
type Known = Map<string, unknown>;

const byBoard =
	(news: News) =>
	(known: Known, board: string, ...told: unknown[]) =>
		void known.set(`${news} ${board}`, told);
const list = (known: Known, kind: string, board: string) => {
	const key = `${kind} ${board}`;
	const there = (known.get(key) ?? {}) as Record<string, unknown>;
	known.set(key, there);
	return there;
};
const told = (kind: string) => (known: Known, board: string, items: { id: string }[]) =>
	void known.set(`${kind} ${board}`, Object.fromEntries(items.map((item) => [item.id, item])));
const added = (kind: string) => (known: Known, board: string, item: { id: string }) =>
	void (list(known, kind, board)[item.id] = item);
const removed = (kind: string) => (known: Known, board: string, id: string) =>
	void delete list(known, kind, board)[id];

/** Every kind of news: a new one does not compile before it is here. */
const HEARD: { [N in News]: (known: Known, ...told: Parameters<ServerToClient[N]>) => void } = {
	'state:changed': (known, view) => void known.set('state', { ...view, now: 0 }),
	'roster:changed': (known, people, here) => void known.set('roster', [people, here]),
	'board:described': byBoard('board:described'),
	'authors:changed': byBoard('authors:changed'),
	'counts:changed': byBoard('counts:changed'),
	// What it is about is read anew on each connecting.
	'cards:removed': () => {},
	'writers:changed': byBoard('writers:changed'),
	'facilitators:changed': (known, ...told) => void known.set('facilitators', told),
	'signals:changed': (known, signals) => void known.set('signals', signals),
	'signals:mine': (known, own) => void known.set('own signals', own),
	'page:changed': (known, page) => void known.set('page', page),
	'page:turned': () => {},
	'ballot:changed': byBoard('ballot:changed'),
	'ballot:of': (known, board, seat, ...cast) => void known.set(`ballot ${board} ${seat}`, cast),
	'held:of': (known, board, seat, cards) => void known.set(`held ${board} ${seat}`, cards),
	'left:of': (known, board, seat, cards) => void known.set(`left ${board} ${seat}`, cards),
	'matched:of': (known, board, seat, of) => void known.set(`matched ${board} ${seat}`, of),
	'seats:changed': (known, seats) => void known.set('seats', seats),
	'table:changed': (known, table) => void known.set('table', table),
	'totals:changed': byBoard('totals:changed'),
	'voted:changed': byBoard('voted:changed'),
	'late:changed': byBoard('late:changed'),
	'held:changed': byBoard('held:changed'),
	'left:changed': byBoard('left:changed'),
	'removed:changed': byBoard('removed:changed'),
	'matches:changed': byBoard('matches:changed'),
	'matched:changed': byBoard('matched:changed'),
	'saving:changed': byBoard('saving:changed'),
	'comments:told': told('comments'),
	'comment:added': added('comments'),
	'comment:removed': removed('comments'),
	'reactions:told': (known, board, cards) => void known.set(`reactions ${board}`, { ...cards }),
	'reactions:changed': (known, board, cards) =>
		void Object.assign(list(known, 'reactions', board), cards),
	'reactions:mine': byBoard('reactions:mine'),
	'actions:told': told('actions'),
	'action:changed': added('actions'),
	'action:removed': removed('actions'),
	'ideas:asked': () => {},
	'access:ended': () => {},
	'server:leaving': () => {}
};
/** Told to who is there, as it happens; who comes back is told the list, or is not there. */
const NOT_WHILE_AWAY = new Set<News>([
	'comments:told',
	'reactions:told',
	'actions:told',
	'page:turned',
	'ideas:asked',
	'access:ended',
	'server:leaving'
]);

const isNothing = (value: unknown): boolean =>
	Array.isArray(value)
		? value.length === 0 || isNothing(value[0])
		: value === null || value === 0 || Object.values(value as object).every((one) => one === 0);

class Screen {
	readonly known: Known = new Map();
	readonly heard = new Set<News>();
	readonly hearing: Hearing;

	constructor(hearing: Hearing) {
		this.hearing = hearing;
		// Told before the state, and so before anybody could listen here.
		for (const one of hearing.all('board:described')) HEARD['board:described'](this.known, ...one);
		hearing.socket.onAny((news: News, ...words: unknown[]) => {
			this.heard.add(news);
			(HEARD[news] as (known: Known, ...words: unknown[]) => void)(this.known, ...words);
		});
	}

	/** Nothing is the same whether it was told or not: no votes, nobody late, no totals. */
	get said(): Record<string, unknown> {
		const something = [...this.known].filter(([, value]) => !isNothing(value));
		return Object.fromEntries(something.sort(([a], [b]) => (a < b ? -1 : 1)));
	}
}

test('CO48 who was away knows, once they are back, what those know who were there, of every kind of news', async () => {
	const server = await startTestApp();
	try {
		const ada = await comeAda(server);
		const { id, code } = await ada.open({ agenda: ['barrier', 'barrier'] });
		const ben = await join(server, code, 'Ben');
		const owner = { role: 'facilitator', account: ada.account } as const;
		const link = await server.app.workshops.screenLink(id, owner);
		const screen = new URL(String(link), server.url).searchParams.get('key') ?? '';
		const run = (who: { token: string }, command: Parameters<typeof give>[3]) =>
			give(server, id, who, command).then((outcome) => expect(outcome).toMatchObject({ ok: true }));

		const board = await ada.run(id);
		const writing = await write(server, board, ben.token);
		const [first, second] = [writing.put('First'), writing.put('Second')];
		await until(async () => (await server.app.rooms.counts(board)).cards === 2);
		await run(ada, { type: 'go', phase: 'vote' });
		await until(() => writing.seen().cards.length === 2);
		await run(ben, { type: 'vote', board, target: { card: first }, count: 1 });
		await run(ada, { type: 'show-votes' });
		await run(ada, { type: 'go', phase: 'act' });
		await run(ben, { type: 'comment', board, card: first, id: 'comment-1', text: 'Before' });
		const action = { type: 'action', board, what: 'Ask', who: 'Ben', when: 'soon' } as const;
		await run(ben, { ...action, id: 'action-1' });
		const saving = { since: 1, bytes: 2, full: true };
		const tellSaving = (one: typeof saving | null) =>
			server.app.news.tell({ kind: 'saving', workshop: id, board, saving: one });

		const roles = [{ token: ada.token }, { token: ben.token }, { screen }];
		const come = async () => {
			const screens: Screen[] = [];
			for (const as of roles) screens.push(new Screen(await listen(server, id, as)));
			return screens;
		};
		const [there, away] = [await come(), await come()];
		tellSaving(saving);
		await until(() => away.every(({ known }) => known.has(`saving:changed ${board}`)));
		await until(() =>
			[...there, ...away].every((one) => one.heard.has('counts:changed') && one.known.has('roster'))
		);
		for (const { hearing } of away) hearing.socket.disconnect();
		there.forEach(({ heard }) => heard.clear());

		// Everything that there is to be told.
		tellSaving(null);
		await run(ada, { type: 'hide-votes' });
		await run(ada, { type: 'rename', title: 'Another day' });
		await run(ben, { type: 'remove-comment', board, id: 'comment-1' });
		await run(ben, { type: 'comment', board, card: first, id: 'comment-2', text: 'Since' });
		await run(ben, { type: 'react', board, card: first, reaction: 'love' });
		await run(ben, { type: 'remove-action', board, id: 'action-1' });
		await run(ben, { ...action, id: 'action-2' });
		await run(ada, { type: 'go', phase: 'vote' });
		await run(ben, { type: 'vote', board, target: { card: first }, count: 2 });
		await run(ben, { type: 'add-person', person: 'maria-1', name: 'Maria' });
		await run(ben, { type: 'vote', board, target: { card: first }, count: 1, for: 'maria-1' });
		await run(ada, { type: 'remove-card', board, card: second });
		const table = { id: 'table-1', name: 'Table 1', people: [ben.participant] };
		await run(ada, { type: 'set-tables', tables: [table] });
		server.clock.advance(4000);
		const late = async (text: string) => {
			writing.put(text);
			await until(async () => (await server.app.rooms.late(board))[0]?.cards === 1);
		};
		await late('Left out');
		await run(ada, { type: 'leave', board });
		await late('Held');
		const chidi = await join(server, code, 'Chidi');
		const phone = await listen(server, id, chidi);
		const people = [ben, chidi].map(({ participant }) => ({ participant, card: first }));
		await server.app.stores.matches.set(
			{ boardId: board, groups: [{ column: 'barriers', people }], at: 1 },
			{ workshopId: id, id: 'matched', outcome: { ok: true, version: 0 }, at: 1 }
		);
		server.app.news.tell({ kind: 'matches', workshop: id, board });
		await run(ben, { type: 'raise-hand' });
		const shown = { page: 1, pages: 3, stays: true };
		await there[2]!.hearing.send({ type: 'tell-page', shown });
		await run(ada, { type: 'finish' });
		await run(ada, { type: 'start', exercise: 1, board: 'second-board' });
		await run(ada, { type: 'go', phase: 'write' });
		const other = await write(server, 'second-board', chidi.token);
		other.put('Of the second');
		await until(async () => (await server.app.rooms.counts('second-board')).cards === 1);
		const all = (Object.keys(HEARD) as News[]).filter((news) => !NOT_WHILE_AWAY.has(news));
		await until(() => all.every((news) => there.some(({ heard }) => heard.has(news))), {
			what: 'every kind of news'
		});

		for (const { hearing } of away) hearing.socket.connect();
		for (const [i, one] of there.entries())
			await until(
				() => {
					expect(away[i]!.said).toEqual(one.said);
					return true;
				},
				{ what: `number ${i} to know the same` }
			).catch(() => expect(away[i]!.said).toEqual(one.said));
		[...there, ...away].forEach(({ hearing }) => hearing.close());
		phone.close();
		writing.close();
		other.close();
	} finally {
		await server.close();
	}
});

test('CO48 a desk and a room screen that were away while a round began know that nobody has voted in it', async () => {
	const server = await startTestApp();
	try {
		const ada = await comeAda(server);
		const { id, code } = await ada.open();
		const ben = await join(server, code, 'Ben');
		const owner = { role: 'facilitator', account: ada.account } as const;
		const link = await server.app.workshops.screenLink(id, owner);
		const screen = new URL(String(link), server.url).searchParams.get('key') ?? '';
		await ada.run(id);
		const poll = { kind: 'hands' as const, question: 'Tea?', options: ['Tea', 'Coffee'] };
		const board = 'the-poll';
		expect(await give(server, id, ada, { type: 'ask', poll, board })).toMatchObject({ ok: true });
		const [desk, wall, phone] = await Promise.all(
			[{ token: ada.token }, { screen }, ben].map((as) => listen(server, id, as))
		);
		const away = [desk!, wall!].map((hearing) => new Screen(hearing));
		const vote = { type: 'vote', board, target: { option: 'option-1' }, count: 1 } as const;
		expect(await give(server, id, ben, vote)).toMatchObject({ ok: true });
		server.clock.advance(300);
		const voted = `voted:changed ${board}`;
		await until(() =>
			away.every(({ known }) => JSON.stringify(known.get(voted))?.includes('"some":1'))
		);
		for (const { hearing } of away) hearing.socket.disconnect();
		expect(await give(server, id, ada, { type: 'new-round' })).toMatchObject({ ok: true });
		server.clock.advance(300);
		for (const { hearing } of away) hearing.socket.connect();
		for (const { known } of away)
			await until(() => JSON.stringify(known.get(voted))?.includes('"some":0'), {
				what: 'that nobody has voted'
			});
		expect(phone!.all('voted:changed')).toEqual([]);
		for (const one of [desk!, wall!, phone!]) one.close();
	} finally {
		await server.close();
	}
});

test('CO48 who comes back while a round begins has their own votes of that one', async () => {
	const server = await startTestApp();
	try {
		const ada = await comeAda(server);
		const { id, code } = await ada.open();
		const ben = await join(server, code, 'Ben');
		await ada.run(id);
		const poll = { kind: 'hands' as const, question: 'Tea?', options: ['Tea', 'Coffee'] };
		const board = 'the-poll';
		expect(await give(server, id, ada, { type: 'ask', poll, board })).toMatchObject({ ok: true });
		const vote = { type: 'vote', board, target: { option: 'option-1' }, count: 1 } as const;
		expect(await give(server, id, ben, vote)).toMatchObject({ ok: true });
		// The round begins once his votes were looked up, and before he is told of them.
		const { votes } = server.app.stores;
		const lookUp = votes.allMine;
		vi.spyOn(votes, 'allMine').mockImplementationOnce(async (person) => {
			const found = await lookUp(person);
			expect(await give(server, id, ada, { type: 'new-round' })).toMatchObject({ ok: true });
			return found;
		});
		const phone = await listen(server, id, ben);
		await until(() => phone.all('ballot:changed').some(([on]) => on === board));
		expect(phone.last('ballot:changed')?.[1]).toEqual({});
		phone.close();
	} finally {
		await server.close();
	}
});

test('DE32 a desk that is opened later is told how much was written on boards that are done', async () => {
	const server = await startTestApp();
	try {
		const ada = await comeAda(server);
		const { id, code } = await ada.open();
		const ben = await join(server, code, 'Ben');
		const board = await ada.run(id);
		const writing = await write(server, board, ben.token);
		writing.put('First');
		await until(async () => (await server.app.rooms.counts(board)).cards === 1);
		expect((await ada.command(id, { type: 'go', phase: 'done' })).status).toBe(200);
		const desk = await listen(server, id, { token: ada.token });
		await until(() => desk.all('counts:changed').length > 0);
		expect(desk.all('counts:changed').at(-1)).toEqual([
			board,
			expect.objectContaining({ cards: 1 })
		]);
		writing.close();
		desk.socket.disconnect();
	} finally {
		await server.close();
	}
});
