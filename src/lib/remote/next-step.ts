/** The remote's one next step, by where the workshop stands. */
import type { Phase } from '#shared/exercises/format.ts';
import type { FacilitationCommand } from '#shared/facilitation/commands.ts';
import { nextPhase } from '#shared/facilitation/phases.ts';
import { isPoll } from '#shared/facilitation/polls.ts';
import { minutesOf, reachedOf } from '#shared/facilitation/timetable.ts';
import { liveBoard, type BoardView, type WorkshopView } from '#shared/facilitation/view.ts';
import type { GoOn } from '$lib/facilitation/desk.svelte.ts';
import { reveals } from '../facilitation/phase-press.ts';
import { plannedAgenda, type PlannedItem } from '../facilitation/planned-times.ts';

export type NextStep =
	| { kind: 'phase'; phase: Phase; minutes: number; reveals: boolean }
	/** What the votes came to is shown first: people want to see it before they talk. */
	| { kind: 'votes'; after: Phase; minutes: number }
	| { kind: 'start'; index: number; title: string; minutes: number }
	| { kind: 'break'; index: number; minutes: number }
	/** `goesOn`: the phase that waits for it. */
	| { kind: 'end-break'; goesOn: Phase | null }
	/** `back`: what waited for it. */
	| { kind: 'show-poll' | 'end-poll'; back: string | null }
	| { kind: 'open' }
	| { kind: 'reopen' };

/** Null where nothing is left to begin. */
export function nextStep(view: WorkshopView, now: number): NextStep | null {
	if (view.status === 'draft') return view.agenda.length === 0 ? null : { kind: 'open' };
	if (view.status === 'collecting') return { kind: view.openedAt === null ? 'open' : 'reopen' };
	if (view.status === 'closed') return { kind: 'reopen' };
	const live = liveBoard<BoardView>(view);
	if (live && view.break) return { kind: 'end-break', goesOn: live.phase };
	if (live && isPoll(live)) return ofPoll(live, view);
	if (live) return onwards(live);
	const plan = plannedAgenda(view, now);
	if (!view.break) return plan.next === null ? null : startOf(plan.items[plan.next]!);
	const reached = reachedOf(view);
	const after = plan.items.find(
		({ index, item, place }) => index > reached && item.kind === 'exercise' && place === 'next'
	);
	return after ? startOf(after) : { kind: 'end-break', goesOn: null };
}

function startOf({ item, index }: PlannedItem): NextStep {
	const minutes = minutesOf(item);
	return item.kind === 'break'
		? { kind: 'break', index, minutes }
		: { kind: 'start', index, title: item.title, minutes };
}

/** Hands and figures are shown first; words are seen as they come. */
const ofPoll = ({ phase, votesShown }: BoardView, { boards, waiting }: WorkshopView): NextStep => ({
	kind: phase === 'vote' && !votesShown ? 'show-poll' : 'end-poll',
	back: boards.find(({ id }) => id === waiting?.board)?.title ?? null
});

function onwards(board: BoardView): NextStep {
	const phase = nextPhase(board) ?? 'done';
	const minutes = board.phases.find((one) => one.phase === phase)?.minutes ?? 0;
	return board.phase === 'vote' && !board.votesShown
		? { kind: 'votes', after: phase, minutes }
		: { kind: 'phase', phase, minutes, reveals: reveals(board, phase) };
}

/** What a press is: the room goes on, which may ask first, or a command that it gives at once. */
export function pressOf(step: NextStep): { goOn: GoOn } | { give: FacilitationCommand } {
	switch (step.kind) {
		case 'phase':
			return { goOn: 'next' };
		case 'votes':
		case 'show-poll':
			return { goOn: 'show-votes' };
		case 'start':
			return { give: { type: 'start', exercise: step.index } };
		case 'break':
			return { give: { type: 'start-break', item: step.index } };
		case 'end-break':
			return { give: { type: 'end-break' } };
		case 'end-poll':
			return { give: { type: 'finish' } };
		case 'open':
		case 'reopen':
			return { give: { type: 'open' } };
		default:
			return step satisfies never;
	}
}
