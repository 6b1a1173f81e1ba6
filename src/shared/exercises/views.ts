/**
 * A view of an exercise, computed: what the screens draw as lists and the summary prints, from the
 * same plain values. Pure; knows no exercise by name and no language: the few words that are
 * Plenary's own come in as `ViewWords`. Each kind of view has its file in `views/`.
 */
import type { ActionValue, BoardValue, CardValue, Votes } from '../doc/contents.ts';
import type { Source } from '../earlier.ts';
import type { Tally, Voting } from '../facilitation/ways.ts';
import type { AuthorKey, CardId } from '../ids.ts';
import type { MatchedGroup } from '../matching/themes.ts';
import type { Reactions } from '../facilitation/reactions.ts';
import type { Exercise, View } from './format.ts';
import { byColumn, byField } from './views/by-value.ts';
import { cloud } from './views/cloud.ts';
import { coverage } from './views/coverage.ts';
import { duplicates } from './views/duplicates.ts';
import { matches } from './views/matches.ts';
import { matrix } from './views/matrix.ts';
import { saying, unanswered, without } from './views/open-ends.ts';
import { table } from './views/table.ts';
import { themes } from './views/themes.ts';
import { votes } from './views/votes.ts';

/** Everything revealed of one board, with hidden cards left out. */
export interface BoardContents {
	exercise: Exercise;
	board: BoardValue;
	/** The scores by which each is ranked; null until they are shown. */
	votes: Votes | null;
	/**
	 * How they were voted, and what there is to say beside the scores; absent where nothing is shown.
	 * Where `votes` is null it says what rounds before came to, and nothing else.
	 */
	voted?: { voting: Voting; tally: Tally };
	actions: ActionValue[];
	/** The names behind the authors; empty on an anonymous board. */
	names: Record<AuthorKey, string>;
	/** Names of participants by id, for `person` fields; empty where anonymous. */
	people: Record<string, string>;
	/** A country's name in the reader's language. */
	countryName: (code: string) => string;
	/** What was said of cards with one tap; absent where nobody reads it. */
	reactions?: Record<CardId, Reactions>;
	/** Who was matched with whom; absent where nobody was yet. */
	matched?: MatchedGroup[];
	/** What its cards are for, of those that are for something. */
	sources?: Record<CardId, Source>;
}

/** What a view says in Plenary's own voice, in the reader's language. */
export interface ViewWords {
	/** Cards whose field is empty: "No cause given". */
	without: (field: string) => string;
	/** Cards that stand in no group. */
	ungrouped: string;
	/** A group that nobody has named. */
	untitled: string;
	/** Cards that lack one of a matrix's two scales. */
	unplaced: string;
	/** People for whom there was no match. */
	unmatched: string;
	/** A sustainable development goal: "Goal 16". */
	goal: (number: string) => string;
	/** What a column was asked for, and nobody named. */
	gaps: string;
	/** The heading over columns, where they are rows. */
	column: string;
	/** "3 people gave examples in 2 of 6." */
	covered: (people: number, columns: number, of: number) => string;
	/** A participant whose name is not to be had. */
	someone: string;
}

/** A card in a list, with what a reader of that list wants to know of it. */
export interface ViewCard {
	card: CardValue;
	/** The main field. */
	text: string;
	votes?: number;
	/** Cards that answer it, or the value of the field that the view is about. */
	notes?: string[];
	/** Its place in a matrix, both from 1 to 5. */
	at?: { x: number; y: number };
}

/** A heading with its cards; `count` may differ from their number (votes, people). */
export interface ViewSection {
	/** Empty where the one card in it speaks for itself: a card among the votes. */
	title: string;
	count: number;
	cards: ViewCard[];
	/** Of the votes: what got them, its place, and whether another has as many. */
	target?: string;
	place?: number;
	tied?: boolean;
	/** What is left over: no value, no group, no match. Stands last, and is drawn hollow. */
	rest?: true;
}

export type ViewResult = { title: string; view: View; empty: boolean } & (
	| { kind: 'sections'; sections: ViewSection[] }
	| {
			kind: 'table';
			head: string[];
			rows: { cells: string[]; card?: CardValue }[];
			/** Sentences under the table. */
			notes?: string[];
	  }
);

/** What one kind of view gives: all of a `ViewResult` that does not follow from the view itself. */
export type ViewParts =
	/** `empty`: where that does not follow from there being no card. */
	| { sections: ViewSection[]; empty?: boolean }
	| { head: string[]; rows: { cells: string[]; card?: CardValue }[]; notes?: string[] };

/** Looks at a board in one way. `empty` is true where there is no card to show in it. */
export function computeView(view: View, contents: BoardContents, words: ViewWords): ViewResult {
	const parts = partsOf(view, contents, words);
	const { title } = view;
	if ('head' in parts) return { kind: 'table', title, view, empty: !parts.rows.length, ...parts };
	const empty = parts.sections.every((section) => section.cards.length === 0);
	return { kind: 'sections', title, view, empty, ...parts };
}

function partsOf(view: View, contents: BoardContents, words: ViewWords): ViewParts {
	switch (view.type) {
		case 'by-field':
			return byField(view, contents, words);
		case 'by-column':
			return byColumn(contents);
		case 'themes':
			return themes(contents, words);
		case 'votes':
			return votes(view, contents, words);
		case 'unanswered':
			return unanswered(view, contents);
		case 'without':
			return without(view, contents, words);
		case 'cloud':
			return { sections: cloud(contents) };
		case 'duplicates':
			return duplicates(contents);
		case 'matrix':
			return matrix(view, contents, words);
		case 'coverage':
			return coverage(view, contents, words);
		case 'matches':
			return matches(view, contents, words);
		case 'table':
			return table(view, contents, words);
		case 'field':
			return saying(view, contents, words);
		default:
			return view satisfies never;
	}
}
