/**
 * What one participant takes home, as one plain value made by the server: the page shows it and Typst
 * sets it. It says everything in words, in the workshop's language.
 */
import type { BoardId, Language } from './ids.ts';
import type { Said } from './summary/model.ts';

export interface TakeAway {
	language: Language;
	direction: 'ltr' | 'rtl';
	/** "What you take home", and the workshop's title. */
	kind: string;
	title: Said;
	/** The day and the facilitator. */
	about: Said[];
	/** Their name; absent where the workshop has none. */
	name?: Said;
	/** "7 cards", "2 actions". */
	counts: string[];
	/** Theirs to do, and what they wrote down for others. */
	actions: { title: string; rows: MyAction[] } | null;
	/** One an exercise on which they have something. */
	boards: MyBoard[];
	/** Instead of boards, where there are none. */
	none: string;
	left: string[];
	colophon: string;
}

export interface MyAction {
	what: Said;
	who: Said;
	/** As it is read: "27 November 2026", "before summer". */
	when: Said;
	/** The title of the exercise. */
	from: Said;
}

export interface MyBoard {
	board: BoardId;
	title: Said;
	/** Whether the room has seen it: only then can it be read as a board. */
	revealed: boolean;
	/** "Your cards". */
	heading: string;
	cards: MyCard[];
	/** Who could work with them. */
	matches: { heading: string; pairs: MyMatch[] } | null;
	/** How to reach people who left that for them alone. */
	contacts: { heading: string; all: Told[] } | null;
}

/** Words of somebody else's, and whose they are where that may be known. */
export interface Told {
	text: Said;
	author?: Said;
}

export interface MyCard {
	text: Said;
	/** Of its column, 1 to 6, or 0 for "other"; and its title. */
	cloth: number;
	column: Said;
	/** Why the room does not have it: a draft, not revealed, hidden. */
	mark?: string;
	/** Its other fields. */
	fields: { label: Said; value: Said }[];
	/** "14 votes", when shown. */
	votes?: string;
	/** The group that the room put it in: its title, "with 3 other cards", its votes. */
	group?: { label: string; title: Said; about: string[] };
	/** What it answers. */
	answers?: { label: string } & Told;
	/** What answers it, and what was said about it. */
	answered?: { label: string; all: Told[] };
	comments?: { label: string; all: Told[] };
}

/** People with whom they were matched on one of their cards: what they have in common, what each wrote. */
export interface MyMatch {
	theme: Said;
	others: (Told & { notes: Said[] })[];
}
