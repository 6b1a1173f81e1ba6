/** A real Postgres for the server tests, where its programs are installed: a fresh cluster in a temporary folder. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const debian = '/usr/lib/postgresql';
const folders = [
	...(existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : []),
	'/usr/local/bin'
];

/** One that nobody has at this moment: somebody else may be quicker, so that more than one is tried. */
const freePort = () =>
	spawnSync(
		process.execPath,
		[
			'-e',
			"const s = require('node:net').createServer().listen(0, '127.0.0.1', () => { console.log(s.address().port); s.close(); })"
		],
		{ encoding: 'utf8' }
	).stdout.trim();

const TRIES = 3;

/** `{ url, stop }`; null where no Postgres server is installed, and an error where one does not start. */
export function startPostgres() {
	const bin = folders.find(
		(folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl'))
	);
	if (!bin) return null;
	const dir = mkdtempSync(join(tmpdir(), 'plenary-postgres-'));
	// Postgres refuses to run as root.
	const asRoot = process.getuid?.() === 0;
	if (asRoot) spawnSync('chown', ['nobody', dir]);
	chmodSync(dir, 0o700);
	const run = (command) => {
		const args = asRoot ? ['-s', '/bin/sh', 'nobody', '-c', command] : ['-c', command];
		return spawnSync(asRoot ? 'su' : 'sh', args, { encoding: 'utf8', cwd: tmpdir() });
	};
	const stop = () => {
		run(`${bin}/pg_ctl -D ${dir}/data -m immediate stop`);
		rmSync(dir, { recursive: true, force: true });
	};
	const made = run(`${bin}/initdb -D ${dir}/data -U plenary --auth=trust -E UTF8 --locale=C`);
	const start = () => {
		const port = freePort();
		const options = `-p ${port} -k ${dir} -c listen_addresses=127.0.0.1 -c max_connections=200`;
		const { status } = run(`${bin}/pg_ctl -D ${dir}/data -w -l ${dir}/log -o "${options}" start`);
		return status === 0 ? port : null;
	};
	for (let left = TRIES; made.status === 0 && left > 0; left--) {
		const port = start();
		if (port !== null) return { url: `postgres://plenary@127.0.0.1:${port}/postgres`, stop };
	}
	const log = join(dir, 'log');
	const why = existsSync(log) ? readFileSync(log, 'utf8') : made.stderr;
	stop();
	throw new Error(`A Postgres server is installed, and does not start:\n${why}`);
}
