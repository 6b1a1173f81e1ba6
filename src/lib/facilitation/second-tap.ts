/** Going on while not everybody is ready is pressed twice: once by mistake moves nobody. */
import { timeLeft } from '#shared/facilitation/timer.ts';
import type { BoardView } from '#shared/facilitation/view.ts';
import type { Readiness } from './room-signals.ts';

/** What was pressed first, and when. */
export interface FirstTap {
	of: string;
	at: number;
}

/** Before this, in ms, another press is the other half of a double one. */
const FROM = 600;
const UNTIL = 8000;

/**
 * Whether going on now leaves somebody behind: not all who are here are ready, and time is not up. The
 * question is still there when people write, so nobody is behind in the brief.
 */
export const wantsSecondTap = (
	{ phase, timer }: Pick<BoardView, 'phase' | 'timer'>,
	{ settled, here }: Pick<Readiness, 'settled' | 'here'>,
	now: number
): boolean => phase !== 'brief' && settled < here && (timeLeft(timer, now) ?? 0) > 0;

/** How the first press of this stands: forgotten or of something else, too fresh, or waiting for the second. */
export function firstTapOf(
	first: FirstTap | null,
	of: string,
	now: number
): 'none' | 'fresh' | 'waiting' {
	if (first?.of !== of || now - first.at >= UNTIL) return 'none';
	return now - first.at < FROM ? 'fresh' : 'waiting';
}
