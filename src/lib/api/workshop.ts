/** A workshop as the API tells it. */
import type { App } from '#server/app.ts';
import type { Who } from '#shared/permissions.ts';
import type { Timer } from '#shared/facilitation/state.ts';
import { timeLeft } from '#shared/facilitation/timer.ts';
import { liveBoard, type WorkshopView } from '#shared/facilitation/view.ts';
import type { BoardId, WorkshopId } from '#shared/ids.ts';
import { isRefusal, type Refusal } from '#shared/refusals.ts';

interface TimerAnswer {
	/** Null while it stands still. */
	endsAt: number | null;
	/** In milliseconds; negative when it has run over. */
	left: number | null;
	running: boolean;
}

export interface WorkshopAnswer {
	id: WorkshopId;
	title: string;
	status: WorkshopView['status'];
	code: string | null;
	language: string;
	anonymous: boolean;
	/** Of the live board; of the last one where none is live. */
	phase: WorkshopView['boards'][number]['phase'] | null;
	/** Of the live board or the break that is on. */
	timer: TimerAnswer | null;
	people: number;
	version: number;
	boards: { id: BoardId; exercise: string; phase: string }[];
	live: BoardId | null;
}

const timerAnswer = (timer: Timer, now: number): TimerAnswer => ({
	endsAt: timer.kind === 'running' ? timer.endsAt : null,
	left: timeLeft(timer, now),
	running: timer.kind === 'running'
});

/** The workshop for somebody who is in it. */
export async function workshopAnswer(
	app: App,
	id: WorkshopId,
	who: Who
): Promise<WorkshopAnswer | Refusal> {
	const view = await app.workshops.view(id, who);
	if (isRefusal(view)) return view;
	const live = liveBoard(view);
	const timer = live?.timer ?? view.break?.timer;
	return {
		id,
		title: view.title,
		status: view.status,
		code: view.code,
		language: view.language,
		anonymous: view.anonymous,
		phase: (live ?? view.boards.at(-1))?.phase ?? null,
		timer: timer ? timerAnswer(timer, view.now) : null,
		people: await app.workshops.people(id),
		version: view.version,
		boards: view.boards.map(({ id: board, exercise, phase }) => ({ id: board, exercise, phase })),
		live: view.live
	};
}
