import type { Attachment } from 'svelte/attachments';

/**
 * Tells whether an element's words are cut. One observer for all cards, and it looks at a card only
 * when the browser draws it, so a board of hundreds is not measured as a whole.
 */
let observer: ResizeObserver | undefined;
const told = new WeakMap<Element, (cut: boolean) => void>();

export const whenCut =
	(tell: (cut: boolean) => void): Attachment<HTMLElement> =>
	(element) => {
		observer ??= new ResizeObserver((entries) => {
			for (const { target } of entries)
				told.get(target)?.(target.scrollHeight > target.clientHeight + 2);
		});
		told.set(element, tell);
		observer.observe(element);
		return () => observer?.unobserve(element);
	};
