/** What was voted on a board, as the server has it. */
import type { Votes } from '#shared/doc/contents.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import { ownVotes, tallyOf } from '#shared/facilitation/tally.ts';
import type { BoardId, ParticipantId } from '#shared/ids.ts';
import type { TestApp } from './app.ts';

/** Nothing but numbers. */
export const noChoices = { places: {}, better: {} };

async function stateOf({ app }: TestApp, board: BoardId): Promise<BoardState> {
	const workshop = await app.stored.load((await app.stored.ofBoard(board))!);
	return workshop!.state.boards.find(({ id }) => id === board)!;
}

/** The score of everything, shown or not. */
export const totalsOn = async (server: TestApp, board: BoardId): Promise<Votes> =>
	tallyOf(await stateOf(server, board), await server.app.stores.votes.cast(board)).totals;

/** One person's numbers in the round that is on. */
export async function votesOf(
	server: TestApp,
	board: BoardId,
	person: ParticipantId
): Promise<Votes> {
	const cast = await server.app.stores.votes.cast(board);
	const theirs = cast.filter(({ participant }) => participant === person);
	return ownVotes(theirs, await stateOf(server, board)).mine;
}
