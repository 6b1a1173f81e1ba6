/** One browser that is known as a facilitator and has joined as well. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isRefusal } from '#shared/refusals.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, join, PASSWORD, type Ada, type Person } from '../support/people.ts';
import { until } from '../support/until.ts';
import { io } from 'socket.io-client';

let server: TestApp;
let ada: Ada;
let workshop: string;
let board: string;
let seat: Person;
let cookie: string;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
	const { id, code } = await ada.open();
	workshop = id;
	board = await ada.run(id, 'vote');
	seat = await join(server, code, 'Ada, at a table');
	const logIn = await server.app.accounts.logIn('ada@example.org', PASSWORD, 'here');
	if (isRefusal(logIn)) throw new Error(logIn.refused);
	cookie = `${logIn.cookie.name}=${logIn.cookie.value}; ${seat.cookie}`;
});
afterAll(() => server.close());

const who = (as?: 'participant') =>
	server.app.workshops.who(workshop, {
		cookies: cookie,
		token: null,
		screen: null,
		address: '',
		as
	});

/** As whom a live socket is told its first state. */
function heardAs(as?: 'participant'): Promise<string> {
	const socket = io(server.url, {
		transports: ['websocket'],
		forceNew: true,
		auth: { workshop, as },
		extraHeaders: { cookie, origin: server.url }
	});
	return new Promise((resolve, reject) => {
		socket.once('connect_error', reject);
		socket.once('state:changed', ({ role }: { role: string }) => {
			socket.close();
			resolve(role);
		});
	});
}

test('AC22 the desk is the facilitator’s, and what says so is the participant’s', async () => {
	expect(await who()).toEqual({ role: 'facilitator', account: ada.account });
	expect(await who('participant')).toEqual({ role: 'participant', participant: seat.participant });
	expect([await heardAs(), await heardAs('participant')]).toEqual(['facilitator', 'participant']);
	const vote = { card: 'a-card-that-is-not-there', count: 1 };
	const votes = `/api/v1/boards/${board}/votes`;
	expect((await ask(server.url, votes, { cookie, body: vote })).body.error.code).toBe(
		'not-allowed'
	);
	const asSeat = await ask(server.url, `${votes}?as=participant`, { cookie, body: vote });
	expect(asSeat.body.error.code).toBe('no-such-card');
});

test('AC22 so is the page after joining, and so are its documents', async () => {
	const page = await ask(server.url, `/p/${workshop}`, { cookie });
	expect(page.status).toBe(200);
	expect(String(page.body['text'])).toContain('role:"participant"');
	const door = await ask(server.url, `/?code=${await code()}`, { cookie });
	expect([door.status, door.headers.get('location')]).toEqual([303, `/p/${workshop}`]);

	const url = `${server.url.replace('http', 'ws')}/yjs/${board}/notebook?as=participant`;
	const notebook = new WebSocket(url, { headers: { cookie, origin: server.url } });
	await once(notebook, 'open');
	const seats = () => server.app.stores.participants.authors(workshop);
	await until(async () => (await seats()).length > 0);
	expect((await seats()).map(({ participant }) => participant)).toEqual([seat.participant]);
	notebook.close();
});

test('AC22 who has not joined is nobody there, whoever they are elsewhere', async () => {
	const session = cookie.split('; ')[0]!;
	const page = await ask(server.url, `/p/${workshop}`, { cookie: session });
	expect([page.status, page.headers.get('location')]).toEqual([303, '/']);
	expect((await ask(server.url, `/workshops/${workshop}`, { cookie: session })).status).toBe(200);
});

async function code(): Promise<string> {
	return (await server.app.stored.load(workshop))!.code;
}
