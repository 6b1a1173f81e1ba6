import { isVoting } from '#shared/facilitation/phases.ts';
import type { BoardView } from '#shared/facilitation/view.ts';
import type { PersonView } from '#shared/wire/events.ts';
import { m } from '$lib/paraglide/messages.js';

/**
 * How many of the room have voted, and how many with all that they have; null where nobody votes. In
 * pairs nobody has all: each has a share.
 */
export function votedWords(
	board: Pick<BoardView, 'phase' | 'revealed' | 'voting'>,
	voted: { some: number; all: number } | undefined,
	people: readonly Pick<PersonView, 'here'>[]
): string | null {
	if (!isVoting(board)) return null;
	const { some, all } = voted ?? { some: 0, all: 0 };
	// Who has voted and gone still counts.
	const of = Math.max(some, people.filter(({ here }) => here).length);
	const { way } = board.voting;
	if (way === 'pairs' || some === 0) return m.voting_voted({ some, of });
	return way === 'dots'
		? m.voting_voted_dots({ some, of, all })
		: m.voting_voted_all({ some, of, all });
}
