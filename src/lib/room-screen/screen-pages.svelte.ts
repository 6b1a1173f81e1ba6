import { getContext, setContext, untrack } from 'svelte';
import type { ScreenPage, Turn } from '#shared/facilitation/screen-pages.ts';
import type { Workshop } from '$lib/state/workshop.svelte.ts';

interface Turning {
	readonly shown: ScreenPage | null;
	turn(to: Turn): boolean;
}

/** The pages of whatever the room screen shows now: turned from elsewhere, and told to who facilitates. */
export class ScreenPages {
	#on = $state.raw<Turning | null>(null);

	/** Made by a component as it begins. */
	constructor(workshop: Workshop) {
		$effect(() => workshop.onTurn((to) => this.#on?.turn(to)));
		// The server forgets a screen that goes: it tells anew with each connection.
		let told = false;
		$effect(() => {
			const shown = this.#on?.shown ?? null;
			if (workshop.connection !== 'online') told = false;
			else if (shown || told) {
				told = true;
				untrack(() => void workshop.send({ type: 'tell-page', shown }));
			}
		});
	}

	/** These are shown from now on, until the answer is called. */
	opened(pages: Turning): () => void {
		this.#on = pages;
		return () => {
			// What is shown next may have opened before.
			if (this.#on === pages) this.#on = null;
		};
	}
}

const KEY = Symbol('pages of the room screen');
export const setScreenPages = (pages: ScreenPages): ScreenPages => setContext(KEY, pages);
/** Undefined where this is no room screen. */
export const getScreenPages = (): ScreenPages | undefined => getContext(KEY);
