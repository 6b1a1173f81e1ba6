/** What was voted on a board, as everybody may know it once it is shown. */
import type { Votes } from '#shared/doc/contents.ts';
import type { BoardState, WorkshopState } from '#shared/facilitation/state.ts';
import { tallyOf } from '#shared/facilitation/tally.ts';
import type { Tally } from '#shared/facilitation/ways.ts';
import type { VoteStore } from '#server/store/votes.ts';

/** The scores of each card and group, and what there is to say beside them. */
export interface Result {
	totals: Votes;
	tally: Tally;
}

/** What the room has voted; of a board that came as a file, what the file said. */
export async function cameTo(
	votes: Pick<VoteStore, 'cast'>,
	{ imported }: Pick<WorkshopState, 'imported'>,
	board: BoardState
): Promise<Result> {
	const said = imported?.results?.[board.id];
	if (said) return said;
	const counted = tallyOf(board, await votes.cast(board.id));
	// Of its dots a file says how many there were, and not of how many people.
	return imported ? { ...counted, tally: { ...counted.tally, people: 0 } } : counted;
}

export const shownResult = async (
	votes: Pick<VoteStore, 'cast'>,
	state: Pick<WorkshopState, 'imported'>,
	board: BoardState
): Promise<Result | null> => (board.votesShown ? cameTo(votes, state, board) : null);
