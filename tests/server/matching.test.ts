/** People are matched in a room, and leave word how to be reached: over real sockets, and as it is stored. */
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addCard, ownAuthor } from '#shared/doc/notebook.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { CardId } from '#shared/ids.ts';
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
import { Ears, type Place } from './unseen-ears.ts';

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp({ filesAMinute: 10_000 });
	ada = await comeAda(server);
});
afterAll(() => server.close());

const exercise = findExercise('common-challenge')!;

const owner = () => ({ role: 'facilitator', account: ada.account }) as const;
async function screenOf(workshop: string): Promise<{ screen: string }> {
	const link = await server.app.workshops.screenLink(workshop, owner());
	return { screen: new URL(String(link), server.url).searchParams.get('key')! };
}

/** Somebody who has written one card, and by which author the board knows them. */
interface Met extends Person {
	name: string;
	author: string;
	card: CardId;
}

interface MetRoom {
	place: Place;
	come(name: string, country: string, column?: string): Promise<Met>;
	match(anew?: boolean): Promise<string[]>;
	/** Answers what was said to it. */
	leave(from: Person, to: { author: string }, text: string): Promise<string>;
}

/** A board on which people write where they are from; open, so that it is revealed. */
async function room(form: { anonymous?: boolean } = {}): Promise<MetRoom> {
	const { id, code } = await ada.open({ agenda: ['common-challenge'], ...form });
	const board = await ada.run(id);
	await ada.command(id, { type: 'set-writing', mode: 'open', reveal: true });
	const names = new Map<CardId, string>();
	return {
		place: { id, board, code },
		async come(name, country, column = 'time') {
			const person = await join(server, code, form.anonymous ? undefined : name);
			const writing = await write(server, board, person.token);
			const card = nanoid();
			const fields = { challenge: `Of ${name}`, myCountry: country, libraryType: 'public' };
			const order = `a${names.size}`;
			addCard(writing.notebook, exercise, { id: card, column, order, fields });
			await until(() => writing.seen().cards.some(({ id }) => id === card), { what: 'the card' });
			const author = ownAuthor(writing.notebook)!;
			names.set(card, name);
			writing.close();
			return { ...person, name, author, card };
		},
		/** Answers who is with whom, by name. */
		async match(anew) {
			const command = { type: 'match' as const, board, ...(anew ? { anew } : {}) };
			expect(await ada.command(id, command)).toMatchObject({ status: 200 });
			const row = await server.app.stores.matches.ofBoard(board);
			return row!.groups.map(({ people }) => people.map(({ card }) => names.get(card)).join('+'));
		},
		async leave({ token }, to, text) {
			const body = { type: 'leave-contact', to: to.author, text };
			const answer = await ask(server.url, `/api/v1/boards/${board}/commands`, { token, body });
			return answer.status === 200 ? 'ok' : answer.body.error.code;
		}
	};
}

test('MT7 facilitators match, what has been revealed, in an exercise that matches; hidden cards are not there', async () => {
	const { place, come, match } = await room();
	const ben = await come('Ben', 'KE');
	await come('Chidi', 'NG');
	await come('Dina', 'FJ', 'skills');
	const { id, board } = place;
	expect(await give(server, id, ben, { type: 'match', board })).toMatchObject({
		refusal: 'not-allowed'
	});
	await ada.command(id, { type: 'hide-card', board, card: ben.card });
	expect(await match()).toEqual([]);
	await ada.command(id, { type: 'show-card', board, card: ben.card });
	expect(await match()).toEqual(['Ben+Chidi']);

	const other = await ada.open({ agenda: ['common-challenge', 'barrier'] });
	const unseen = await ada.run(other.id);
	const refused = async (command: Parameters<Ada['command']>[1]) =>
		(await ada.command(other.id, command)).body.error.code;
	expect(await refused({ type: 'match', board: unseen })).toBe('wrong-phase');
	expect(await refused({ type: 'match', board })).toBe('not-found');
	await ada.command(other.id, { type: 'go', phase: 'done' });
	await ada.command(other.id, { type: 'start', exercise: 1, board: 'barrier-board' });
	await ada.command(other.id, { type: 'go', phase: 'share' });
	expect(await refused({ type: 'match', board: 'barrier-board' })).toBe('no-matching');
});

test('MT8 facilitators hear all matches, each participant their own, the room screen none; nobody before the first', async () => {
	const { place, come, match } = await room();
	const { id, board } = place;
	const people = [await come('Ben', 'KE'), await come('Chidi', 'NG')];
	people.push(await come('Dina', 'FJ', 'skills'), await come('Eve', 'FI', 'skills'));
	people.push(await come('Frank', 'FR'));
	const all = [ada, ...people, await screenOf(id)];
	const come2 = () => Promise.all(all.map((who) => listen(server, id, who)));
	const there = await come2();
	expect(await match()).toEqual(['Ben+Chidi+Frank', 'Dina+Eve']);
	const [ben, chidi, dina, eve, frank] = people as [Met, Met, Met, Met, Met];
	const haveHeard = (hearings: Hearing[]) =>
		hearings[0]!.last('matches:changed') &&
		hearings.slice(1, 6).every((one) => one.last('matched:changed'));
	await until(() => haveHeard(there));
	const later = await come2();
	await until(() => haveHeard(later));
	for (const [desk, bens, , dinas, , , screens] of [there, later]) {
		expect(desk!.all('matches:changed')).toEqual([
			[
				board,
				[
					{ column: 'time', cards: [ben.card, chidi.card, frank.card] },
					{ column: 'skills', cards: [dina.card, eve.card] }
				]
			]
		]);
		const others = [{ author: eve.author, card: eve.card }];
		const groups = [{ column: 'skills', card: dina.card, others }];
		expect(dinas!.all('matched:changed')).toEqual([[board, { groups, contacts: [] }]]);
		expect(bens!.last('matched:changed')![1].groups[0]!.others).toHaveLength(2);
		for (const one of [bens, dinas, screens]) expect(one!.last('matches:changed')).toBeUndefined();
		expect(screens!.last('matched:changed')).toBeUndefined();
	}
	[...there, ...later].forEach((one) => one.close());
});

test('MT9 who comes later is matched beside those who are, and everybody only where it is wanted', async () => {
	const { place, come, match } = await room();
	const ben = await come('Ben', 'KE');
	await come('Chidi', 'NG');
	await come('Dina', 'KE');
	expect(await match()).toEqual(['Ben+Chidi+Dina']);
	await come('Eve', 'KE');
	await come('Frank', 'NG');
	expect(await match()).toEqual(['Ben+Chidi+Dina', 'Eve+Frank']);
	// Who loses what they had in common with nobody is with somebody else, or alone.
	await ada.command(place.id, { type: 'hide-card', board: place.board, card: ben.card });
	await come('Gita', 'KE');
	expect(await match()).toEqual(['Chidi+Dina+Gita', 'Eve+Frank']);
	await ada.command(place.id, { type: 'show-card', board: place.board, card: ben.card });
	expect(await match()).toEqual(['Chidi+Dina+Gita', 'Eve+Frank+Ben']);
	expect((await match(true)).toSorted()).not.toEqual(['Chidi+Dina+Gita', 'Eve+Frank+Ben']);
});

test('MT10 how to be reached is told to the one that it is left for, and in nothing that anybody else has', async () => {
	const { place, come, match, leave } = await room();
	const [ben, chidi] = [await come('Ben', 'KE'), await come('Chidi', 'NG')];
	const dina = await come('Dina', 'KE');
	await match();
	const screen = await screenOf(place.id);
	const [bens, chidis, dinas, screens] = await Promise.all(
		[ben, chidi, dina, screen].map((who) => Ears.at(server, place, who))
	);
	const desk = await listen(server, place.id, ada);
	expect(await leave(ben, chidi, '  canary@example.org ')).toBe('ok');
	await until(() => chidis!.heard('canary@example.org').length > 0);
	await until(() => bens!.heard('canary@example.org').length > 0);
	// What comes after it has come: nothing was on its way.
	await ada.command(place.id, { type: 'rename', title: 'Since then' });
	for (const one of [dinas, screens])
		await until(() => one!.told('state:changed').some((packet) => packet.includes('Since then')));
	await until(() => desk.state().title === 'Since then');
	const latecomer = await Ears.at(server, place, dina);
	for (const one of [dinas, screens, latecomer]) expect(one!.heard('canary')).toEqual([]);
	for (const { route, body } of await latecomer.read(place))
		expect([route, body.includes('canary')]).toEqual([route, false]);
	for (const news of ['matches:changed', 'matched:changed', 'roster:changed'] as const)
		expect(JSON.stringify(desk.all(news))).not.toContain('canary');
	for (const format of ['json', 'md', 'csv']) {
		const path = `/api/v1/workshops/${place.id}/export.${format}`;
		const { body } = await ask(server.url, path, { token: ada.token });
		expect(JSON.stringify(body)).toContain('Of Ben');
		expect(JSON.stringify(body)).not.toContain('canary');
	}

	// Its two people find it again: on the phone, to take home, and in what is stored about them.
	const found = async (who: Person, path: string) =>
		JSON.stringify((await ask(server.url, `/p/${place.id}/${path}`, { cookie: who.cookie })).body);
	expect(await found(chidi, 'take-away')).toContain('canary@example.org');
	expect(await found(ben, 'take-away')).not.toContain('canary');
	expect(await found(chidi, 'data.json')).toContain(
		'"contactsReceived":[{"from":{"name":"Ben"},"text":"canary@example.org"'
	);
	expect(await found(ben, 'data.json')).toContain(
		'"contactsLeft":[{"for":{"name":"Chidi"},"text":"canary@example.org"'
	);
	[bens, chidis, dinas, screens, latecomer].forEach((one) => one!.close());
	desk.close();
});

test('MT11 it is left while two are matched, also when the board is done; it stays until its writer takes it back', async () => {
	const { place, come, match, leave } = await room();
	const [ben, chidi] = [await come('Ben', 'KE'), await come('Chidi', 'NG')];
	const eve = await come('Eve', 'FI', 'skills');
	expect(await leave(ben, chidi, 'Call me')).toBe('not-matched');
	await match();
	expect(await leave(ben, eve, 'Call me')).toBe('not-matched');
	expect(await leave(ben, { author: 'nobodys-author' }, 'x')).toBe('not-matched');
	expect(await leave(ben, ben, 'Call me')).toBe('not-matched');
	expect(await leave(ben, chidi, 'x'.repeat(301))).toBe('malformed');
	await ada.command(place.id, { type: 'go', phase: 'done' });
	const phone = await listen(server, place.id, chidi);
	const got = () => phone.last('matched:changed')?.[1].contacts;
	expect(await leave(ben, chidi, 'Call me')).toBe('ok');
	await until(() => got()?.length === 1);
	expect(got()).toEqual([{ author: ben.author, got: 'Call me' }]);
	await leave(chidi, ben, 'I will');
	await until(() => got()?.[0]?.left === 'I will');
	// Also when they are with others by then.
	await ada.command(place.id, { type: 'hide-card', board: place.board, card: ben.card });
	await come('Dina', 'KE');
	expect(await match(true)).toEqual(['Chidi+Dina']);
	await until(() => phone.last('matched:changed')?.[1].groups[0]?.others[0]?.author !== ben.author);
	expect(got()).toEqual([{ author: ben.author, got: 'Call me', left: 'I will' }]);
	expect(await leave(ben, chidi, 'Another number')).toBe('not-matched');
	await leave(ben, chidi, '');
	await until(() => got()?.[0]?.got === undefined);
	expect(got()).toEqual([{ author: ben.author, left: 'I will' }]);
	phone.close();
});

test('MT12 on an anonymous board matches and contacts lead to no person', async () => {
	const { place, come, match, leave } = await room({ anonymous: true });
	const [ben, chidi] = [await come('Ben', 'KE'), await come('Chidi', 'NG')];
	await match();
	await leave(ben, chidi, 'canary by the door');
	const [bens, chidis] = await Promise.all([ben, chidi].map((who) => Ears.at(server, place, who)));
	const desk = await listen(server, place.id, ada);
	await until(() => desk.last('matches:changed'));
	const told = [...bens!.told('matched:changed'), ...chidis!.told('matched:changed')].join();
	expect(told).toContain('canary by the door');
	for (const { participant } of [ben, chidi]) {
		expect(told).not.toContain(participant);
		expect(JSON.stringify(desk.all('matches:changed'))).not.toContain(participant);
	}
	// On paper it stands with the card that they met by.
	const { body } = await ask(server.url, `/p/${place.id}/take-away`, { cookie: chidi.cookie });
	expect(body['text']).toContain('canary by the door');
	bens!.close();
	chidis!.close();
	desk.close();
});

test('MT13 whoever is removed is matched with nobody any more, and what they left and got is gone; so of who is erased', async () => {
	const { place, come, match, leave } = await room();
	const [ben, chidi] = [await come('Ben', 'KE'), await come('Chidi', 'NG')];
	const [dina, eve] = [await come('Dina', 'FJ', 'skills'), await come('Eve', 'FI', 'skills')];
	await match();
	await leave(ben, chidi, 'canary of Ben');
	await leave(chidi, ben, 'canary for Ben');
	await leave(dina, eve, 'canary of Dina');
	const phones = await Promise.all([chidi, eve].map((who) => listen(server, place.id, who)));
	const matched = (at: number) => phones[at]!.last('matched:changed')?.[1];
	await until(() => matched(0)?.contacts.length === 1);
	await ada.command(place.id, { type: 'remove-person', person: ben.participant, cards: 'stay' });
	await until(() => matched(0)?.groups.length === 0);
	expect(matched(0)).toEqual({ groups: [], contacts: [] });
	const erase = { type: 'erase-person', person: dina.participant } as const;
	await server.app.workshops.run(place.id, owner(), { id: nanoid(), command: erase });
	await until(() => matched(1)?.groups.length === 0);
	const { db } = server.database;
	for (const one of ['canary of Ben', 'canary for Ben', 'canary of Dina'])
		expect(await tablesWith(db, one)).toEqual([]);
	expect(await match()).toEqual([]);
	phones.forEach((phone) => phone.close());
});

test('MT14 the summary, the boards and what people take home have the matches of the room', async () => {
	const { place, come, match } = await room();
	const ben = await come('Ben', 'KE');
	await come('Chidi', 'NG');
	await come('Dina', 'KE');
	await come('Eve', 'NG');
	const before = await match();
	// One who comes now would be matched if it were done again: it is not.
	await come('Frank', 'FR');
	const { body } = await ask(server.url, `/api/v1/workshops/${place.id}/export.md`, {
		token: ada.token
	});
	const matches = String(body['text']).split('Who could work together').at(-1)!;
	const [groups, alone] = matches.split('Not matched yet') as [string, string];
	for (const name of ['Ben', 'Chidi', 'Dina', 'Eve']) expect(groups).toContain(`Of ${name}`);
	expect(groups).not.toContain('Of Frank');
	expect(alone).toContain('Of Frank');
	const home = await ask(server.url, `/p/${place.id}/take-away`, { cookie: ben.cookie });
	const text = String(home.body['text']);
	const partner = before
		.find((one) => one.includes('Ben'))!
		.replace('Ben', '')
		.replace('+', '');
	expect(text).toContain(`Of ${partner}`);
	expect(text).not.toContain('Of Frank');
});
