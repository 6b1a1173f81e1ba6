/** What is stored about a person, as they may take it away. */
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addCard } from '#shared/doc/notebook.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import { isRefusal } from '#shared/refusals.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, give, join, PASSWORD, write, type Ada } from '../support/people.ts';
import { until } from '../support/until.ts';

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

/** Ben's card, Chidi's, a draft, one taken off, one withdrawn; then comments, dots, actions. */
async function busyWorkshop() {
	const { id: workshop, code } = await ada.open();
	const [ben, chidi] = [await join(server, code, 'Ben'), await join(server, code, 'Chidi')];
	const board = await ada.run(workshop);
	const [bens, chidis] = [
		await write(server, board, ben.token),
		await write(server, board, chidi.token)
	];
	const cards = {
		own: bens.put('Nobody had time'),
		withdrawn: bens.put('Zephyrine took this back'),
		removed: bens.put('Rude words'),
		hers: chidis.put('No contract'),
		draft: nanoid()
	};
	const fields = { stoppedUs: 'Half a tho' };
	const draft = { id: cards.draft, column: 'barriers', order: 'b0', draft: true, fields };
	addCard(bens.notebook, findExercise('barrier')!, draft);
	await until(async () => (await server.app.rooms.counts(board)).cards === 4);
	const as = (who: { token: string }, command: Parameters<typeof give>[3]) =>
		give(server, workshop, who, command);
	await as(ada, { type: 'go', phase: 'share' });
	await until(() => chidis.seen().cards.length === 4);
	await as(ben, { type: 'withdraw-card', board, card: cards.withdrawn });
	await as(ada, { type: 'remove-card', board, card: cards.removed });
	for (const [who, text] of [
		[ben, 'Ben says so'],
		[chidi, 'Chidi says no'],
		[ada, 'Ada asks']
	] as const)
		await as(who, { type: 'comment', board, id: nanoid(), card: cards.hers, text });
	await as(ada, { type: 'go', phase: 'vote' });
	await as(ben, { type: 'vote', board, target: { card: cards.hers }, count: 2 });
	await as(ada, { type: 'go', phase: 'act' });
	const action = { board, who: 'Ben', when: 'Monday' };
	await as(ben, { type: 'action', ...action, id: nanoid(), what: 'Call them' });
	await as(ada, { type: 'action', ...action, id: nanoid(), what: 'Write to them' });
	bens.close();
	chidis.close();
	return { workshop, board, ben, chidi, cards };
}

test('ER16 a participant takes away all that is stored about them, and nothing of anybody else', async () => {
	const { workshop, ben, cards } = await busyWorkshop();
	const { status, body, headers } = await ask(server.url, `/p/${workshop}/data.json`, {
		cookie: ben.cookie
	});
	expect(status).toBe(200);
	expect(headers.get('content-disposition')).toBe('attachment; filename="plenary-my-data.json"');
	expect(body).toMatchObject({ workshop: 'A day in Dakar', name: 'Ben' });
	expect(body['devices']).toHaveLength(1);
	const [board] = body['boards'] as Record<string, { id: string }[]>[];
	const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
	expect(board!['cards']!.toSorted(byId)).toEqual(
		[
			{ id: cards.own, draft: false, onBoard: true, fields: { stoppedUs: 'Nobody had time' } },
			{ id: cards.draft, draft: true, onBoard: false, fields: { stoppedUs: 'Half a tho' } }
		]
			.map((card) => ({ ...card, column: 'barriers' }))
			.toSorted(byId)
	);
	expect(board).toMatchObject({
		comments: [{ card: cards.hers, text: 'Ben says so' }],
		actions: [{ what: 'Call them', who: 'Ben', when: 'Monday' }],
		votes: [{ card: cards.hers, dots: 2 }]
	});
	const copies = board!['copiesOfCardsTakenOff']!;
	expect(copies.map(({ id }) => id).sort()).toEqual([cards.removed, cards.withdrawn].sort());
	const text = JSON.stringify(body);
	for (const others of ['Chidi', 'No contract', 'Ada', 'Write to them', ben.token])
		expect(text).not.toContain(others);
	expect((await ask(server.url, `/p/${workshop}/data.json`)).status).toBeGreaterThanOrEqual(401);
});

test('ER17 so does somebody with an account', async () => {
	const { app } = server;
	const { workshop } = await busyWorkshop();
	const account = { id: ada.account, email: 'ada@example.org', name: 'ada' };
	await app.accounts.newToken(account, 'Registrations');
	const logIn = await app.accounts.logIn(account.email, PASSWORD, '');
	if (isRefusal(logIn)) throw new Error(logIn.refused);
	const { name, value } = logIn.cookie;
	const { status, body } = await ask(server.url, '/account/data.json', {
		cookie: `${name}=${value}`
	});
	expect(status).toBe(200);
	expect(body).toMatchObject({ email: 'ada@example.org', name: 'ada', passkeys: [] });
	expect(body['workshops']).toContainEqual({
		title: 'A day in Dakar',
		role: 'facilitator',
		madeAt: expect.any(String) as string
	});
	expect(body['tokens']).toMatchObject([{ label: 'API' }, { label: 'Registrations' }]);
	expect(body['sessions']).toHaveLength(1);
	expect(body['comments']).toMatchObject(
		expect.arrayContaining([expect.objectContaining({ text: 'Ada asks' })]) as object[]
	);
	expect(body['actions']).toMatchObject(
		expect.arrayContaining([expect.objectContaining({ what: 'Write to them' })]) as object[]
	);
	expect(body['linesInAuditLists']).toBeGreaterThan(5);
	for (const secret of [ada.token, value, 'argon2', 'Nobody had time', workshop])
		expect(JSON.stringify(body)).not.toContain(secret);
	expect((await ask(server.url, '/account/data.json')).status).toBeGreaterThanOrEqual(401);
});

test('ER10 a workshop that its owner has deleted is not in what a co-facilitator takes away', async () => {
	const { cofacilitators, create, remove } = server.app.workshops;
	const beside = await comeAda(server, 'beside@example.org');
	const account = { id: beside.account, email: 'beside@example.org', name: 'beside' };
	const owner = { id: ada.account, email: 'ada@example.org', name: 'ada' };
	const made = await create(owner, { title: 'Soon gone', agenda: ['barrier'] });
	if (isRefusal(made)) throw new Error(made.refused);
	const who = { role: 'facilitator', account: ada.account } as const;
	const link = String(await cofacilitators.invite(made.id, who));
	await cofacilitators.accept(link.replace('/cofacilitate/', ''), account);
	const taken = async () => JSON.stringify(await server.app.accounts.dataOf(account));
	expect(await taken()).toContain('Soon gone');
	expect(await remove(made.id, owner)).toBe(true);
	expect(await taken()).not.toContain('Soon gone');
});

test('ER18 what participants take home has nothing of removed cards, nor of hidden ones', async () => {
	const { workshop, board, chidi, cards } = await busyWorkshop();
	const { app } = server;
	await give(server, workshop, ada, { type: 'hide-card', board, card: cards.own });
	const participant = { role: 'participant', participant: chidi.participant } as const;
	const facilitator = { role: 'facilitator', account: ada.account } as const;
	const read = async (who: typeof participant | typeof facilitator) => {
		const files = await Promise.all([
			app.exports.workshop(workshop, who, 'json'),
			app.exports.board(board, who, 'csv')
		]);
		return files.map((file) => (isRefusal(file) ? file.refused : Buffer.from(file.body))).join();
	};
	const theirs = await read(participant);
	expect(theirs).toContain('No contract');
	for (const gone of [
		'Zephyrine took this back',
		'Rude words',
		'Half a tho',
		'Nobody had time',
		cards.own
	])
		expect(theirs).not.toContain(gone);
	const hers = await read(facilitator);
	for (const gone of ['Zephyrine took this back', 'Rude words', 'Half a tho'])
		expect(hers).not.toContain(gone);
	expect(JSON.stringify(await app.participants.dataOf(chidi.participant))).not.toContain('Rude');
});
