/** The two counts of a phase: who is where, and who not yet. */
import type { BoardView } from '#shared/facilitation/view.ts';
import type { Readiness } from '$lib/facilitation/room-signals.ts';

interface Counted {
	of: 'down' | 'writing' | 'ready' | 'not-yet';
	count: number;
}

export const phaseCounts = (
	{ phase }: Pick<BoardView, 'phase'>,
	{ here, ready, down }: Readiness
): Counted[] =>
	phase === 'write'
		? [
				{ of: 'down', count: down },
				{ of: 'writing', count: here - down }
			]
		: [
				{ of: 'ready', count: ready },
				{ of: 'not-yet', count: here - ready }
			];
