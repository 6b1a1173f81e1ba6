/** How many have answered a poll, of how many: for those who facilitate, and the room screen. */
import type { Exercise } from '#shared/exercises/format.ts';
import { pollOf } from '#shared/facilitation/polls.ts';
import type { BoardView } from '#shared/facilitation/view.ts';
import type { Workshop } from '$lib/state/workshop.svelte.ts';

export function answeredOf(
	board: BoardView,
	exercise: Exercise | undefined,
	workshop: Pick<Workshop, 'counts' | 'voted' | 'here'>
): { some: number; all: number } {
	const kind = exercise && pollOf(exercise)?.kind;
	const some =
		kind === 'hands' || kind === 'scale'
			? (workshop.voted[board.id]?.some ?? 0)
			: (workshop.counts[board.id]?.people ?? 0);
	return { some, all: Math.max(some, workshop.here ?? 0) };
}
