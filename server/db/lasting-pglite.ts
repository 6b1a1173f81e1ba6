/**
 * The embedded database as everybody above knows it: one client that stays, whatever becomes of the
 * database underneath. Where that has died it is opened again, and until then it is away.
 */
import type { PGlite, QueryOptions, Transaction } from '@electric-sql/pglite';
import { DatabaseGone, type DurablePGlite } from './durable-pglite.ts';

/** To open takes a tenth of a second of everybody's: while that fails, it is tried this rarely. */
const PATIENCE = { first: 250, most: 4000 };

/** What does not add to the files. A lock on a row does, a little: the reserve is for that. */
const READS =
	/^\s*(select|show|set|declare|fetch|close|begin|commit|rollback|savepoint|release)\b/i;

interface Guard {
	/** Throws where so much may not be written now. */
	check(bytes: number): void;
}

/** As much of PGlite as is used: by drizzle, and to clean its files. */
export type Client = Pick<PGlite, 'query' | 'exec' | 'transaction' | 'close'>;

export class LastingPGlite implements Client {
	readonly #open: () => Promise<DurablePGlite>;
	readonly #guard: Guard;
	readonly #died: (error: unknown) => void;
	#client: DurablePGlite;
	#opening: Promise<DurablePGlite> | null = null;
	#wait = PATIENCE.first;
	#nextTry = 0;

	constructor(options: {
		client: DurablePGlite;
		open: () => Promise<DurablePGlite>;
		guard: Guard;
		/** It was found dead, or does not open. */
		died: (error: unknown) => void;
	}) {
		this.#client = options.client;
		this.#open = options.open;
		this.#guard = options.guard;
		this.#died = options.died;
	}

	async query<T>(query: string, params?: unknown[], options?: QueryOptions) {
		this.#judge(query, params);
		return (await this.#live()).query<T>(query, params, options);
	}

	async exec(query: string, options?: QueryOptions) {
		this.#judge(query);
		return (await this.#live()).exec(query, options);
	}

	async transaction<T>(job: (tx: Transaction) => Promise<T>): Promise<T> {
		return (await this.#live()).transaction((tx) => job(this.#guarded(tx)));
	}

	/** Whoever has died has nothing left to close. */
	async close(): Promise<void> {
		await this.#opening?.catch(() => {}); // it is over either way
		if (this.#client.died === null) await this.#client.close();
	}

	#guarded(tx: Transaction): Transaction {
		return new Proxy(tx, {
			get: (target, name) => {
				const value: unknown = Reflect.get(target, name, target);
				if ((name !== 'query' && name !== 'exec') || typeof value !== 'function') return value;
				return (query: string, ...rest: unknown[]): unknown => {
					this.#judge(query, rest[0]);
					return Reflect.apply(value, target, [query, ...rest]);
				};
			}
		});
	}

	#judge(query: string, params?: unknown): void {
		if (READS.test(query)) return;
		let bytes = query.length;
		for (const param of Array.isArray(params) ? params : [])
			if (typeof param === 'string') bytes += param.length;
			else if (param instanceof Uint8Array) bytes += param.byteLength;
		this.#guard.check(bytes);
	}

	async #live(): Promise<DurablePGlite> {
		const { died } = this.#client;
		if (died === null) return this.#client;
		if (performance.now() < this.#nextTry) throw new DatabaseGone(died);
		this.#opening ??= this.#reopen(died);
		return this.#opening;
	}

	async #reopen(cause: unknown): Promise<DurablePGlite> {
		try {
			this.#died(cause);
			this.#client = await this.#open();
			this.#wait = PATIENCE.first;
			return this.#client;
		} catch (error) {
			this.#died(error);
			this.#nextTry = performance.now() + this.#wait;
			this.#wait = Math.min(2 * this.#wait, PATIENCE.most);
			throw new DatabaseGone(error);
		} finally {
			this.#opening = null;
		}
	}
}
