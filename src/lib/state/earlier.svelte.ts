/**
 * Cards that earlier exercises of a workshop brought. They are fetched when somebody first looks, and
 * again when more was revealed, hidden, voted or removed; without a network, what there is stays.
 */
import { createSubscriber } from 'svelte/reactivity';
import { keyOf, type EarlierCard } from '#shared/earlier.ts';
import type { CardFrom } from '#shared/doc/schema.ts';
import type { WorkshopView } from '#shared/facilitation/view.ts';
import { askServer } from '../sync/ask-server.ts';
import { EarlierReading } from './earlier-reading.ts';

interface Around {
	readonly view: WorkshopView | null;
	onView(listener: (now: WorkshopView) => void): () => void;
}

export class Earlier {
	#cards = $state.raw<EarlierCard[]>([]);
	#byKey = $derived(new Map(this.#cards.map((card) => [keyOf(card), card])));
	#following = $derived(
		Map.groupBy(
			this.#cards.filter(({ from }) => from),
			({ from }) => keyOf(from!)
		)
	);
	readonly #reading: EarlierReading;
	/** While somebody looks. */
	#learn: (() => void) | null = null;
	readonly #subscribe: () => void;

	/** `address`: where this person has them from. */
	constructor(around: Around, address: string) {
		this.#reading = new EarlierReading(
			() => askServer<EarlierCard[]>(address),
			(cards) => (this.#cards = cards)
		);
		this.#subscribe = createSubscriber(() => {
			const learn = () => {
				if (around.view) void this.#reading.learn(around.view);
			};
			const unhear = around.onView(learn);
			this.#learn = learn;
			learn();
			return () => {
				unhear();
				this.#learn = null;
			};
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

	/** Something was removed, or may have been. */
	again(): void {
		this.#reading.forget();
		this.#learn?.();
	}
}
