import { m } from '$lib/paraglide/messages.js';
import { textInLight } from './focus.ts';

/** What is in the light; what is not there, or not known yet, as "a card", "a column" or "a view". */
export function spotlightWords(...light: Parameters<typeof textInLight>): string {
	const text = textInLight(...light);
	if (text !== null) return text;
	if ('view' in light[0]) return m.focus_a_view();
	return 'column' in light[0] ? m.focus_a_column() : m.focus_a_card();
}
