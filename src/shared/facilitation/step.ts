/**
 * Facilitation is this one function: pure, total, exhaustive. The server runs it, stores the outcome
 * with a version, and tells the room; the browser may run it to know what to offer. What a command
 * does is in the file of the noun that it is about; here stands only which.
 */
import { refuse, type Refusal } from '../refusals.ts';
import { setAgenda, type ExerciseOf } from './agenda.ts';
import { finishBoard, goBack, goOn, goTo } from './board-course.ts';
import { setHidden, setWriting, showNudge, showVotes } from './board-settings.ts';
import type { FacilitationCommand } from './commands.ts';
import { mayGive, type Who } from '../permissions.ts';
import type { Timer, WorkshopState } from './state.ts';
import { extendTimer, pauseTimer, resumeTimer } from './timer.ts';
import { close, endBreak, onLive, open, start, startBreak } from './workshop-course.ts';

/**
 * What becomes of the workshop when `who` gives this command at `now`. `start` comes with the id of
 * its board filled in.
 */
export function step(
	state: WorkshopState,
	command: FacilitationCommand,
	who: Who,
	now: number,
	exerciseOf: ExerciseOf
): WorkshopState | Refusal {
	if (!mayGive(who, command.type)) return refuse('not-allowed');
	switch (command.type) {
		case 'rename':
			return { ...state, title: command.title };
		case 'set-language':
			return { ...state, language: command.language };
		case 'set-anonymous':
			// Who has joined has done so under one promise or the other.
			if (state.status !== 'draft') return refuse('wrong-phase');
			return { ...state, anonymous: command.anonymous };
		case 'set-agenda':
			return setAgenda(state, command.agenda, exerciseOf);
		case 'open':
			return open(state, now);
		case 'close':
			return close(state, now);
		case 'close-doors':
		case 'open-doors':
			return { ...state, doors: command.type === 'open-doors' ? 'open' : 'closed' };
		case 'change-code':
			return state; // the code is no part of it: whoever stores the outcome gives the new one
		case 'set-retention':
			return { ...state, retentionDays: command.days };
		case 'start':
			return start(state, command, now, exerciseOf);
		case 'start-break':
			return startBreak(state, command, now);
		case 'end-break':
			return endBreak(state);
		case 'next':
			return onLive(state, (board) => goOn(board, now));
		case 'back':
			return onLive(state, (board) => goBack(board, now));
		case 'go':
			return onLive(state, (board) => goTo(board, command.phase, now));
		case 'finish':
			return onLive(state, (board) => finishBoard(board, now));
		case 'pause':
			return onTimer(state, (timer) => timer.kind === 'running' && pauseTimer(timer, now));
		case 'resume':
			return onTimer(state, (timer) => timer.kind !== 'none' && resumeTimer(timer, now));
		case 'extend':
			return onTimer(state, (timer) => extendTimer(timer, command.minutes, now));
		case 'set-writing':
			return onLive(state, (board) => setWriting(board, command));
		case 'set-grouping':
			return onLive(state, (board) => ({ ...board, grouping: command.who }));
		case 'lock':
		case 'unlock':
			return onLive(state, (board) => ({ ...board, locked: command.type === 'lock' }));
		case 'mute':
		case 'unmute':
			return onLive(state, (board) => ({ ...board, muted: command.type === 'mute' }));
		case 'show-nudge':
			return onLive(state, (board) => showNudge(board, command, exerciseOf));
		case 'show-votes':
		case 'hide-votes':
			return onLive(state, (board) => showVotes(board, command.type === 'show-votes'));
		case 'hide-card':
		case 'show-card':
			return setHidden(state, command);
		default:
			return command satisfies never;
	}
}

/** The timer of the break that is on, else of the live board. */
function onTimer(
	state: WorkshopState,
	change: (timer: Timer) => Timer | false
): WorkshopState | Refusal {
	if (state.break) {
		const timer = change(state.break.timer);
		return timer ? { ...state, break: { ...state.break, timer } } : refuse('timer-not-running');
	}
	return onLive(state, (board) => {
		const timer = change(board.timer);
		return timer ? { ...board, timer } : refuse('timer-not-running');
	});
}
