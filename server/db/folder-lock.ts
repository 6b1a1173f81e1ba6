/** One process a folder: the embedded database would be ruined by two. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import lockfile from 'proper-lockfile';
import type { Unavailable } from './connect.ts';

/** A lock that nobody has touched for so long is nobody's: its holder was killed. */
const STALE = 15_000;
const TOUCHED = 2_000;

interface Holder {
	pid: number;
	host: string;
	since: string;
}

/** Somebody else has the folder now: one more write of ours would ruin it. */
export class FolderLost extends Error {}

/** Folders that this very process holds. */
const own = new Set<string>();

/** Takes the lock of a folder, or says who holds it. One left behind by a killed process is taken over. */
export async function lockFolder(
	dataDir: string
): Promise<{ release(): Promise<void> } | Unavailable> {
	const folder = resolve(dataDir);
	const held = join(folder, 'plenary.lock');
	const about = join(folder, 'plenary.pid');
	const take = (retries: number) =>
		lockfile.lock(folder, {
			lockfilePath: held,
			stale: STALE,
			update: TOUCHED,
			retries: { retries, minTimeout: 1000, maxTimeout: 1000 },
			onCompromised: (error) => {
				throw new FolderLost(`The lock of ${folder} was lost`, { cause: error });
			}
		});

	if (own.has(folder)) return heldBy(dataDir, 'this very process');
	let unlock: () => Promise<void>;
	try {
		unlock = await take(0);
	} catch {
		const holder = readHolder(about);
		const known = holder?.host === hostname();
		if (known && isAlive(holder.pid))
			return heldBy(dataDir, `process ${holder.pid} (since ${holder.since}); stop it first`);
		if (known) rmSync(held, { recursive: true, force: true });
		try {
			// Of a holder on another machine we only see whether it still touches its lock.
			unlock = await take(known ? 0 : Math.ceil(STALE / 1000) + 1);
		} catch {
			const who = holder ? `process ${holder.pid} on ${holder.host}` : 'another process';
			return heldBy(dataDir, `${who}; stop it first`);
		}
	}
	own.add(folder);
	const me: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
	writeFileSync(about, `${JSON.stringify(me)}\n`);
	return {
		async release() {
			own.delete(folder);
			rmSync(about, { force: true });
			await unlock();
		}
	};
}

const heldBy = (dataDir: string, who: string): Unavailable => ({
	unavailable: `The folder ${dataDir} (DATA_DIR) is in use by ${who}. One process at a time can have it.`,
	inUse: true
});

function readHolder(path: string): Holder | null {
	try {
		return JSON.parse(readFileSync(path, 'utf8')) as Holder;
	} catch {
		return null; // killed before it could write who it is
	}
}

function isAlive(pid: number): boolean {
	// In a container the process before us often had our own number.
	if (pid === process.pid) return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}
