/** How many are ready, in words. */
import { m } from '$lib/paraglide/messages.js';
import type { Readiness } from './room-signals.ts';

export function readyWords({ settled, here }: Pick<Readiness, 'settled' | 'here'>): string {
	if (settled === 0) return m.tempo_ready_nobody();
	if (settled >= here) return m.tempo_ready_all({ count: here });
	return settled === 1 ? m.tempo_ready_one({ here }) : m.tempo_ready_some({ ready: settled, here });
}
