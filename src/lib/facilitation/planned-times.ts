/** The plan's clock beside the truth: when each item of the agenda should begin, and when it did. */
import { collects } from '#shared/facilitation/phases.ts';
import type { AgendaItem, TakenBreak } from '#shared/facilitation/state.ts';
import { begin, behindPlan, doneApart, reachedOf } from '#shared/facilitation/timetable.ts';
import type { BoardView, WorkshopView } from '#shared/facilitation/view.ts';

export interface PlannedItem {
	item: AgendaItem;
	index: number;
	/** When it should begin: from the first start on; from now while nothing has started. */
	planned: number;
	place: 'past' | 'now' | 'next';
	/** The board that ran it, where one did. */
	board: BoardView | null;
	/** Of a break that was begun, when. */
	rest: TakenBreak | null;
}

interface PlannedAgenda {
	items: PlannedItem[];
	/** When it should all be over. */
	end: number;
	/** Behind the plan, in ms; negative where ahead, null while nothing has started. */
	behind: number | null;
	/** The item to start now, where nothing is running. */
	next: number | null;
}

type Agenda = Pick<
	WorkshopView,
	'agenda' | 'boards' | 'live' | 'waiting' | 'break' | 'breaks' | 'timetable'
>;

/** The agenda with its times, as they stand at `now`: the plan begins now while nothing has. */
export function plannedAgenda(view: Agenda, now: number): PlannedAgenda {
	const reached = reachedOf(view);
	const { starts, end } = view.timetable ?? begin(view.agenda, 0, now, doneApart(view));
	/** Behind a poll, what waits for it. */
	const on = view.waiting?.board ?? view.live;
	const items = view.agenda.map((item, index): PlannedItem => {
		const board = view.boards.findLast((one) => one.index === index) ?? null;
		const running = (board !== null && board.id === on) || view.break?.index === index;
		const waits = board !== null && collects(board);
		const isBreak = item.kind === 'break';
		const rest = (isBreak && view.breaks?.findLast((one) => one.index === index)) || null;
		const past = board && !waits ? board.id !== on : isBreak && (index < reached || rest !== null);
		const place = running ? 'now' : past ? 'past' : 'next';
		return { item, index, planned: starts[index] ?? end, place, board, rest };
	});
	const busy = view.live !== null || view.break !== null;
	const next = busy ? undefined : items.find((one) => one.index > reached && one.place === 'next');
	const skipped = busy ? undefined : items.find((one) => one.place === 'next');
	return {
		items,
		end,
		behind: behindPlan(view, now),
		next: (next ?? skipped)?.index ?? null
	};
}

/** `behind` in whole minutes; less than one either way is on time. */
export const wholeMinutes = (ms: number): number => Math.trunc(ms / 60_000) || 0;

/** How long an item really took, or has taken so far, in whole minutes; null where that is not known. */
export function realMinutes(
	{ board, rest, place }: Pick<PlannedItem, 'board' | 'rest' | 'place'>,
	now: number
): number | null {
	const ran = rest ?? (board?.collecting ? null : board);
	const until = place === 'now' ? now : (ran?.finishedAt ?? null);
	if (!ran || until === null) return null;
	return Math.max(0, Math.round((until - ran.startedAt) / 60_000));
}
