/** The server as `npm start` runs it, in a process of its own that a test can stop with any signal. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { node, root } from '../../../server/ready.mjs';

const STARTED_WITHIN = 60_000;

export class ServerProcess {
	readonly url: string;
	/** Makes the first account; said at the first start. */
	invite = '';
	readonly #port: number;
	readonly #dir = mkdtempSync(join(tmpdir(), 'plenary-browser-'));
	#process: ChildProcess | null = null;
	#said = '';

	private constructor(port: number) {
		this.#port = port;
		this.url = `http://localhost:${port}`;
	}

	static async start(): Promise<ServerProcess> {
		const server = new ServerProcess(await freePort());
		await server.run();
		server.invite = /\/invite\/\S+/.exec(server.#said)?.[0] ?? '';
		return server;
	}

	/** Starts it (again, on the same data and port) and answers when it serves. */
	async run(): Promise<void> {
		this.#said = '';
		const child = spawn(node, [join(root, 'server/main.ts')], {
			cwd: root,
			env: { ...process.env, PORT: String(this.#port), DATA_DIR: this.#dir, NODE_ENV: 'production' },
			stdio: ['ignore', 'pipe', 'pipe']
		});
		this.#process = child;
		const hear = (data: Buffer) => (this.#said += data.toString());
		child.stdout.on('data', hear);
		child.stderr.on('data', hear);
		const end = Date.now() + STARTED_WITHIN;
		while (!(await this.#serves())) {
			if (child.exitCode !== null || Date.now() > end) throw new Error(`The server did not start: ${this.#said}`);
			await new Promise((done) => setImmediate(done));
		}
	}

	/** Ends it, and answers when it is gone. */
	async kill(signal: NodeJS.Signals): Promise<void> {
		const child = this.#process;
		if (!child || child.exitCode !== null) return;
		const gone = new Promise((done) => child.once('exit', done));
		child.kill(signal);
		await gone;
	}

	async remove(): Promise<void> {
		await this.kill('SIGKILL');
		rmSync(this.#dir, { recursive: true, force: true });
	}

	#serves(): Promise<boolean> {
		return fetch(`${this.url}/readyz`).then(
			(response) => response.ok,
			() => false
		);
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
