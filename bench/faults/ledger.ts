/**
 * What one device wrote, every state of everything from the first to the last, and how much of it
 * was acknowledged. Of each card the server may have any state that is not older than the last
 * acknowledged one, and nothing else: a word that is missing, doubled, or that nobody wrote, makes
 * a text which is none of these.
 */

interface State {
	/** Which change of this device made it: they are numbered. */
	change: number;
	text: string;
	/** Given up by the device before it was acknowledged: it may be there or not. */
	givenUp: boolean;
}

export type Verdict = 'good' | 'lost' | 'doubled' | 'foreign';

export class Ledger {
	/** Changes until now. */
	made = 0;
	/** Of these, so many are known to be in the database. */
	acknowledged = 0;
	/** Called whenever more of it is. */
	heard: (() => void) | null = null;
	readonly #states = new Map<string, State[]>();

	/** Before the change is made: its frame goes out at once. */
	writes(id: string, text: string): void {
		this.made += 1;
		const states = this.#states.get(id) ?? [];
		states.push({ change: this.made, text, givenUp: false });
		this.#states.set(id, states);
	}

	/** All changes up to this one are in the database. */
	hears(change: number): void {
		const known = Math.min(change, this.made);
		if (known <= this.acknowledged) return;
		this.acknowledged = known;
		this.heard?.();
	}

	/** The device gives up what is not acknowledged. */
	givesUp(): void {
		for (const states of this.#states.values())
			for (const state of states) if (state.change > this.acknowledged) state.givenUp = true;
	}

	latest(id: string): string | undefined {
		return this.#states.get(id)?.findLast(({ givenUp }) => !givenUp)?.text;
	}

	get ids(): string[] {
		return [...this.#states.keys()];
	}

	/** Characters that were acknowledged, as the texts stood then. */
	get characters(): number {
		let sum = 0;
		for (const states of this.#states.values())
			sum += states.findLast(({ change }) => change <= this.acknowledged)?.text.length ?? 0;
		return sum;
	}

	/** Whether what is there is older than what somebody was shown of it. */
	isOlder(id: string, found: string | undefined, shown: string): boolean {
		const states = this.#states.get(id) ?? [];
		// The same words may come twice: in doubt, nobody was shown too much.
		const seen = states.findIndex(({ text }) => text === shown);
		return states.findLastIndex(({ text }) => text === found) < seen;
	}

	/** Judges what is there (undefined: nothing), by what was acknowledged at some moment. */
	judge(id: string, found: string | undefined, acknowledged = this.acknowledged): Verdict {
		const states = this.#states.get(id) ?? [];
		const sure = states.findLastIndex(({ change, givenUp }) => change <= acknowledged && !givenUp);
		if (found === undefined) return sure < 0 ? 'good' : 'lost';
		const at = states.findLastIndex(({ text }) => text === found);
		if (at >= 0) return at >= sure ? 'good' : 'lost';
		const longest = Math.max(0, ...states.map(({ text }) => text.length));
		if (found.length > longest) return 'doubled';
		return isWithin(found, states.at(-1)?.text ?? '') ? 'lost' : 'foreign';
	}
}

/** Whether these letters stand in the text in this order, others between them. */
function isWithin(letters: string, text: string): boolean {
	let at = 0;
	for (const letter of letters) {
		at = text.indexOf(letter, at) + 1;
		if (at === 0) return false;
	}
	return true;
}
