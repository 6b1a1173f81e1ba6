import { liveBoard, type BoardView, type WorkshopView } from '#shared/facilitation/view.ts';

/** In ms: how long people look for their table, while a board is on. */
const LOOKING = 60_000;

/**
 * Whether the room screen shows who sits where: while nothing else is on, and for a minute after
 * people were sent there, unless the room goes on earlier.
 */
export function lookForTables(
	view: Pick<WorkshopView, 'atTables' | 'tables' | 'break' | 'status' | 'boards' | 'live'>,
	{ sentAt, now }: { sentAt: number | null; now: number }
): boolean {
	if (!view.atTables || !view.tables || view.status !== 'open' || view.break) return false;
	const live = liveBoard<BoardView>(view);
	if (!live) return true;
	return sentAt !== null && now - sentAt < LOOKING && live.phaseStartedAt <= sentAt;
}
