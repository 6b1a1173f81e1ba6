/** The name of the next step, and under it what it will do. */
import type { Phase } from '#shared/exercises/format.ts';
import type { BoardView } from '#shared/facilitation/view.ts';
import { phaseMeans } from '$lib/facilitation/phase-means.ts';
import { phaseName } from '$lib/facilitation/phase-name.ts';
import { m } from '$lib/paraglide/messages.js';
import type { NextStep } from './next-step.ts';

export function nextName(step: NextStep): string {
	switch (step.kind) {
		case 'phase':
			return step.phase === 'done'
				? m.desk_next_done()
				: m.desk_next({ phase: phaseName(step.phase) });
		case 'votes':
			return m.remote_show_votes();
		case 'start':
			return m.desk_start({ title: step.title });
		case 'break':
			return m.desk_start_break({ count: step.minutes });
		case 'end-break':
			return m.desk_end_break();
		case 'show-poll':
			return m.polls_show();
		case 'end-poll':
			return step.back === null ? m.polls_end() : m.polls_back({ title: step.back });
		case 'open':
			return m.desk_open_doors();
		case 'reopen':
			return m.desk_reopen();
		default:
			return step satisfies never;
	}
}

/** `cards` are on `board`, where one is live. */
export function nextNote(step: NextStep, board: BoardView | undefined, cards: number): string {
	switch (step.kind) {
		case 'phase':
			if (step.phase === 'done' || !board) return m.remote_done_note();
			if (step.reveals) return turnOver(cards);
			return m.desk_after({
				what: phaseMeans(step.phase, board, cards),
				minutes: step.minutes
			});
		case 'votes':
			return then(step.after, step.minutes);
		case 'start':
			return m.desk_start_note({ count: step.minutes });
		case 'end-break':
			return step.goesOn === null ? '' : m.remote_goes_on({ phase: phaseName(step.goesOn) });
		case 'show-poll':
			return m.polls_show_note();
		case 'end-poll':
			return m.polls_end_note();
		case 'open':
			return m.remote_draft_note();
		case 'break':
		case 'reopen':
			return '';
		default:
			return step satisfies never;
	}
}

const then = (phase: Phase, minutes: number): string =>
	phase === 'done' ? m.remote_then_done() : m.remote_then({ phase: phaseName(phase), minutes });
const turnOver = (count: number): string =>
	count === 1 ? m.remote_turn_over_one() : m.remote_turn_over({ cards: m.desk_cards({ count }) });
