import type { Attachment } from 'svelte/attachments';

/** Less than this in height is a small phone whose keyboard is out, or a phone on its side. */
const LOW = 430;

/**
 * Keeps an element above a phone's keyboard where the browser lays the keyboard over the page:
 * `--keyboard` is how much it covers. Where the page shrinks by itself, that is nothing.
 * `data-low` says that little is seen.
 */
export const aboveKeyboard: Attachment<HTMLElement> = (element) => {
	const visual = window.visualViewport;
	if (!visual) return;
	const measure = () => {
		const covered = Math.max(0, window.innerHeight - visual.height - visual.offsetTop);
		element.style.setProperty('--keyboard', `${covered}px`);
		element.style.setProperty('--seen', `${visual.height}px`);
		element.toggleAttribute('data-low', visual.height < LOW);
	};
	measure();
	visual.addEventListener('resize', measure);
	visual.addEventListener('scroll', measure);
	return () => {
		visual.removeEventListener('resize', measure);
		visual.removeEventListener('scroll', measure);
	};
};
