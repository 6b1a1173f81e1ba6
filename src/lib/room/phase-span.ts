import { spanOf, timeLeft } from '#shared/facilitation/timer.ts';
import type { BoardView } from '#shared/facilitation/view.ts';

/** What the running phase has been given, in ms, its extensions included: what the timer's line drains from. */
export function phaseSpan(
	board: Pick<BoardView, 'phase' | 'phases' | 'timer' | 'phaseStartedAt'>
): number {
	const planned = board.phases.find(({ phase }) => phase === board.phase)?.minutes ?? 0;
	const given = timeLeft(board.timer, board.phaseStartedAt) ?? 0;
	return Math.max(spanOf(planned), board.timer.kind === 'running' ? given : 0);
}
