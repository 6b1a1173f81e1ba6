/**
 * Facilitation is this one function: pure, total, exhaustive. The server runs it, stores the outcome
 * with a version, and tells the room; the browser may run it to know what to offer. What a command
 * does is in the file of the noun that it is about; here stands only which.
 */
import { isRefusal, refuse, type Refusal } from '../refusals.ts';
import { setAgenda, setNote, type ExerciseOf } from './agenda.ts';
import { ask } from './asking.ts';
import { finishBoard, goBack, goOn, goTo } from './board-course.ts';
import {
	setHidden,
	setLocked,
	setSpotlight,
	setWriting,
	showColumns,
	showNudge,
	showVotes
} from './board-settings.ts';
import { collect, endCollecting } from './collecting.ts';
import type { CommandOf, FacilitationCommand } from './commands.ts';
import { mayGive, type Who } from '../permissions.ts';
import { newRound, setDots, setVoting } from './rounds.ts';
import type { WorkshopState } from './state.ts';
import { seatPerson, setTables, sitDown } from './tables.ts';
import { endTimer, extendTimer, pauseTimer, resumeTimer } from './timer.ts';
import { shorten } from './timetable.ts';
import {
	close,
	endBreak,
	onCourse,
	onLive,
	onTimer,
	open,
	start,
	startBreak,
	withBreaksTaken
} from './workshop-course.ts';

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
	const after = decide(state, command, who, now, exerciseOf);
	return isRefusal(after) ? after : withBreaksTaken(state, after, now);
}

function decide(
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
			return endBreak(state, now);
		case 'set-going-on':
			return { ...state, goesOn: command.by === 'clock' ? 'by-clock' : 'by-hand' };
		case 'replan':
			return shorten(state, command.minutes, command.from);
		case 'set-note':
			return setNote(state, command);
		case 'show-text':
			return { ...state, text: command.text };
		case 'blank-screen':
		case 'unblank-screen':
			return { ...state, blank: command.type === 'blank-screen' };
		case 'ask':
			return ask(state, command, now, exerciseOf);
		case 'set-tables':
			return setTables(state, command);
		case 'seat-person':
			return seatPerson(state, command);
		case 'to-tables':
		case 'to-plenary':
			return sitDown(state, command.type === 'to-tables');
		case 'collect':
			return collect(state, command, now, exerciseOf);
		case 'end-collecting':
			return endCollecting(state, command, now);
		case 'undo':
			// How it stood is stored apart: whoever has that puts it back (`undo.ts`).
			return refuse('nothing-to-undo');
		case 'next':
			return onCourse(state, (board) => goOn(board, now));
		case 'back':
			return onCourse(state, (board) => goBack(board, now));
		case 'go':
			return onCourse(state, (board) => goTo(board, command.phase, now));
		case 'finish':
			return onCourse(state, (board) => finishBoard(board, now));
		case 'pause':
			return onTimer(state, (timer) => timer.kind === 'running' && pauseTimer(timer, now));
		case 'resume':
			return onTimer(state, (timer) => timer.kind !== 'none' && resumeTimer(timer, now));
		case 'extend':
			return extend(state, command, now);
		case 'end-timer':
			return onTimer(state, (timer) => timer.kind !== 'none' && endTimer(now));
		case 'set-writing':
			return onLive(state, (board) => setWriting(board, command));
		case 'set-grouping':
			return onLive(state, (board) => ({ ...board, grouping: command.who }));
		case 'lock':
		case 'unlock':
			return onLive(state, (board) => setLocked(board, command.what, command.type === 'lock'));
		case 'mute':
		case 'unmute':
			return onLive(state, (board) => ({ ...board, muted: command.type === 'mute' }));
		case 'show-nudge':
			return onLive(state, (board) => showNudge(board, command, exerciseOf));
		case 'spotlight':
			return onLive(state, (board) => setSpotlight(board, command.on, exerciseOf));
		case 'show-columns':
			return onLive(state, (board) => showColumns(board, command.columns));
		case 'set-dots':
			return onLive(state, (board) => setDots(board, command, now));
		case 'set-voting':
			return onLive(state, (board) => setVoting(board, command, now, exerciseOf));
		case 'new-round':
			return onLive(state, (board) => newRound(board, command, now, exerciseOf));
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

/** More time here; where it is to be taken from what follows, all of it or none. */
function extend(
	state: WorkshopState,
	{ minutes, taken }: CommandOf<'extend'>,
	now: number
): WorkshopState | Refusal {
	const longer = onTimer(state, (timer) => extendTimer(timer, minutes, now));
	return taken && !isRefusal(longer) ? shorten(longer, minutes) : longer;
}
