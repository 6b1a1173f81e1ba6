import { findExercise } from '#shared/exercises/catalogue.ts';
import { exercisesOf, type ExerciseOf } from '#shared/facilitation/agenda.ts';
import type { FacilitationCommand } from '#shared/facilitation/commands.ts';
import { pollExercise } from '#shared/facilitation/polls.ts';
import { liveBoard } from '#shared/facilitation/view.ts';
import type { StoredWorkshop, WorkshopStore } from '#server/store/workshops.ts';
import type { Exercises } from './exercises.ts';
import { pollWords } from './poll-words.ts';

interface Kept {
	exercises: Pick<Exercises, 'finder'>;
	store: Pick<WorkshopStore, 'board'>;
}

/**
 * The exercises that a command may be about: those that it names, as they are now, a poll that it asks,
 * and the one of the board that runs, as it was when it started.
 */
export async function exercisesFor(
	{ exercises, store }: Kept,
	{ ownerId, state }: StoredWorkshop,
	command: FacilitationCommand
): Promise<ExerciseOf> {
	if (command.type === 'set-agenda') return exercises.finder(ownerId, exercisesOf(command.agenda));
	if (command.type === 'ask') {
		const { language, words } = pollWords(state.language);
		const poll = pollExercise(command.poll, language, words);
		return (id) => (id === poll.id ? poll : undefined);
	}
	const begins = command.type === 'start' || command.type === 'collect';
	const item = begins ? state.agenda[command.exercise] : undefined;
	if (item?.kind === 'exercise') return exercises.finder(ownerId, [item.exercise]);
	const live = liveBoard(state);
	if (!live || findExercise(live.exercise)) return findExercise;
	const row = await store.board(live.id);
	return (id) => (id === live.exercise ? row?.exercise : findExercise(id));
}
