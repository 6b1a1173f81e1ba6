/** What a person may not see: it never reaches a socket of theirs, nor stands in anything they may ask. */
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { participants } from '#server/db/schema.ts';
import { addCard } from '#shared/doc/notebook.ts';
import { cardsOf } from '#shared/doc/schema.ts';
import { FRAME } from '#shared/wire/yjs-frames.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { comeAda, give, join, write, type Ada, type Person } from '../support/people.ts';
import { until } from '../support/until.ts';
import { Ears, type Listener, type Place } from './unseen-ears.ts';
import { exercise } from './yjs-device.ts';

/** Who comes is told that they are shut, which says nothing. */
const totalsOf = (ear: { told(news: string): string[] }): string[] =>
	ear.told('totals:changed').filter((packet) => !packet.endsWith(',null]'));

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp({ filesAMinute: 10_000 });
	ada = await comeAda(server);
});
afterAll(() => server.close());

/** A workshop with a board in this phase, people, and the key of its room screen. */
async function open(
	phase: string,
	form: { anonymous?: boolean; agenda?: unknown[] } = {}
): Promise<{ place: Place; people: Person[]; screen: { screen: string } }> {
	const { id, code } = await ada.open(form);
	const names = ['Ben', 'Chidi', 'Eve'].map((name) => (form.anonymous ? undefined : name));
	const people: Person[] = [];
	for (const name of names) people.push(await join(server, code, name));
	const board = await ada.run(id, phase);
	const link = await server.app.workshops.screenLink(id, {
		role: 'facilitator',
		account: ada.account
	});
	const screen = new URL(String(link), server.url).searchParams.get('key')!;
	return { place: { id, board, code }, people, screen: { screen } };
}

const listening = (place: Place, ...all: Listener[]): Promise<Ears[]> =>
	Promise.all(all.map((who) => Ears.at(server, place, who)));

/** Where any of these words have come to somebody. */
async function found(words: string | string[], place: Place, ...all: Ears[]): Promise<string[]> {
	const places: string[] = [];
	for (const ears of all) {
		const answers = await ears.read(place);
		for (const one of [words].flat()) {
			places.push(...ears.heard(one));
			for (const { route, body } of answers) if (body.includes(one)) places.push(route);
		}
	}
	return places;
}

const close = (...all: { close(): void }[]) => all.forEach((one) => one.close());

test('FO20 what is written privately is in nothing that anybody else receives or may ask, before the reveal', async () => {
	const { place, people, screen } = await open('write');
	const [ben, chidi, eve] = people as [Person, Person, Person];
	const elsewhere = await open('write');
	const early = await listening(place, chidi, screen);
	const stranger = await Ears.at(server, elsewhere.place, elsewhere.people[0]!);
	const writing = await write(server, place.board, ben.token);
	writing.put('canary put down');
	addCard(writing.notebook, exercise, {
		id: nanoid(),
		column: 'barriers',
		order: 'a1',
		draft: true,
		fields: { stoppedUs: 'canary in a draft' }
	});
	for (const ears of early)
		await until(() => ears.told('counts:changed').some((one) => one.includes('"cards":1')));
	const late = await listening(place, eve, screen);
	const written = ['canary put down', 'canary in a draft'];
	expect(await found(written, place, ...early, ...late)).toEqual([]);

	// Afterwards everybody has it, so it would have been found; but not in another workshop.
	await ada.command(place.id, { type: 'go', phase: 'share' });
	for (const ears of [...early, ...late])
		await until(() => ears.heard('canary put down').length > 0, { what: 'the reveal' });
	expect(await found('canary put down', place, early[0]!)).toContainEqual(
		expect.stringContaining('export.json')
	);
	expect(await found('canary put down', place, stranger)).toEqual([]);
	expect(await found('canary put down', elsewhere.place, stranger)).toEqual([]);
	close(writing, stranger, ...early, ...late);
});

test('FO21 a vote is heard by its voter alone until votes are shown, and again when they are shut', async () => {
	const { place, people, screen } = await open('write');
	const [ben, chidi] = people as [Person, Person];
	const writing = await write(server, place.board, ben.token);
	const card = writing.put('Nobody had time');
	await ada.command(place.id, { type: 'go', phase: 'vote' });
	const ears = await listening(place, chidi, screen);
	await until(() => ears.every(({ board }) => board.words().length === 1));
	const before = await Promise.all(ears.map((one) => one.read(place)));
	const packets = ears.map((one) => one.packets.length);
	const frames = ears.map((one) => one.board.frames.length);
	const vote = { type: 'vote' as const, board: place.board, target: { card }, count: 3 };
	expect(await give(server, place.id, ben, vote)).toMatchObject({ ok: true });
	const after = await Promise.all(ears.map((one) => one.read(place)));
	expect(after.map(plain)).toEqual(before.map(plain));
	// What comes after it has come: nothing was on its way.
	await ada.command(place.id, { type: 'rename', title: 'Still voting' });
	for (const [at, one] of ears.entries()) {
		await until(() => one.told('state:changed').some((packet) => packet.includes('Still voting')));
		// Who sits here, and how much is written, is told a little after it has come to be.
		const since = one.packets.slice(packets[at]).map((packet) => /"[a-z:]+"/.exec(packet)?.[0]);
		const told = since.filter((news) => !/authors|counts|roster/.test(news ?? ''));
		expect(told).toEqual(['"state:changed"']);
		// That all is saved is told again every few seconds.
		const news = one.board.frames.slice(frames[at]).filter(([type]) => type !== FRAME.committed);
		expect(news).toEqual([]);
		expect(totalsOf(one)).toEqual([]);
	}

	await ada.command(place.id, { type: 'show-votes' });
	for (const one of ears) await until(() => totalsOf(one).length === 1);
	expect(totalsOf(ears[1]!)[0]).toContain(`"${card}":3`);
	await ada.command(place.id, { type: 'hide-votes' });
	const [newcomer] = await listening(place, people[2]!);
	expect(totalsOf(newcomer!)).toEqual([]);
	const shut = await newcomer!.read(place);
	expect(
		shut.find(({ route }) => route.includes('boards') && route.endsWith('.json'))?.body
	).toContain('"votes": null');
	close(writing, newcomer!, ...ears);
});

/** Without what differs between any two answers. */
const plain = (answers: { route: string; body: string }[]) =>
	answers.map(({ route, body }) => [
		route,
		body.replace(/nonce[-=]"?[^"']+|__sveltekit_\w+|"?(?:now|left)"?:\d+|\b1\d{12}\b/g, '')
	]);

test('FO22 on an anonymous board nothing leads from a card to a person, or from one board to another', async () => {
	const { place, people, screen } = await open('write', {
		anonymous: true,
		agenda: ['barrier', 'barrier']
	});
	const [ben, chidi, eve] = people as [Person, Person, Person];
	const ears = await listening(place, chidi, screen);
	const boards = [place.board];
	for (const round of [0, 1]) {
		const board = boards.at(-1)!;
		const [his, hers] = [
			await write(server, board, ben.token),
			await write(server, board, eve.token)
		];
		const card = his.put(`Of Ben ${round}`);
		hers.put(`Of Eve ${round}`);
		await until(() => server.app.rooms.counts(board).then(({ cards }) => cards === 2));
		await ada.command(place.id, { type: 'go', phase: 'group' });
		his.providers.board.awareness.setLocalState({
			moving: card,
			name: 'Ben',
			user: ben.participant
		});
		const comment = { type: 'comment' as const, board, id: nanoid(), card, text: 'Yes' };
		expect(await give(server, place.id, ben, comment)).toMatchObject({ ok: true });
		await ada.command(place.id, { type: 'go', phase: 'act' });
		const action = { type: 'action' as const, board, id: nanoid(), what: 'Ask', who: '', when: '' };
		expect(await give(server, place.id, ben, action)).toMatchObject({ ok: true });
		for (const one of ears) {
			await until(() => one.told('action:changed').length === round + 1);
			await until(() =>
				one.devices.some(({ presence }) =>
					[...presence.values()].some((state) => state?.['moving'] === card)
				)
			);
		}
		close(his, hers);
		if (round === 1) break;
		await ada.command(place.id, { type: 'go', phase: 'done' });
		const next = nanoid();
		const started = { type: 'start' as const, exercise: 1, board: next };
		expect((await ada.command(place.id, started)).status).toBe(200);
		await ada.command(place.id, { type: 'go', phase: 'write' });
		boards.push(next);
		for (const one of ears) await one.open(next);
	}
	const [newcomer] = await listening(place, await join(server, place.code));
	const seats = await server.database.db.select().from(participants);
	const joined = [ben, eve].map(({ participant }) => {
		const { joinedAt } = seats.find(({ id }) => id === participant)!;
		return String(joinedAt);
	});
	const secrets = [ben, eve].flatMap(({ participant, token }) => [participant, token]);
	for (const board of boards)
		expect(
			await found([...secrets, ...joined, 'Ben"'], { ...place, board }, ...ears, newcomer!)
		).toEqual([]);

	// Every board has authors and client ids of its own: Chidi's two notebooks are among them.
	const all = ears[0]!.devices.map(({ doc }) => doc);
	const [first, firstOwn, second, secondOwn] = all as [never, never, never, never];
	expect(authorsIn(first)).toHaveLength(2);
	expect(shared(authorsIn(first), authorsIn(second))).toEqual([]);
	expect(shared(authorsIn(firstOwn), authorsIn(secondOwn))).toEqual([]);
	expect(shared(clientsIn(first, firstOwn), clientsIn(second, secondOwn))).toEqual([]);
	close(newcomer!, ...ears);
});

const authorsIn = (doc: Parameters<typeof cardsOf>[0]) => [...cardsOf(doc).keys()];
const clientsIn = (...docs: Parameters<typeof cardsOf>[0][]) =>
	docs.flatMap(({ store }) => [...store.clients.keys()]);
const shared = <T>(some: T[], others: T[]) => some.filter((one) => others.includes(one));

test('FO23 a card that is hidden is in nothing that participants take home, nor what was said of it', async () => {
	const { place, people, screen } = await open('write');
	const [ben, chidi] = people as [Person, Person];
	const writing = await write(server, place.board, ben.token);
	const card = writing.put('canary to be hidden');
	writing.put('To be seen');
	await ada.command(place.id, { type: 'go', phase: 'share' });
	const [ears, wall] = (await listening(place, chidi, screen)) as [Ears, Ears];
	await until(() => ears.board.words().length === 2);
	const comment = {
		type: 'comment' as const,
		board: place.board,
		id: nanoid(),
		card,
		text: 'canary in a comment'
	};
	expect(await give(server, place.id, ben, comment)).toMatchObject({ ok: true });
	const inRoutes = async (words: string) =>
		(await Promise.all([ears, wall].map((one) => one.read(place))))
			.flat()
			.filter(({ body }) => body.includes(words))
			.map(({ route }) => route);
	expect((await inRoutes('canary to be hidden')).length).toBeGreaterThan(2);
	await ada.command(place.id, { type: 'hide-card', board: place.board, card });
	expect(await inRoutes('canary')).toEqual([]);
	expect((await inRoutes('To be seen')).length).toBeGreaterThan(2);
	// That one is left out is told, in the text of the summary as in the others.
	expect(await inRoutes('1 hidden card is left out')).toContainEqual(
		expect.stringMatching(/workshops.*export\.md/)
	);
	close(writing, ears, wall);
});

test('FO24 a card that was removed reaches no latecomer in any form; restored, it comes back with what was said of it', async () => {
	const { place, people, screen } = await open('write');
	const [ben, chidi, eve] = people as [Person, Person, Person];
	const writing = await write(server, place.board, ben.token);
	const card = writing.put('canary removed');
	writing.put('Left');
	await ada.command(place.id, { type: 'go', phase: 'share' });
	const [there] = await listening(place, chidi);
	await until(() => there!.board.words().length === 2);
	const said = { board: place.board, id: nanoid(), card, text: 'canary said of it' };
	expect(await give(server, place.id, chidi, { type: 'comment', ...said })).toMatchObject({
		ok: true
	});
	await ada.command(place.id, { type: 'remove-card', board: place.board, card });
	await until(() => there!.board.words().join() === 'Left');
	const late = await listening(place, eve, screen, ben);
	for (const ears of late) await until(() => ears.board.words().join() === 'Left');
	const hisOwn = `200 /p/${place.id}/data.json`;
	const gone = ['canary removed', 'canary said of it'];
	expect((await found(gone, place, ...late)).filter((where) => where !== hisOwn)).toEqual([]);
	// Nor after a restart, from what is stored.
	await server.restart();
	const [later] = await listening(place, eve);
	expect(await found('canary', place, later!)).toEqual([]);

	await ada.command(place.id, { type: 'restore-card', board: place.board, card });
	await until(() => later!.board.words().length === 2);
	const [last] = await listening(place, screen);
	await until(() => last!.heard('canary said of it').length > 0);
	expect(last!.heard('canary removed').length).toBeGreaterThan(0);
	close(writing, there!, later!, last!, ...late);
});
