/** The server as `npm start` runs it, in a process of its own that a test can stop with any signal. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { node, root } from '../../../server/ready.mjs';
import { freshFolder } from '../../support/database.ts';
import { NODE_COMPILE_CACHE } from '../../support/process.ts';

export class ServerProcess {
	readonly url: string;
	/** The link that makes the first account; said at the first start. */
	invite = '';
	readonly #port: number;
	readonly #dir: string;
	readonly #backups = mkdtempSync(join(tmpdir(), 'plenary-backups-'));
	#count = 0;
	#process: ChildProcess | null = null;

	private constructor(port: number, dir: string) {
		this.#port = port;
		this.#dir = dir;
		this.url = `http://localhost:${port}`;
	}

	static async start(): Promise<ServerProcess> {
		const server = new ServerProcess(await freePort(), await freshFolder());
		server.invite = await server.run(/\/invite\/\S+(?=\n)/);
		return server;
	}

	/** Starts it (again, on the same data and port), and answers when it has said what is waited for. */
	run(sign = /Plenary is here: \S+(?=\n)/): Promise<string> {
		const child = spawn(node, [join(root, 'server/main.ts')], {
			cwd: root,
			env: {
				PATH: process.env['PATH'],
				HOME: process.env['HOME'],
				// Nobody else is told of it, nor comes by another address.
				HOST: 'localhost',
				PORT: String(this.#port),
				DATA_DIR: this.#dir,
				NODE_COMPILE_CACHE,
				NODE_ENV: 'production'
			},
			stdio: ['ignore', 'pipe', 'pipe']
		});
		this.#process = child;
		return new Promise((resolve, reject) => {
			let said = '';
			const hear = (words: Buffer) => {
				said += words.toString();
				const heard = sign.exec(said);
				if (heard) resolve(heard[0]);
			};
			child.stdout.on('data', hear);
			child.stderr.on('data', hear);
			child.once('exit', () => reject(new Error(`The server did not start: ${said}`)));
		});
	}

	/** Makes an account beside the running server, as whoever runs it does. */
	addAccount(email: string, password: string): Promise<void> {
		return this.#tool(['server/cli/user.ts', 'add', email, '--password-stdin'], password);
	}

	/** Everything in one file, beside the running server. */
	async backUp(): Promise<string> {
		const file = join(this.#backups, `${this.#count++}.gz`);
		await this.#tool(['server/cli/backup.ts', file]);
		return file;
	}

	/** A stopped server has what a backup has, and nothing else. */
	async restore(file: string): Promise<void> {
		rmSync(this.#dir, { recursive: true });
		await this.#tool(['server/cli/restore.ts', file]);
	}

	async #tool([file, ...args]: string[], input = ''): Promise<void> {
		const child = spawn(node, [join(root, file!), ...args], {
			cwd: root,
			env: { PATH: process.env['PATH'], HOME: process.env['HOME'], DATA_DIR: this.#dir },
			stdio: ['pipe', 'ignore', 'inherit']
		});
		child.stdin!.end(input);
		const code = await new Promise((done) => child.once('exit', done));
		if (code !== 0) throw new Error(`${file} ended with ${String(code)}`);
	}

	/** Ends it, and answers when it is gone. */
	async kill(signal: NodeJS.Signals): Promise<void> {
		const child = this.#process;
		if (!child || child.exitCode !== null || child.signalCode !== null) return;
		const gone = new Promise((done) => child.once('exit', done));
		child.kill(signal);
		await gone;
	}

	async remove(): Promise<void> {
		await this.kill('SIGKILL');
		for (const dir of [this.#dir, this.#backups]) rmSync(dir, { recursive: true, force: true });
	}
}

function freePort(): Promise<number> {
	return new Promise((answer) => {
		const probe = createServer().listen(0, () => {
			const address = probe.address();
			const port = typeof address === 'object' && address ? address.port : 0;
			probe.close(() => answer(port));
		});
	});
}
