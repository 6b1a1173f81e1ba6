/** A real Postgres for the server tests, where its programs are installed: a fresh cluster in a temporary folder. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackages, mayInstall } from './apt.mjs';

const debian = '/usr/lib/postgresql';
const folders = () => [
	...(existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : []),
	'/usr/local/bin'
];
const installed = () =>
	folders().find(
		(folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl'))
	);

/** As root, Debian's package; where that may not be, or fails, there is none. */
function provide() {
	if (installed() || !mayInstall()) return installed();
	console.log('Installing PostgreSQL …');
	installPackages(['postgresql']);
	return installed();
}

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

/**
 * `{ url, stop, crash, restart }`: for good, and as somebody who pulls the plug and puts it back. Null where no
 * Postgres server is installed or can be, and an error where one does not start.
 */
export function startPostgres() {
	const bin = provide();
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
	const start = (port = freePort()) => {
		const options = `-p ${port} -k ${dir} -c listen_addresses=127.0.0.1 -c max_connections=200`;
		const { status } = run(`${bin}/pg_ctl -D ${dir}/data -w -l ${dir}/log -o "${options}" start`);
		return status === 0 ? port : null;
	};
	for (let left = TRIES; made.status === 0 && left > 0; left--) {
		const port = start();
		if (port !== null) {
			const url = `postgres://plenary@127.0.0.1:${port}/postgres`;
			const crash = () => void run(`${bin}/pg_ctl -D ${dir}/data -m immediate stop`);
			return { url, stop, crash, restart: () => start(port) !== null };
		}
	}
	const log = join(dir, 'log');
	const why = existsSync(log) ? readFileSync(log, 'utf8') : made.stderr;
	stop();
	throw new Error(`A Postgres server is installed, and does not start:\n${why}`);
}
