import { createContext } from 'svelte';
import type { Item } from '#shared/summary/model.ts';

/** What leaves a card out of the summary and takes it back; null where the summary is only read. */
export interface LeavingOut {
	isOut(item: Item): boolean;
	toggle(item: Item): void;
}

/**
 * A card that was left out goes when the summary is drawn anew. Whoever is at its button then stays in
 * its place, at the card that has come there: never at that one's button, which would leave it out too.
 * Call the answer once it is drawn.
 */
export function keepPlace(): () => void {
	const button = document.activeElement;
	if (!button?.matches('.leave-out.out')) return () => {};
	const place = button.closest('section');
	const cards = () => [...(place?.querySelectorAll<HTMLElement>('.card') ?? [])];
	const at = cards().findIndex((card) => card.contains(button));
	return () => {
		const moved = ![button, document.body].includes(document.activeElement ?? document.body);
		if (moved || (button.isConnected && button.matches('.out'))) return;
		const there = place?.isConnected ? (cards()[at] ?? cards().at(-1)) : undefined;
		(there ?? document.querySelector<HTMLElement>('[data-drawer="cards"] > summary'))?.focus();
	};
}

/** For every card of a summary. */
export const [getLeavingOut, setLeavingOut] = createContext<LeavingOut | null>();
