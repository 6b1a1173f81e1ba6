/**
 * What this device knows of its copies of notebooks, for all tabs together: which history a copy is
 * of, since when it is saved, and whose words in it are not. Each tab has a mark of its own while
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

/** Every board of which there is a copy: of one workshop, or of all. */
export function stampedBoards(workshop?: WorkshopId): BoardId[] {
	return keysUnder(STAMP)
		.map((key) => key.slice(STAMP.length))
		.filter((board) => workshop === undefined || readStamp(board)?.workshop === workshop);
}

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
	#changes = 0;

	constructor(board: BoardId, epoch: string, tab: number) {
		this.#key = `${MARK}${board}:${epoch}:${tab}`;
	}

	/** Whether it could be written. */
	set(): boolean {
		this.#changes += 1;
		return writeValue(this.#key, this.#changes);
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
