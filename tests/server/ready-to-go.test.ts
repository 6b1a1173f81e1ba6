import { afterAll, beforeAll, expect, test } from 'vitest';
import { isRefusal } from '#shared/refusals.ts';
import type { SoFar } from '#shared/so-far.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, give, join, write, type Ada, type Person } from '../support/people.ts';
import { until } from '../support/until.ts';

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

test('RG1 another workshop like it is a draft of its own, with nothing that was written', async () => {
	const { id, code } = await ada.open({ agenda: ['barrier', { break: 10, note: 'Upstairs' }] });
	const ben = await join(server, code, 'Ben');
	await ada.command(id, { type: 'set-note', item: 0, note: 'Ask Olena' });
	const board = await ada.run(id);
	const writing = await write(server, board, ben.token);
	writing.put('Nobody had time');
	writing.close();
	const made = await server.app.workshops.duplicate(id, { id: ada.account });
	if (isRefusal(made)) throw new Error(made.refused);
	const [before, after] = [await server.app.stored.load(id), await server.app.stored.load(made.id)];
	expect(after?.state).toMatchObject({ status: 'draft', boards: [], timetable: null, past: [] });
	expect(after?.state.agenda).toEqual(before?.state.agenda);
	expect(after?.code).not.toBe(code);

	const eve = await comeAda(server, 'eve@example.org');
	const others = await server.app.workshops.duplicate(id, { id: eve.account });
	expect(others).toMatchObject({ refused: 'not-found' });
});

async function soFar(workshop: string, person: Person): Promise<SoFar> {
	const { status, body } = await ask(server.url, `/p/${workshop}/so-far`, {
		cookie: person.cookie
	});
	expect(status).toBe(200);
	return body as unknown as SoFar;
}

test('RG2 who comes late is told what was decided, and who was there is not', async () => {
	const { id, code } = await ada.open({ agenda: ['barrier', 'barrier'] });
	const ben = await join(server, code, 'Ben');
	const board = await ada.run(id);
	const writing = await write(server, board, ben.token);
	const [voted, hidden] = [writing.put('Nobody had time'), writing.put('A secret')];
	await until(async () => (await server.app.rooms.counts(board)).cards === 2);
	await ada.command(id, { type: 'go', phase: 'vote' });
	await until(() => writing.seen().cards.length === 2);
	for (const [card, count] of [
		[voted, 2],
		[hidden, 3]
	] as const)
		await give(server, id, ben, { type: 'vote', board, target: { card }, count });
	await ada.command(id, { type: 'hide-card', board, card: hidden });
	await ada.command(id, { type: 'go', phase: 'act' });
	const action = { what: 'Ask the school', who: 'Ben', when: 'May' };
	await give(server, id, ben, { type: 'action', board, id: 'action-1', ...action });
	await ada.command(id, { type: 'finish' });
	writing.close();

	const shut = await join(server, code, 'Chidi');
	expect((await soFar(id, shut)).boards).toMatchObject([{ id: board, cards: 1, ideas: [] }]);
	await ada.command(id, { type: 'undo' });
	await ada.command(id, { type: 'show-votes' });
	await ada.command(id, { type: 'finish' });
	server.clock.advance(1000);
	const late = await join(server, code, 'Dalia');
	expect(await soFar(id, late)).toEqual({
		boards: [
			{
				id: board,
				title: 'Think of a barrier to collaboration',
				cards: 1,
				ideas: [{ text: 'Nobody had time', votes: 2 }],
				actions: [action]
			}
		]
	});
	expect(await soFar(id, ben)).toEqual({ boards: [] });
});
