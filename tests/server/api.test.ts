import { CATALOGUE } from '#shared/exercises/catalogue.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, join, write, type Ada, type Answer } from '../support/people.ts';
import { until } from '../support/until.ts';

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

const api = (path: string, token?: string, body?: unknown): Promise<Answer> =>
	ask(server.url, `/api/v1/${path}`, { token, body });
const refusal = ({ status, body }: Answer) => [status, body.error.code];

describe('reading', () => {
	test('API1 the catalogue is a list of whole exercises', async () => {
		const { status, body } = await api('exercises', ada.token);
		expect(status).toBe(200);
		const exercises = body as unknown as { id: string }[];
		expect(exercises.map(({ id }) => id)).toEqual(CATALOGUE.map(({ id }) => id));
		for (const exercise of exercises)
			expect(exercise).toMatchObject({
				id: expect.any(String),
				title: expect.any(String),
				columns: expect.arrayContaining([
					expect.objectContaining({
						id: expect.any(String),
						title: expect.any(String),
						fields: anyList
					})
				]),
				fields: expect.arrayContaining([
					expect.objectContaining({ id: expect.any(String), type: expect.any(String), main: true })
				]),
				phases: anyList
			});
		expect(refusal(await api('exercises'))).toEqual([401, 'unauthenticated']);
		expect(refusal(await api('exercises', 'nonsense'))).toEqual([401, 'unauthenticated']);
	});

	test('API2 a workshop begins as a draft with an id and a code', async () => {
		const { status, body } = await api('workshops', ada.token, {
			title: '  Dakar ',
			agenda: ['barrier', { break: 10 }, { exercise: 'six-ps', writing: 'open' }],
			anonymous: true,
			language: 'fr'
		});
		expect(status).toBe(201);
		expect(body.code).toMatch(/^[2-9A-HJKMNP-TW-Z]{6}$/);
		expect(body).toMatchObject({
			status: 'draft',
			title: 'Dakar',
			anonymous: true,
			language: 'fr'
		});
		const list = (await api('workshops', ada.token)).body as unknown as { id: string }[];
		expect(list[0]).toMatchObject({ id: body.id, people: 0 });
	});

	test.each([
		['no title', { agenda: [] }, 'malformed'],
		['an agenda that is none', { title: 'x', agenda: 'barrier' }, 'malformed'],
		['an unknown language', { title: 'x', agenda: [], language: 'tlh' }, 'malformed'],
		['garbage', '{"title": ', 'malformed'],
		['an unknown exercise', { title: 'x', agenda: ['no-such'] }, 'unknown-exercise']
	])('API2 %s is refused', async (_what, form, code) => {
		expect(refusal(await api('workshops', ada.token, form))).toEqual([400, code]);
	});

	test('API3 a workshop tells where it is', async () => {
		const { id, code } = await ada.open();
		await join(server, code, 'Ben');
		const before = (await api(`workshops/${id}`, ada.token)).body;
		expect(before).toMatchObject({
			id,
			code,
			status: 'open',
			phase: null,
			timer: null,
			people: 1,
			boards: [],
			live: null
		});
		const board = await ada.run(id);
		const { body } = await api(`workshops/${id}`, ada.token);
		expect(body).toMatchObject({
			phase: 'write',
			timer: { endsAt: expect.any(Number), left: expect.any(Number), running: true },
			boards: [{ id: board, exercise: 'barrier', phase: 'write' }],
			live: board,
			version: expect.any(Number)
		});
		await ada.command(id, { type: 'pause' });
		const paused = (await api(`workshops/${id}`, ada.token)).body;
		expect(paused.timer).toMatchObject({ endsAt: null, running: false });
	});
});

const anyList = expect.any(Array) as unknown[];

describe('commands', () => {
	test('API4 a command answers the new state, a start its board as well', async () => {
		const { id } = await ada.open();
		const post = (body: unknown) => api(`workshops/${id}/commands`, ada.token, body);
		const started = await post({ type: 'start', exercise: 0 });
		expect(started.body.state).toMatchObject({ phase: 'brief', live: started.body.board });
		expect((await post({ type: 'next' })).body).toMatchObject({ phase: 'write' });
		const { version } = started.body.state;
		expect(refusal(await post({ type: 'next', version }))).toEqual([409, 'moved-on']);
		const whole = { id: 'my-own-id', command: { type: 'next' } };
		expect((await post(whole)).body).toMatchObject({ phase: 'share' });
		expect((await post(whole)).body).toMatchObject({ phase: 'share' });
		expect((await post({ type: 'finish', id: 'my-own-id-2' })).body).toMatchObject({
			phase: 'done',
			live: null
		});
		expect((await post({ type: 'close' })).body).toMatchObject({ status: 'closed' });
	});

	test('API4 every step of a workshop can be taken by the API', async () => {
		const { id, code } = await ada.open();
		const board = await ada.run(id);
		const ben = await join(server, code, 'Ben');
		const writing = await write(server, board, ben.token);
		const card = writing.put('Nobody had time');
		await until(() => server.app.rooms.counts(board).then(({ cards }) => cards === 1));
		const steps: Parameters<Ada['command']>[1][] = [
			{ type: 'extend', minutes: 1 },
			{ type: 'pause' },
			{ type: 'resume' },
			{ type: 'mute' },
			{ type: 'unmute' },
			{ type: 'show-nudge', nudge: 0 },
			{ type: 'set-writing', mode: 'open', reveal: true },
			{ type: 'go', phase: 'share' },
			{ type: 'lock' },
			{ type: 'unlock' },
			{ type: 'hide-card', board, card },
			{ type: 'show-card', board, card },
			{ type: 'remove-card', board, card },
			{ type: 'restore-card', board, card },
			{ type: 'let-in', board },
			{ type: 'leave', board },
			{ type: 'go', phase: 'vote' },
			{ type: 'show-votes' },
			{ type: 'hide-votes' },
			{ type: 'back' },
			{ type: 'finish' },
			{ type: 'close' },
			{ type: 'open' }
		];
		for (const step of steps) {
			const { status, body } = await ada.command(id, step);
			expect([step.type, status, body.error?.code]).toEqual([step.type, 200, undefined]);
		}
		writing.close();
	});
});

describe('refusals', () => {
	test('API5 a "no" has a code and a sentence', async () => {
		const { id } = await ada.open();
		const { status, body } = await api(`workshops/${id}/commands`, ada.token, { type: 'next' });
		expect(status).toBe(409);
		expect(body).toEqual({
			error: { code: 'no-board', message: 'No exercise is running. Start one first.' }
		});
	});

	test.each([
		['garbage', '{{'],
		['nothing', 'null'],
		['no type', {}],
		['an unknown type', { type: 'explode' }],
		['an inherited type', { type: 'toString' }],
		['a wrong value', { type: 'extend', minutes: 'many' }],
		['a value too much', { type: 'next', now: true }]
	])('API5 %s is malformed', async (_what, body) => {
		const { id } = await ada.open();
		const answer = await api(`workshops/${id}/commands`, ada.token, body);
		expect(refusal(answer)).toEqual([400, 'malformed']);
	});

	test('API5 what is not there is told in JSON', async () => {
		expect(refusal(await api('no/such/path', ada.token))).toEqual([404, 'not-found']);
		expect(refusal(await api('exercises', ada.token, {}))).toEqual([405, 'not-found']);
		const huge = { title: 'x'.repeat(600_000), agenda: [] };
		expect(refusal(await api('workshops', ada.token, huge))).toEqual([413, 'too-large']);
	});
});

describe('participants', () => {
	test('API6 joining gives a seat, a token and a cookie', async () => {
		const { id, code } = await ada.open();
		const before = await api('join', undefined, { code, name: 'Ben' });
		expect(before.body).toEqual({
			participant: expect.any(String),
			workshop: id,
			board: null,
			token: expect.any(String)
		});
		expect(before.headers.getSetCookie()[0]).toContain(before.body.token);
		const board = await ada.run(id);
		expect((await api('join', undefined, { code, name: 'Chidi' })).body.board).toBe(board);
		expect(refusal(await api('join', undefined, { name: 'Ben' }))).toEqual([400, 'malformed']);
	});

	test('API7 a vote answers what is left', async () => {
		const { id, code } = await ada.open();
		const board = await ada.run(id);
		const ben = await join(server, code, 'Ben');
		const writing = await write(server, board, ben.token);
		const card = writing.put('Nobody had time');
		await until(() => server.app.rooms.counts(board).then(({ cards }) => cards === 1));
		const vote = (body: unknown, token = ben.token) => api(`boards/${board}/votes`, token, body);
		expect(refusal(await vote({ card, count: 1 }))).toEqual([409, 'wrong-phase']);
		await ada.command(id, { type: 'go', phase: 'vote' });
		const one = await vote({ card, count: 2 });
		expect(one.body).toEqual({ mine: { [card]: 2 }, left: 3 });
		const two = await vote({ target: { card }, count: 3 });
		expect(two.body).toEqual({ mine: { [card]: 3 }, left: 2 });
		expect((await vote({ card, count: 0 })).body).toEqual({ mine: {}, left: 5 });
		expect(refusal(await vote({ card, count: 9 }))).toEqual([409, 'budget']);
		expect(refusal(await vote({ card, count: 4 }))).toEqual([409, 'too-many-on-one']);
		expect(refusal(await vote({ card, count: -1 }))).toEqual([400, 'malformed']);
		expect(refusal(await vote({ card }))).toEqual([400, 'malformed']);
		expect(refusal(await vote({ card: 'no-such-card', count: 1 }))).toEqual([404, 'no-such-card']);
		expect(refusal(await vote({ card, count: 1 }, ada.token))).toEqual([403, 'not-allowed']);
		expect(refusal(await vote({ card, count: 1 }, 'nonsense'))).toEqual([401, 'unauthenticated']);
		writing.close();
	});

	test('API8 comments and actions come by the API too', async () => {
		const { id, code } = await ada.open();
		const board = await ada.run(id);
		const ben = await join(server, code, 'Ben');
		const writing = await write(server, board, ben.token);
		const card = writing.put('Nobody had time');
		await ada.command(id, { type: 'go', phase: 'share' });
		await until(() => writing.seen().cards.length === 1);
		const give = (body: unknown) => api(`boards/${board}/commands`, ben.token, body);
		expect((await give({ type: 'comment', card, text: 'So true' })).status).toBe(200);
		const own = { type: 'comment', id: 'my-comment', card, text: 'Indeed' };
		expect((await give(own)).status).toBe(200);
		expect((await give({ type: 'remove-comment', id: 'my-comment' })).status).toBe(200);
		expect(refusal(await give({ type: 'comment', card, text: '   ' }))).toEqual([400, 'malformed']);
		const action = { type: 'action', what: 'Ask', who: 'Ben', when: '' };
		expect(refusal(await give(action))).toEqual([409, 'wrong-phase']);
		await ada.command(id, { type: 'go', phase: 'act' });
		expect((await give(action)).status).toBe(200);
		expect(refusal(await give({ type: 'next' }))).toEqual([403, 'not-allowed']);
		expect((await give({ type: 'withdraw-card', card })).status).toBe(200);
		expect(refusal(await api('boards/no-such-board/commands', ben.token, action))[0]).toBe(401);
		writing.close();
	});
});

describe('exports', () => {
	test('API9 facilitators have them, participants after the reveal and without hidden cards', async () => {
		const { id, code } = await ada.open();
		const board = await ada.run(id);
		const ben = await join(server, code, 'Ben');
		const writing = await write(server, board, ben.token);
		const card = writing.put('Nobody had time');
		writing.put('The rules forbid it');
		await until(() => server.app.rooms.counts(board).then(({ cards }) => cards === 2));
		const path = `boards/${board}/export`;
		const early = await api(`${path}.json`, ada.token);
		expect(early.status).toBe(200);
		expect(JSON.stringify(early.body)).not.toContain('Nobody had time');
		expect(refusal(await api(`${path}.json`, ben.token))).toEqual([403, 'not-allowed']);

		await ada.command(id, { type: 'go', phase: 'share' });
		await ada.command(id, { type: 'hide-card', board, card });
		const hers = JSON.stringify((await api(`${path}.json`, ada.token)).body);
		const his = JSON.stringify((await api(`${path}.json`, ben.token)).body);
		for (const text of [hers, his]) expect(text).toContain('The rules forbid it');
		expect([hers.includes('Nobody had time'), his.includes('Nobody had time')]).toEqual([
			true,
			false
		]);

		const pdf = await api(`workshops/${id}/export.pdf`, ben.token);
		expect(pdf.headers.get('content-type')).toBe('application/pdf');
		expect(pdf.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w-]+\.pdf"$/);
		const csv = await ask(server.url, `/api/v1/${path}.csv`, { cookie: ben.cookie });
		expect(csv.body.text).toContain('The rules forbid it');
		expect(refusal(await api(`${path}.exe`, ada.token))).toEqual([404, 'unknown-format']);
		expect(refusal(await api(`${path}.pdf`))).toEqual([401, 'unauthenticated']);
		writing.close();
	});
});

describe('the process', () => {
	test('API10 alive, ready, and without metrics unless they are on', async () => {
		expect((await ask(server.url, '/healthz')).status).toBe(200);
		expect((await ask(server.url, '/readyz')).status).toBe(200);
		expect((await ask(server.url, '/metrics')).status).toBe(404);
		const own = await startTestApp({ environment: { METRICS: 'on' } });
		try {
			const { body } = await ask(own.url, '/metrics');
			expect(body.text).toMatch(/^plenary_sockets 0$/m);
		} finally {
			await own.close();
		}
	});
});
