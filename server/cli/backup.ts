/**
 * `npm run backup -- FILE`: everything that Plenary holds, in one file. The running server is asked
 * for it, and where none runs the database is opened. The file is written here and not by the server,
 * so that it belongs to whoever asked, wherever they may write.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Unreadable } from '../backup/archive.ts';
import { BackupFile } from '../backup/backup-file.ts';
import { verifyArchive } from '../backup/read-archive.ts';
import { readConfig, type Config } from '../config.ts';
import type { AdminAnswer } from './admin.ts';
import { askFor, localSocketPath } from './local-socket.ts';
import { contents, createProgress, databaseOf, failed, inMB, say } from './words.ts';

const USAGE = `npm run backup -- FILE   writes everything to FILE, which must not be there yet`;

/** A server that is just starting has the folder some seconds before it can be asked. */
const PATIENCE = 15_000;

async function fill(config: Config, file: BackupFile): Promise<AdminAnswer> {
	const deadline = performance.now() + PATIENCE;
	const progress = createProgress('Reading');
	for (;;) {
		const asked = await askFor(localSocketPath(config.dataDir), { command: 'backup' });
		if (asked) {
			if (asked.answer.ok) await file.take(asked.following, progress);
			return asked.answer;
		}
		if (!config.databaseUrl && !existsSync(join(config.dataDir, 'postgres')))
			return failed(
				`There is no database in ${config.dataDir} (DATA_DIR), so there is nothing to back up.`
			);
		// Loaded only where no server answers: the database is slow to wake.
		const alone = await import('./alone.ts');
		const { inUse, ...own } = await alone.backUpAlone(config, file.stream(progress));
		if (!inUse || performance.now() > deadline) return own;
		await file.empty();
		await pause(250);
	}
}

async function run(): Promise<AdminAnswer> {
	const read = readConfig(process.env);
	if ('wrong' in read) return failed(...read.wrong);
	const [word, ...more] = process.argv.slice(2);
	if (word === undefined || word.startsWith('-') || more.length > 0)
		return failed('A backup needs the name of one file. You can say:', '', USAGE);
	const path = resolve(word);
	const started = performance.now();
	const file = await BackupFile.begin(path);
	if ('unavailable' in file) return failed(file.unavailable);
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
		process.once(signal, () => {
			file.discard();
			process.exit(130);
		});
	try {
		const filled = await fill(read.config, file);
		if (!filled.ok) return filled;
		// As a restore will read it: what was cut off on its way is found now, and not then.
		const { counts } = await verifyArchive(file.part, createProgress('Reading it again'));
		const bytes = await file.keep();
		const seconds = ((performance.now() - started) / 1000).toFixed(1);
		return {
			ok: true,
			lines: [
				`${path}: ${contents(counts)}; ${inMB(bytes)}, in ${seconds} s, from ${databaseOf(read.config)}.`,
				'Whoever can read this file can read everything in it. Keep it where only you can.'
			]
		};
	} catch (error) {
		if (error instanceof Unreadable)
			return failed(
				'The backup broke off, and nothing was kept of it; the log of the server says why.'
			);
		return failed(file.why(error));
	} finally {
		file.discard();
	}
}

say(await run());
