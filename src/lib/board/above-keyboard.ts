import type { Attachment } from 'svelte/attachments';

/**
 * Keeps an element above a phone's keyboard where the browser lays the keyboard over the page:
 * `--keyboard` is how much it covers. Where the page shrinks by itself, that is nothing.
 */
export const aboveKeyboard: Attachment<HTMLElement> = (element) => {
	const visual = window.visualViewport;
	if (!visual) return;
	const measure = () => {
		const covered = Math.max(0, window.innerHeight - visual.height - visual.offsetTop);
		element.style.setProperty('--keyboard', `${covered}px`);
		element.style.setProperty('--seen', `${visual.height}px`);
	};
	measure();
	visual.addEventListener('resize', measure);
	visual.addEventListener('scroll', measure);
	return () => {
		visual.removeEventListener('resize', measure);
		visual.removeEventListener('scroll', measure);
	};
};
