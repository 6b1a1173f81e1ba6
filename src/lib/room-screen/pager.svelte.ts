import { pageAt, turnedBy, unturned } from './turning.ts';

/** The page that the room screen shows of several; `press` takes the keys of its window. */
export class Pager {
	#pages: () => number;
	#now: () => number;
	#turned = $state.raw(unturned(0));
	readonly page = $derived.by(() => pageAt(this.#turned, this.#pages(), this.#now()));

	/** `held`: they turn only once somebody lets them. */
	constructor(pages: () => number, now: () => number, held = false) {
		this.#pages = pages;
		this.#now = now;
		this.#turned = unturned(now(), held);
	}

	press = (event: KeyboardEvent): void => {
		const turned = turnedBy(event, this.#turned, this.#pages(), this.#now());
		if (!turned) return;
		event.preventDefault();
		this.#turned = turned;
	};
}
