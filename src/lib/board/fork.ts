import * as Y from 'yjs';
import { editText } from '#shared/doc/notebook.ts';

export type Delta = Y.YTextEvent['delta'];

/**
 * One text as a field shows it and as it is meanwhile said elsewhere, while the field must not be
 * touched: two replicas, so that what is typed in the one finds its place in the other.
 */
export class Fork {
	readonly #shown: Y.Text;
	readonly #said: Y.Text;

	/** Both sides still say the same. */
	constructor(words: string) {
		// Of two letters at one place, those that are typed stay together: the smaller id comes first.
		this.#shown = replica(1);
		this.#said = replica(2);
		this.#shown.insert(0, words);
		bring(this.#shown, this.#said);
	}

	/** Somebody else's change, which the field does not show. */
	missed(delta: Delta): void {
		this.#said.applyDelta(delta);
	}

	/** What the text becomes by what stands in the field now. */
	typed(words: string): Delta {
		editText(this.#shown, words);
		return bring(this.#shown, this.#said);
	}

	/** What the field lacks. */
	behind(): Delta {
		return bring(this.#said, this.#shown);
	}
}

function replica(id: number): Y.Text {
	const doc = new Y.Doc();
	doc.clientID = id;
	return doc.getText();
}

function bring(from: Y.Text, to: Y.Text): Delta {
	let delta: Delta = [];
	const follow = (event: Y.YTextEvent) => (delta = event.delta);
	to.observe(follow);
	const missing = Y.encodeStateAsUpdate(from.doc!, Y.encodeStateVector(to.doc!));
	Y.applyUpdate(to.doc!, missing);
	to.unobserve(follow);
	return delta;
}
