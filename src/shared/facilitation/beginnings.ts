/** How a workshop and a board are before anybody has said anything: what `step` changes from there. */
import type { BoardState, WorkshopState } from './state.ts';
import { begin } from './timetable.ts';
import { DOTS, DOTS_ON_ONE, plainVoting } from './ways.ts';

export const workshopBefore = (): Pick<
	WorkshopState,
	| 'live'
	| 'waiting'
	| 'tables'
	| 'atTables'
	| 'break'
	| 'text'
	| 'blank'
	| 'goesOn'
	| 'timetable'
	| 'past'
	| 'doors'
> => ({
	live: null,
	waiting: null,
	tables: null,
	atTables: false,
	break: null,
	text: null,
	blank: false,
	goesOn: 'by-hand',
	timetable: null,
	past: [],
	doors: 'open'
});

export const boardBefore = (): Pick<
	BoardState,
	| 'left'
	| 'locked'
	| 'muted'
	| 'shut'
	| 'grouping'
	| 'dots'
	| 'dotsOnOne'
	| 'voting'
	| 'round'
	| 'lastRound'
	| 'rounds'
	| 'votesShown'
	| 'seen'
	| 'ballot'
	| 'nudge'
	| 'spotlight'
	| 'columnsShown'
	| 'hidden'
	| 'closing'
	| 'collecting'
> => ({
	left: {},
	locked: false,
	muted: false,
	shut: [],
	grouping: 'everyone',
	dots: DOTS,
	dotsOnOne: DOTS_ON_ONE,
	voting: plainVoting(),
	round: 0,
	lastRound: 0,
	rounds: [],
	votesShown: false,
	seen: false,
	ballot: null,
	nudge: null,
	spotlight: null,
	columnsShown: null,
	hidden: [],
	closing: null,
	collecting: null
});

/** A state that an older version has stored, with what it did not know yet. */
export function completed(stored: WorkshopState): WorkshopState {
	const resting = stored.break;
	// What collects has not begun in the room.
	const started = stored.boards.flatMap((board) => (board.collecting ? [] : board.startedAt));
	return {
		...workshopBefore(),
		...stored,
		timetable:
			stored.timetable ??
			(started.length > 0 ? begin(stored.agenda, 0, Math.min(...started)) : null),
		break: resting && {
			...resting,
			minutes: resting.minutes ?? 0,
			stopped: resting.stopped ?? false
		},
		boards: stored.boards.map((board) => ({ ...boardBefore(), ...board }))
	};
}
