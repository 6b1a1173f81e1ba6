/**
 * Cards that earlier exercises of a workshop brought. They are fetched when somebody first looks, and
 * again when more was revealed, hidden or voted; without a network, what there is stays.
 */
import { createSubscriber } from 'svelte/reactivity';
import { keyOf, type EarlierCard } from '#shared/earlier.ts';
import type { CardFrom } from '#shared/doc/schema.ts';
import type { WorkshopView } from '#shared/facilitation/view.ts';
import { isRefusal } from '#shared/refusals.ts';
import { askServer } from '../sync/ask-server.ts';

interface Around {
	readonly view: WorkshopView | null;
	onView(listener: (now: WorkshopView) => void): () => void;
}

/** What decides which cards there are, and in which order. */
const stateOf = ({ boards }: WorkshopView): string =>
	JSON.stringify(
		boards.map(({ id, revealed, hidden, votesShown, phase }) =>
			revealed ? [id, hidden, votesShown, phase] : [id]
		)
	);

export class Earlier {
	#cards = $state.raw<EarlierCard[]>([]);
	#byKey = $derived(new Map(this.#cards.map((card) => [keyOf(card), card])));
	#following = $derived(
		Map.groupBy(
			this.#cards.filter(({ from }) => from),
			({ from }) => keyOf(from!)
		)
	);
	/** For which state they were fetched. */
	#known: string | null = null;
	readonly #address: string;
	readonly #subscribe: () => void;

	/** `address`: where this person has them from. */
	constructor(around: Around, address: string) {
		this.#address = address;
		this.#subscribe = createSubscriber(() => {
			if (around.view) void this.#learn(around.view);
			return around.onView((now) => void this.#learn(now));
		});
	}

	/** The most voted first. */
	get cards(): EarlierCard[] {
		this.#subscribe();
		return this.#cards;
	}
	readonly find = (key: string): EarlierCard | undefined => {
		this.#subscribe();
		return this.#byKey.get(key);
	};
	/** Cards of other boards that are for this one. */
	following(card: CardFrom): EarlierCard[] {
		this.#subscribe();
		const all = this.#following.get(keyOf(card)) ?? [];
		return all.filter(({ board }) => board !== card.board);
	}

	async #learn(view: WorkshopView): Promise<void> {
		const state = stateOf(view);
		// Of one board there is nothing earlier.
		if (state === this.#known || view.boards.length < 2) return;
		if (!view.boards.some(({ revealed }) => revealed)) return;
		this.#known = state;
		const cards = await askServer<EarlierCard[]>(this.#address);
		if (!isRefusal(cards)) this.#cards = cards;
		else if (this.#known === state) this.#known = null;
	}
}
