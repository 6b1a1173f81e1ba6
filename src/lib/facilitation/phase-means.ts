/** What a phase will do, in a word or two, so that no press is a surprise. */
import type { RunningPhase } from '#shared/exercises/format.ts';
import type { BoardView } from '#shared/facilitation/view.ts';
import { m } from '$lib/paraglide/messages.js';
import { cardsCounted } from '$lib/ui/counted.ts';

type Board = Pick<BoardView, 'writing' | 'revealed' | 'grouping' | 'dots' | 'voting'>;

export function phaseMeans(phase: RunningPhase, board: Board, cards: number): string {
	switch (phase) {
		case 'brief':
			return m.desk_sentence_brief();
		case 'write':
			return board.writing === 'private' ? m.desk_after_private() : m.desk_after_open();
		case 'share':
			return board.revealed
				? m.desk_after_share()
				: m.desk_after_reveal({ cards: cardsCounted(cards) });
		case 'group':
			return board.grouping === 'everyone'
				? m.desk_after_group_all()
				: m.desk_after_group_facilitators();
		case 'vote':
			return votingMeans(board);
		case 'discuss':
			return m.desk_after_discuss();
		case 'act':
			return m.desk_after_act();
		default:
			return phase satisfies never;
	}
}

function votingMeans({ voting, dots }: Pick<Board, 'voting' | 'dots'>): string {
	switch (voting.way) {
		case 'dots':
			return voting.perColumn
				? m.voting_after_per_column({ count: dots })
				: m.desk_after_vote({ count: dots });
		case 'rating':
			return m.voting_after_rating();
		case 'placing':
			return voting.together ? m.voting_after_together() : m.voting_after_placing();
		case 'order':
			return m.voting_after_order({ most: dots });
		case 'pairs':
			return m.voting_after_pairs();
	}
}
