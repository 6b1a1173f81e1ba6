/** How the tools of the command line speak: sentences, and how far they are where it takes long. */
import type { Config } from '../config.ts';
import type { AdminAnswer } from './admin.ts';

export const failed = (...lines: string[]): AdminAnswer => ({ ok: false, lines });

/** Prints the answer, and makes it the process' exit code. */
export function say(answer: AdminAnswer): void {
	if (answer.ok) console.log(answer.lines.join('\n'));
	else console.error(answer.lines.join('\n'));
	process.exitCode = answer.ok ? 0 : 1;
}

const SLOW = 1000;
const LITTLE = 100_000;

/** Tells on stderr how much has been done, each second from the first on. */
export function createProgress(doing: string): (bytes: number) => void {
	let told = performance.now();
	return (bytes) => {
		if (performance.now() - told < SLOW || bytes < LITTLE) return;
		told = performance.now();
		console.error(`${doing}: ${inMB(bytes)} …`);
	};
}

export const inMB = (bytes: number): string =>
	bytes < 100_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** Which database is meant, without its password. */
export function databaseOf({ databaseUrl, dataDir }: Config): string {
	if (!databaseUrl) return `${dataDir} (DATA_DIR)`;
	const { host, pathname } = new URL(databaseUrl);
	return `${host}${pathname} (DATABASE_URL)`;
}

/** What is in a backup, in the words of whoever made it. */
export function contents(counts: Record<string, number>): string {
	const some = (table: string, one: string, more: string) => {
		const count = counts[table] ?? 0;
		return `${count} ${count === 1 ? one : more}`;
	};
	return [
		some('accounts', 'account', 'accounts'),
		some('workshops', 'workshop', 'workshops'),
		some('boards', 'board', 'boards')
	].join(', ');
}
