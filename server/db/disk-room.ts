/**
 * Room on the disk of the embedded database. Postgres ends itself where it cannot write its log, so it
 * is not let come to that: while less than a reserve is free, nothing is written and everything is read.
 */
import { statfsSync } from 'node:fs';

const MB = 1024 * 1024;
/** A log file of 16 MB, what else a commit may need, and a margin for whoever writes there besides. */
const RESERVE = 48 * MB;
/** What is written stands in the log, in its table, and in an index. */
const COPIES = 3;
/** Postgres' own code for it. */
const DISK_FULL = '53100';

interface Log {
	info(about: object, message: string): void;
	error(about: object, message: string): void;
}

/** Thrown in place of a write, which has not happened. */
class DiskFull extends Error {
	readonly code = DISK_FULL;
}

export class DiskRoom {
	readonly #folder: string;
	readonly #log: Log;
	#fullSince: number | null = null;

	constructor(folder: string, log: Log) {
		this.#folder = folder;
		this.#log = log;
	}

	/** Why nothing can be written at all, in a sentence. */
	get lacking(): string | null {
		const free = this.#free();
		return free >= RESERVE
			? null
			: `The disk of ${this.#folder} (DATA_DIR) has ${inMB(free)} MB free, and Plenary writes only while ${inMB(RESERVE)} MB are. Make room on it.`;
	}

	/** Throws where this much more would leave less than the reserve. */
	check(bytes: number): void {
		const free = this.#free();
		const isFull = free < RESERVE + COPIES * bytes;
		if (isFull) {
			if (this.#fullSince === null) {
				this.#fullSince = Date.now();
				this.#log.error(
					{ folder: this.#folder, freeBytes: free },
					`The disk is full: ${inMB(free)} MB are free, and nothing is written to the database. What people write is kept in memory for now. Make room, and it goes on by itself.`
				);
			}
			throw new DiskFull('the disk is full');
		}
		if (this.#fullSince === null) return;
		const seconds = Math.round((Date.now() - this.#fullSince) / 1000);
		this.#fullSince = null;
		this.#log.info(
			{ folder: this.#folder, freeBytes: free, seconds },
			'There is room on the disk again: the database is written to.'
		);
	}

	#free(): number {
		const { bavail, bsize } = statfsSync(this.#folder);
		return bavail * bsize;
	}
}

const inMB = (bytes: number): number => Math.floor(bytes / MB);
