/** Two lead one workshop, and one hands over to the other in the middle. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WorkshopId } from '#shared/ids.ts';
import { isRefusal, type Refusal } from '#shared/refusals.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
	ask,
	comeAda,
	join,
	listen,
	PASSWORD,
	write,
	type Ada,
	type Hearing
} from '../support/people.ts';
import { until } from '../support/until.ts';

let server: TestApp;
let ada: Ada;
let olena: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
	olena = await comeAda(server, 'olena@example.org');
});
afterAll(() => server.close());

const sure = <T>(value: T): Exclude<T, Refusal> => {
	if (isRefusal(value)) throw new Error(value.refused);
	return value as Exclude<T, Refusal>;
};
/** A workshop that both facilitate. */
async function together(): Promise<{ id: WorkshopId; code: string }> {
	const { cofacilitators } = server.app.workshops;
	const { id, code } = await ada.open();
	const link = sure(await cofacilitators.invite(id, { role: 'facilitator', account: ada.account }));
	const account = { id: olena.account, email: '', name: '' };
	sure(await cofacilitators.accept(link.replace('/cofacilitate/', ''), account));
	return { id, code };
}
const beside = (desk: Hearing) => desk.all('facilitators:changed').at(-1);

test('RG20 each who facilitates hears who else has it open, and nobody else does', async () => {
	const { id, code } = await together();
	const ben = await listen(server, id, await join(server, code, 'Ben'));
	const hers = await listen(server, id, { token: ada.token });
	await until(() => beside(hers)?.[0].length === 0);
	const desk = await listen(server, id, { token: olena.token });
	const remote = await listen(server, id, { token: olena.token });
	await until(() => beside(hers)?.[0].length === 1);
	expect(beside(hers)![0]).toEqual(['olena']);
	await until(() => beside(desk)?.[0][0] === 'ada');
	desk.close();
	server.clock.advance(1000);
	remote.close();
	await until(() => beside(hers)?.[0].length === 0);
	expect(ben.all('facilitators:changed')).toEqual([]);
	ben.close();
	hers.close();
});

test('RG21 each hears the last step, and whose it was where it was another’s', async () => {
	const { id } = await together();
	const [hers, other] = [
		await listen(server, id, { token: ada.token }),
		await listen(server, id, { token: olena.token })
	];
	const board = await ada.run(id, 'brief');
	await ada.command(id, { type: 'next' });
	await until(() => beside(other)?.[1]?.deed === 'next');
	expect(beside(other)![1]).toEqual({
		by: 'ada',
		at: expect.any(Number),
		deed: 'next',
		about: { board, phase: 'write' }
	});
	await until(() => beside(hers)?.[1]?.deed === 'next');
	expect(beside(hers)![1]).toMatchObject({ by: null });
	const later = await listen(server, id, { token: olena.token });
	await until(() => beside(later)?.[1]?.by === 'ada');
	for (const one of [hers, other, later]) one.close();
});

test('RG22 whoever takes over in the middle has all that the other had', async () => {
	const { id, code } = await together();
	const ben = await join(server, code, 'Ben');
	const first = await listen(server, id, { token: ada.token });
	const board = await ada.run(id);
	const writing = await write(server, board, ben.token);
	writing.put('Nobody had time');
	await until(async () => (await server.app.rooms.counts(board)).cards === 1);
	const owner = { role: 'facilitator', account: ada.account } as const;
	await server.app.workshops.setNotes(id, owner, { base: '', notes: 'Ask Ben first' });
	await ada.command(id, { type: 'go', phase: 'group' });
	first.close();

	const logIn = sure(await server.app.accounts.logIn('olena@example.org', PASSWORD, 'here'));
	const cookie = `${logIn.cookie.name}=${logIn.cookie.value}`;
	const desk = await listen(server, id, { token: olena.token });
	expect(desk.state()).toMatchObject({ live: board, undo: 'go', role: 'co-facilitator' });
	for (const page of [`/workshops/${id}`, `/workshops/${id}/remote`])
		expect((await ask(server.url, page, { cookie })).status).toBe(200);
	const who = { role: 'co-facilitator', account: olena.account } as const;
	expect(await server.app.workshops.notes(id, who)).toBe('Ask Ben first');
	const gone = await olena.command(id, { type: 'undo' });
	expect(gone.status).toBe(200);
	await until(() => desk.state().boards[0]?.phase === 'write');
	expect((await olena.command(id, { type: 'next' })).status).toBe(200);
	await until(() => desk.state().boards[0]?.phase === 'share');
	desk.close();
	writing.close();
});
