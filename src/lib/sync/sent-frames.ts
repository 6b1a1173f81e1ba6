import { FRAME, SYNC } from '#shared/wire/yjs-frames.ts';

/** How much of what this device wrote is in the server's database. */
export type SaveStatus = 'saved' | 'saving' | 'device';

/**
 * Counts what one document sends, so as to know what is saved: the server tells how many of a
 * connection's update frames it has committed. (A state vector would not tell: a deletion does not
 * move it.)
 *
 *   changed()  a local change; it is unsent until a frame goes out
 *   lets()     a frame is about to go out, and carries everything unsent
 *   committed  once the last frame that carried a change is counted, everything is saved
 */
export class SentFrames {
	#online = false;
	#sent = 0;
	/** The frame that carried the last change. */
	#needed = 0;
	#committed = 0;
	#answered = false;
	#unsent: boolean;

	/** `unsaved`: whether the document begins with words that may not be saved yet. */
	constructor(unsaved: boolean) {
		this.#unsent = unsaved;
	}

	/** A new connection: its counts begin again, and its step 2 carries what the last one owed. */
	opened(): void {
		this.closed();
		this.#online = true;
	}

	closed(): void {
		this.#unsent = !this.saved;
		this.#online = this.#answered = false;
		this.#sent = this.#needed = this.#committed = 0;
	}

	changed(): void {
		this.#unsent = true;
	}

	/**
	 * Whether a frame may go out. Before our step 2 an update may not: the server might lack what
	 * comes before it, and the step 2 will carry it anyway.
	 */
	lets(frame: Uint8Array): boolean {
		if (frame[0] !== FRAME.sync || (frame[1] !== SYNC.step2 && frame[1] !== SYNC.update))
			return true;
		if (frame[1] === SYNC.step2) this.#answered = true;
		if (!this.#answered) return false;
		this.#sent += 1;
		if (this.#unsent) this.#needed = this.#sent;
		this.#unsent = false;
		return true;
	}

	committed(frames: number): void {
		this.#committed = frames;
	}

	get saved(): boolean {
		return !this.#unsent && this.#committed >= this.#needed;
	}

	get status(): SaveStatus {
		if (this.saved) return 'saved';
		return this.#online ? 'saving' : 'device';
	}
}
