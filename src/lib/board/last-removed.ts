import { SvelteMap } from 'svelte/reactivity';

/** What it is given to; it answers with a sentence where it was refused, else null. */
type Give<Thing> = (thing: Thing) => Promise<string | null>;

/** What was removed last, as long as it can be brought back. */
export class LastRemoved<Thing extends { id: string; at: number }> {
	/** One entry or none. */
	#last = new SvelteMap<'gone', Thing>();
	#remove: Give<Thing>;
	#add: Give<Thing>;

	constructor(remove: Give<Thing>, add: Give<Thing>) {
		this.#remove = remove;
		this.#add = add;
	}

	/** Null where there is nothing to bring back. */
	get gone(): Thing | null {
		return this.#last.get('gone') ?? null;
	}
	set gone(thing: Thing | null) {
		if (thing === null) this.#last.delete('gone');
		else this.#last.set('gone', thing);
	}

	/** Removes one, which takes the place of any before it. */
	async remove(thing: Thing): Promise<string | null> {
		const no = await this.#remove(thing);
		if (no === null) this.gone = thing;
		return no;
	}
	/** Brings it back, once however often it is pressed; where it is not taken it can be tried again. */
	async bringBack(): Promise<string | null> {
		const thing = this.gone;
		if (thing === null) return null;
		this.gone = null;
		const no = await this.#add(thing);
		if (no !== null) this.gone ??= thing;
		return no;
	}
	/** Those that are there, and what is gone where it stood. */
	among(there: Thing[]): Thing[] {
		const { gone } = this;
		if (gone === null || there.some(({ id }) => id === gone.id)) return there;
		return [...there, gone].sort((a, b) => a.at - b.at);
	}
}
