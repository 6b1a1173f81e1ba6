/**
 * Asking the room in the middle of whatever is on: a poll's board in front of the one that waits, and
 * how that one comes back.
 */
import { refuse, type Refusal } from '../refusals.ts';
import type { ExerciseOf } from './agenda.ts';
import { startBoard } from './board-course.ts';
import type { CommandOf } from './commands.ts';
import { isPoll, pollId } from './polls.ts';
import type { BoardState, WorkshopState } from './state.ts';
import { pauseTimer, resumeTimer } from './timer.ts';
import { liveBoard } from './view.ts';

/** Makes the poll's board and lets it run. A break is over with it. */
export function ask(
	state: WorkshopState,
	command: CommandOf<'ask'>,
	now: number,
	exerciseOf: ExerciseOf
): WorkshopState | Refusal {
	if (state.status !== 'open') return refuse('not-open');
	const live = liveBoard(state);
	if (live && isPoll(live)) return refuse('poll-live');
	const { kind } = command.poll;
	const exercise = exerciseOf(pollId(kind));
	if (!exercise) return refuse('unknown-exercise', pollId(kind));
	if (!command.board) return refuse('malformed', 'the board needs an id');
	if (state.boards.some(({ id }) => id === command.board)) return refuse('already-run');
	const board = startBoard(
		{
			kind: 'exercise',
			exercise: exercise.id,
			title: exercise.title,
			phases: exercise.phases,
			writing: 'open'
		},
		{
			id: command.board,
			index: null,
			// A question that may not be asked aloud wants no name, in any workshop.
			anonymous: state.anonymous || kind === 'questions',
			now
		},
		exercise
	);
	const poll: BoardState = {
		...board,
		timer: { kind: 'none' },
		// What everybody writes openly is on the room screen as it comes; what is voted, once it is shown.
		votesShown: kind === 'words' || kind === 'questions'
	};
	const ran = live?.timer.kind === 'running';
	return {
		...state,
		boards: [
			...state.boards.map((one) =>
				one === live ? { ...one, timer: pauseTimer(one.timer, now) } : one
			),
			poll
		],
		live: poll.id,
		waiting: live ? { board: live.id, ran: ran || (state.break?.stopped ?? false) } : null,
		break: null,
		text: null
	};
}

/** After what was live is done: the board that waited is back, and its clock runs if it ran. */
export function backFromPoll(state: WorkshopState, now: number): WorkshopState {
	const { waiting } = state;
	if (!waiting) return { ...state, live: null };
	return {
		...state,
		boards: state.boards.map((board) =>
			board.id === waiting.board && waiting.ran
				? { ...board, timer: resumeTimer(board.timer, now) }
				: board
		),
		live: waiting.board,
		waiting: null
	};
}
