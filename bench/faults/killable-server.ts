/**
 * The real, built server as a process of its own on one data folder, which may be killed, stopped
 * and started again as often as wanted. It takes a new port each time: whoever wants to come back
 * to it goes through the proxy.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { node, root } from '../../server/ready.mjs';
import { pause } from '../simulated-person.ts';

const STARTS_WITHIN = 180_000;
const MOST_REMEMBERED = 200;

export interface ServerOptions {
	/** A folder under the temporary one where absent; then it goes with the server. */
	dataDir?: string;
	environment?: Record<string, string>;
	/** For Node, before the file: `['--import', …]`. */
	nodeArguments?: string[];
}

export class KillableServer {
	readonly dataDir: string;
	/** What it said last, of warnings and worse. */
	readonly complaints: string[] = [];
	port = 0;
	#process: ChildProcess | null = null;
	#token: string | null = null;
	readonly #options: ServerOptions;
	readonly #atExit = (): void => void this.#process?.kill('SIGKILL');

	constructor(options: ServerOptions = {}) {
		this.#options = options;
		this.dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'plenary-faults-'));
		process.once('exit', this.#atExit);
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	/** Null while it is down. */
	get process(): ChildProcess | null {
		return this.#process;
	}

	/** Answers when it serves. Throws where it does not. */
	async start(): Promise<void> {
		this.launch();
		const deadline = performance.now() + STARTS_WITHIN;
		while (!(this.port > 0 && (await answers(`${this.url}/readyz`)))) {
			if (this.#process === null || performance.now() > deadline)
				throw new Error(`The server did not start.\n${this.complaints.join('\n')}`);
			await pause(20);
		}
	}

	/** Starts the process, and waits for nothing. */
	launch(): void {
		this.port = 0;
		const { nodeArguments = [] } = this.#options;
		const server = spawn(node, [...nodeArguments, join(root, 'server/main.ts')], {
			cwd: root,
			env: this.#environment(),
			stdio: ['ignore', 'pipe', 'pipe', 'ipc']
		});
		this.#process = server;
		server.once('exit', () => {
			if (this.#process === server) this.#process = null;
		});
		createInterface({ input: server.stdout! }).on('line', (line) => {
			const [, port] = /Plenary is here: \S+:(\d+)/.exec(line) ?? [];
			if (port) this.port = Number(port);
		});
		createInterface({ input: server.stderr! }).on('line', (line) => {
			if (/^\{"level":[123]0,/.test(line)) return;
			this.complaints.push(line.slice(0, 600));
			if (this.complaints.length > MOST_REMEMBERED) this.complaints.shift();
		});
	}

	/** Ends it without a word, wherever it is. */
	async kill(): Promise<void> {
		await this.#end('SIGKILL');
	}

	/** Asks it to stop. Answers how long that took, in ms; throws where it did not end well. */
	async stop(): Promise<number> {
		const asked = performance.now();
		const code = await this.#end('SIGTERM');
		if (code !== 0)
			throw new Error(`The server ended with ${code}.\n${this.complaints.join('\n')}`);
		return performance.now() - asked;
	}

	/** Ends it for good, and takes the folder away that it made. */
	async dispose(): Promise<void> {
		await this.kill();
		process.off('exit', this.#atExit);
		if (!this.#options.dataDir) rmSync(this.dataDir, { recursive: true, force: true });
	}

	/** Of an account that facilitates; made at the first call. */
	async token(): Promise<string> {
		if (this.#token) return this.#token;
		await this.run('server/cli/user.ts', ['add', EMAIL, '--password-stdin'], PASSWORD);
		const said = await this.run('server/cli/user.ts', ['token', EMAIL]);
		this.#token = said.trim().split('\n').at(-1)!;
		return this.#token;
	}

	/** Runs one of the project's commands on this server's folder, beside it. Throws where it fails. */
	async run(file: string, words: string[], input = ''): Promise<string> {
		const child = spawn(node, [join(root, file), ...words], {
			cwd: root,
			env: this.#environment(),
			stdio: ['pipe', 'pipe', 'pipe']
		});
		let said = '';
		let complained = '';
		child.stdout.on('data', (chunk: Buffer) => (said += chunk));
		child.stderr.on('data', (chunk: Buffer) => (complained += chunk));
		child.stdin.on('error', () => {}); // it may not want to hear it
		child.stdin.end(`${input}\n`);
		const code = await new Promise((done) => child.once('close', done));
		if (code !== 0)
			throw new Error([`${file}: ${complained || said}`, ...this.complaints].join('\n'));
		return said;
	}

	#environment(): NodeJS.ProcessEnv {
		const { DATABASE_URL: _, ...inherited } = process.env;
		const own = { PORT: '0', HOST: '127.0.0.1', DATA_DIR: this.dataDir, NODE_ENV: 'production' };
		return { ...inherited, ...own, ...this.#options.environment };
	}

	#end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
		const server = this.#process;
		if (!server) return Promise.resolve(null);
		const gone = new Promise<number | null>((done) => server.once('exit', done));
		server.kill(signal);
		return gone;
	}
}

const EMAIL = 'ada@example.org';
const PASSWORD = 'a reading room at dusk';

const answers = (url: string): Promise<boolean> =>
	fetch(url).then(
		({ ok }) => ok,
		() => false
	);
