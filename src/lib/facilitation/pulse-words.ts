/** How the pace is, in words: never in faces. */
import { PULSES, type Pulse } from '#shared/facilitation/signals.ts';
import { m } from '$lib/paraglide/messages.js';

const WORDS = {
	'with-you': m.tempo_pulse_with_you,
	faster: m.tempo_pulse_faster,
	slower: m.tempo_pulse_slower,
	lost: m.tempo_pulse_lost
} as const satisfies Record<Pulse, () => string>;

/** Each with how often it was said, always in the same order. */
export const pulseWords = (counts: Record<Pulse, number>): { word: string; count: number }[] =>
	PULSES.map((pulse) => ({ word: WORDS[pulse](), count: counts[pulse] }));
