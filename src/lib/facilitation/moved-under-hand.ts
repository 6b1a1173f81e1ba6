import type { BoardView } from '#shared/facilitation/view.ts';

/** How long a hand needs to see that the room has moved on, in ms. */
const NOTICED_AFTER = 700;

/**
 * Whether the phase was changed from elsewhere so lately that a press now was meant for the one
 * before: two facilitators who go on at the same moment go on once.
 */
export const movedUnderHand = (
	board: Pick<BoardView, 'phaseStartedAt' | 'startedAt'>,
	{ now, own }: { now: number; own: boolean }
): boolean =>
	!own && board.phaseStartedAt !== board.startedAt && now - board.phaseStartedAt < NOTICED_AFTER;
