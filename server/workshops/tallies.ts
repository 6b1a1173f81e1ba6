/** What was voted on a board, as everybody may know it once it is shown. */
import type { Votes } from '#shared/doc/contents.ts';
import type { BoardState, WorkshopState } from '#shared/facilitation/state.ts';
import { beforeShown, tallyOf } from '#shared/facilitation/tally.ts';
import type { Tally } from '#shared/facilitation/ways.ts';
import type { VoteStore } from '#server/store/votes.ts';

/** The scores of each card and group, and what there is to say beside them. */
export interface Result {
	totals: Votes;
	tally: Tally;
}

/** What the room may know: `totals` null where that is only what rounds before came to. */
export type ShownResult = Omit<Result, 'totals'> & { totals: Votes | null };

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
	const came = imported !== undefined && board.startedAt <= imported.at;
	return came ? { ...counted, tally: { ...counted.tally, people: 0 } } : counted;
}

/** Whether there is anything that the room may know. */
export const isAnyShown = ({ votesShown, rounds }: BoardState): boolean =>
	votesShown || rounds.some(({ shown }) => shown);

/** Of what it came to, what the room may know; null where that is nothing. */
export function asShown({ totals, tally }: Result, board: BoardState): ShownResult | null {
	if (board.votesShown) return { totals, tally };
	const before = isAnyShown(board) && beforeShown(tally);
	return before ? { totals: null, tally: before } : null;
}

export const shownResult = async (
	votes: Pick<VoteStore, 'cast'>,
	state: Pick<WorkshopState, 'imported'>,
	board: BoardState
): Promise<ShownResult | null> =>
	isAnyShown(board) ? asShown(await cameTo(votes, state, board), board) : null;
