/**
 * `npm run user -- …`: accounts from the command line. It asks the running server, and opens the
 * database itself only where none runs.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig, type Config } from '../config.ts';
import type { AdminAnswer, AdminRequest } from './admin.ts';
import { ask, localSocketPath } from './local-socket.ts';
import { failed, say } from './words.ts';

const USAGE = `npm run user -- add EMAIL [--password-stdin]     make an account; without the flag a password is made and shown once
npm run user -- reset EMAIL [--password-stdin]   give it a new password, and log it out everywhere
npm run user -- token EMAIL                      make an API token; it is the last line
npm run user -- invite                           make a one-time link (REGISTRATION=invite or open)
npm run user -- list                             every account`;

async function readPassword(): Promise<string> {
	let text = '';
	for await (const chunk of process.stdin.setEncoding('utf8')) text += chunk;
	return text.replace(/\r?\n$/, '');
}

/** What is asked for, and what to say besides; null where it cannot be read. */
async function readRequest(
	words: string[]
): Promise<{ request: AdminRequest; also: string[] } | null> {
	const flags = words.filter((word) => word.startsWith('--'));
	const [command, email, ...more] = words.filter((word) => !word.startsWith('--'));
	if (more.length > 0 || flags.some((flag) => flag !== '--password-stdin')) return null;
	if (command === 'list' || command === 'invite')
		return email === undefined ? { request: { command }, also: [] } : null;
	if (email === undefined) return null;
	if (command === 'token') return { request: { command, email }, also: [] };
	if (command !== 'add' && command !== 'reset') return null;
	if (flags.length > 0)
		return { request: { command, email, password: await readPassword() }, also: [] };
	const password = randomBytes(12).toString('base64url');
	const also = ['The password, shown once:', password];
	return { request: { command, email, password }, also };
}

/** A server that is just starting has the folder some seconds before it can be asked. */
const PATIENCE = 15_000;

async function answerTo(config: Config, request: AdminRequest): Promise<AdminAnswer> {
	const path = localSocketPath(config.dataDir);
	const deadline = performance.now() + PATIENCE;
	for (let told = false; ;) {
		const answer = await ask(path, request);
		if (answer) return answer;
		// Loaded only where no server answers: the database is slow to wake.
		const alone = await import('./alone.ts');
		const { inUse, ...own } = await alone.answerAlone(config, request);
		if (!inUse || performance.now() > deadline) return own;
		if (!told) console.error('Another process has the folder; waiting for it to answer …');
		told = true;
		await pause(250);
	}
}

async function run(): Promise<AdminAnswer> {
	const config = readConfig(process.env);
	if ('wrong' in config) return failed(...config.wrong);
	const read = await readRequest(process.argv.slice(2));
	if (!read) return failed('This is not how it is asked. You can say:', '', USAGE);
	const { request, also } = read;
	const answer = await answerTo(config.config, request);
	return answer.ok ? { ok: true, lines: [...answer.lines, ...also] } : answer;
}

say(await run());
