/** A real Postgres for the server tests, where its programs are installed: a fresh cluster in a temporary folder. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const debian = '/usr/lib/postgresql';
const folders = [
	...(existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : []),
	'/usr/local/bin'
];

/** One of twenty thousand, by process: two runs on a machine do not meet. */
const freePort = () => 20_000 + (process.pid % 20_000);

/** `{ url, stop }`, or null where no Postgres server is installed. */
export function startPostgres() {
	const bin = folders.find(
		(folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl'))
	);
	if (!bin) return null;
	const dir = mkdtempSync(join(tmpdir(), 'plenary-postgres-'));
	const port = freePort();
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
	const started =
		made.status === 0 &&
		run(
			`${bin}/pg_ctl -D ${dir}/data -w -l ${dir}/log -o "-p ${port} -k ${dir} -c listen_addresses=127.0.0.1 -c max_connections=200" start`
		);
	if (!started || started.status !== 0) {
		console.error(made.stderr, started ? started.stderr : '');
		stop();
		return null;
	}
	return { url: `postgres://plenary@127.0.0.1:${port}/postgres`, stop };
}
