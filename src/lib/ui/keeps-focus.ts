import type { Attachment } from 'svelte/attachments';

/**
 * Where a control goes that had the focus, often by being pressed, the part of the page that it was
 * in has it: who goes by keys is where they were, and not at the top again.
 */
export const keepsFocus: Attachment<HTMLElement> = (part) => {
	part.tabIndex = -1;
	let last: Element | null = null;
	const came = ({ target }: FocusEvent) => (last = target as Element);
	const keep = () => {
		if (!last || last.isConnected || document.activeElement !== document.body) return;
		// Behind a dialog it cannot have it; it is tried again once that is shut.
		part.focus({ preventScroll: true });
	};
	const changes = new MutationObserver(keep);
	part.addEventListener('focusin', came);
	// What opened a dialog may go while it is open: then there is nothing to go back to.
	document.addEventListener('close', keep, true);
	changes.observe(part, { childList: true, subtree: true });
	return () => {
		part.removeEventListener('focusin', came);
		document.removeEventListener('close', keep, true);
		changes.disconnect();
	};
};
