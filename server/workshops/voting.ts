/**
 * Casting a vote: the pure rule decides, under the voter's own queue, so the budget holds under
 * racing clicks on two devices. A vote is a row and does not move the workshop's version.
 */
import type { Clock } from '#shared/clock.ts';
import type { CommandOf } from '#shared/facilitation/commands.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import { castVote, targetId, votesLeft } from '#shared/facilitation/votes.ts';
import type { BoardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import { isRefusal, refuse } from '#shared/refusals.ts';
import type { Outcome } from '#shared/wire/events.ts';
import type { News } from '#server/news.ts';
import { no } from './outcomes.ts';
import type { Shown } from './shown.ts';
import type { VoteStore } from '#server/store/votes.ts';
import type { StoredWorkshop } from '#server/store/workshops.ts';
import type { StoredWorkshops } from './stored-workshops.ts';

/** Whose dots these are. */
export interface Voter {
	participant: ParticipantId;
	/** They have no device: who is told of their votes, beside those who facilitate. */
	keptBy?: ParticipantId | null;
}

export interface Voting {
	cast(
		workshop: WorkshopId,
		voter: Voter,
		command: CommandOf<'vote'>,
		entry: string
	): Promise<Outcome>;
}

interface VotingDeps {
	votes: VoteStore;
	workshops: StoredWorkshops;
	shown: Shown;
	news: News;
	clock: Clock;
}

export function createVoting({ votes, workshops, shown, news, clock }: VotingDeps): Voting {
	async function standing(id: WorkshopId, board: BoardId) {
		const workshop = await workshops.load(id);
		const state = workshop?.state.boards.find((one) => one.id === board);
		return workshop && state ? { workshop, state } : null;
	}

	async function tell(
		{ id }: StoredWorkshop,
		board: BoardState,
		voter: Voter,
		mine: Record<string, number>
	): Promise<void> {
		const left = votesLeft(board, mine);
		news.tell({ kind: 'ballot', workshop: id, board: board.id, ...voter, mine, left });
		const now = await standing(id, board.id);
		if (!now?.state.votesShown) return;
		const totals = await votes.totals(board.id);
		news.tell({ kind: 'totals', workshop: id, board: board.id, totals });
	}

	return {
		async cast(id, voter, { board, target, count }, entry) {
			const { participant } = voter;
			const before = await standing(id, board);
			if (!before) return no(refuse('not-found'));
			const { version } = before.workshop;
			const mine = castVote(before.state, await votes.mine(board, participant), target, count);
			if (isRefusal(mine)) return no(mine, version);
			// Taking back is always possible, also from a card that has gone meanwhile.
			if (count > 0 && !(await shown.has(before.state, target)))
				return no(refuse('no-such-card'), version);
			// The phase may have ended while we looked.
			const now = await standing(id, board);
			if (now?.state.phaseStartedAt !== before.state.phaseStartedAt)
				return no(refuse('wrong-phase'), version);

			const outcome: Outcome = { ok: true, version };
			const vote = {
				boardId: board,
				participantId: participant,
				target: targetId(target),
				round: before.state.round,
				against: '',
				isGroup: 'group' in target,
				count,
				x: null,
				y: null,
				at: clock.now()
			};
			await votes.set(vote, { workshopId: id, id: entry, outcome, at: clock.now() });
			await tell(now.workshop, now.state, voter, mine);
			return outcome;
		}
	};
}
