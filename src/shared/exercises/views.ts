/**
 * A view of an exercise, computed: what the screens draw as lists and the summary prints, from the
 * same plain values. Pure; knows no exercise by name.
 */
import type { ActionValue, BoardValue, CardValue, Votes } from '../doc/contents.ts';
import type { AuthorKey } from '../ids.ts';
import type { Exercise, View } from './format.ts';

/** Everything revealed of one board, with hidden cards left out. */
export interface BoardContents {
	exercise: Exercise;
	board: BoardValue;
	/** Null until they are shown. */
	votes: Votes | null;
	actions: ActionValue[];
	/** The names behind the authors; empty on an anonymous board. */
	names: Record<AuthorKey, string>;
	/** Names of participants by id, for `person` fields; empty where anonymous. */
	people: Record<string, string>;
	/** A country's name in the reader's language. */
	countryName: (code: string) => string;
}

/** A card in a list, with what a reader of that list wants to know of it. */
export interface ViewCard {
	card: CardValue;
	/** The main field. */
	text: string;
	votes?: number;
	/** Cards that answer it, or the value of the field that the view is about. */
	notes?: string[];
}

/** A heading with its cards; `count` may differ from their number (votes, people). */
export interface ViewSection {
	title: string;
	count: number;
	cards: ViewCard[];
}

export type ViewResult = { title: string; view: View; empty: boolean } & (
	| { kind: 'sections'; sections: ViewSection[] }
	| { kind: 'table'; head: string[]; rows: { cells: string[]; card?: CardValue }[] }
);

/** See `ViewResult`; the parts are in `views/`. */
export type ComputeView = (view: View, contents: BoardContents) => ViewResult;
