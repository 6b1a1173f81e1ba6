/** Which exercises of an agenda collect, or can. */
import type { AgendaItem } from '#shared/facilitation/state.ts';
import { collects } from '#shared/facilitation/phases.ts';
import type { BoardView, WorkshopView } from '#shared/facilitation/view.ts';

/** A board that collects, with its date. */
export type Collecting = BoardView & { collecting: { until: number } };

const isCollecting = (board: BoardView): board is Collecting => collects(board);

/** The boards that collect, the one that closes first first. */
export const collecting = ({ boards }: Pick<WorkshopView, 'boards'>): Collecting[] =>
	boards.filter(isCollecting).toSorted((a, b) => a.collecting.until - b.collecting.until);

/** Whether people may still write there. */
export const isOpen = ({ collecting }: Collecting, now: number): boolean => now < collecting.until;

/** When the last of those that are still open closes; null where none is. */
export function lastDate(view: Pick<WorkshopView, 'boards'>, now: number): number | null {
	const open = collecting(view).filter((board) => isOpen(board, now));
	return open.at(-1)?.collecting.until ?? null;
}

export interface Collectable {
	index: number;
	item: Extract<AgendaItem, { kind: 'exercise' }>;
	/** Null where it could, and does not yet. */
	board: Collecting | null;
}

/** Exercises that have not been run, and in which people write. */
export function collectable({
	agenda,
	boards
}: Pick<WorkshopView, 'agenda' | 'boards'>): Collectable[] {
	return agenda.flatMap((item, index): Collectable[] => {
		if (item.kind !== 'exercise') return [];
		const board = boards.find((one) => one.index === index);
		if (board) return isCollecting(board) ? [{ index, item, board }] : [];
		return item.phases.some(({ phase }) => phase === 'write') ? [{ index, item, board: null }] : [];
	});
}
