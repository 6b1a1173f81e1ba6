/** The file of a backup while it is written: under another name until all of it is on the disk. */
import { constants, existsSync, rmSync } from 'node:fs';
import { access, open, rename, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform, type Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export class BackupFile {
	readonly #path: string;
	readonly #handle: FileHandle;
	#kept = false;

	private constructor(path: string, handle: FileHandle) {
		this.#path = path;
		this.#handle = handle;
	}

	/** Makes it, readable by its owner alone; or says in a sentence why that cannot be. */
	static async begin(path: string): Promise<BackupFile | { unavailable: string }> {
		if (existsSync(path))
			return {
				unavailable: `${path} is there already, and is left as it is. Name another file, or move this one away.`
			};
		try {
			await access(dirname(path), constants.F_OK);
			return new BackupFile(path, await open(partOf(path), 'wx', 0o600));
		} catch (error) {
			if (codeOf(error) === 'EEXIST')
				return {
					unavailable: `${partOf(path)} is there already: another backup is being written to it, or one was broken off. Remove it if none is.`
				};
			return { unavailable: whyNot(path, error) };
		}
	}

	/** Where it stands until it is kept. */
	get part(): string {
		return partOf(this.#path);
	}

	/** Takes everything that comes. */
	async take(source: Readable, progress: (bytes: number) => void): Promise<void> {
		await pipeline(source, this.stream(progress));
	}

	/** What is written here comes to the file; its end waits until all is written. */
	stream(progress: (bytes: number) => void): Writable {
		const handle = this.#handle;
		let bytes = 0;
		const write = async (chunk: Uint8Array) => {
			await handle.writeFile(chunk);
			progress((bytes += chunk.byteLength));
		};
		return new Transform({
			transform(chunk: Uint8Array, _encoding, done) {
				write(chunk).then(() => done(), done);
			}
		}).resume();
	}

	/** Begins again: nothing of what was written is wanted. */
	async empty(): Promise<void> {
		await this.#handle.truncate(0);
	}

	/** All of it is on the disk, under its name. Answers how many bytes. */
	async keep(): Promise<number> {
		await this.#handle.sync();
		if (existsSync(this.#path)) throw new Error(`${this.#path} has come to be there meanwhile`);
		await rename(this.part, this.#path);
		this.#kept = true;
		const folder = await open(dirname(this.#path), 'r');
		await folder.sync();
		await folder.close();
		return (await stat(this.#path)).size;
	}

	/** Nothing stays of one that was not kept. */
	discard(): void {
		if (!this.#kept) rmSync(this.part, { force: true });
	}

	/** What went wrong with it, in a sentence. */
	why(error: unknown): string {
		return whyNot(this.#path, error);
	}
}

const partOf = (path: string): string => `${path}.part`;

const codeOf = (error: unknown): string =>
	error instanceof Error && 'code' in error ? String(error.code) : '';

const REASONS: Record<string, string> = {
	ENOENT: 'its folder is not there',
	ENOTDIR: 'its folder is no folder',
	EACCES: 'this user may not write there',
	EPERM: 'this user may not write there',
	EROFS: 'nothing can be written there',
	ENOSPC: 'there is no room left on its disk',
	EDQUOT: 'there is no room left for this user on its disk',
	ENAMETOOLONG: 'its name is too long'
};

function whyNot(path: string, error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	return `No backup was written to ${path}: ${REASONS[codeOf(error)] ?? message}.`;
}
