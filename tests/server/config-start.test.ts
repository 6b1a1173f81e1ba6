import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { freshFolder } from '../support/database.ts';
import { ask, PASSWORD } from '../support/people.ts';
import { start, startServer, user } from '../support/process.ts';
import { until } from '../support/until.ts';

const folders: string[] = [];
const noted = (folder: string) => {
	folders.push(folder);
	return folder;
};
/** Empty, and of a server that has been here before: that one starts sooner. */
const newFolder = () => noted(mkdtempSync(join(tmpdir(), 'plenary-start-')));
const usedFolder = async () => noted(await freshFolder());
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** One sentence, and exit code 1. */
async function refusal(environment: Record<string, string>): Promise<string> {
	const running = start(['server/main.ts'], { HOST: '127.0.0.1', PORT: '0', ...environment });
	expect(await running.ended).toBe(1);
	const lines = running.said().trim().split('\n');
	expect(lines).toHaveLength(1);
	return lines[0]!;
}

describe('starting', () => {
	test('CF1 CF3 what is wrong is one sentence and exit code 1', async () => {
		expect(await refusal({ PORT: 'eighty' })).toContain('PORT cannot be "eighty"');
		const file = join(newFolder(), 'a-file');
		writeFileSync(file, '');
		expect(await refusal({ DATA_DIR: join(file, 'data') })).toMatch(/cannot be written/);
		expect(
			await refusal({ DATABASE_URL: 'postgres://127.0.0.1:1/none', DATA_DIR: newFolder() })
		).toMatch(/cannot be reached/);
	});

	test('CF3 CF4 CF5 one folder is one server’s, one port too, and signals end it', async () => {
		const DATA_DIR = await usedFolder();
		const first = await startServer({ DATA_DIR });
		const link = await until(() => /(http\S+\/invite\/\S+)/.exec(first.said())?.[1]);
		expect((await ask(first.url, new URL(link).pathname)).status).toBe(200);
		expect(await refusal({ DATA_DIR })).toMatch(/in use by process \d+/);
		const { port } = new URL(first.url);
		expect(await refusal({ DATA_DIR: await usedFolder(), PORT: port })).toMatch(
			new RegExp(`Port ${port} is taken.*PORT=`)
		);

		await user(['add', 'ada@example.org', '--password-stdin'], { DATA_DIR }, PASSWORD);
		for (const [signal, again] of [
			['SIGINT', 'SIGHUP'],
			['SIGHUP', 'SIGTERM']
		] as const) {
			const server = signal === 'SIGINT' ? first : await startServer({ DATA_DIR });
			if (server !== first) expect(server.said()).not.toContain('/invite/');
			const asked = performance.now();
			server.process.kill(signal);
			server.process.kill(again);
			expect(await server.ended).toBe(0);
			// Five seconds of its own, and the rest for a machine that has others to serve.
			expect(performance.now() - asked).toBeLessThan(20_000);
		}
	});

	test('CF5 when who started it is gone, it goes too', async () => {
		const server = await startServer({ DATA_DIR: await usedFolder() }, { ipc: true });
		server.process.disconnect();
		expect(await server.ended).toBe(0);
	});

	test('CF7 after what nobody foresaw it stops with exit code 1, and lets go of its folder', async () => {
		const DATA_DIR = await usedFolder();
		const fault = `process.on('SIGUSR2', () => { throw new Error('nobody foresaw this') })`;
		const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(fault)}`;
		const server = await startServer({ DATA_DIR, NODE_OPTIONS });
		await user(['add', 'ada@example.org', '--password-stdin'], { DATA_DIR }, PASSWORD);
		server.process.kill('SIGUSR2');
		expect(await server.ended).toBe(1);
		expect(server.said()).toContain('nobody foresaw this');
		expect(existsSync(join(DATA_DIR, 'plenary.lock'))).toBe(false);
		expect((await user(['list'], { DATA_DIR })).lines).toEqual(['ada@example.org']);
	});
});
