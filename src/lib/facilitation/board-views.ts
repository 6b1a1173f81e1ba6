/** The views of a board, computed on the page from what this reader may see. */
import type { BoardValue } from '#shared/doc/contents.ts';
import { countryName } from '#shared/exercises/countries.ts';
import type { Exercise, View } from '#shared/exercises/format.ts';
import { computeView, type ViewResult, type ViewWords } from '#shared/exercises/views.ts';
import type { BoardView } from '#shared/facilitation/view.ts';
import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';
import type { Workshop } from '$lib/state/workshop.svelte.ts';

/** What views say in Plenary's own voice. */
export const viewWords: ViewWords = {
	without: (field) => m.export_view_without({ field }),
	ungrouped: m.export_view_ungrouped(),
	untitled: m.export_view_untitled(),
	unplaced: m.export_view_unplaced(),
	unmatched: m.export_view_unmatched(),
	goal: (number) => m.export_view_goal({ number }),
	gaps: m.export_view_gaps(),
	column: m.export_view_column(),
	covered: (count, columns, of) =>
		m.export_view_covered({
			people: count === 1 ? m.export_people_one({ count }) : m.export_people_many({ count }),
			columns,
			of
		}),
	someone: m.export_view_someone()
};

interface Looked {
	workshop: Workshop;
	board: BoardView;
	exercise: Exercise;
	value: BoardValue;
}

/** A view over these cards; hidden ones are left out for everyone. */
export function boardView(view: View, { workshop, board, exercise, value }: Looked): ViewResult {
	const hidden = new Set(board.hidden);
	const authors = workshop.authors[board.id] ?? {};
	const contents = {
		exercise,
		board: { ...value, cards: value.cards.filter(({ id }) => !hidden.has(id)) },
		votes: workshop.totals[board.id] ?? null,
		actions: workshop.actions[board.id] ?? [],
		names: Object.fromEntries(Object.entries(authors).map(([key, { name }]) => [key, name])),
		people: Object.fromEntries(
			workshop.people.flatMap(({ id, name }) => (name ? [[id, name]] : []))
		),
		countryName: (code: string) => countryName(code, getLocale()),
		...(workshop.matches[board.id] && { matched: workshop.matches[board.id] })
	};
	return computeView(view, contents, viewWords);
}

/** Every view that the exercise asks for. */
export const boardViews = (
	workshop: Workshop,
	board: BoardView,
	exercise: Exercise,
	value: BoardValue
): ViewResult[] =>
	exercise.views.map((view) => boardView(view, { workshop, board, exercise, value }));
