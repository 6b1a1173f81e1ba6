/** The server and its command line as processes of their own, as people start them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './until.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** What Node has compiled once, the next process need not. */
export const NODE_COMPILE_CACHE = join(tmpdir(), 'plenary-compiled');

export interface Running {
	process: ChildProcess;
	/** Everything that it has said, on both channels. */
	said(): string;
	/** The exit code; null where a signal ended it. */
	ended: Promise<number | null>;
}

/** What a failed test has left running. */
const started: ChildProcess[] = [];
const killAll = () => started.forEach((one) => one.kill('SIGKILL'));

/** Starts a file of the server, on this very Node. */
export function start(
	words: string[],
	environment: Record<string, string>,
	{ input, ipc = false }: { input?: string; ipc?: boolean } = {}
): Running {
	const process_ = spawn(process.execPath, words, {
		cwd: root,
		env: {
			PATH: process.env['PATH'],
			HOME: process.env['HOME'],
			NODE_COMPILE_CACHE,
			...environment
		},
		stdio: ['pipe', 'pipe', 'pipe', ...(ipc ? (['ipc'] as const) : [])]
	});
	let text = '';
	const channels = [process_.stdout!, process_.stderr!];
	for (const channel of channels) channel.on('data', (chunk: Buffer) => (text += chunk));
	process_.stdin!.end(input ?? '');
	if (started.push(process_) === 1) process.once('exit', killAll);
	// Not `close`, which never comes where a channel between processes was given up.
	const exited = new Promise<number | null>((resolve) => process_.once('exit', resolve));
	const quiet = channels.map((channel) => new Promise((resolve) => channel.once('close', resolve)));
	const ended = Promise.all([exited, ...quiet]).then(([code]) => code);
	return { process: process_, said: () => text, ended };
}

/** A server that is ready, and where. */
export async function startServer(
	environment: Record<string, string>,
	options: { ipc?: boolean } = {}
): Promise<Running & { url: string }> {
	const running = start(
		['server/main.ts'],
		{ PORT: '0', HOST: '127.0.0.1', NODE_ENV: 'production', ...environment },
		options
	);
	const [, url] = await until(() => /Plenary is here: (\S+)/.exec(running.said()), {
		within: 180_000,
		what: 'the server to print its address'
	});
	return { ...running, url: url! };
}

/** `npm run user -- …`, to its end. */
export async function user(
	words: string[],
	environment: Record<string, string>,
	input?: string
): Promise<{ code: number | null; lines: string[] }> {
	const running = start(['server/cli/user.ts', ...words], environment, { input });
	const code = await running.ended;
	return { code, lines: running.said().trim().split('\n') };
}
