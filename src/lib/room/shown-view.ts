/**
 * A view of the exercise as the whole room is shown it: the same for everybody, whoever's screen it is
 * on, and nothing in it that the room does not see.
 */
import type { BoardValue } from '#shared/doc/contents.ts';
import { countryName } from '#shared/exercises/countries.ts';
import type { Exercise, View } from '#shared/exercises/format.ts';
import {
	computeView,
	type BoardContents,
	type ViewResult,
	type ViewWords
} from '#shared/exercises/views.ts';
import type { BoardView } from '#shared/facilitation/view.ts';
import type { Language } from '#shared/ids.ts';
import { columnsSeen, seenByRoom } from '../state/shown-board.ts';
import type { WorkshopNews } from '../state/workshop-news.svelte.ts';
import { resultOf, type Result } from '../voting/results.ts';

/** What is looked at, and what of the room is told to whoever looks. */
export interface Looked {
	board: Pick<
		BoardView,
		'id' | 'anonymous' | 'hidden' | 'columnsShown' | 'voting' | 'rounds' | 'votesShown'
	>;
	exercise: Exercise;
	value: BoardValue;
	news: Pick<WorkshopNews, 'people' | 'totals' | 'tallies'>;
	language: Language;
}

/**
 * What a view is computed from. Votes are in none but the view that is of them, which has its own
 * picture (`shownVotes`), and no view says who wrote a card.
 */
export function roomContents({ board, exercise, value, news, language }: Looked): BoardContents {
	const named = board.anonymous ? [] : news.people;
	return {
		exercise: { ...exercise, columns: columnsSeen(exercise, board.columnsShown) },
		board: seenByRoom(value, board),
		votes: null,
		actions: [],
		names: {},
		people: Object.fromEntries(named.flatMap(({ id, name }) => (name ? [[id, name]] : []))),
		countryName: (code) => countryName(code, language)
	};
}

/** Any view but that of the votes. */
export const shownView = (view: View, looked: Looked, words: ViewWords): ViewResult =>
	computeView(view, roomContents(looked), words);

/** What the room voted for, in the columns of this view; null until it is shown. */
export function shownVotes(
	view: Extract<View, { type: 'votes' }>,
	{ board, exercise, value, news }: Looked
): Result | null {
	const result = resultOf(board, news, seenByRoom(value, board), exercise);
	if (!result || !view.columns) return result;
	const { columns } = view;
	const ranked = result.ranked.filter(
		({ column, target }) => 'option' in target || columns.includes(column)
	);
	return { ...result, ranked };
}
