/** The name under which somebody moves cards, when a facilitator changes it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { comeAda, give, join, putCard, write, type Ada, type Writing } from '../support/people.ts';
import { until } from '../support/until.ts';

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

test('PE15 a new name goes with what is moved, on the connection that there is', async () => {
	const { id: workshop, code } = await ada.open();
	const [ben, chidi] = [await join(server, code, 'Ben'), await join(server, code, 'Chidi')];
	const { board } = await putCard(server, { ada, workshop, by: ben, phase: 'share' });
	const [his, theirs] = [
		await write(server, board, ben.token),
		await write(server, board, chidi.token)
	];
	const { awareness } = his.providers.board;
	const seenBy = (one: Writing) =>
		one.providers.board.awareness.getStates().get(awareness.clientID);
	awareness.setLocalState({ moving: 'card-1' });
	await until(() => seenBy(theirs)?.['name'] === 'Ben', { what: 'the first name' });
	const name = 'Ben Okri';
	const rename = { type: 'rename-person', person: ben.participant, name } as const;
	expect(await give(server, workshop, ada, rename)).toMatchObject({ ok: true });
	const newcomerSees = async () => {
		const newcomer = await write(server, board, chidi.token);
		await until(() => seenBy(newcomer));
		const seen: unknown = seenBy(newcomer)?.['name'];
		newcomer.close();
		return seen;
	};
	await until(async () => (await newcomerSees()) === name, { what: 'the new name' });
	awareness.setLocalState({ moving: 'card-2' });
	await until(() => seenBy(theirs)?.['moving'] === 'card-2');
	expect(seenBy(theirs)?.['name']).toBe(name);
	for (const one of [his, theirs]) one.close();
});
