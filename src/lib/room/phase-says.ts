import type { BoardView } from '#shared/facilitation/view.ts';
import { m } from '$lib/paraglide/messages.js';
import { isPrivate } from './stage.ts';

/** What a person is told beside the stamp: short, it stands between the stamp and the timer. */
export function phaseSays(board: BoardView): string {
	switch (board.phase) {
		case 'brief':
			return m.room_says_brief();
		case 'write':
			return isPrivate(board) ? m.room_says_write_private() : m.room_says_write_open();
		case 'share':
			return m.room_says_share();
		case 'group':
			return board.grouping === 'everyone' ? m.room_says_group() : m.room_says_group_watch();
		case 'vote':
			return m.room_says_vote();
		case 'discuss':
			return m.room_says_discuss();
		case 'act':
			return m.room_says_act();
		case 'done':
			return m.room_says_done();
	}
}
