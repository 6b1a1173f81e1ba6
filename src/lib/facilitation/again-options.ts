import type { Result } from '$lib/voting/results.ts';
import { m } from '$lib/paraglide/messages.js';
import { amongOf, choicesOf } from './vote-again.ts';

interface AgainOption {
	id: string;
	title: string;
	/** What the new round is among; null: everything. */
	among: string[] | null;
}

/** On what the room can vote once more, by what came first; everything first of all. */
export function againOptions(
	way: Result['voting']['way'],
	ranked: Result['ranked']
): AgainOption[] {
	// What was placed came to no order.
	const choices = way === 'placing' ? [] : choicesOf(ranked);
	return [
		{ id: 'all', title: m.voting_again_all(), among: null },
		...choices.map(({ id, kind, count }) => ({
			id,
			title: kind === 'tied' ? m.voting_again_tied({ count }) : m.voting_again_first({ count }),
			among: amongOf(ranked, id)
		}))
	];
}
