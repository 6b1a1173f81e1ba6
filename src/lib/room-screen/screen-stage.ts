import type { WorkshopView } from '#shared/facilitation/view.ts';
import { stageOf, type Stage } from '../room/stage.ts';

/** Where a workshop stands, as the room screen draws it: nothing at all, or a break over what is live. */
export function screenStage(
	view: Pick<WorkshopView, 'status' | 'agenda' | 'boards' | 'live' | 'break' | 'blank'>
): Stage | { kind: 'blank' } {
	if (view.blank) return { kind: 'blank' };
	const stage = stageOf(view);
	if (stage.kind !== 'board' || !view.break) return stage;
	// Afterwards it goes on with the same.
	return {
		kind: 'break',
		timer: view.break.timer,
		next: view.agenda[stage.board.index ?? -1] ?? null
	};
}
