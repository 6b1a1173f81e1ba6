/** `npm run backup` and `npm run restore` as people run them, beside a server and without one. */
import {
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import postgres from 'postgres';
import { afterAll, expect, test } from 'vitest';
import { openLocalSocket, localSocketPath } from '#server/cli/local-socket.ts';
import { openDatabase } from '#server/db/connect.ts';
import { freshFolder } from '../support/database.ts';
import { PASSWORD } from '../support/people.ts';
import { start, startServer, user, type Running } from '../support/process.ts';
import { until } from '../support/until.ts';
import { everythingIn } from './backup-tables.ts';

const folder = await freshFolder();
const environment = { DATA_DIR: folder };
const out = mkdtempSync(join(tmpdir(), 'plenary-tools-'));
const file = (name: string) => join(out, name);
const running: Running[] = [];
afterAll(async () => {
	for (const one of running) one.process.kill('SIGKILL');
	await Promise.all(running.map(({ ended }) => ended));
	for (const dir of [folder, out]) rmSync(dir, { recursive: true, force: true });
});

async function tool(name: 'backup' | 'restore', words: string[], env: Record<string, string>) {
	const { ended, said } = start([`server/cli/${name}.ts`, ...words], env);
	return { code: await ended, said: said() };
}
const backup = (words: string[], env: Record<string, string> = environment) =>
	tool('backup', words, env);
const restore = (words: string[], env: Record<string, string>) => tool('restore', words, env);

async function serve(env: Record<string, string>): Promise<Running> {
	const server = await startServer(env);
	running.push(server);
	return server;
}

/** The tests go through the life of the folder, in this order. */
test('BA11 a backup is made alike without a server and beside one, readable by its owner alone', async () => {
	await user(['add', 'ada@example.org', '--password-stdin'], environment, PASSWORD);
	const alone = await backup([file('alone')]);
	expect(alone).toMatchObject({ code: 0 });
	expect(alone.said).toContain('alone: 1 account, 0 workshops, 0 boards;');
	await serve(environment);
	const beside = await backup([file('beside')]);
	expect(beside).toMatchObject({ code: 0 });
	expect(statSync(file('beside')).mode & 0o777).toBe(0o600);
	expect(await everythingIn(file('beside'))).toEqual(await everythingIn(file('alone')));
	expect(readdirSync(out).sort()).toEqual(['alone', 'beside']);
});

test('BA12 a file that is there is left as it is; what cannot be written or is not there is said', async () => {
	writeFileSync(file('mine'), 'mine');
	writeFileSync(file('broken.part'), 'half');
	mkdirSync(file('a-folder'));
	const said = await Promise.all([
		backup([file('mine')]),
		backup([file('broken')]),
		backup([file('a-folder')]),
		backup([join(out, 'no', 'such', 'folder')]),
		backup([join(file('mine'), 'below')]),
		backup([]),
		backup(['--help']),
		backup([file('other')], { DATA_DIR: file('nothing') })
	]);
	expect(said.map(({ code }) => code)).toEqual(said.map(() => 1));
	const [there, part, isFolder, missing, below, none, flag, nothing] = said.map((one) => one.said);
	expect(there).toContain('mine is there already, and is left as it is');
	expect(readFileSync(file('mine'), 'utf8')).toBe('mine');
	expect(part).toContain('broken.part is there already: another backup');
	expect(isFolder).toContain('is there already');
	expect(missing).toContain('its folder is not there');
	expect(below).toContain('its folder is no folder');
	expect(none).toContain('npm run backup -- FILE');
	expect(flag).toContain('npm run backup -- FILE');
	expect(nothing).toContain('there is nothing to back up');
	expect(readdirSync(out)).not.toContain('nothing');
	expect(readdirSync(out).filter((name) => name.endsWith('.part'))).toEqual(['broken.part']);
});

test('BA13 a restore beside a running server, of no backup, or over content is refused with a sentence', async () => {
	const beside = await restore([file('alone')], environment);
	expect(beside).toMatchObject({ code: 1 });
	expect(beside.said).toContain('A Plenary server runs on');
	const target = await freshFolder();
	const env = { DATA_DIR: target };
	const wrong = await restore([file('mine')], env);
	expect(wrong).toMatchObject({ code: 1 });
	expect(wrong.said).toContain('mine is no backup of Plenary.\nNothing was changed.');
	expect((await restore([], env)).said).toContain('npm run restore -- FILE');
	const good = await restore([file('alone')], env);
	expect(good).toMatchObject({ code: 0 });
	expect(good.said).toContain(
		`Restored into ${target} (DATA_DIR): 1 account, 0 workshops, 0 boards, as they were at 20`
	);
	const again = await restore([file('alone')], env);
	expect(again).toMatchObject({ code: 1 });
	expect(again.said).toContain('has accounts in it');
	expect((await user(['list'], env)).lines).toEqual(['ada@example.org']);
	rmSync(target, { recursive: true, force: true });
});

test('BA14 a backup that breaks off leaves no file, and a server that stops does not wait for it', async () => {
	const target = await freshFolder();
	let stalled: Writable | null = null;
	const admin = () =>
		Promise.resolve({
			ok: true,
			lines: [],
			following: (socket: Writable) => {
				socket.write('half of it');
				stalled = socket;
				return new Promise<void>((resolve) => socket.once('close', resolve));
			}
		});
	const local = await openLocalSocket(target, admin, pino({ level: 'silent' }));
	expect(localSocketPath(target)).toContain(target);
	const asking = start(['server/cli/backup.ts', file('half')], { DATA_DIR: target });
	await until(() => stalled);
	local.close();
	expect(await asking.ended).toBe(1);
	expect(asking.said()).toMatch(/The backup broke off|No backup was written/);
	expect(readdirSync(out).filter((name) => name.startsWith('half'))).toEqual([]);
	rmSync(target, { recursive: true, force: true });
});

test('MI5 a server does not start on a database that a newer version has used', async () => {
	const dataDir = await freshFolder();
	const opened = await openDatabase({ dataDir, log: { info: () => {}, error: () => {} } });
	if ('unavailable' in opened) throw new Error(opened.unavailable);
	await opened.db.execute(
		sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9999999999999)`
	);
	await opened.close();
	const server = start(['server/main.ts'], {
		PORT: '0',
		HOST: '127.0.0.1',
		NODE_ENV: 'production',
		DATA_DIR: dataDir
	});
	expect(await server.ended).toBe(1);
	expect(server.said()).toContain('A newer version of Plenary has used this database');
	expect(server.said()).not.toContain('    at ');
	const saved = await backup([file('newer')], { DATA_DIR: dataDir });
	expect(saved).toMatchObject({ code: 1 });
	expect(saved.said).toContain('make the backup with that one');
	rmSync(dataDir, { recursive: true, force: true });
});

test.runIf(process.env['TEST_POSTGRES_URL'])(
	'BA15 an installation moves from the embedded database to a Postgres, and a server that uses it is seen',
	async () => {
		const url = new URL(process.env['TEST_POSTGRES_URL']!);
		const admin = postgres(url.href, { max: 1, onnotice: () => {} });
		const name = `move_${process.pid}`;
		await admin.unsafe(`create database ${name}`);
		url.pathname = `/${name}`;
		const elsewhere = mkdtempSync(join(tmpdir(), 'plenary-moved-'));
		const env = { DATA_DIR: elsewhere, DATABASE_URL: url.href };
		expect(await restore([file('alone')], env)).toMatchObject({ code: 0 });
		const server = await serve(env);
		const other = { ...env, DATA_DIR: mkdtempSync(join(tmpdir(), 'plenary-other-')) };
		expect((await restore([file('alone')], other)).said).toContain('A Plenary server uses this');
		expect(await backup([file('moved')], env)).toMatchObject({ code: 0 });
		const moved = await everythingIn(file('moved'));
		expect(moved).toEqual(await everythingIn(file('alone')));
		server.process.kill('SIGTERM');
		await server.ended;
		await admin.unsafe(`drop database ${name} with (force)`);
		await admin.end();
		for (const dir of [elsewhere, other.DATA_DIR]) rmSync(dir, { recursive: true, force: true });
	}
);
