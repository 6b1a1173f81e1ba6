import { m } from '$lib/paraglide/messages.js';
import { textInLight } from './focus.ts';

/** What is in the light; what is not there, or not known yet, as "a card" or "a column". */
export const spotlightWords = (...light: Parameters<typeof textInLight>): string =>
	textInLight(...light) ?? ('column' in light[0] ? m.focus_a_column() : m.focus_a_card());
