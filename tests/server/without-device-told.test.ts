/** What who keeps the seat of somebody without a device is told in their place, and nobody else. */
import { nanoid } from 'nanoid';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addCard, ownAuthor } from '#shared/doc/notebook.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { ParticipantId, WorkshopId } from '#shared/ids.ts';
import { CLOSE } from '#shared/wire/close-codes.ts';
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
import { tablesWith } from '../support/traces.ts';
import { until } from '../support/until.ts';
import { Ears } from './unseen-ears.ts';

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp({ filesAMinute: 10_000 });
	ada = await comeAda(server);
});
afterAll(() => server.close());

const close = (...all: { close(): void }[]) => all.forEach((one) => one.close());
const owner = () => ({ role: 'facilitator', account: ada.account }) as const;
/** Maria, beside somebody: added by `who`, written for by `keptBy`. */
async function seat(
	workshop: WorkshopId,
	who: { token: string },
	more: { keptBy?: string; name?: string } = {}
): Promise<ParticipantId> {
	const person = nanoid();
	const command = { type: 'add-person', person, name: 'Maria', ...more } as const;
	expect(await give(server, workshop, who, command)).toMatchObject({ ok: true });
	return person;
}

test('WD20 while an exercise collects, who facilitates and who keeps the seat write for them, and nobody else', async () => {
	const made = await ask(server.url, '/api/v1/workshops', {
		token: ada.token,
		body: { title: 'Before Dakar', agenda: ['barrier'] }
	});
	const { id, code } = made.body;
	const closing = server.clock.now() + 86_400_000;
	const collected = await ada.command(id, { type: 'collect', exercise: 0, until: closing });
	const { board } = collected.body;
	const [ben, chidi] = [await join(server, code, 'Ben'), await join(server, code, 'Chidi')];
	const maria = await seat(id, ben);
	const tomas = await seat(id, ada, { name: 'Tomás' });
	const hers = await write(server, board, ben.token, maria);
	const his = await write(server, board, ada.token, tomas);
	hers.put('Maria had no time');
	his.put('Tomás had no room');
	await until(async () => (await server.app.rooms.counts(board)).cards === 2);
	expect(await server.app.rooms.counts(board)).toMatchObject({ people: 2 });
	expect(hers.seen().cards).toEqual([]);
	const shut = await new Promise((resolve) => {
		const url = `${server.url.replace('http', 'ws')}/yjs/${board}/notebook`;
		const socket = new WebSocket(`${url}?token=${chidi.token}&seat=${maria}`);
		socket.on('close', resolve);
	});
	expect(shut).toBe(CLOSE.notAllowed);

	await ada.command(id, { type: 'end-collecting', board });
	await until(() => hers.seen().cards.length === 2, { what: 'both cards, turned over' });
	const authors = await server.app.stores.participants.authors(id);
	expect(authors.map(({ participant }) => participant).sort()).toEqual([maria, tomas].sort());
	close(hers, his);
});

const ofSeat = (hearing: Hearing, person: ParticipantId) => ({
	held: hearing.all('held:of').findLast(([, seat]) => seat === person)?.[2],
	left: hearing.all('left:of').findLast(([, seat]) => seat === person)?.[2],
	matched: hearing.all('matched:of').findLast(([, seat]) => seat === person)?.[2]
});

test.for([{ anonymous: false }, { anonymous: true }])(
	'WD21 who keeps a seat is told which of its cards are held, and what was left out; nobody else is (anonymous: $anonymous)',
	async ({ anonymous }) => {
		const { id, code } = await ada.open({ anonymous });
		const names = anonymous ? [undefined, undefined] : ['Ben', 'Chidi'];
		const [ben, chidi] = [await join(server, code, names[0]), await join(server, code, names[1])];
		const [maria, other] = [await seat(id, ben), await seat(id, chidi)];
		const board = await ada.run(id);
		await ada.command(id, { type: 'go', phase: 'vote' });
		server.clock.advance(4000);
		const there = await Promise.all([ben, chidi, ada].map((one) => listen(server, id, one)));
		const [bens, chidis, desk] = there as [Hearing, Hearing, Hearing];
		const hers = await write(server, board, ben.token, maria);
		const card = hers.put('All too late');
		await until(() => ofSeat(bens, maria).held === 1, { what: 'one that is held' });
		const afterwards = await listen(server, id, ben);
		await until(() => ofSeat(afterwards, maria).held === 1, { what: 'the same, on connecting' });

		await desk.send({ type: 'leave', board });
		await until(() => ofSeat(bens, maria).left?.length === 1, { what: 'what was left out' });
		expect(ofSeat(bens, maria).left).toEqual([
			{ card, text: 'All too late', at: expect.any(Number) }
		]);
		await until(() => ofSeat(bens, maria).held === 0, { what: 'nothing held any more' });
		const later = await listen(server, id, ben);
		await until(() => ofSeat(later, maria).left?.length === 1, { what: 'it, on connecting' });

		// What comes after it has come: nothing was on its way.
		await desk.send({ type: 'rename', title: 'Since then' });
		await until(() => chidis.state().title === 'Since then');
		expect(ofSeat(chidis, other)).toMatchObject({ held: 0, left: [] });
		const toOthers = [...chidis.all('held:of'), ...chidis.all('left:of')];
		expect(JSON.stringify(toOthers)).not.toContain(maria);
		expect(bens.all('left:changed').every(([, cards]) => cards.length === 0)).toBe(true);
		for (const news of ['held:of', 'left:of', 'matched:of'] as const)
			expect(desk.all(news)).toEqual([]);

		await desk.send({ type: 'restore-card', board, card });
		await until(() => ofSeat(bens, maria).left?.length === 0, { what: 'it, come back' });
		close(hers, afterwards, later, ...there);
	}
);

const exercise = findExercise('common-challenge')!;

/** Ben keeps Maria’s seat; she is matched with Chidi, and Dina is beside them. */
async function matchedRoom(form: { anonymous?: boolean } = {}) {
	const { id, code } = await ada.open({ agenda: ['common-challenge'], ...form });
	const board = await ada.run(id);
	await ada.command(id, { type: 'set-writing', mode: 'open', reveal: true });
	const come = (name: string) => join(server, code, form.anonymous ? undefined : name);
	const [ben, chidi, dina] = [await come('Ben'), await come('Chidi'), await come('Dina')];
	const maria = await seat(id, ben);
	async function card(by: Person, country: string, column: string, of?: ParticipantId) {
		const writing = await write(server, board, by.token, of);
		const card = nanoid();
		const fields = { challenge: 'The same', myCountry: country, libraryType: 'public' };
		addCard(writing.notebook, exercise, { id: card, column, order: `a${column}`, fields });
		await until(() => writing.seen().cards.some(({ id }) => id === card), { what: 'the card' });
		const author = ownAuthor(writing.notebook)!;
		writing.close();
		return { card, author };
	}
	const cards = {
		maria: await card(ben, 'KE', 'time', maria),
		chidi: await card(chidi, 'NG', 'time'),
		dina: await card(dina, 'FJ', 'skills')
	};
	expect(await ada.command(id, { type: 'match', board })).toMatchObject({ status: 200 });
	const leave = (from: Person, to: { author: string }, text: string, seat?: ParticipantId) =>
		give(server, id, from, {
			type: 'leave-contact',
			board,
			to: to.author,
			text,
			...(seat === undefined ? {} : { for: seat })
		});
	return { place: { id, board, code }, ben, chidi, dina, maria, cards, leave };
}

test.for([{ anonymous: false }, { anonymous: true }])(
	'WD22 who keeps a seat is told whom its person was matched with, and what was left for them; nobody else reads that (anonymous: $anonymous)',
	async (form) => {
		const { place, ben, chidi, dina, maria, cards, leave } = await matchedRoom(form);
		const link = await server.app.workshops.screenLink(place.id, owner());
		const screen = { screen: new URL(String(link), server.url).searchParams.get('key')! };
		const bens = await listen(server, place.id, ben);
		const desk = await listen(server, place.id, ada);
		const [dinas, screens] = await Promise.all(
			[dina, screen].map((who) => Ears.at(server, place, who))
		);
		const others = [{ author: cards.chidi.author, card: cards.chidi.card }];
		const groups = [{ column: 'time', card: cards.maria.card, others }];
		await until(() => ofSeat(bens, maria).matched, { what: 'her match, on connecting' });
		expect(ofSeat(bens, maria).matched).toEqual({ groups, contacts: [] });

		expect(await leave(chidi, cards.maria, 'canary@example.org')).toMatchObject({ ok: true });
		await until(() => ofSeat(bens, maria).matched?.contacts.length === 1);
		expect(ofSeat(bens, maria).matched?.contacts).toEqual([
			{ author: cards.chidi.author, got: 'canary@example.org' }
		]);
		expect(bens.last('matched:changed')?.[1]).toEqual({ groups: [], contacts: [] });
		const later = await listen(server, place.id, ben);
		await until(() => ofSeat(later, maria).matched?.contacts.length === 1);

		await ada.command(place.id, { type: 'rename', title: 'Since then' });
		for (const one of [dinas, screens])
			await until(() => one!.told('state:changed').some((packet) => packet.includes('Since then')));
		await until(() => desk.state().title === 'Since then');
		for (const one of [dinas, screens]) expect(one!.heard('canary')).toEqual([]);
		expect(desk.all('matched:of')).toEqual([]);
		expect(JSON.stringify(desk.all('matches:changed'))).not.toContain('canary');
		const lines = await server.app.workshops.audit(place.id, owner());
		expect(JSON.stringify(lines)).not.toContain('canary');
		// What Ben takes home and downloads is his own, and not hers; nor does anybody else get it.
		for (const { cookie } of [ben, dina])
			for (const path of ['take-away', 'data.json', 'earlier', 'so-far']) {
				const { body } = await ask(server.url, `/p/${place.id}/${path}`, { cookie });
				expect(JSON.stringify(body)).not.toContain('canary');
			}
		const file = await ask(server.url, `/api/v1/workshops/${place.id}/export.json`, {
			token: ada.token
		});
		expect(JSON.stringify(file.body)).toContain('The same');
		expect(JSON.stringify(file.body)).not.toContain('canary');
		close(bens, desk, later);
		for (const one of [dinas, screens]) one!.close();
	}
);

test('WD23 who keeps the seat, and nobody else, leaves in its place how to be reached, and takes it back', async () => {
	const { place, ben, chidi, dina, maria, cards, leave } = await matchedRoom();
	const chidis = await listen(server, place.id, chidi);
	const got = () => chidis.last('matched:changed')?.[1].contacts;
	expect(await leave(ben, cards.chidi, 'Of Ben')).toMatchObject({ refusal: 'not-matched' });
	for (const one of [dina, chidi])
		expect(await leave(one, cards.chidi, 'Of Dina', maria)).toMatchObject({
			refusal: 'not-allowed'
		});
	const command = { type: 'leave-contact', board: place.board, to: cards.chidi.author } as const;
	expect(
		await give(server, place.id, ada, { ...command, text: 'Of Ada', for: maria })
	).toMatchObject({ refusal: 'not-allowed' });
	expect(await leave(ben, cards.dina, 'To Dina', maria)).toMatchObject({ refusal: 'not-matched' });
	expect(await leave(ben, cards.chidi, 'At Ben’s desk', maria)).toMatchObject({ ok: true });
	await until(() => got()?.length === 1, { what: 'her words' });
	expect(got()).toEqual([{ author: cards.maria.author, got: 'At Ben’s desk' }]);
	await leave(ben, cards.chidi, '', maria);
	await until(() => got()?.length === 0, { what: 'them, taken back' });
	chidis.close();
});

test.for(['remove-person', 'erase-person'] as const)(
	'WD24 of who was taken out their keeper is told no more, and the words are gone (%s)',
	async (type) => {
		const { place, ben, chidi, maria, cards, leave } = await matchedRoom();
		const bens = await listen(server, place.id, ben);
		await leave(chidi, cards.maria, 'canary for Maria');
		await leave(ben, cards.chidi, 'canary of Maria', maria);
		await until(() => ofSeat(bens, maria).matched?.contacts[0]?.left !== undefined);
		const command = { type, person: maria, ...(type === 'remove-person' && { cards: 'stay' }) };
		const outcome = await server.app.workshops.run(place.id, owner(), {
			id: nanoid(),
			command: command as { type: 'erase-person'; person: string }
		});
		expect(outcome).toMatchObject({ ok: true });
		await until(() => bens.last('seats:changed')?.[0].length === 0, { what: 'nobody beside Ben' });
		const before = bens.all('matched:of').length;
		const later = await listen(server, place.id, ben);
		await ada.command(place.id, { type: 'match', board: place.board, anew: true });
		await until(() => later.last('matched:changed')?.[1].groups.length === 0);
		await ada.command(place.id, { type: 'rename', title: 'Since then' });
		await until(() => later.state().title === 'Since then' && bens.state().title === 'Since then');
		expect(later.all('matched:of')).toEqual([]);
		expect(bens.all('matched:of').slice(before)).toEqual([]);
		for (const words of ['canary for Maria', 'canary of Maria'])
			expect(await tablesWith(server.database.db, words)).toEqual([]);
		close(bens, later);
	}
);
