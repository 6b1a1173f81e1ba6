/** A workshop for the facilitation's tests: two exercises around a break, and short ways to step it. */
import type { Exercise } from '#shared/exercises/format.ts';
import type { FacilitationCommand } from '#shared/facilitation/commands.ts';
import { pollExercise, type Poll, type PollWords } from '#shared/facilitation/polls.ts';
import type { Who } from '#shared/permissions.ts';
import { newWorkshop } from '#shared/facilitation/new-workshop.ts';
import type { BoardState, WorkshopState } from '#shared/facilitation/state.ts';
import { step } from '#shared/facilitation/step.ts';
import { isRefusal, type Refusal } from '#shared/refusals.ts';

export const MINUTE = 60_000;
export const START = 1_700_000_000_000;

const exercise: Exercise = {
	id: 'barrier',
	version: 1,
	language: 'en',
	title: 'Think of a barrier',
	tags: [],
	why: 'Because.',
	prompt: 'What stopped you?',
	nudges: ['Was it time?', 'Was it money?'],
	fields: [{ id: 'what', type: 'paragraph', title: 'What stopped us', main: true }],
	columns: [
		{ id: 'barriers', title: 'Barriers', fields: ['what'] },
		{ id: 'ways', title: 'Ways round', fields: ['what'], opens: 'share', answers: 'barriers' }
	],
	phases: [
		{ phase: 'brief', minutes: 1 },
		{ phase: 'write', minutes: 4 },
		{ phase: 'share', minutes: 1 },
		{ phase: 'group', minutes: 1 },
		{ phase: 'vote', minutes: 1 },
		{ phase: 'discuss', minutes: 1 },
		{ phase: 'act', minutes: 1 }
	],
	views: [
		{ type: 'themes', title: 'Themes' },
		{ type: 'matches', title: 'Matches', differ: ['what'] }
	],
	summary: []
};
const short: Exercise = {
	...exercise,
	id: 'short',
	title: 'A short one',
	phases: [
		{ phase: 'write', minutes: 2 },
		{ phase: 'vote', minutes: 3 }
	]
};

export const POLLS: Poll[] = [
	{ kind: 'words', question: 'In one word?' },
	{ kind: 'hands', question: 'Who was here before?', options: ['I was', 'I was not'] },
	{ kind: 'scale', question: 'How are you?', low: 'Weary', high: 'Wide awake' },
	{ kind: 'questions', question: 'What do you wonder?' }
];
export const pollWords: PollWords = {
	why: 'To hear everybody.',
	card: { words: 'Word', hands: 'Answer', scale: 'Answer', questions: 'Question' },
	result: 'What the room says'
};

export const exerciseOf = (id: string): Exercise | undefined =>
	[exercise, short, ...POLLS.map((poll) => pollExercise(poll, 'en', pollWords))].find(
		(one) => one.id === id
	);

export const ada: Who = { role: 'facilitator', account: 'ada-account' };
export const ben: Who = { role: 'participant', participant: 'ben-participant' };

/** Fails the test where a refusal comes instead. */
export function agreed<T>(value: T | Refusal): T {
	if (isRefusal(value)) throw new Error(`refused: ${value.refused} (${value.detail ?? ''})`);
	return value;
}

export const draft = (): WorkshopState =>
	agreed(
		newWorkshop(
			{
				title: 'Partnerships',
				language: 'en',
				anonymous: false,
				agenda: ['barrier', { break: 10 }, 'short', { exercise: 'short', writing: 'open' }]
			},
			exerciseOf
		)
	);

/** One command of Ada's. */
export const give = (state: WorkshopState, command: FacilitationCommand, now = START) =>
	step(state, command, ada, now, exerciseOf);

/** Several of them, one after another, all agreed to. */
export const after = (
	state: WorkshopState,
	commands: FacilitationCommand[],
	now = START
): WorkshopState => commands.reduce((so, command) => agreed(give(so, command, now)), state);

/** A workshop whose first board has gone to this phase. */
export function inPhase(phase: BoardState['phase'], commands: FacilitationCommand[] = []) {
	const started = after(draft(), [{ type: 'open' }, start(0, 'board-one')]);
	const there = phase === 'brief' ? started : after(started, [{ type: 'go', phase }]);
	return after(there, commands);
}

export const start = (index: number, board?: string): FacilitationCommand => ({
	type: 'start',
	exercise: index,
	board
});

export const boardOf = (state: WorkshopState, index = 0): BoardState => {
	const board = state.boards[index];
	if (!board) throw new Error('no such board was started');
	return board;
};

/** As `step` and the server would have it long after: past every grace. */
export const LATER = START + MINUTE;
