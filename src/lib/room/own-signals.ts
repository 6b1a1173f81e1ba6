/** What a person has said without a word, as their own page shows it. */
import {
	PULSE_COUNTS_FOR,
	stretchOf,
	type OwnSignals,
	type Pulse
} from '#shared/facilitation/signals.ts';
import type { BoardView } from '#shared/facilitation/view.ts';

/** Whether there is something to be ready with: a phase that has a time. */
export const asksWhoIsReady = (board: Pick<BoardView, 'phase' | 'timer'>): boolean =>
	board.phase !== 'done' && board.timer.kind !== 'none';

/** Ready with this stay in this phase; an earlier one does not count. */
export const isReady = (
	{ readyFor }: Pick<OwnSignals, 'readyFor'>,
	board: Pick<BoardView, 'id' | 'phase' | 'phaseStartedAt'>
): boolean => readyFor !== null && readyFor === stretchOf(board);

/** The pulse that still counts. */
export const pulseOf = (
	{ pulse, pulseAt }: Pick<OwnSignals, 'pulse' | 'pulseAt'>,
	now: number
): Pulse | null => (pulseAt !== null && pulseAt > now - PULSE_COUNTS_FOR ? pulse : null);
