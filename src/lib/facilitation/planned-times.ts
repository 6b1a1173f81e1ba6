/** The plan's clock beside the truth: when each item of the agenda should begin, and when it did. */
import type { AgendaItem } from '#shared/facilitation/state.ts';
import { spanOf, timeLeft } from '#shared/facilitation/timer.ts';
import type { BoardView, WorkshopView } from '#shared/facilitation/view.ts';
import { minutesOf, minutesOfPlan } from './agenda-draft.ts';

export interface PlannedItem {
	item: AgendaItem;
	index: number;
	/** When it should begin: from the first start on; from now while nothing has started. */
	planned: number;
	place: 'past' | 'now' | 'next';
	/** The board that ran it, where one did. */
	board: BoardView | null;
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

type Agenda = Pick<WorkshopView, 'agenda' | 'boards' | 'live' | 'break'>;

const firstStart = (view: Agenda): number | null =>
	view.boards.length === 0 ? null : Math.min(...view.boards.map((board) => board.startedAt));

/** What a board still needs: the rest of its phase, and the phases after it. */
function remaining(board: BoardView, now: number): number {
	const at = board.phases.findIndex(({ phase }) => phase === board.phase);
	const later = at < 0 ? [] : board.phases.slice(at + 1);
	return Math.max(0, timeLeft(board.timer, now) ?? 0) + spanOf(minutesOfPlan(later));
}

/** The agenda with its times, as they stand at `now`. */
export function plannedAgenda(view: Agenda, now: number): PlannedAgenda {
	const start = firstStart(view);
	const reached = Math.max(-1, ...view.boards.map((board) => board.index), view.break?.index ?? -1);
	let at = start ?? now;
	const items = view.agenda.map((item, index): PlannedItem => {
		const planned = at;
		at += spanOf(minutesOf(item));
		const board = view.boards.findLast((one) => one.index === index) ?? null;
		const running = (board !== null && board.id === view.live) || view.break?.index === index;
		const past = board ? board.id !== view.live : index < reached && item.kind === 'break';
		return { item, index, planned, place: running ? 'now' : past ? 'past' : 'next', board };
	});
	const busy = view.live !== null || view.break !== null;
	const next = busy ? undefined : items.find((one) => one.index > reached);
	const skipped = busy ? undefined : items.find((one) => one.place === 'next');
	return {
		items,
		end: at,
		behind: start === null ? null : behind(view, items, at, now),
		next: (next ?? skipped)?.index ?? null
	};
}

function behind(view: Agenda, items: PlannedItem[], end: number, now: number): number {
	const running = items.find((one) => one.place === 'now');
	const after = (index: number) => items[index + 1]?.planned ?? end;
	if (!running) {
		const reached = items.findLast((one) => one.place === 'past');
		const left = items.some((one) => one.place === 'next');
		return left && reached ? now - after(reached.index) : 0;
	}
	const left = running.board
		? remaining(running.board, now)
		: Math.max(0, view.break ? (timeLeft(view.break.timer, now) ?? 0) : 0);
	return now + left - after(running.index);
}

/** `behind` in whole minutes; less than one either way is on time. */
export const wholeMinutes = (ms: number): number => Math.trunc(ms / 60_000) || 0;
