/**
 * What this device knows of its copies of notebooks, for all tabs together: which history a copy is
 * of, since when it is saved and has lain here, and whose words in it are not. Each tab has a mark of its own while
 * it has words that are not saved; a tab that crashed leaves its mark, and whoever opens the copy
 * takes it off once the server has committed what was in it.
 */
import * as v from 'valibot';
import type { BoardId, WorkshopId } from '#shared/ids.ts';
import { eraseValue, keysUnder, readValue, writeValue } from './device-values.ts';

const STAMP = 'plenary:notebook:';
const MARK = 'plenary:unsaved:';

const stampSchema = v.object({ workshop: v.string(), epoch: v.string(), savedAt: v.number() });
export type Stamp = v.InferOutput<typeof stampSchema>;

/** What is known of this device's copy of a notebook. */
export function readStamp(board: BoardId): Stamp | null {
	const read = v.safeParse(stampSchema, readValue(STAMP + board));
	return read.success ? read.output : null;
}

export const writeStamp = (board: BoardId, stamp: Stamp): boolean =>
	writeValue(STAMP + board, stamp);

/** Every board of which this device has something: of one workshop, or of all. */
export function keptBoards(workshop?: WorkshopId): BoardId[] {
	const stamped = keysUnder(STAMP).map((key) => key.slice(STAMP.length));
	const marked = keysUnder(MARK).map((key) => key.slice(MARK.length).split(':')[0] ?? '');
	return [...new Set([...stamped, ...marked])].filter(
		(board) => workshop === undefined || isOf(workshop, board)
	);
}

/** By what is known of its copy; or, where that is gone, by a mark on it. */
const isOf = (workshop: WorkshopId, board: BoardId): boolean =>
	readStamp(board)?.workshop === workshop ||
	[...readMarks(board).values()].some((said) => String(said).startsWith(`${workshop} `));

/** A tab's mark, as it stood when it was read: at each change it says something else. */
export type Marks = Map<string, unknown>;

/** The marks on a copy of this history, or of any. */
export function readMarks(board: BoardId, epoch?: string): Marks {
	const keys = keysUnder(`${MARK}${board}:${epoch === undefined ? '' : `${epoch}:`}`);
	return new Map(keys.map((key) => [key, readValue(key)]));
}

/** Every history of which this device may have a copy: one that a tab crashed with is still marked. */
export function keptEpochs(board: BoardId): string[] {
	const marked = [...readMarks(board).keys()].map((key) => key.split(':').at(-2) ?? '');
	const stamp = readStamp(board);
	return [...new Set([...marked, ...(stamp ? [stamp.epoch] : [])])];
}

/** Takes off those that still say what they said: their tabs have written nothing since. */
export function takeOff(marks: Marks): void {
	for (const [key, said] of marks) if (readValue(key) === said) eraseValue(key);
}

/** One tab's own mark. */
export class Mark {
	readonly #key: string;
	readonly #workshop: WorkshopId;
	#changes = 0;

	constructor(workshop: WorkshopId, board: BoardId, epoch: string, tab: number) {
		this.#key = `${MARK}${board}:${epoch}:${tab}`;
		this.#workshop = workshop;
	}

	/** Whether it could be written. */
	set(): boolean {
		this.#changes += 1;
		return writeValue(this.#key, `${this.#workshop} ${this.#changes}`);
	}

	takeOff(): void {
		eraseValue(this.#key);
	}
}

/** Takes away what is known of a board's copy, with every mark. */
export function eraseStamp(board: BoardId): void {
	eraseValue(STAMP + board);
	for (const key of readMarks(board).keys()) eraseValue(key);
}
