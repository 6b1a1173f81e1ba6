/**
 * A facilitator's notes that the server has not saved: what they wrote, and what they wrote it on.
 * They are their account's, and are told to no other. Each tab has a key of its own, so that tabs do
 * not overwrite each other's; they stay until they are saved, from this visit or the next.
 */
import * as v from 'valibot';
import type { WorkshopId } from '#shared/ids.ts';
import { eraseValue, keysUnder, readValue, writeValue } from './device-values.ts';

const PREFIX = 'plenary:notes:';

const keptSchema = v.object({
	/** What the server had. */
	base: v.string(),
	/** What was sent on it and not answered: the server may have that. */
	sent: v.string(),
	text: v.string()
});
export type Unsaved = v.InferOutput<typeof keptSchema>;

/** The tabs of this browser, by the names that they hold as long as they live. */
export interface Tabs {
	/** Until the answer is called, or the tab is gone. */
	hold(name: string): () => void;
	held(): Promise<ReadonlySet<string>>;
}

export class KeptNotes {
	readonly #prefix: string;
	readonly #own: string;
	readonly #tabs: Tabs;
	#release = (): void => {};
	/** Those of other visits that were taken up here, as they stood then. */
	#taken = new Map<string, Unsaved>();

	constructor(of: { workshop: WorkshopId; account: string; tab: string }, tabs: Tabs = lockedTabs) {
		this.#prefix = `${PREFIX}${of.account}:${of.workshop}:`;
		this.#own = this.#prefix + of.tab;
		this.#tabs = tabs;
	}

	/** Whether they are kept now, with what was taken up. */
	keep(unsaved: Unsaved): boolean {
		const kept = writeValue(this.#own, unsaved);
		if (kept) this.#dropTaken();
		return kept;
	}

	/** What visits left that are over; it stays until what is made of it is kept, or saved. */
	async takeUp(): Promise<Unsaved[]> {
		this.#release = this.#tabs.hold(this.#own);
		if (keysUnder(this.#prefix).length === 0) return [];
		const living = await this.#tabs.held();
		for (const key of keysUnder(this.#prefix).toSorted()) {
			const kept = key === this.#own || living.has(key) ? null : read(key);
			if (kept) this.#taken.set(key, kept);
		}
		return [...this.#taken.values()];
	}

	/** All is saved. What another tab has written since is its own, and stays. */
	saved(): void {
		eraseValue(this.#own);
		this.#dropTaken();
	}

	#dropTaken(): void {
		for (const [key, was] of this.#taken) {
			const now = read(key);
			if (now?.base === was.base && now.text === was.text) eraseValue(key);
		}
		this.#taken.clear();
	}

	/** The visit is over; what is kept is for the next. */
	leave(): void {
		this.#release();
	}
}

function read(key: string): Unsaved | null {
	const kept = v.safeParse(keptSchema, readValue(key));
	return kept.success ? kept.output : null;
}

/**
 * The browser lets go of a lock with its tab, also of one that crashed. Over plain http there are
 * none: then a tab that lives counts as one that is over, and words of it may stand twice.
 */
const lockedTabs: Tabs = {
	hold(name) {
		let release = (): void => {};
		const over = new Promise<void>((done) => (release = done));
		void globalThis.navigator?.locks?.request(name, () => over).catch(() => {});
		return release;
	},
	async held() {
		const found = await globalThis.navigator?.locks?.query().catch(() => null);
		return new Set(found?.held?.map(({ name }) => name ?? '') ?? []);
	}
};
