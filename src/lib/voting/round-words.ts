import type { BoardView } from '#shared/facilitation/view.ts';
import { m } from '$lib/paraglide/messages.js';

/** Which round this is, and on how many; nothing of the first. */
export function roundWords({
	rounds,
	voting
}: Pick<BoardView, 'rounds' | 'voting'>): string | null {
	if (rounds.length === 0) return null;
	const round = rounds.length + 1;
	return voting.among
		? m.voting_round_among({ round, count: voting.among.length })
		: m.voting_round_all({ round });
}
