/**
 * A new database gets its name when all of it is on the disk. Making one writes a thousand files and
 * syncs none of them: where the process is killed or the power goes in the midst of it, or within
 * the half minute after, what is left would be a database that never opens.
 */
import {
	closeSync,
	existsSync,
	fsyncSync,
	openSync,
	readdirSync,
	renameSync,
	rmSync
} from 'node:fs';
import { dirname, join } from 'node:path';

/** Makes it under another name first. Does nothing where there is one. */
export async function makeWhole(
	folder: string,
	make: (folder: string) => Promise<void>
): Promise<void> {
	if (existsSync(join(folder, 'PG_VERSION'))) return;
	const unfinished = `${folder}.unfinished`;
	rmSync(unfinished, { recursive: true, force: true });
	await make(unfinished);
	sync(unfinished);
	renameSync(unfinished, folder);
	syncOne(dirname(folder));
}

function sync(folder: string): void {
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) sync(path);
		else syncOne(path);
	}
	syncOne(folder);
}

function syncOne(path: string): void {
	const file = openSync(path, 'r');
	try {
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
}
