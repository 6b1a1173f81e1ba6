/**
 * Erasing a person: their name, cards, comments, votes and the actions that they wrote, from the
 * tables, the boards' documents and the log of these. What stays is a seat without a name or a way
 * in, whose random id the history of the documents needs.
 */
import type { Logger } from 'pino';
import type { Clock } from '#shared/clock.ts';
import { votesLeft } from '#shared/facilitation/votes.ts';
import type { BoardId, CardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import { refuse, type Refusal } from '#shared/refusals.ts';
import type { Erasing } from '#server/db/cleaning.ts';
import { eraseFromMoments } from '#server/history/erasing.ts';
import type { News } from '#server/news.ts';
import type { Shown } from './shown.ts';
import type { Erased, ErasureStore } from '#server/store/erasure.ts';
import type { Queues } from '#server/queues.ts';
import type { MomentStore } from '#server/store/moments.ts';
import type { ParticipantStore } from '#server/store/participants.ts';
import type { VoteStore } from '#server/store/votes.ts';
import type { StoredWorkshop } from '#server/store/workshops.ts';
import type { StoredWorkshops } from './stored-workshops.ts';
import type { Rooms } from '#server/yjs/ports.ts';

export interface Erasure {
	/** Somebody who has been sent away already. Where it failed, it can be done again. */
	person(workshop: WorkshopId, participant: ParticipantId): Promise<true | Refusal>;
}

interface ErasureDeps {
	store: ErasureStore;
	moments: MomentStore;
	queues: Queues;
	participants: ParticipantStore;
	votes: VoteStore;
	workshops: StoredWorkshops;
	rooms: Pick<Rooms, 'erase'>;
	shown: Shown;
	erasing: Erasing;
	news: News;
	clock: Clock;
	log: Logger;
}

export function createErasure(deps: ErasureDeps): Erasure {
	const { store, participants, votes, workshops, rooms, shown, erasing, news, clock, log } = deps;

	async function tell(workshop: StoredWorkshop, board: BoardId, erased: Erased): Promise<void> {
		const { id, state } = workshop;
		shown.forget(board);
		news.tell({ kind: 'removed', workshop: id, board });
		for (const comment of erased.comments)
			news.tell({ kind: 'comment-removed', workshop: id, board, comment });
		for (const action of erased.actions.gone)
			news.tell({ kind: 'action-removed', workshop: id, board, action });
		for (const action of erased.actions.changed)
			news.tell({ kind: 'action', workshop: id, board, action });
		const now = state.boards.find((one) => one.id === board);
		if (!now) return;
		for (const participant of erased.voters) {
			const mine = await votes.mine(board, participant);
			const left = votesLeft(now, mine);
			news.tell({ kind: 'ballot', workshop: id, board, participant, mine, left });
		}
		if (now.votesShown) {
			const totals = await votes.totals(board);
			news.tell({ kind: 'totals', workshop: id, board, totals });
		}
	}

	return {
		async person(id, participant) {
			const workshop = await workshops.load(id);
			if (!workshop) return refuse('not-found');
			const person = await participants.byId(participant);
			if (person?.workshopId !== id || person.accountId !== null) return refuse('no-such-person');

			const erased = await erasing(async () => {
				const cards = new Map<BoardId, CardId[]>();
				for (const board of await store.boardsOf(participant))
					cards.set(board, await rooms.erase(board, participant));
				const { name } = person;
				const from = { id: participant, name, workshop: id };
				const gone = await store.person(from, cards, clock.now());
				await eraseFromMoments(deps, id, cards);
				return gone;
			});
			for (const [board, what] of erased) await tell(workshop, board, what);
			log.info({ workshop: id, person: participant }, 'erased');
			return true;
		}
	};
}
