/**
 * Votes for cards that were taken off: they count for nothing while their card is away, so whoever
 * cast them may cast them anew. Once it is back they count again, but of who has spent theirs since.
 */
import type { Logger } from 'pino';
import type { BoardState } from '#shared/facilitation/state.ts';
import { overspent } from '#shared/facilitation/votes.ts';
import type { CardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { News, NewsItem } from '#server/news.ts';
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
export function watchVotesOfRemoved(deps: Deps): { stop(): void } {
	const { votes, participants, workshops, shown, queues, news, log } = deps;

	/** In the voter's own turn: what they cast while the card came back is looked at too. */
	const settle = (workshop: WorkshopId, board: BoardState, voter: ParticipantId, back: CardId[]) =>
		queues.run(`${workshop}/${voter}`, async () => {
			const { mine } = await votes.mine(board, voter);
			const twice = overspent(board, mine, back, await shown.columns(board));
			await votes.takeBack(board, voter, twice);
		});

	async function tell({ workshop: id, board: on, back = [] }: Removed): Promise<void> {
		const workshop = await workshops.load(id);
		const board = workshop?.state.boards.find((one) => one.id === on);
		if (!board) return;
		const voters = await votes.votersForRemoved(board, back);
		if (voters.length === 0) return;
		if (back.length > 0) for (const voter of voters) await settle(id, board, voter, back);
		await tellBallots({ participants, news }, { workshop: id, board: on, voters });
		news.tell({ kind: 'cast', workshop: id, board: on });
	}

	return {
		stop: news.listen((item) => {
			if (item.kind !== 'removed') return;
			queues
				.run(item.board, () => tell(item))
				.catch((error: unknown) =>
					log.error({ err: error, board: item.board }, 'who voted for a removed card was not told')
				);
		})
	};
}

type Removed = Extract<NewsItem, { kind: 'removed' }>;
