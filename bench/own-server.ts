/** A server of this checkout on a fresh data folder, with a facilitator and a token: for the demo and the benches. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build, node, root } from '../server/ready.mjs';
import { pause } from './simulated-person.ts';

export interface OwnServer {
	url: string;
	/** Of the facilitator's account. */
	token: string;
	email: string;
	password: string;
	process: ChildProcess;
	stop(): Promise<void>;
}

/** Builds what is stale, starts, and answers when it serves. Throws where it does not within a minute. */
export async function startOwnServer(
	port: number,
	/** What it logs, a line at a time; shown where nobody asks. */
	logged?: (line: string) => void
): Promise<OwnServer> {
	build();
	const dir = mkdtempSync(join(tmpdir(), 'plenary-'));
	const email = 'ada@example.org';
	const password = 'a reading room at dusk';
	const env = { ...process.env, PORT: String(port), DATA_DIR: dir, NODE_ENV: 'production' };
	const user = (...args: string[]) => {
		const done = spawnSync(node, [join(root, 'server/cli/user.ts'), ...args], {
			env,
			input: `${password}\n`,
			encoding: 'utf8'
		});
		if (done.status !== 0) throw new Error(done.stderr || done.stdout);
		return done.stdout.trim().split('\n').at(-1)!;
	};
	const server = spawn(node, [join(root, 'server/main.ts')], {
		cwd: root,
		env,
		stdio: ['ignore', 'ignore', logged ? 'pipe' : 'inherit']
	});
	if (logged) createInterface({ input: server.stderr! }).on('line', logged);
	const url = `http://localhost:${port}`;
	for (let tries = 0; !(await answers(`${url}/readyz`)); tries++) {
		if (tries === 240 || server.exitCode !== null) throw new Error('The server did not start.');
		await pause(250);
	}
	process.on('exit', () => server.kill('SIGKILL'));
	user('add', email, '--password-stdin');
	const token = user('token', email);
	return {
		url,
		token,
		email,
		password,
		process: server,
		stop: async () => {
			const gone = new Promise((done) => server.once('exit', done));
			server.kill('SIGTERM');
			await gone;
			rmSync(dir, { recursive: true, force: true });
		}
	};
}

const answers = (url: string): Promise<boolean> =>
	fetch(url).then(
		(response) => response.ok,
		() => false
	);
