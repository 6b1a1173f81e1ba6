import type { ScreenPage, Turn } from '#shared/facilitation/screen-pages.ts';
import { getScreenPages } from './screen-pages.svelte.ts';
import { pageAt, staysAt, turnBy, turnedTo, unturned } from './turning.ts';

/**
 * The page that the room screen shows of several; `press` takes the keys of its window. Made by a
 * component as it begins: for as long as that is shown, the screen's pages are these.
 */
export class Pager {
	#pages: () => number;
	#now: () => number;
	#turned = $state.raw(unturned(0));
	readonly #count = $derived.by(() => this.#pages());
	readonly #stays = $derived.by(() => staysAt(this.#turned, this.#now()));
	readonly page = $derived.by(() => pageAt(this.#turned, this.#count, this.#now()));
	/** What others are told of it; null where there is nothing to turn. */
	readonly shown: ScreenPage | null = $derived.by(() => {
		const [page, pages, stays] = [this.page, this.#count, this.#stays];
		return pages < 2 ? null : { page, pages, stays };
	});

	/** `held`: they turn only once somebody lets them. */
	constructor(pages: () => number, now: () => number, held = false) {
		this.#pages = pages;
		this.#now = now;
		this.#turned = unturned(now(), held);
		const screen = getScreenPages();
		$effect(() => screen?.opened(this));
	}

	turn(to: Turn): boolean {
		const turned = turnedTo(to, this.#turned, this.#count, this.#now());
		if (turned) this.#turned = turned;
		return turned !== null;
	}

	press = (event: KeyboardEvent): void => {
		const to = turnBy(event);
		if (to && this.turn(to)) event.preventDefault();
	};
}
