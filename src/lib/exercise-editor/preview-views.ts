/** An exercise in the preview: its sample, in the reader's language, and its views as the desk shows them. */
import { countryName } from '#shared/exercises/countries.ts';
import type { Exercise, View } from '#shared/exercises/format.ts';
import { computeView, type BoardContents, type ViewResult } from '#shared/exercises/views.ts';
import { viewWords } from '$lib/facilitation/board-views.ts';
import { phaseName } from '$lib/facilitation/phase-name.ts';
import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';
import { hindranceOf, sampleOf, type Sample } from './sample-cards.ts';

/** Looking at the board as the cards lie; any other look is a view's place. */
export const AS_PLACED = 'placed';

/** Cards made of an exercise; `others`: the exercises that it may build on. */
export const sampleInWords = (
	exercise: Exercise,
	others: readonly { id: string; title: string }[]
): Sample =>
	sampleOf(
		exercise,
		{
			numbered: (name, number) => m.exercises_sample_numbered({ name, number }),
			person: (number) => m.exercises_sample_person({ number }),
			group: m.exercises_sample_group(),
			untitled: m.exercises_untitled(),
			earlier: (title) => m.exercises_sample_earlier({ exercise: title })
		},
		others
	);

/** As whatever reads a board wants it. */
export const contentsOf = (exercise: Exercise, { board, votes, names }: Sample): BoardContents => ({
	exercise,
	board,
	votes,
	actions: [],
	names,
	people: {},
	countryName: (code) => countryName(code, getLocale())
});

export const sampleView = (view: View, exercise: Exercise, sample: Sample): ViewResult =>
	computeView(view, contentsOf(exercise, sample), viewWords);

/** Why a view will stay as it is, whatever people write; null where it will not. */
export function hindranceWords(exercise: Exercise, view: View): string | null {
	switch (hindranceOf(exercise, view)) {
		case 'vote':
			return m.exercises_preview_no_vote({ phase: phaseName('vote') });
		case 'group':
			return m.exercises_preview_no_group({ phase: phaseName('group') });
		case 'answers':
			return m.exercises_preview_no_answers();
		default:
			return null;
	}
}
