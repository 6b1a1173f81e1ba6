/**
 * What one document gained since it was last saved. While the database is away that may be hours of
 * single letters: so many small updates take sixteen times their size in memory, and to merge them
 * all at the end takes time by the square of their number. So they are put together as they come.
 */
import * as Y from 'yjs';

/** So many become one; and so many of those one again. No tick of a busy room has as many. */
const TOGETHER = 32;

export class Gathered {
	/** As they came; then what was merged from 32 of them; then from 32 of those: the oldest is last. */
	readonly #levels: Uint8Array[][] = [[]];
	bytes = 0;
	/** How many arrays it is kept in. */
	pieces = 0;

	add(update: Uint8Array): void {
		this.#put(update, 0);
	}

	/** In the order in which they came. */
	get updates(): Uint8Array[] {
		return this.#levels.toReversed().flat();
	}

	#put(update: Uint8Array, at: number): void {
		const level = (this.#levels[at] ??= []);
		level.push(update);
		this.bytes += update.byteLength;
		this.pieces += 1;
		if (level.length < TOGETHER) return;
		this.#levels[at] = [];
		this.pieces -= level.length;
		for (const { byteLength } of level) this.bytes -= byteLength;
		this.#put(Y.mergeUpdates(level), at + 1);
	}
}
