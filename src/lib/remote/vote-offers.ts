/** What the remote offers of a vote beside its one next step, until the room has talked about it. */
import { isVoting } from '#shared/facilitation/phases.ts';
import type { BoardView } from '#shared/facilitation/view.ts';

interface VoteOffers {
	/** While the room votes the next step shows the result, and asks whether all are ready. */
	show: 'show-votes' | 'hide-votes' | null;
	/** Once there is something to vote on again: `voted` people have cast something. */
	again: boolean;
}

export function offersOf(
	board: Pick<BoardView, 'phase' | 'phases' | 'revealed' | 'voting' | 'votesShown'>,
	voted: number
): VoteOffers {
	const voting = isVoting(board);
	const talking = board.phase === 'discuss' && board.phases.some(({ phase }) => phase === 'vote');
	if (!voting && !talking) return { show: null, again: false };
	return {
		show: board.votesShown ? 'hide-votes' : voting ? null : 'show-votes',
		again: !voting || voted > 0 || board.votesShown
	};
}
