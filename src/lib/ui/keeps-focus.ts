import type { Attachment } from 'svelte/attachments';

/**
 * Where a control goes that had the focus, often by being pressed, the part of the page that it was
 * in has it: who goes by keys is where they were, and not at the top again.
 */
export const keepsFocus: Attachment<HTMLElement> = (part) => {
	part.tabIndex = -1;
	let last: Element | null = null;
	const came = ({ target }: FocusEvent) => (last = target as Element);
	const changes = new MutationObserver(() => {
		if (!last || last.isConnected || document.activeElement !== document.body) return;
		last = null;
		part.focus({ preventScroll: true });
	});
	part.addEventListener('focusin', came);
	changes.observe(part, { childList: true, subtree: true });
	return () => {
		part.removeEventListener('focusin', came);
		changes.disconnect();
	};
};
