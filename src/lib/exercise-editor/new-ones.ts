import { m } from '$lib/paraglide/messages.js';

/** The words that a new choice, and a new scale, begin with. */
export const newOnes = () => ({
	option: m.exercises_begin_option(),
	low: m.exercises_begin_low(),
	high: m.exercises_begin_high()
});
