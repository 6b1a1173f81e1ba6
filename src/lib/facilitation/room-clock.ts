import { liveBoard, type WorkshopView } from '#shared/facilitation/view.ts';

/** Whether the room's timer runs now, a break's or its board's: then it goes on also without the desk. */
export function clockRuns(view: Pick<WorkshopView, 'boards' | 'live' | 'break'>): boolean {
	const timer = view.break?.timer ?? liveBoard(view)?.timer;
	return timer?.kind === 'running';
}
