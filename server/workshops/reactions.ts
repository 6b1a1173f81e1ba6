/** What participants say of a card with one tap: one of each person, from the reveal to the actions. */
import type { CommandOf } from '#shared/facilitation/commands.ts';
import { mayReact } from '#shared/facilitation/phases.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import type { WorkshopId } from '#shared/ids.ts';
import type { Who } from '#shared/permissions.ts';
import { refuse, type Refusal } from '#shared/refusals.ts';
import type { News } from '#server/news.ts';
import type { JournalEntry } from '#server/store/journal.ts';
import type { ReactionStore } from '#server/store/reactions.ts';
import type { Shown } from './shown.ts';

export interface Reacting {
	/** Runs in the giver's queue. */
	react(
		at: { workshop: WorkshopId; board: BoardState; who: Who; journal: JournalEntry },
		command: CommandOf<'react'>
	): Promise<true | Refusal>;
}

export function createReacting({
	reactions,
	shown,
	news
}: {
	reactions: ReactionStore;
	shown: Shown;
	news: News;
}): Reacting {
	return {
		async react({ workshop, board, who, journal }, { card, reaction }) {
			if (who.role !== 'participant') return refuse('not-allowed');
			if (!mayReact(board)) return refuse('wrong-phase');
			if (!(await shown.has(board, { card }))) return refuse('no-such-card');
			const { participant } = who;
			const row = { boardId: board.id, cardId: card, participantId: participant, reaction };
			await reactions.set(row, journal);
			const mine = await reactions.mine(board.id, participant);
			const of = { workshop, board: board.id };
			news.tell({ kind: 'reactions', ...of, cards: [card], own: { participant, mine } });
			return true;
		}
	};
}
