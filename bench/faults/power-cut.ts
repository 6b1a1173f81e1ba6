/**
 * Loaded before the server (`node --import`): it stands between the server and `node:fs`, and keeps
 * beside its folder what a disk would have of it (`unsynced-disk.ts`). Asked by its parent, it
 * takes a copy of that after so many more calls, in the midst of a commit as well.
 *
 *   POWER_CUT_SHADOW       an empty folder, best in memory
 *   POWER_CUT_NAMES        at-once | at-sync
 *   POWER_CUT_DEAF         set: fsync does nothing, as it is with PGlite's own `-F`
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { resolve } from 'node:path';
import type { PathLike } from 'node:fs';
import { UnsyncedDisk, type Names } from './unsynced-disk.ts';

export interface CutRequest {
	/** Where the copy goes. */
	as: string;
	/** After so many more calls of the file system. */
	after: number;
}

const { DATA_DIR, POWER_CUT_SHADOW, POWER_CUT_NAMES, POWER_CUT_DEAF } = process.env;
const folder = resolve(DATA_DIR!);
const real = { ...fs };
const disk = new UnsyncedDisk(folder, POWER_CUT_SHADOW!, POWER_CUT_NAMES as Names);
/** Where nothing is written for so long, the power is cut there. */
const QUIET = 300;

let request: CutRequest | null = null;
/** Its own calls are not the server's. */
let inside = false;

/** Null where it is not in the data folder. */
const ours = (path: PathLike): string | null => {
	const whole = typeof path === 'string' ? resolve(path) : '';
	return !inside && whole.startsWith(`${folder}/`) ? whole : null;
};

function follow(change: () => void): void {
	if (inside) return;
	inside = true;
	try {
		change();
		if (request && (request.after -= 1) < 0) cut(request);
	} finally {
		inside = false;
	}
}

function cut({ as }: CutRequest): void {
	request = null;
	disk.photograph(folder, as);
	process.send?.({ cut: as });
}

/** Calls the real one, then lets the shadow follow. */
function after<A extends unknown[], M>(name: keyof typeof fs, told: (args: A, made: M) => void) {
	const call = real[name] as unknown as (...args: A) => M;
	Object.assign(fs, {
		[name]: (...args: A) => {
			const made = call(...args);
			told(args, made);
			return made;
		}
	});
}

const writes = (flags: unknown): boolean =>
	typeof flags === 'number'
		? (flags & (fs.constants.O_WRONLY | fs.constants.O_RDWR | fs.constants.O_CREAT)) !== 0
		: flags !== undefined && flags !== 'r';
const truncates = (flags: unknown): boolean =>
	typeof flags === 'number' ? (flags & fs.constants.O_TRUNC) !== 0 : String(flags).startsWith('w');

after('openSync', ([path, flags]: [PathLike, unknown], fd: number) => {
	const mine = ours(path);
	const how = { writes: writes(flags), truncates: truncates(flags) };
	if (mine) follow(() => disk.opened(mine, fd, how));
});
after('closeSync', ([fd]: [number]) => follow(() => disk.closed(fd)));
after(
	'writeSync',
	([fd, , , , position]: [number, unknown, unknown, unknown, unknown], bytes: number) =>
		follow(() => disk.written(fd, typeof position === 'number' ? position : null, bytes))
);
after('writeFileSync', ([path]: [PathLike]) => {
	const mine = ours(path);
	if (mine) follow(() => disk.rewritten(mine));
});
after('ftruncateSync', ([fd, length]: [number, number]) => follow(() => disk.cut(fd, length ?? 0)));
after('truncateSync', ([path, length]: [PathLike, number]) => {
	const mine = ours(path);
	if (mine) follow(() => disk.cut(mine, length ?? 0));
});
after('mkdirSync', ([path]: [PathLike]) => {
	const mine = ours(path);
	if (mine) follow(() => disk.madeFolder(mine));
});
for (const name of ['unlinkSync', 'rmdirSync'] as const)
	after(name, ([path]: [PathLike]) => {
		const mine = ours(path);
		if (mine) follow(() => disk.removed(mine));
	});
after('renameSync', ([from, to]: [PathLike, PathLike]) => {
	const [mine, there] = [ours(from), ours(to)];
	if (mine && there) follow(() => disk.renamed(mine, there));
});
for (const name of ['fsyncSync', 'fdatasyncSync'] as const)
	after(name, ([fd]: [number]) =>
		follow(() => {
			if (!POWER_CUT_DEAF) disk.synced(fd);
		})
	);
syncBuiltinESMExports();

process.on('message', (asked: CutRequest) => {
	request = asked;
	setTimeout(() => follow(() => request === asked && cut(asked)), QUIET);
});
