/** In ms: what changes faster than this is not read out. */
const SETTLED = 2000;

/**
 * What `current` says once it has said the same for a while. With each letter a card is saving, and
 * saved: whoever listens hears it when it stays so, and not again when it comes back to what they heard.
 */
export function settled(current: () => string): { readonly words: string } {
	let words = $state(current());
	$effect(() => {
		const now = current();
		const waiting = setTimeout(() => (words = now), SETTLED);
		return () => clearTimeout(waiting);
	});
	return {
		get words() {
			return words;
		}
	};
}
