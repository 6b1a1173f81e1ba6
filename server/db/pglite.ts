/**
 * PGlite, made to keep what it was given. As it comes, it starts Postgres without fsync, its file
 * layer ignores fsync besides, and it does not notice another process on its folder: here all three
 * are mended (see docs/decisions/0003-pglite.md).
 */
import { accessSync, constants, fsyncSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { drizzle } from 'drizzle-orm/pglite';
import { cleaningOfPGlite } from './cleaning.ts';
import type { DatabaseOptions, OpenDatabase, Unavailable } from './connect.ts';
import { lockFolder } from './folder-lock.ts';

/** Opens the embedded database in `dataDir`, which nobody else may have open. */
export async function openPGlite(
	dataDir: string,
	log: DatabaseOptions['log']
): Promise<OpenDatabase | Unavailable> {
	const folder = join(dataDir, 'postgres');
	try {
		mkdirSync(folder, { recursive: true });
		accessSync(dataDir, constants.W_OK);
		accessSync(folder, constants.W_OK);
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		return {
			unavailable: `The folder ${dataDir} (DATA_DIR) cannot be written to: ${why}. Give this process the right to write there, or name another folder.`
		};
	}
	const lock = await lockFolder(dataDir);
	if ('unavailable' in lock) return lock;
	try {
		const client = await PGlite.create({
			fs: new DurableNodeFS(folder),
			startParams: durableStart
		});
		const close = async () => {
			await client.close();
			await lock.release();
		};
		const erasing = await cleaningOfPGlite(client, dataDir, log);
		return { db: drizzle(client), kind: 'pglite', erasing, close };
	} catch (error) {
		await lock.release();
		log.error({ err: error }, 'the embedded database does not open');
		return {
			unavailable: `The database in ${folder} does not open; the log above says more. Put back a backup of the folder, or name another as DATA_DIR.`
		};
	}
}

/** `-F` is "no fsync". Fewer shared buffers: they are memory of this process, copied at each start. */
const durableStart = [
	...PGlite.defaultStartParams.filter((param) => param !== '-F'),
	'-c',
	'wal_sync_method=fsync',
	'-c',
	'shared_buffers=16MB',
	// A log file that is done with would else be kept for later, with all that it says.
	'-c',
	'wal_recycle=off'
];

interface StreamOps {
	fsync(stream: { nfd: number }): number;
}

/** The file layer of PGlite, with an fsync that reaches the disk. */
class DurableNodeFS extends NodeFS {
	override async init(...[pg, options]: Parameters<NodeFS['init']>) {
		const { emscriptenOpts } = await super.init(pg, options);
		const preRun = emscriptenOpts.preRun ?? [];
		const syncs: (typeof preRun)[number] = (mod) => {
			// Emscripten asks `stream_ops.fsync` at every fd_sync, and has none for a folder of Node's.
			const { stream_ops } = mod.NODEFS as unknown as { stream_ops: StreamOps };
			stream_ops.fsync = (stream) => {
				fsyncSync(stream.nfd);
				return 0;
			};
		};
		return { emscriptenOpts: { ...emscriptenOpts, preRun: [...preRun, syncs] } };
	}
}
