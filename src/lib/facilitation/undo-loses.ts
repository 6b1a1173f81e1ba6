import { liveBoard, type BoardView, type WorkshopView } from '#shared/facilitation/view.ts';
import type { PerBoard } from '$lib/state/per-board.ts';

/**
 * How many people's votes count no more once the last step is taken back: of those who have voted in
 * the round that it began. 0 where it began none.
 */
export function votesLost(
	view: Pick<WorkshopView, 'undo' | 'boards' | 'live'>,
	voted: PerBoard<{ some: number }>
): number {
	const live = liveBoard<BoardView>(view);
	const began = view.undo === 'new-round' || view.undo === 'set-voting';
	return live && began && live.round > 0 ? (voted[live.id]?.some ?? 0) : 0;
}
