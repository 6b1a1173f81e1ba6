/**
 * Votes for cards that were taken off or hidden can be cast anew while their card is away. Once it is
 * back they are there again, but for the dots of who has spent them since.
 */
import type { Logger } from 'pino';
import type { BoardState } from '#shared/facilitation/state.ts';
import { spentTwice } from '#shared/facilitation/tally.ts';
import type { BoardId, CardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { News } from '#server/news.ts';
import type { Queues } from '#server/queues.ts';
import type { ParticipantStore } from '#server/store/participants.ts';
import type { VoteStore } from '#server/store/votes.ts';
import type { Shown } from './shown.ts';
import type { StoredWorkshops } from './stored-workshops.ts';
import { tellBallots } from './telling-ballots.ts';

interface Deps {
	votes: VoteStore;
	participants: Pick<ParticipantStore, 'byId'>;
	workshops: StoredWorkshops;
	shown: Shown;
	queues: Queues;
	news: News;
	log: Logger;
}

/** Listens until it is stopped. */
export function watchVotesOfAbsent(deps: Deps): { stop(): void } {
	const { votes, participants, workshops, shown, queues, news, log } = deps;

	/** In the voter's own turn: what they cast while the card came back is looked at too. */
	const settle = (workshop: WorkshopId, board: BoardState, voter: ParticipantId, back: CardId[]) =>
		queues.run(`${workshop}/${voter}`, async () => {
			const own = (await votes.allMine(voter)).get(board.id) ?? [];
			const twice = spentTwice(board, own, back, await shown.columns(board));
			for (const { round, targets } of twice)
				await votes.takeBack({ id: board.id, round }, voter, targets);
		});

	/** `cards`: hidden, or back; what was taken off is known. */
	async function tell(id: WorkshopId, on: BoardId, cards: CardId[]): Promise<void> {
		const workshop = await workshops.load(id);
		const board = workshop?.state.boards.find((one) => one.id === on);
		if (!board) return;
		const voters = await votes.votersForAbsent(on, cards);
		if (voters.length === 0) return;
		if (cards.length > 0) for (const voter of voters) await settle(id, board, voter, cards);
		await tellBallots({ participants, news }, { workshop: id, board: on, voters });
		news.tell({ kind: 'cast', workshop: id, board: on });
	}

	return {
		stop: news.listen((item) => {
			if (item.kind !== 'removed' && item.kind !== 'hidden') return;
			const { workshop, board } = item;
			const cards = item.kind === 'hidden' ? item.cards : (item.back ?? []);
			queues
				.run(board, () => tell(workshop, board, cards))
				.catch((error: unknown) =>
					log.error({ err: error, board }, 'who voted for a card that went or came was not told')
				);
		})
	};
}
