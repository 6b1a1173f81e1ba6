/**
 * When a snapshot of a board is taken, and what may go then. One whole older generation always
 * stays: the snapshot before the newest, and every row since; and nothing goes before the newest has
 * been read back from the database and opened (docs/decisions/0012-snapshots.md).
 */
import type { Clock } from '#shared/clock.ts';
import { cardsOf } from '#shared/doc/schema.ts';
import type { BoardId } from '#shared/ids.ts';
import type { Snapshot } from '#server/store/snapshots.ts';
import type { LogRow, UpdateStore } from '#server/store/updates.ts';
import { Documents } from './documents.ts';
import { reachedBy, type Taken } from './snapshot.ts';

/** How much a log may grow until a snapshot is taken, in bytes. */
export interface CompactionPace {
	/** Rows since the newest snapshot may weigh this share of it, */
	share: number;
	/** and so much in any case; */
	least: number;
	/** or this, where nobody looks at the board any more. */
	leaving: number;
}

export const COMPACTION: CompactionPace = {
	share: 0.25,
	least: 256 * 1024,
	leaving: 32 * 1024
};
/** So many structs for a card that is there are a sign that something writes without end. */
const MOST_STRUCTS = 50;

/** The log of a board as it is found. */
export interface KeptLog {
	/** That can be read, the oldest first. */
	snapshots: number[];
	/** Of the newest. */
	size: number;
	/** What the rows since weigh. */
	since: number;
	/** There is one less than there should be. */
	owed: boolean;
}

/** As much of a room as this needs. */
interface Board {
	board: BoardId;
	documents: Documents;
	deps: {
		updates: Pick<UpdateStore, 'putSnapshot' | 'readSnapshot' | 'trimLog' | 'setAside'>;
		log: Record<'warn' | 'error', (about: object, message: string) => void>;
		clock: Pick<Clock, 'now'>;
		compaction: CompactionPace;
	};
}

export class Compaction {
	readonly #log: KeptLog;
	readonly #of: Board;
	#underWay: Promise<void> | null = null;
	#over = false;
	/** After one that failed: not before the rows weigh this. */
	#notBefore = 0;
	#warned = false;

	constructor(log: KeptLog, of: Board) {
		this.#log = log;
		this.#of = of;
	}

	/** Whether the next cut is to take a snapshot. */
	isDue(leaving = false): boolean {
		const { since, size, owed } = this.#log;
		if (this.#underWay || this.#over || since <= this.#notBefore) return false;
		const pace = this.#of.deps.compaction;
		return owed || since > Math.max(leaving ? pace.leaving : pace.least, pace.share * size);
	}

	/** A row was committed. */
	gained(row: LogRow): void {
		this.#log.since += weightOf(row);
	}

	/** The log begins with this one. */
	beganWith({ snapshot }: Taken): void {
		this.#log.snapshots = [];
		this.#stands(snapshot, this.#log.since);
	}

	/** Keeps a snapshot that was taken at a cut which is committed now. */
	keep(taken: Taken): void {
		if (this.#underWay || this.#over || this.#log.snapshots.includes(taken.snapshot.seq)) return;
		this.#underWay = this.#write(taken)
			.catch((error: unknown) => {
				const { board, deps } = this.#of;
				if (!this.#over) deps.log.warn({ err: error, board }, 'a snapshot could not be kept');
			})
			.finally(() => (this.#underWay = null));
	}

	get isUnderWay(): boolean {
		return this.#underWay !== null;
	}

	/** Settles when nothing is written any more, nor taken away. */
	idle(): Promise<void> {
		return this.#underWay ?? Promise.resolve();
	}

	/** Breaks off what is under way. */
	end(): Promise<void> {
		this.#over = true;
		return this.idle();
	}

	async #write(taken: Taken): Promise<void> {
		const { board, deps } = this.#of;
		const { updates, log, clock } = deps;
		const { snapshot } = taken;
		const { seq } = snapshot;
		const before = this.#log.since;
		this.#notBefore = before + this.#of.deps.compaction.least;
		await updates.putSnapshot(board, snapshot, () => !this.#over);
		const kept = this.#over ? null : await updates.readSnapshot(board, seq);
		if (this.#over) return;
		if (!kept || !this.#opens(kept, taken)) {
			const aside = { rows: [], snapshots: [seq], epoch: null, waiting: false };
			await updates.setAside(board, aside, clock.now());
			log.error({ board, snapshot: seq }, 'a snapshot does not read as it was written: set aside');
			return;
		}
		const older = this.#log.snapshots.at(-1);
		this.#stands(snapshot, before);
		this.#warnOfStructs();
		if (older !== undefined) await updates.trimLog(board, older);
	}

	/** It is the newest, and holds rows of this weight. */
	#stands(snapshot: Snapshot, weight: number): void {
		const log = this.#log;
		log.snapshots = [...log.snapshots.slice(-1), snapshot.seq];
		log.size = sizeOf(snapshot);
		log.since -= weight;
		log.owed = false;
		this.#notBefore = 0;
	}

	/** Whether documents come of it that are as far as those from which it was taken. */
	#opens(kept: Snapshot, { reached }: Taken): boolean {
		const authors = [...this.#of.documents.notebooks.values()]
			.filter(({ key }) => reached.has(key))
			.map(({ key, participant, account, map }) => ({ key, participant, account, mapUpdate: map }));
		const stored = { authors, clientIds: new Map(), snapshots: [kept], rows: [] };
		const { documents, base, waited } = Documents.load(stored);
		const opened = reachedBy(documents);
		return (
			base === kept && !waited && [...reached].every(([key, there]) => opened.get(key) === there)
		);
	}

	/** Once for each time that the board is read: it does not pass by itself. */
	#warnOfStructs(): void {
		const { board, documents, deps } = this.#of;
		const { doc } = documents.board;
		let structs = 0;
		for (const all of doc.store.clients.values()) structs += all.length;
		let cards = 0;
		for (const own of cardsOf(doc).values()) cards += own.size;
		if (this.#warned || cards === 0 || structs / cards <= MOST_STRUCTS) return;
		this.#warned = true;
		deps.log.warn({ board, structs, cards }, 'a board keeps much more history than cards');
	}
}

/** What a row adds to the log, in bytes. */
export const weightOf = ({ entries }: LogRow): number =>
	entries.reduce((sum, { document, update }) => sum + document.length + update.byteLength + 4, 0);

export const sizeOf = ({ board, notebooks }: Snapshot): number =>
	notebooks.reduce(
		(sum, { shown, held }) => sum + shown.byteLength + held.byteLength,
		board.byteLength
	);
