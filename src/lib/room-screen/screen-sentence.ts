import type { BoardView } from '#shared/facilitation/view.ts';
import { m } from '$lib/paraglide/messages.js';

/** What the whole room is asked to do now, in one sentence. */
export function screenSentence(board: BoardView): string {
	switch (board.phase) {
		case 'brief':
			return m.room_screen_brief();
		case 'write':
			return board.muted ? m.room_screen_muted() : m.room_screen_open_writing();
		case 'share':
			return m.room_screen_share();
		case 'group':
			return board.grouping === 'everyone' ? m.room_screen_group() : m.room_screen_group_watch();
		case 'vote':
			return votingSentence(board);
		case 'discuss':
			return m.room_screen_discuss();
		case 'act':
			return m.room_screen_act();
		case 'done':
			return m.room_screen_done();
	}
}

/** What it is asked to vote, and how; once that is shown, what is seen. */
function votingSentence({ voting, votesShown, dots, dotsOnOne: most }: BoardView): string {
	const { way, perColumn, together } = voting;
	if (votesShown && !together) return m.room_screen_results();
	switch (way) {
		case 'dots':
			return perColumn
				? m.voting_screen_per_column({ dots, most })
				: m.room_screen_vote({ dots, most });
		case 'rating':
			return m.voting_screen_rating();
		case 'placing':
			return together ? m.voting_screen_together() : m.voting_screen_placing();
		case 'order':
			return m.voting_screen_order({ most: dots });
		case 'pairs':
			return m.voting_screen_pairs();
	}
}
