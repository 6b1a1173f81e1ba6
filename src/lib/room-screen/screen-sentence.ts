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
			return board.votesShown
				? m.room_screen_results()
				: m.room_screen_vote({ dots: board.dots, most: board.dotsOnOne });
		case 'discuss':
			return m.room_screen_discuss();
		case 'act':
			return m.room_screen_act();
		case 'done':
			return m.room_screen_done();
	}
}
