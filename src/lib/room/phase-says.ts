import type { BoardView } from '#shared/facilitation/view.ts';
import { timeLeft } from '#shared/facilitation/timer.ts';
import { m } from '$lib/paraglide/messages.js';
import { isPrivate } from './stage.ts';

/** What a person is asked while the room votes. */
function votingSays({ voting: { way } }: Pick<BoardView, 'voting'>): string {
	switch (way) {
		case 'dots':
			return m.room_says_vote();
		case 'rating':
			return m.voting_says_rating();
		case 'placing':
			return m.voting_says_placing();
		case 'order':
			return m.voting_says_order();
		case 'pairs':
			return m.voting_says_pairs();
	}
}

/** What a person is told beside the stamp: short, it stands between the stamp and the timer. */
export function phaseSays(board: BoardView, now: number): string {
	if ((timeLeft(board.timer, now) ?? 0) < 0) return m.room_says_over();
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
			return votingSays(board);
		case 'discuss':
			return m.room_says_discuss();
		case 'act':
			return m.room_says_act();
		case 'done':
			return m.room_says_done();
	}
}
