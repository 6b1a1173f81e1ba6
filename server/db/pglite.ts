/**
 * PGlite, made to keep what it was given. As it comes, it starts Postgres without fsync, its file
 * layer ignores fsync besides, it does not notice another process on its folder, and a full disk ends
 * it for good: here and in what is opened here all of that is mended (docs/decisions/0003-pglite.md).
 */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { cleaningOfPGlite } from './cleaning.ts';
import type { DatabaseOptions, OpenDatabase, Unavailable } from './connect.ts';
import { DiskRoom } from './disk-room.ts';
import { DurablePGlite } from './durable-pglite.ts';
import { lockFolder } from './folder-lock.ts';
import { makeWhole } from './fresh-folder.ts';
import { LastingPGlite, type Client } from './lasting-pglite.ts';

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
	const room = new DiskRoom(dataDir, log);
	if (room.lacking) return { unavailable: room.lacking };
	const lock = await lockFolder(dataDir);
	if ('unavailable' in lock) return lock;
	try {
		await makeWhole(folder, async (unfinished) => (await DurablePGlite.open(unfinished)).close());
		const open = () => DurablePGlite.open(folder);
		const client = new LastingPGlite({
			client: await open(),
			open,
			guard: room,
			died: (error) =>
				log.error({ err: error }, 'the embedded database has ended, and is opened again')
		});
		const close = async () => {
			await client.close();
			await lock.release();
		};
		const erasing = await cleaningOfPGlite(client, dataDir, log);
		// All that drizzle asks of it is there.
		const db = drizzle(client as Client as PGlite);
		return { db, kind: 'pglite', erasing, close };
	} catch (error) {
		await lock.release();
		log.error({ err: error }, 'the embedded database does not open');
		return {
			unavailable: `The database in ${folder} does not open; the log above says more. Put back a backup of the folder, or name another as DATA_DIR.`
		};
	}
}
