/** `npm run restore -- FILE`: a backup into an empty folder, or an empty Postgres. */
import { resolve } from 'node:path';
import { Unreadable } from '../backup/archive.ts';
import { inspectArchive } from '../backup/restore-archive.ts';
import { readConfig } from '../config.ts';
import type { AdminAnswer } from './admin.ts';
import { ask, localSocketPath } from './local-socket.ts';
import { contents, createProgress, databaseOf, failed, say } from './words.ts';

const USAGE = `npm run restore -- FILE   puts a backup into an empty DATA_DIR, or an empty DATABASE_URL`;

async function run(): Promise<AdminAnswer> {
	const read = readConfig(process.env);
	if ('wrong' in read) return failed(...read.wrong);
	const { config } = read;
	const [word, ...more] = process.argv.slice(2);
	if (word === undefined || word.startsWith('-') || more.length > 0)
		return failed('To restore, name the file of one backup. You can say:', '', USAGE);
	const path = resolve(word);
	if (await ask(localSocketPath(config.dataDir), { command: 'list' }))
		return failed(
			`A Plenary server runs on ${config.dataDir} (DATA_DIR). Stop it first; a backup is restored into an empty folder or database, before anybody uses it.`
		);
	try {
		const summary = await inspectArchive(path, createProgress('Checking'));
		const alone = await import('./alone.ts');
		const restored = await alone.restoreAlone(config, path, summary, createProgress('Restoring'));
		if (!restored.ok) return failed(...restored.lines);
		const { at } = summary.header;
		return {
			ok: true,
			lines: [
				`Restored into ${databaseOf(config)}: ${contents(summary.counts)}, as they were at ${new Date(at).toISOString()}.`,
				'Pages that are still open follow once the server runs, and devices bring the cards that they wrote since. Votes, comments and actions since then are gone.'
			]
		};
	} catch (error) {
		if (error instanceof Unreadable) return failed(`${path} ${error.message}.`, NOTHING);
		const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
		const why = cause instanceof Error ? cause.message : String(cause);
		return failed(`${path} could not be restored: ${why}.`, NOTHING);
	}
}

const NOTHING = 'Nothing was changed.';

say(await run());
