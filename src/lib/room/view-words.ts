import type { Exercise } from '#shared/exercises/format.ts';
import { computeView, type ViewResult, type ViewWords } from '#shared/exercises/views.ts';
import { countryName } from '#shared/exercises/countries.ts';
import type { ActionValue, BoardValue, Votes } from '#shared/doc/contents.ts';
import type { Language } from '#shared/ids.ts';
import { m } from '$lib/paraglide/messages.js';

/** What a view says in Plenary's own voice, to whoever takes part and on the room screen. */
export const viewWords = (): ViewWords => ({
	without: (field) => m.export_view_without({ field }),
	ungrouped: m.export_view_ungrouped(),
	untitled: m.export_view_untitled(),
	unplaced: m.export_view_unplaced(),
	unmatched: m.export_view_unmatched(),
	goal: (number) => m.export_view_goal({ number }),
	gaps: m.export_view_gaps(),
	column: m.export_view_column(),
	covered: (people, columns, of) =>
		m.export_view_covered({ people: `${people} ${m.room_people({ count: people })}`, columns, of }),
	someone: m.export_view_someone()
});

interface Read {
	exercise: Exercise;
	board: BoardValue;
	votes: Votes | null;
	actions: ActionValue[];
	/** Who is who on this board; empty where anonymous. */
	authors: Record<string, { participant: string; name: string }>;
	language: Language;
}

/** Every view that the exercise asks for, as lists, from what this person may see. */
export function viewsOf({ authors, language, ...read }: Read): ViewResult[] {
	const known = Object.entries(authors);
	const contents = {
		...read,
		names: Object.fromEntries(known.map(([author, { name }]) => [author, name])),
		people: Object.fromEntries(known.map(([, { participant, name }]) => [participant, name])),
		countryName: (code: string) => countryName(code, language)
	};
	return read.exercise.views.map((view) => computeView(view, contents, viewWords()));
}
