/** The log: who did what, by id; and no word, name, address, code or secret of anybody. */
import { nanoid } from 'nanoid';
import { rmSync } from 'node:fs';
import * as Y from 'yjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeUpdate } from '#shared/wire/yjs-frames.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { freshFolder } from '../support/database.ts';
import { comeAda, join, listen, PASSWORD, putCard, write, type Ada } from '../support/people.ts';
import { startServer, user, type Running } from '../support/process.ts';
import { until } from '../support/until.ts';

interface Line {
	[key: string]: unknown;
	level: number;
	msg: string;
}
const parse = (lines: string[]): Line[] => lines.map((line) => JSON.parse(line) as Line);

describe('one line for each event', () => {
	let server: TestApp;
	let ada: Ada;
	beforeAll(async () => {
		server = await startTestApp();
		ada = await comeAda(server);
	});
	afterAll(() => server.close());
	const last = (msg: string) => parse(server.log).findLast((line) => line.msg === msg);

	test('LO1 a command: workshop, role, id of who gave it, its type, and what became of it', async () => {
		const { id: workshop, code } = await ada.open();
		const ben = await join(server, code, 'Ben');
		const { board, card } = await putCard(server, { ada, workshop, by: ben, phase: 'share' });
		const hearing = await listen(server, workshop, { token: ben.token });
		await hearing.send({ type: 'comment', board, id: nanoid(), card, text: 'So it is' });
		const { participant } = ben;
		const about = { level: 30, workshop, role: 'participant', participant };
		expect(last('command')).toMatchObject({ ...about, command: 'comment', outcome: 'ok' });
		await hearing.send({ type: 'close' });
		expect(last('command')).toMatchObject({ ...about, command: 'close', outcome: 'not-allowed' });
		await ada.command(workshop, { type: 'next' });
		expect(last('command')).toMatchObject({
			workshop,
			role: 'facilitator',
			account: ada.account,
			command: 'next',
			outcome: 'ok'
		});
		hearing.close();
	});

	test('LO2 a log-in by the account’s id, and why there was none; a join by the participant’s', async () => {
		await server.app.accounts.logIn('ada@example.org', PASSWORD, '');
		expect(last('log-in')).toMatchObject({ account: ada.account, outcome: 'ok' });
		await server.app.accounts.logIn('ada@example.org', 'not this one', '');
		const failed = last('log-in');
		expect(failed).toMatchObject({ how: 'password', outcome: 'wrong-password' });
		expect(failed).not.toHaveProperty('account');
		const { id: workshop, code } = await ada.open();
		const { participant } = await join(server, code, 'Ben');
		expect(last('joined')).toMatchObject({ workshop, participant, again: false });
	});

	test('LO3 a refused update, with its reason and not with what was in it', async () => {
		const { id: workshop, code } = await ada.open();
		const ben = await join(server, code, 'Ben');
		const board = await ada.run(workshop);
		const writing = await write(server, board, ben.token);
		const refused = new Promise((resolve) =>
			writing.providers.notebook.once('connection-close', resolve)
		);
		writing.notebook.getMap('Zephyrine').set('Zephyrine', 'Zephyrine');
		await refused;
		expect(last('a frame was refused')).toMatchObject({
			board,
			role: 'participant',
			participant: ben.participant,
			refused: 'foreign-path'
		});
		expect(server.log.join()).not.toContain('Zephyrine');
		writing.close();
	});

	test('LO4 an export, a deletion, its being taken back, what is gone, and who was erased', async () => {
		const { id: workshop, code } = await ada.open();
		const { participant: person } = await join(server, code, 'Ben');
		const who = { role: 'facilitator', account: ada.account } as const;
		const owner = { id: ada.account, email: '', name: '' };
		await server.app.exports.workshop(workshop, who, 'json');
		const about = { workshop, account: ada.account };
		expect(last('export')).toMatchObject({ ...about, format: 'json', outcome: 'ok' });
		const command = { type: 'erase-person', person } as const;
		await server.app.workshops.run(workshop, who, { id: nanoid(), command });
		expect(last('erased')).toMatchObject({ workshop, person });
		await server.app.workshops.remove(workshop, owner);
		expect(last('deleted')).toMatchObject(about);
		await server.app.workshops.restore(workshop, owner);
		expect(last('restored')).toMatchObject(about);
		await server.app.workshops.remove(workshop, owner);
		server.clock.advance(60_000);
		await until(() => last('a workshop is gone')?.workshop === workshop);
	});

	test('LO5 what goes right is no fault: a test fails on a warning and on anything worse, and on no less', () => {
		expect(server.log.length).toBeGreaterThan(0);
		expect(server.faults).toEqual([]);
		server.app.log.warn('something is odd');
		expect(server.faults.splice(0)).toHaveLength(1);
		expect(parse(server.log).every(({ level }) => level === 30 || level === 40)).toBe(true);
	});
});

describe('nothing of anybody, whatever happens', () => {
	/** In everything that anybody types. */
	const CANARY = 'Zephyrine';
	let DATA_DIR: string;
	let server: Running & { url: string };
	beforeAll(async () => {
		DATA_DIR = await freshFolder();
		// What cannot be parsed is quoted in the error; it must not stand in the source, which is told too.
		const [start, end] = [CANARY.slice(0, 4), CANARY.slice(4)];
		const words = `['${start}', '${end}'].join('')`;
		const fault = `process.on('SIGUSR2', () => JSON.parse('{"a": ' + ${words}))`;
		const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(fault)}`;
		server = await startServer({ DATA_DIR, NODE_OPTIONS });
	});
	afterAll(async () => {
		server.process.kill('SIGKILL');
		await server.ended;
		rmSync(DATA_DIR, { recursive: true, force: true });
	});

	const post = (path: string, form: Record<string, string>, cookie = '') =>
		fetch(server.url + path, {
			method: 'POST',
			redirect: 'manual',
			headers: { origin: server.url, cookie },
			body: new URLSearchParams(form)
		});
	const api = async (path: string, token: string, body: unknown) => {
		const response = await fetch(`${server.url}/api/v1/${path}`, {
			method: 'POST',
			headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
			body: typeof body === 'string' ? body : JSON.stringify(body)
		});
		return (await response.json()) as { id: string; code: string; board: string };
	};

	test('LO6 through a whole workshop, everything that can be refused, and a crash', async () => {
		const email = `${CANARY}@example.org`.toLowerCase();
		const password = `${CANARY} rides again`;
		await user(['add', email, '--password-stdin'], { DATA_DIR }, password);
		const { lines } = await user(['token', email], { DATA_DIR });
		const token = lines.at(-1)!;
		await post('/login', { email, password: `${CANARY} wrong` });
		const cookie = (await post('/login', { email, password })).headers.getSetCookie()[0] ?? '';
		expect(cookie).not.toBe('');
		await post('/invite/Zephyrine-is-no-link', { email, name: CANARY, password });

		const { id: workshop, code } = await api('workshops', token, {
			title: `${CANARY} day`,
			agenda: ['barrier']
		});
		const command = (body: object) => api(`workshops/${workshop}/commands`, token, body);
		await command({ type: 'open' });
		await command({ type: 'rename', title: `${CANARY} week` });
		const ben = await join(server, code, `${CANARY} B`);
		await api('join', '', { code: 'ZEPHYR', name: CANARY });
		const { board } = await command({ type: 'start', exercise: 0 });
		await command({ type: 'go', phase: 'write' });
		const writing = await write(server, board, ben.token);
		const card = writing.put(`${CANARY} has no time`);
		await command({ type: 'go', phase: 'share' });
		await until(() => writing.seen().cards.length === 1, { what: 'the card on the board' });

		const hearing = await listen(server, workshop, { token: ben.token });
		await hearing.send({ type: 'comment', board, id: nanoid(), card, text: `${CANARY} agrees` });
		await command({ type: 'go', phase: 'act' });
		const action = { board, id: nanoid(), who: CANARY, when: CANARY };
		await hearing.send({ type: 'action', ...action, what: `${CANARY} calls` });
		await hearing.send({ type: CANARY } as never);
		await listen(server, workshop, { token: `${CANARY}-token` }).catch(() => {});
		await fetch(`${server.url}/workshops/${workshop}/notes`, {
			method: 'PUT',
			headers: { origin: server.url, cookie: cookie.split(';')[0]! },
			body: JSON.stringify({ base: '', notes: `${CANARY} notes` })
		});
		await command({ type: CANARY });
		await api('workshops', token, `{"title": "${CANARY}`);
		for (const format of ['json', 'csv', 'pdf', CANARY])
			await fetch(`${server.url}/api/v1/workshops/${workshop}/export.${format}`, {
				headers: { authorization: `Bearer ${token}` }
			});
		await fetch(`${server.url}/${CANARY}?${CANARY}=${CANARY}`);
		const refused = new Promise((resolve) =>
			writing.providers.notebook.once('connection-close', resolve)
		);
		writing.providers.notebook.ws!.send(new Uint8Array(writeUpdate(forged())));
		await refused;
		await command({ type: 'remove-card', board, card });
		await command({ type: 'rename-person', person: ben.participant, name: `${CANARY} C` });
		await command({ type: 'remove-person', person: ben.participant, cards: 'go' });
		writing.close();
		hearing.close();
		server.process.kill('SIGUSR2');
		expect(await server.ended).toBe(1);

		// What is printed for whoever starts it, such as the first link, is not the log.
		const log = server
			.said()
			.split('\n')
			.filter((line) => line.startsWith('{'));
		expect(log.length).toBeGreaterThan(15);
		for (const msg of ['command', 'joined', 'log-in', 'export', 'a frame was refused'])
			expect(log.join(), msg).toContain(`"msg":"${msg}"`);
		expect(log.join()).toContain('nobody foresaw this');
		expect(log.join()).toContain('SyntaxError');
		const secrets = [token, ben.token, code, cookie.split(/[=;]/)[1]!, password, email];
		for (const secret of [CANARY, CANARY.toLowerCase(), ...secrets])
			expect(log.filter((line) => line.includes(secret))).toEqual([]);
	});

	/** An update under a path that is nobody's, with words in its keys. */
	function forged(): Uint8Array {
		const doc = new Y.Doc();
		const author = new Y.Map<unknown>();
		doc.getMap('cards').set(CANARY, author);
		author.set(CANARY, CANARY);
		doc.getMap(CANARY).set(CANARY, CANARY);
		return Y.encodeStateAsUpdate(doc);
	}
});
