/**
 * One run of the embedded database: its file layer reaches the disk, and it knows when it has died.
 * Postgres ends itself where it can no longer write its log (a PANIC). Within a process of its own
 * that would be the end of it; here nothing stops, and the next call would turn in a circle for ever
 * and hold everybody up. So whatever has died is never called again.
 */
import { fsyncSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** The code of a Postgres that starts up or recovers: whoever reads it knows that waiting mends it. */
const NOT_NOW = '57P03';
/** How Postgres' loop is left after an ordinary error. Whatever else comes out of it is its end. */
const ORDINARY = 100;
/** Errors of the file system, as the embedded database numbers them. */
const ERRNO: Partial<Record<string, number>> = { ENOSPC: 51, EDQUOT: 19, EROFS: 69 };
const EIO = 29;

/** The embedded database is not running. What it was doing may have been carried out, or not. */
export class DatabaseGone extends Error {
	readonly code = NOT_NOW;

	constructor(cause: unknown) {
		super('the embedded database has ended, and is opened again', { cause });
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

export class DurablePGlite extends PGlite {
	/** What it died of. */
	died: unknown = null;

	/** Opens the database in this folder, and makes one where there is none. */
	static async open(folder: string): Promise<DurablePGlite> {
		const one = new DurablePGlite({ fs: new DurableNodeFS(folder), startParams: durableStart });
		await one.waitReady;
		one.#watch();
		return one;
	}

	override execProtocolRawSync(message: Uint8Array): Uint8Array {
		if (this.died !== null) throw new DatabaseGone(this.died);
		const answer = super.execProtocolRawSync(message);
		if (this.died !== null) throw new DatabaseGone(this.died);
		return answer;
	}

	override execProtocol(...args: Parameters<PGlite['execProtocol']>) {
		return super.execProtocol(...args).catch(this.#failed);
	}

	override execProtocolStream(...args: Parameters<PGlite['execProtocolStream']>) {
		return super.execProtocolStream(...args).catch(this.#failed);
	}

	readonly #failed = (error: unknown): never => {
		if (isEnd(error)) this.died = error;
		throw this.died === null || error instanceof DatabaseGone ? error : new DatabaseGone(this.died);
	};

	/** PGlite passes over whatever its loop throws, and calls it again: the end gets out here. */
	#watch(): void {
		const mod = this.mod!;
		const { _PostgresMainLoopOnce: once, stackRestore } = mod;
		mod._PostgresMainLoopOnce = () => {
			try {
				once();
			} catch (error) {
				if (!isOrdinary(error)) this.died ??= error;
				throw error;
			}
		};
		mod.stackRestore = (at) => {
			if (this.died !== null) throw new DatabaseGone(this.died);
			return stackRestore(at);
		};
	}
}

const isEnd = (error: unknown): boolean =>
	error instanceof Error &&
	'severity' in error &&
	(error.severity === 'PANIC' || error.severity === 'FATAL');

const isOrdinary = (error: unknown): boolean =>
	typeof error === 'object' && error !== null && 'status' in error && error.status === ORDINARY;

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
				try {
					fsyncSync(stream.nfd);
					return 0;
				} catch (error) {
					// As a number Postgres understands it, and ends itself: thrown, it would go on in the dark.
					const { code = '' } = error as NodeJS.ErrnoException;
					return ERRNO[code] ?? EIO;
				}
			};
		};
		return { emscriptenOpts: { ...emscriptenOpts, preRun: [...preRun, syncs] } };
	}
}
