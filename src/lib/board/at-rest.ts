import type { Column } from '#shared/exercises/format.ts';
import { mayComment, takesCards } from '#shared/facilitation/phases.ts';
import type { BoardView } from '#shared/facilitation/view.ts';

export type Rest = 'writing' | 'cards' | 'comments' | 'votes';

/** What the phase is for and whoever facilitates has shut: people are told, and nothing they have is lost. */
export function atRest(
	board: Pick<BoardView, 'phase' | 'muted' | 'locked' | 'shut'>,
	columns: Pick<Column, 'opens'>[]
): Rest[] {
	const open = { ...board, muted: false, locked: false, shut: [] };
	const writes = columns.some((column) => takesCards(open, column));
	const resting: Record<Rest, boolean> = {
		writing: writes && board.muted,
		// While everybody writes, a lock halts nothing.
		cards: writes && board.locked && board.phase !== 'write',
		comments: mayComment(open) && board.shut.includes('comments'),
		votes: board.phase === 'vote' && board.shut.includes('votes')
	};
	return (Object.keys(resting) as Rest[]).filter((what) => resting[what]);
}
