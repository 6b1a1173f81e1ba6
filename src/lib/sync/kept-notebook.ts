/**
 * A notebook as this device keeps it: its copy, and what is known of it. It is here until the
 * server has said that it is saved, and a week longer than that and its last opening.
 */
import type * as Y from 'yjs';
import type { BoardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { Copies, Copy, There } from './notebook-copies.ts';
import { Mark, readMarks, readStamp, takeOff, writeStamp, type Marks } from './stamps.ts';

export interface Keeping {
	workshop: WorkshopId;
	/** The board; of somebody without a device, `keptName` of it. */
	board: BoardId;
	copies: Copies;
	now: () => number;
	/** Whether everything is kept is otherwise. */
	told: () => void;
}

export const copyName = (board: BoardId, epoch: string) => `${board} ${epoch}`;

/** Under which a notebook is kept: words of two people never meet on one device. */
export const keptName = (board: BoardId, seat?: ParticipantId): BoardId =>
	seat === undefined ? board : `${board}+${seat}`;

export class KeptNotebook {
	readonly epoch: string;
	readonly #keeping: Keeping;
	readonly #copy: Copy;
	readonly #doc: Y.Doc;
	readonly #mark: Mark;
	/** What other tabs, or crashed ones, had not saved when this one read their words. */
	#found: Marks;
	/** What is known of the copy stands beside it: without that, nobody finds it again. */
	#noted = true;
	#marked = false;

	private constructor(keeping: Keeping, epoch: string, doc: Y.Doc, copy: Copy, found: Marks) {
		this.#keeping = keeping;
		this.epoch = epoch;
		this.#doc = doc;
		this.#copy = copy;
		this.#found = found;
		this.#mark = new Mark(keeping.workshop, keeping.board, epoch, doc.clientID);
		doc.on('update', this.#changed);
	}

	/** What this device has of a notebook, brought into the document. Null where it has nothing. */
	static async reopen(keeping: Keeping, doc: Y.Doc): Promise<KeptNotebook | null> {
		const stamp = readStamp(keeping.board);
		if (!stamp) return null;
		// From now on nobody sweeps it; what cannot be written anew still stands there.
		writeStamp(keeping.board, { ...stamp, savedAt: keeping.now() });
		return await KeptNotebook.#open(keeping, stamp.epoch, doc, 'read');
	}

	/**
	 * Keeps a notebook from now on. Of an `old` one of the same history it takes the place; but not
	 * while another tab has words in that which are not saved.
	 */
	static async begin(
		keeping: Keeping,
		epoch: string,
		doc: Y.Doc,
		{ unsaved, old }: { unsaved: boolean; old: KeptNotebook | null }
	): Promise<KeptNotebook | null> {
		const gaveWay = old?.epoch === epoch;
		if (gaveWay) old.#giveWay();
		const others = readMarks(keeping.board, epoch).size > 0;
		const there = gaveWay ? (others ? 'left' : 'replaced') : 'read';
		const kept = await KeptNotebook.#open(keeping, epoch, doc, there);
		if (!kept) return null;
		kept.#note();
		if (unsaved) kept.#unsaved();
		if (!gaveWay) await old?.erase();
		return kept;
	}

	static async #open(keeping: Keeping, epoch: string, doc: Y.Doc, there: There) {
		const { board, copies, told } = keeping;
		// Before the words are read: a mark that is set later is about words that may not be among them.
		const found: Marks = there === 'read' ? readMarks(board, epoch) : new Map();
		const copy = await copies.open(copyName(board, epoch), doc, told, there);
		return copy && new KeptNotebook(keeping, epoch, doc, copy, found);
	}

	/** Some tab had words in it that were not saved: they may be so now, or not. */
	get foundUnsaved(): boolean {
		return this.#found.size > 0;
	}

	/** Closing the page loses nothing. */
	get kept(): boolean {
		return this.#copy.kept && this.#noted;
	}

	/** Everything that this tab has, and has found, is saved. */
	saved(): void {
		if (!this.#marked && this.#found.size === 0) return;
		this.#mark.takeOff();
		takeOff(this.#found);
		this.#marked = false;
		this.#found = new Map();
		this.#note();
	}

	/** Follows no longer; the copy stays, with its marks. */
	close(): void {
		this.#doc.off('update', this.#changed);
		this.#copy.close();
	}

	/** Takes it off this device, but for what another tab has not saved; of somebody else's, all. */
	async erase(all = false): Promise<void> {
		this.#giveWay();
		if (all) takeOff(readMarks(this.#keeping.board, this.epoch));
		const { board, copies } = this.#keeping;
		if (readMarks(board, this.epoch).size === 0) await copies.erase(copyName(board, this.epoch));
	}

	readonly #changed = (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, by: Y.Transaction) => {
		this.#holdsOn();
		if (by.local) this.#unsaved();
	};

	/** Where another tab has swept the copy, what this one writes would stand alone. */
	#holdsOn(): void {
		if (readStamp(this.#keeping.board)) return;
		this.#note();
		this.#copy.writeWhole();
	}

	#unsaved(): void {
		this.#marked = true;
		const isMarked = this.#mark.set();
		// A copy of another history has taken its place where that is what this device would open.
		this.#noted = isMarked && readStamp(this.#keeping.board)?.epoch === this.epoch;
	}

	#giveWay(): void {
		this.close();
		this.#mark.takeOff();
		takeOff(this.#found);
	}

	#note(): void {
		const { board, workshop, now } = this.#keeping;
		this.#noted = writeStamp(board, { workshop, epoch: this.epoch, savedAt: now() });
	}
}
