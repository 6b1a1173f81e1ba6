/** The process that makes files, as it is: what ends it, and what does not. */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, getPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Done, Job } from '#server/exports/export-worker.ts';
import { pack } from '#server/exports/portable.ts';
import { until } from '../support/until.ts';
import { workshop } from './exports-workshop.ts';

const script = fileURLToPath(new URL('../../server/exports/export-worker.ts', import.meta.url));

const isThere = (pid: number): boolean => {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
};

test('EX83 it has less priority than the server, and minds no signal that goes to all', async () => {
	const worker = fork(script, { serialization: 'advanced' });
	const { bytes } = await pack(workshop());
	const job: Job = { id: 1, now: 0, order: { make: 'summary', input: bytes } };
	const makes = async (): Promise<Done> => {
		const made = once(worker, 'message');
		worker.send(job);
		return ((await made) as [Done])[0];
	};
	expect(await makes()).toMatchObject({ id: 1, accessible: true });
	expect(getPriority(worker.pid)).toBe(constants.priority.PRIORITY_BELOW_NORMAL);
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) worker.kill(signal);
	expect(await makes()).toMatchObject({ id: 1, accessible: true });
	const ended = once(worker, 'exit');
	worker.disconnect();
	expect(await ended).toEqual([0, null]);
});

/** Starts a worker, and says who it is once it is too busy to hear anything. */
const SERVER = `
	import { fork } from 'node:child_process';
	const busy = 'data:text/javascript,process.on("message",()=>{process.send(0,()=>{for(;;);})})';
	const worker = fork(process.env.SCRIPT, { execArgv: ['--import', busy] });
	worker.on('message', (said) => said === 0 && console.log(worker.pid));
	worker.send({ id: 1, now: 0, order: { make: 'page', template: 'board', data: '{}' } });
`;

test('EX83 whatever its server ended by, it does not outlive it', async () => {
	const server = spawn(process.execPath, ['--input-type=module', '-e', SERVER], {
		env: { ...process.env, SCRIPT: script },
		stdio: ['ignore', 'pipe', 'ignore']
	});
	const pid = Number(String((await once(server.stdout, 'data'))[0]));
	expect(isThere(pid)).toBe(true);
	server.kill('SIGKILL');
	const gone = until(() => !isThere(pid), { what: 'the worker to be gone' });
	// It is told of no signal but this one.
	await gone.finally(() => isThere(pid) && process.kill(pid, 'SIGKILL'));
});
