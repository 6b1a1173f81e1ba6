/** Stopping, with processes as they are: at a signal, in whatever condition it finds the server. */
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { join as joinPath } from 'node:path';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openDatabase } from '#server/db/connect.ts';
import { createDeparture } from '#server/departure.ts';
import { createTestClock } from '../support/clock.ts';
import { freshFolder } from '../support/database.ts';
import { ask, join, listen, PASSWORD, type Hearing, type Person } from '../support/people.ts';
import { start, startServer, user, type Running } from '../support/process.ts';
import { until } from '../support/until.ts';
import { Device } from './yjs-device.ts';

/** In memory, for all that this file makes. */
let scratch: string;
/** A `DATA_DIR` in which Ada has an account, and what opens it; and one whose database has no table yet. */
let home: string;
let adas: string;
let bare: string;
/** Each test has its own, of this name. */
const newFolder = () => {
	const folder = joinPath(scratch, 'new');
	rmSync(folder, { recursive: true, force: true });
	return folder;
};
const copyOf = (folder: string): string => {
	const copy = newFolder();
	cpSync(folder, copy, { recursive: true });
	return copy;
};
beforeAll(async () => {
	scratch = await freshFolder();
	bare = joinPath(scratch, 'bare');
	home = joinPath(scratch, 'home');
	mkdirSync(bare);
	const log = { info: () => {}, error: () => {} };
	const opened = await openDatabase({ dataDir: bare, log });
	if ('unavailable' in opened) throw new Error(opened.unavailable);
	await opened.close();
	cpSync(bare, home, { recursive: true });
	const DATA_DIR = home;
	await user(['add', 'ada@example.org', '--password-stdin'], { DATA_DIR }, PASSWORD);
	adas = (await user(['token', 'ada@example.org'], { DATA_DIR })).lines.at(-1)!;
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

type Server = Running & { url: string };

/** A server with a live board that is written openly, its facilitator's token, and some who take part. */
async function room(people: number, environment: Record<string, string> = {}) {
	const DATA_DIR = copyOf(home);
	const token = adas;
	const server: Server = await startServer({ DATA_DIR, ...environment });
	const post = async (path: string, body: unknown) => {
		const answer = await ask(server.url, `/api/v1/${path}`, { token, body });
		if (answer.status >= 400) throw new Error(`${path}: ${answer.body.error.code}`);
		return answer.body;
	};
	const { id, code } = await post('workshops', { title: 'Dakar', agenda: ['barrier'] });
	const command = (body: unknown) => post(`workshops/${id}/commands`, body);
	await command({ type: 'open' });
	const { board } = await command({ type: 'start', exercise: 0 });
	await command({ type: 'go', phase: 'write' });
	await command({ type: 'set-writing', mode: 'open', reveal: true });
	const joined: Person[] = [];
	for (let i = 0; i < people; i++) joined.push(await join(server, code, `Ben ${i}`));
	return { DATA_DIR, server, token, workshop: id, board, people: joined };
}

const notebook = async (server: { url: string }, board: string, { token }: Person) => {
	const url = server.url.replace('http', 'ws');
	const device = new Device(`${url}/yjs/${board}/notebook?token=${token}&ack=1`);
	await device.synced();
	return device;
};

/** In ms: five seconds of its own, and the rest for a machine that has others to serve. */
const IN_TIME = 20_000;

/** At a signal: the exit code, and how long it took. */
async function stop(server: Running, signal: NodeJS.Signals = 'SIGTERM') {
	const asked = performance.now();
	server.process.kill(signal);
	const ends: { code: number | null }[] = [];
	void server.ended.then((code) => ends.push({ code }));
	const { code } = await until(() => ends[0], { within: 60_000 }).catch((error: unknown) => {
		throw new Error(`After ${signal} a server stayed that had said: ${server.said()}`, {
			cause: error
		});
	});
	return { code, took: performance.now() - asked };
}

/** What is on the board of a server that was started again on the same folder. */
async function words(DATA_DIR: string, board: string, person: Person): Promise<string[]> {
	const again = await startServer({ DATA_DIR });
	const device = await notebook(again, board, person);
	const cards = device.cards().map(({ fields }) => String(fields['stoppedUs']));
	device.cut();
	expect((await stop(again)).code).toBe(0);
	return cards.sort();
}

test('SA70 a server that is told to stop says so to everybody, commits, and exits with 0 within five seconds', async () => {
	const { DATA_DIR, server, token, workshop, board, people } = await room(10);
	const screens: Hearing[] = [await listen(server, workshop, { token })];
	const sockets = people.flatMap((person) => Array.from({ length: 20 }, () => person));
	screens.push(...(await Promise.all(sockets.map((as) => listen(server, workshop, as)))));
	const [ben, chidi] = people as [Person, Person];
	const device = await notebook(server, board, ben);
	device.put('Before');
	await device.saved();

	// Somebody who never reads, a request that stays half, and a PDF that is being set.
	const deaf = new WebSocket(
		`${server.url.replace('http', 'ws')}/yjs/${board}/notebook?token=${chidi.token}`
	);
	await once(deaf, 'open');
	deaf.pause();
	const half = request(`${server.url}/api/v1/join`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'content-length': 100 }
	});
	half.on('error', () => {});
	half.write('{');
	const file = ask(server.url, `/api/v1/workshops/${workshop}/export.pdf`, { token }).then(
		({ status }) => status,
		() => 'cut short'
	);
	for (let i = 0; i < 5; i++) await ask(server.url, '/readyz');

	for (let i = 0; i < 50; i++) device.put(`Letter ${i}`);
	await until(() => device.committed > 5);
	server.process.kill('SIGTERM');
	server.process.kill('SIGINT');
	const { code, took } = await stop(server);
	expect(code).toBe(0);
	expect(took).toBeLessThan(IN_TIME);
	expect(server.said()).toContain('the server has stopped');
	for (const screen of screens) expect(screen.all('server:leaving')).toHaveLength(1);
	expect(device.closed?.code).toBe(1012);
	expect([200, 503, 'cut short']).toContain(await file);
	screens.forEach((screen) => screen.close());
	deaf.terminate();

	// The first frame of the device was its step 2, the second "Before".
	const { committed } = device;
	const there = await words(DATA_DIR, board, ben);
	expect(there).toContain('Before');
	for (let i = 0; i < committed - 2; i++) expect(there).toContain(`Letter ${i}`);
	expect(new Set(there).size).toBe(there.length);
});

test.each(['silent', 'away'])(
	'SA71 with a database that is %s it leaves in time all the same, and what it had called saved is there',
	async (DATABASE_BECOMES) => {
		const preload = new URL('../support/stalling-database.ts', import.meta.url);
		const { DATA_DIR, server, token, workshop, board, people } = await room(1, {
			DATABASE_BECOMES,
			NODE_OPTIONS: `--import=${preload.href}`
		});
		const [ben] = people as [Person];
		const screen = await listen(server, workshop, ben);
		const desk = await listen(server, workshop, { token });
		const device = await notebook(server, board, ben);
		device.put('Saved');
		await device.saved();
		const { committed } = device;
		server.process.kill('SIGUSR2');
		await until(() => server.said().includes('the database is'));
		device.put('On its way');
		const command = desk.send({ type: 'next' }); // it waits in the workshop's queue
		command.catch(() => {});
		await device.echo();
		const { code, took } = await stop(server);
		expect(code).toBe(0);
		expect(took).toBeLessThan(IN_TIME);
		expect(screen.all('server:leaving')).toHaveLength(1);
		expect(device.closed?.code).toBe(1012);
		expect(device.committed).toBe(committed);
		screen.close();
		desk.close();
		expect(await words(DATA_DIR, board, ben)).toContain('Saved');
	}
);

describe('starting after it was stopped', () => {
	/** What is there then, and where it begins: to make a database takes seconds. */
	const moments: [string, string, () => string][] = [
		['its folder is locked', 'plenary.lock', newFolder],
		['the database is being made', 'postgres/PG_VERSION', newFolder],
		['the database is there', 'plenary.pid', () => copyOf(bare)],
		['it listens for the command line', 'plenary.sock', () => copyOf(bare)]
	];
	test.each(moments)(
		'SA72 stopped or killed when %s, the next start needs no hand',
		async (_, file, begin) => {
			for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
				const DATA_DIR = begin();
				const reached = () => existsSync(joinPath(DATA_DIR, file));
				expect(reached()).toBe(false);
				const environment = { DATA_DIR, PORT: '0', HOST: '127.0.0.1', NODE_ENV: 'production' };
				const starting = start(['server/main.ts'], environment);
				await until(reached, { within: 60_000, what: `${signal}: the moment` });
				const { code } = await stop(starting, signal);
				expect(code).toBe(signal === 'SIGTERM' ? 0 : null);
				const server = await startServer({ DATA_DIR });
				expect((await ask(server.url, '/readyz')).status).toBe(200);
				if (file === 'plenary.sock') expect((await user(['list'], { DATA_DIR })).code).toBe(0);
				expect((await stop(server)).code).toBe(0);
			}
		},
		480_000
	);
});

describe('what was opened', () => {
	function leaving() {
		const clock = createTestClock();
		const done: string[] = [];
		const note = (_: object, message: string) => void done.push(message);
		const log = { info: note, warn: note, error: note };
		const departure = createDeparture({ clock, log, exit: (code) => done.push(`exit ${code}`) });
		return { clock, done, departure };
	}

	test('SA73 is closed once, the last first; while it starts, after the step that is under way', async () => {
		const { done, departure } = leaving();
		departure.opened('one', () => void done.push('one'));
		departure.leave('SIGTERM', 0);
		departure.opened('two', () => void done.push('two'));
		departure.leave('SIGINT', 0);
		expect(done).toEqual(['the server stops']);
		void departure.orLeave();
		await until(() => done.includes('exit 0'));
		expect(done).toEqual(['the server stops', 'two', 'one', 'the server has stopped', 'exit 0']);
	});

	test('SA73 what does not close holds up nothing else, and what hangs is left in time', async () => {
		const { clock, done, departure } = leaving();
		departure.opened('hangs', () => new Promise(() => {}));
		departure.opened('fails', () => Promise.reject(new Error('no')));
		departure.started();
		departure.leave('SIGTERM', 0);
		await until(() => done.includes('it did not close'));
		clock.advance(5000);
		expect(done.at(-1)).toBe('exit 1');
	});

	test('SA73 after a fault while it starts it does not wait for a step that never ends', async () => {
		const { done, departure } = leaving();
		departure.opened('one', () => void done.push('one'));
		departure.leave('a fault', 1);
		await until(() => done.includes('exit 1'));
		expect(done).toContain('one');
	});
});
