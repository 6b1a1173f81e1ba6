import { findExercise } from '#shared/exercises/catalogue.ts';
import { exercisesOf, type ExerciseOf } from '#shared/facilitation/agenda.ts';
import type { FacilitationCommand } from '#shared/facilitation/commands.ts';
import { pollExercise } from '#shared/facilitation/polls.ts';
import { liveBoard } from '#shared/facilitation/view.ts';
import type { Who } from '#shared/permissions.ts';
import type { Refusal } from '#shared/refusals.ts';
import type { StoredWorkshop, WorkshopStore } from '#server/store/workshops.ts';
import type { Exercises } from './exercises.ts';
import { pollWords } from './poll-words.ts';

/**
 * Where a co-facilitator puts exercises of their own into an agenda, these go to the workshop's owner,
 * as copies under the same id: they stay when the co-facilitator leaves, and are the owner's to change.
 * `refused`: why the command would not be carried out all the same; nothing is copied then.
 */
export async function bringAlong(
	{ exercises }: { exercises: Pick<Exercises, 'finder' | 'bringTo'> },
	{ ownerId }: StoredWorkshop,
	{ who, command }: { who: Who; command: FacilitationCommand },
	refused: (exerciseOf: ExerciseOf) => Refusal | null
): Promise<true | Refusal> {
	if (command.type !== 'set-agenda' || who.role !== 'co-facilitator') return true;
	const ids = exercisesOf(command.agenda);
	const [owners, theirs] = await Promise.all([
		exercises.finder(ownerId, ids),
		exercises.finder(who.account, ids)
	]);
	if (ids.every((id) => owners(id))) return true;
	return refused((id) => owners(id) ?? theirs(id)) ?? exercises.bringTo(ownerId, who.account, ids);
}

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
