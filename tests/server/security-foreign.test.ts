/**
 * What is somebody else's and what is not there are told apart by nobody: the same answer to the
 * letter, for every route of the table, over Socket.IO and at every board's socket.
 */
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { isRefusal } from '#shared/refusals.ts';
import { ROUTES } from '#shared/permissions.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, give, join, listen, PASSWORD, putCard } from '../support/people.ts';

let server: TestApp;
/** Ada's, of which nobody else here has heard. */
let ids: { workshop: string; board: string; card: string; person: string; account: string };
/** Who asks: Eve, who facilitates, Chidi, who takes part in a workshop of hers, and nobody. */
let people: Record<string, { token?: string; cookie?: string }>;
let mine: { workshop: string; board: string; token: string };
beforeAll(async () => {
	server = await startTestApp();
	const ada = await comeAda(server);
	const { id: workshop, code } = await ada.open();
	const ben = await join(server, code, 'Ben');
	const { board, card } = await putCard(server, { ada, workshop, by: ben, phase: 'share' });
	ids = { workshop, board, card, person: ben.participant, account: ada.account };

	const eve = await comeAda(server, 'eve@example.org');
	const logIn = await server.app.accounts.logIn('eve@example.org', PASSWORD, 'there');
	if (isRefusal(logIn)) throw new Error(logIn.refused);
	const hers = await eve.open();
	const chidi = await join(server, hers.code, 'Chidi');
	mine = { workshop: hers.id, board: await eve.run(hers.id, 'share'), token: eve.token };
	people = {
		'Eve, by her cookie': { cookie: `${logIn.cookie.name}=${logIn.cookie.value}` },
		'Eve, by her token': { token: eve.token },
		'Chidi, by cookie': { cookie: chidi.cookie },
		'Chidi, by token': { token: chidi.token },
		nobody: {}
	};
});
afterAll(() => server.close());

const WHO = [
	'Eve, by her cookie',
	'Eve, by her token',
	'Chidi, by cookie',
	'Chidi, by token',
	'nobody'
];

/** The whole answer, without what differs between any two. */
async function answerTo(method: string, path: string, who: string): Promise<object> {
	const { token, cookie } = people[who]!;
	const acts = method !== 'GET';
	const response = await fetch(server.url + path, {
		method,
		redirect: 'manual',
		headers: {
			origin: server.url,
			...(acts ? { 'content-type': 'application/json' } : {}),
			...(token ? { authorization: `Bearer ${token}` } : {}),
			...(cookie ? { cookie } : {})
		},
		...(acts ? { body: JSON.stringify({ type: 'close', card: 'a-card', count: 1 }) } : {})
	});
	const same = (text: string) =>
		path
			.split(/[/?.]/)
			.filter((part) => part.length === 21)
			.reduce((all, id) => all.replaceAll(id, 'ID'), text)
			.replace(/nonce-[^']+/g, 'nonce')
			.replace(/nonce="[^"]+"/g, 'nonce')
			.replace(/__sveltekit_\w+/g, 'kit');
	const headers = Object.fromEntries(response.headers);
	delete headers['date'];
	return {
		status: response.status,
		headers: JSON.parse(same(JSON.stringify(headers))) as object,
		body: same(await response.text())
	};
}

/** A route's path, with an id in the parameter that names what is whose. */
const pathOf = (route: string, param: string, id: string): string =>
	route
		.split(' ')[1]!
		.split('?')[0]!
		.replace(`[${param}]`, id)
		.replace('[format]', 'json')
		.replace('[board]', ids.board)
		.replace('[account]', ids.account);

test.for(WHO)(
	'SE20 a workshop or board of somebody else’s is to %s what is not there',
	async (who) => {
		const owned = Object.entries(ROUTES).filter(([, rule]) => rule.in !== 'none');
		expect(owned.length).toBeGreaterThan(12);
		for (const [route, { param = '', ...rule }] of owned) {
			const [method] = route.split(' ') as [string];
			const there = rule.in === 'board' ? ids.board : ids.workshop;
			const [foreign, none] = [
				await answerTo(method, pathOf(route, param, there), who),
				await answerTo(method, pathOf(route, param, nanoid()), who)
			];
			expect({ route, ...foreign }).toEqual({ route, ...none });
			// A page's form is answered with 200 and, in it, where to go instead.
			const said = foreign as { status: number; body: string };
			const status = said.status === 200 ? JSON.parse(said.body).status : said.status;
			expect({ route, status }).toEqual({
				route,
				status: expect.toSatisfy((status: number) => status >= 300 && status < 500)
			});
		}
		expect(server.faults.splice(0)).toEqual([]);
	}
);

test('SE20 nor is anything of it found from a workshop of one’s own', async () => {
	const of = (id: string) => ({
		board: id === '' ? nanoid() : ids.board,
		card: id === '' ? nanoid() : ids.card,
		person: id === '' ? nanoid() : ids.person
	});
	const wrong: string[] = [];
	const told = async (which: string) => {
		const { board, card, person } = of(which);
		const commands = [
			{ type: 'hide-card' as const, board, card },
			{ type: 'hide-card' as const, board: mine.board, card },
			{ type: 'remove-card' as const, board, card },
			{ type: 'remove-card' as const, board: mine.board, card },
			{ type: 'restore-card' as const, board: mine.board, card },
			{ type: 'withdraw-card' as const, board: mine.board, card },
			{ type: 'comment' as const, board, id: nanoid(), card, text: 'Hm' },
			{ type: 'comment' as const, board: mine.board, id: nanoid(), card, text: 'Hm' },
			{ type: 'action' as const, board, id: nanoid(), what: 'x', who: '', when: '' },
			{ type: 'let-in' as const, board, people: [person] },
			{ type: 'let-in' as const, board: mine.board, people: [person] },
			{ type: 'leave' as const, board: mine.board, people: [person] },
			{ type: 'vote' as const, board, target: { card }, count: 1 },
			{ type: 'rename-person' as const, person, name: 'Not Ben' },
			{ type: 'remove-person' as const, person, cards: 'go' as const },
			{ type: 'erase-person' as const, person }
		];
		const outcomes = [];
		for (const command of commands) {
			const { ok, ...why } = await give(server, mine.workshop, mine, command);
			// What is hidden need not be there: a desk may hide a card before it has come.
			if (ok && !['hide-card', 'let-in', 'leave'].includes(command.type)) wrong.push(command.type);
			outcomes.push([command.type, ok, 'refusal' in why ? why.refusal : 'ok']);
		}
		return outcomes;
	};
	expect(await told('theirs')).toEqual(await told(''));
	expect(wrong).toEqual([]);
	expect(server.faults.splice(0)).toEqual([]);
});

test('SE21 a live socket is refused alike, for a workshop of somebody else’s and one that is not there', async () => {
	for (const who of WHO) {
		const why = async (workshop: string) =>
			listen(server, workshop, people[who]!).then(
				() => 'let in',
				(error: Error & { data?: object }) => JSON.stringify([error.message, error.data])
			);
		expect([who, await why(ids.workshop)]).toEqual([who, await why(nanoid())]);
	}
});

test('SE21 a board’s socket is closed alike, for a board of somebody else’s and one that is not there', async () => {
	for (const who of WHO)
		for (const path of ['', '/notebook']) {
			const [foreign, none] = [
				await close(ids.board + path, who),
				await close(nanoid() + path, who)
			];
			expect([who, path, foreign]).toEqual([who, path, none]);
		}
});

function close(path: string, who: string): Promise<string> {
	const { token, cookie } = people[who]!;
	const socket = new WebSocket(
		`${server.url.replace('http', 'ws')}/yjs/${path}${token ? `?token=${token}` : ''}`,
		{ headers: { origin: server.url, ...(cookie ? { cookie } : {}) } }
	);
	return new Promise((resolve) => {
		socket.on('unexpected-response', (_request, { statusCode }) => resolve(String(statusCode)));
		socket.on('close', (code, reason) => resolve(`${code} ${reason.toString()}`));
		socket.on('error', () => {});
	});
}

test('SE22 a code, a link and an address that are wrong are answered alike, whatever they would have been', async () => {
	const alike = async (path: string, bodies: object[]) => {
		const answers = await Promise.all(
			bodies.map(async (body) => {
				const { status, body: said } = await ask(server.url, path, { body });
				return { status, said };
			})
		);
		for (const one of answers) expect(one).toEqual(answers[0]);
	};
	const { body: draft } = await ask(server.url, '/api/v1/workshops', {
		token: mine.token,
		body: { title: 'Not open yet', agenda: [] }
	});
	await alike(
		'/api/v1/join',
		[draft.code, 'ZZZZZZ', '', 'x'.repeat(100)].map((code) => ({ code, name: 'Ben' }))
	);
	const page = async (email: string) => {
		const response = await fetch(`${server.url}/login`, {
			method: 'POST',
			headers: { origin: server.url },
			body: new URLSearchParams({ email, password: 'wrong, whoever it is' })
		});
		return [
			response.status,
			(await response.text()).replaceAll(email, 'EMAIL').replace(/nonce\S+|__sveltekit_\w+/g, '')
		];
	};
	expect(await page('ada@example.org')).toEqual(await page('who@example.org'));
	const invite = async (token: string) => {
		const response = await fetch(`${server.url}/invite/${token}`);
		return [
			response.status,
			(await response.text()).replaceAll(token, 'TOKEN').replace(/nonce\S+|__sveltekit_\w+/g, '')
		];
	};
	const used = await server.app.accounts.invite();
	if (used) {
		const form = { token: used, email: 'grace@example.org', name: 'Grace', password: PASSWORD };
		expect(isRefusal(await server.app.accounts.register(form, 'here'))).toBe(false);
		expect(await invite(used)).toEqual(await invite('a'.repeat(used.length)));
	}
});
