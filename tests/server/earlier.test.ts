/** One exercise feeds the next: what is offered, what a card may be for, and what stays of it. */
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addCard, changeCard, ownAuthor } from '#shared/doc/notebook.ts';
import { cardsOf } from '#shared/doc/schema.ts';
import type { EarlierCard } from '#shared/earlier.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { BoardId, WorkshopId } from '#shared/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { filesWith, tablesWith } from '../support/traces.ts';
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

const partner = findExercise('potential-partner')!;

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

const earlier = async (path: string, more: object = {}) => {
	const { status, body } = await ask(server.url, path, more);
	return { status, cards: body as unknown as EarlierCard[] };
};

/** A card of the second exercise. */
function putPartner(writing: Writing, text: string, from?: { board: BoardId; card: string }) {
	const id = nanoid();
	addCard(writing.notebook, partner, {
		id,
		column: 'business',
		order: 'a0',
		fields: { partner: text },
		...(from && { from })
	});
	return id;
}

/** A workshop whose first exercise is over: Ben's barriers were revealed, one of them is hidden. */
async function afterTheFirst(form: { anonymous?: boolean } = {}) {
	const { id, code } = await ada.open({ agenda: ['barrier', 'potential-partner'], ...form });
	const ben = await join(server, code, 'Ben');
	const first = await ada.run(id);
	const writing = await write(server, first, ben.token);
	const [time, money, secret] = ['No time', 'No money', 'Unspeakable'].map((text) =>
		writing.put(text)
	) as [string, string, string];
	await until(async () => (await server.app.rooms.counts(first)).cards === 3);
	await ada.command(id, { type: 'go', phase: 'vote' });
	await until(() => writing.seen().cards.length === 3);
	await give(server, id, ben, { type: 'vote', board: first, target: { card: money }, count: 2 });
	await ada.command(id, { type: 'hide-card', board: first, card: secret });
	await ada.command(id, { type: 'show-votes' });
	await ada.command(id, { type: 'finish' });
	writing.close();
	return { id, code, ben, first, time, money, secret };
}

async function startSecond(workshop: WorkshopId): Promise<BoardId> {
	const { body } = await ada.command(workshop, { type: 'start', exercise: 1 });
	const board = (body as { board: BoardId }).board;
	await ada.command(workshop, { type: 'go', phase: 'write' });
	return board;
}

const cookieOf = ({ cookie }: Person) => ({ cookie });

test('NX4 the cards that the room has seen, the most voted first, for who is in it and nobody else', async () => {
	const { id, ben, first, time, money } = await afterTheFirst();
	const second = await startSecond(id);
	const writing = await write(server, second, ben.token);
	putPartner(writing, 'A bank', { board: first, card: time });
	await until(async () => (await server.app.rooms.counts(second)).cards === 1);

	const { status, cards } = await earlier(`/p/${id}/earlier`, cookieOf(ben));
	expect(status).toBe(200);
	const title = findExercise('barrier')!.title;
	const about = { board: first, exercise: 'barrier', title, column: 'Barrier' };
	expect(cards).toEqual([
		{ ...about, card: money, text: 'No money' },
		{ ...about, card: time, text: 'No time' }
	]);
	await ada.command(id, { type: 'go', phase: 'share' });
	await until(() => writing.seen().cards.length === 1);
	writing.close();
	const after = await earlier(`/p/${id}/earlier`, cookieOf(ben));
	expect(after.cards.map(({ text }) => text)).toEqual(['No money', 'No time', 'A bank']);
	expect(after.cards[2]).toMatchObject({
		from: { board: first, card: time },
		contact: 'organisation'
	});

	const link = await server.app.workshops.screenLink(id, {
		role: 'facilitator',
		account: ada.account
	});
	const key = new URL(String(link), server.url).searchParams.get('key')!;
	const onScreen = await earlier(`/screen/${id}/earlier?key=${key}`);
	expect(onScreen.cards).toEqual(after.cards);
	expect((await earlier(`/screen/${id}/earlier?key=wrong`)).status).toBe(401);
	expect((await earlier(`/p/${id}/earlier`)).status).toBe(401);
	const eve = await afterTheFirst();
	expect((await earlier(`/p/${id}/earlier`, cookieOf(eve.ben))).status).not.toBe(200);
});

test('NX4 once a card is removed everybody is told that there is something to be read anew, and its words are nowhere', async () => {
	const { id, ben, first, time, money } = await afterTheFirst();
	const second = await startSecond(id);
	const link = await server.app.workshops.screenLink(id, {
		role: 'facilitator',
		account: ada.account
	});
	const screen = new URL(String(link), server.url).searchParams.get('key')!;
	const hearings = await Promise.all(
		[{ token: ben.token }, { token: ada.token }, { screen }].map((as) => listen(server, id, as))
	);
	const told = () => hearings.map((one) => one.all('cards:removed').flat());
	// What is removed while writing is private is nobody's news.
	const writing = await write(server, second, ben.token);
	const bank = putPartner(writing, 'A bank');
	await until(async () => (await server.app.rooms.counts(second)).cards === 1);
	const gone = await ada.command(id, { type: 'remove-card', board: second, card: bank });
	expect(gone.status).toBe(200);

	const texts = async () =>
		(await earlier(`/p/${id}/earlier`, cookieOf(ben))).cards.map(({ text }) => text);
	expect(await texts()).toEqual(['No money', 'No time']);
	await ada.command(id, { type: 'remove-card', board: first, card: money });
	expect(await texts()).toEqual(['No time']);
	await until(() => told().every((boards) => boards.length > 0));
	expect(told()).toEqual([[first], [first], [first]]);
	await ada.command(id, { type: 'restore-card', board: first, card: money });
	expect(await texts()).toEqual(['No money', 'No time']);
	await ada.command(id, { type: 'remove-person', person: ben.participant, cards: 'go' });
	await until(() => told()[1]!.length > 2);
	const path = `/screen/${id}/earlier?key=${screen}`;
	expect((await earlier(path)).cards.map(({ card }) => card)).not.toContain(time);
	writing.close();
	hearings.forEach((one) => one.close());
});

test('NX15 of an anonymous board nothing tells who wrote, and links stand', async () => {
	const { id, ben, first, time } = await afterTheFirst({ anonymous: true });
	const second = await startSecond(id);
	const writing = await write(server, second, ben.token);
	const card = putPartner(writing, 'A bank', { board: first, card: time });
	await until(async () => (await server.app.rooms.counts(second)).cards === 1);
	await ada.command(id, { type: 'go', phase: 'share' });
	await until(() => writing.seen().cards.length === 1);
	writing.close();
	const { cards } = await earlier(`/p/${id}/earlier`, cookieOf(ben));
	const told = JSON.stringify(cards);
	expect(told).toContain('No time');
	for (const known of ['Ben', ben.participant, 'author']) expect(told).not.toContain(known);
	const file = await ask(server.url, `/api/v1/workshops/${id}/export.json`, { token: ada.token });
	const boards = (file.body as unknown as { boards: { cards: object[] }[] }).boards;
	expect(boards[1]!.cards).toMatchObject([{ id: card, from: { board: first, card: time } }]);
});

test('NX5 what a card is for is set, changed and taken back by its author alone, and is two ids', async () => {
	const { id, code, ben, first, time, money } = await afterTheFirst();
	const second = await startSecond(id);
	const writing = await write(server, second, ben.token);
	const card = putPartner(writing, 'A bank');
	const chidi = await join(server, code, 'Chidi');
	const other = await write(server, second, chidi.token);
	await until(async () => (await server.app.rooms.counts(second)).cards === 1);
	await ada.command(id, { type: 'go', phase: 'share' });
	await until(() => other.seen().cards.length === 1);
	const isFor = () => other.seen().cards.find((one) => one.id === card)?.from;
	for (const from of [{ board: first, card: time }, { board: first, card: money }, null]) {
		changeCard(writing.notebook, card, { from });
		await until(() => isFor()?.card === from?.card, { what: `for ${from?.card}` });
	}

	// A board's own document takes nobody's words; what is no pair of ids is refused as it comes.
	const own = cardsOf(writing.notebook).get(ownAuthor(writing.notebook)!)!;
	const closed = new Promise<number>((done) => {
		writing.providers.notebook.on('connection-close', (event: { code: number } | null) =>
			done(event?.code ?? 0)
		);
	});
	own.get(card)!.set('from', { board: first, card: time, by: 'ben' });
	expect(await closed).toBeGreaterThanOrEqual(4400);
	expect(isFor()).toBeUndefined();
	writing.close();
	other.close();
});

test('NX14 what was carried over from somebody who is erased goes with them; what was written for it stays', async () => {
	const canary = 'Zephyrine';
	const { id, code } = await ada.open({
		agenda: ['barrier', 'potential-partner', 'potential-partner']
	});
	const ben = await join(server, code, 'Ben');
	const chidi = await join(server, code, 'Chidi');
	const first = await ada.run(id);
	const bens = await write(server, first, ben.token);
	const card = bens.put(`Nobody asked ${canary}`);
	await until(async () => (await server.app.rooms.counts(first)).cards === 1);
	await ada.command(id, { type: 'finish' });
	bens.close();
	const second = await startSecond(id);
	const carrying = await write(server, second, ada.token);
	const writing = await write(server, second, chidi.token);
	const from = { board: first, card };
	const copies = [
		putPartner(carrying, `Nobody asked ${canary}`, from),
		putPartner(carrying, `Nobody asked ${canary}`, from)
	];
	const kept = putPartner(carrying, 'In other words', from);
	const theirs = putPartner(writing, 'A bank', from);
	await until(async () => (await server.app.rooms.counts(second)).cards >= 1);
	await ada.command(id, { type: 'go', phase: 'share' });
	await until(() => writing.seen().cards.length === 4);
	await ada.command(id, { type: 'remove-card', board: second, card: copies[1]! });
	await until(() => writing.seen().cards.length === 3);
	await give(server, id, chidi, {
		type: 'comment',
		board: second,
		id: nanoid(),
		card: copies[0]!,
		text: 'Indeed'
	});
	// Copies of these copies, of one that was taken off too.
	await give(server, id, ada, { type: 'finish' });
	const { board: third } = (await ada.command(id, { type: 'start', exercise: 2 })).body;
	const again = await write(server, third, ada.token);
	for (const copy of copies)
		putPartner(again, `Nobody asked ${canary}`, { board: second, card: copy });
	putPartner(again, 'A church', { board: second, card: copies[0]! });
	await until(async () => (await server.app.rooms.counts(third)).cards === 3);
	await ada.command(id, { type: 'go', phase: 'share' });

	const owner = { role: 'facilitator', account: ada.account } as const;
	const command = { type: 'erase-person', person: ben.participant } as const;
	const outcome = await server.app.workshops.run(id, owner, { id: nanoid(), command });
	expect(outcome).toMatchObject({ ok: true });
	await until(() => writing.seen().cards.length === 2);
	expect(
		writing
			.seen()
			.cards.map((one) => one.id)
			.toSorted()
	).toEqual([kept, theirs].toSorted());
	expect(await tablesWith(server.database.db, canary)).toEqual([]);
	expect(filesWith(server.database.dir, canary)).toEqual([]);
	const { cards } = await earlier(`/p/${id}/earlier`, cookieOf(chidi));
	expect(cards.map(({ text }) => text)).not.toContain(`Nobody asked ${canary}`);
	expect((await server.app.rooms.read(third)).cards).toHaveLength(1);
	expect(await server.app.stores.notes.comments(id)).toEqual([]);
	again.close();
	carrying.close();
	writing.close();
});
