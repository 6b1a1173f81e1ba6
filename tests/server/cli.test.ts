import { rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, expect, test } from 'vitest';
import { createAdmin, type Admin, type AdminRequest } from '#server/cli/admin.ts';
import { localSocketPath, openLocalSocket } from '#server/cli/local-socket.ts';
import { lockFolder } from '#server/db/folder-lock.ts';
import { startTestApp } from '../support/app.ts';
import { ask, PASSWORD } from '../support/people.ts';
import { freshFolder } from '../support/database.ts';
import { start, startServer, user, type Running } from '../support/process.ts';
import { until } from '../support/until.ts';

const folder = await freshFolder();
const environment = { DATA_DIR: folder };
let server: (Running & { url: string }) | undefined;

const stop = async () => {
	server?.process.kill('SIGTERM');
	await server?.ended;
	server = undefined;
};
afterAll(async () => {
	await stop();
	rmSync(folder, { recursive: true, force: true });
});

/** The tests go through both lives of the folder, in this order. */
test('CLI1 CLI2 without a server, the tool opens the database itself', async () => {
	const email = 'ada@example.org';
	const none = await user(['list'], environment);
	expect(none).toEqual({ code: 0, lines: ['There is no account yet.'] });
	const added = await user(
		['add', 'Ada@Example.org', '--password-stdin'],
		environment,
		`${PASSWORD}\n`
	);
	expect(added).toEqual({ code: 0, lines: ['ada@example.org can log in now.'] });
	expect(await user(['list'], environment)).toEqual({ code: 0, lines: [email] });
	const made = await user(['add', 'grace@example.org'], environment);
	expect(made.lines.at(-1)).toMatch(/^[\w-]{16}$/);
});

test('CLI1 CLI2 beside a running server, it asks that one', async () => {
	server = await startServer(environment);
	const { code, lines } = await user(['token', 'ada@example.org'], environment);
	expect(code).toBe(0);
	const token = lines.at(-1)!;
	expect(token).toMatch(/^[\w-]{43}$/);
	const exercises = await ask(server.url, '/api/v1/exercises', { token });
	expect(exercises.status).toBe(200);
	const added = await user(['add', 'eve@example.org', '--password-stdin'], environment, PASSWORD);
	expect(added.code).toBe(0);
	const reset = await user(['reset', 'eve@example.org'], environment);
	expect(reset.lines[0]).toContain('new password');
	const all = await user(['list'], environment);
	expect(all.lines).toEqual(['ada@example.org', 'eve@example.org', 'grace@example.org']);
});

test('CLI3 the local socket is the server’s user’s alone', () => {
	const path = localSocketPath(folder);
	expect(path).toBe(join(folder, 'plenary.sock'));
	expect(statSync(path).mode & 0o777).toBe(0o600);
	const long = join('/srv', 'x'.repeat(120));
	expect(localSocketPath(long)).toMatch(new RegExp(`^${tmpdir()}/plenary-[0-9a-f]{16}\\.sock$`));
	expect(localSocketPath(long)).not.toBe(localSocketPath(`${long}y`));
});

test('CLI4 what cannot be done is said', async () => {
	const own = await startTestApp({ kit: false });
	const admin = createAdmin(own.app.accounts, 'http://localhost:3000', () => Promise.resolve());
	const said = async (request: AdminRequest) => {
		const { ok, lines } = await admin(request);
		expect(ok).toBe(false);
		return lines.join();
	};
	const add = (email: string, password = PASSWORD) => said({ command: 'add', email, password });
	await admin({ command: 'add', email: 'ada@example.org', password: PASSWORD });
	expect(await add('Ada@example.org')).toContain('already');
	expect(await add('ada at home')).toContain('not an e-mail address');
	expect(await add('new@example.org', 'short')).toContain('10 to 200');
	expect(await said({ command: 'token', email: 'nobody@example.org' })).toContain('no account');
	expect(await said({ command: 'invite' })).toContain('REGISTRATION');
	await own.close();
});

test('CLI4 what cannot be understood is answered with what can be said', async () => {
	const words = [['dance'], ['list', 'all'], ['add', 'a@example.org', '--force']];
	for (const { code, lines } of await Promise.all(words.map((one) => user(one, environment)))) {
		expect(code).toBe(1);
		expect(lines[0]).toBe('This is not how it is asked. You can say:');
		expect(lines.join('\n')).toContain('npm run user -- add EMAIL');
	}
});

test('CLI5 while a server is starting, the tool waits for it', async () => {
	const DATA_DIR = await freshFolder();
	const starting = await lockFolder(DATA_DIR);
	if ('unavailable' in starting) throw new Error(starting.unavailable);
	const tool = start(['server/cli/user.ts', 'list'], { DATA_DIR });
	await until(() => tool.said().includes('waiting'));
	const asked: Admin = () => Promise.resolve({ ok: true, lines: ['the server answers'] });
	const socket = await openLocalSocket(DATA_DIR, asked, pino({ level: 'silent' }));
	expect(await tool.ended).toBe(0);
	expect(tool.said()).toContain('the server answers');
	socket.close();
	await starting.release();
	rmSync(DATA_DIR, { recursive: true, force: true });
});

test('CLI1 after a server that was killed, the tool opens the database again', async () => {
	server!.process.kill('SIGKILL');
	await server!.ended;
	server = undefined;
	expect((await user(['list'], environment)).lines).toContain('ada@example.org');
});
