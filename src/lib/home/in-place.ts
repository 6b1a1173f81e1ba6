import type { SubmitFunction } from '@sveltejs/kit';
import { tick } from 'svelte';

/**
 * For a form whose page stays: once it is answered, the focus is where it was, and not at the top of
 * the page. `next` may name a better place; where the old one is gone, the first field of its
 * section has it.
 */
export function inPlace(next?: () => HTMLElement | null | undefined, reset = true): SubmitFunction {
	return ({ formElement }) => {
		const place = document.activeElement;
		const section = formElement.closest('section');
		return async ({ update }) => {
			await update({ reset });
			await tick();
			const old = place instanceof HTMLElement && place.isConnected ? place : null;
			// Never the next button that takes something away: one more Enter would press it.
			const near = section?.querySelector<HTMLElement>('input:not([type=hidden])');
			(next?.() ?? old ?? near)?.focus();
		};
	};
}

/** The first thing to press in a workshop's line of the list. */
export const inLineOf = (workshop: string): HTMLElement | null | undefined =>
	document.getElementById(`workshop-${workshop}`)?.querySelector<HTMLElement>('a, button');
