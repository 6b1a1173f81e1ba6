/**
 * What people say without a word: that they are ready, how the pace is, that they want to speak.
 * Each is one tap, and can be taken back.
 */
import type { ParticipantId } from '../ids.ts';
import type { BoardState } from './state.ts';

export const PULSES = ['with-you', 'faster', 'slower', 'lost'] as const;
export type Pulse = (typeof PULSES)[number];

/** So long, in ms, does a pulse count: it is of now. */
export const PULSE_COUNTS_FOR = 5 * 60_000;

/** One stay of a board in one phase: who is ready is ready with this, and not with what follows. */
export const stretchOf = (board: Pick<BoardState, 'id' | 'phase' | 'phaseStartedAt'>): string =>
	`${board.id} ${board.phase} ${board.phaseStartedAt}`;

/** For those who facilitate. */
export interface SignalsView {
	/** What `ready` is about; null where no board is live. */
	stretch: string | null;
	ready: ParticipantId[];
	/** Of the last minutes, nobody's in particular. */
	pulses: { pulse: Pulse; at: number }[];
	/** In the order in which they were raised. */
	hands: { participant: ParticipantId; at: number }[];
}

/** For whoever said it. */
export interface OwnSignals {
	readyFor: string | null;
	pulse: Pulse | null;
	pulseAt: number | null;
	handAt: number | null;
}
