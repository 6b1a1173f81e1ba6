/**
 * A workshop's summary as one plain value, made by the server (`server/exports/summary/`): the page
 * draws it, Typst sets it, Markdown and Word write it. It says everything in words, in the workshop's
 * language; nobody who shows it computes anything but where to put it.
 */
import type { ExportFormat } from '../export-formats.ts';
import type { BoardId, CardId, Language } from '../ids.ts';

/** What somebody typed, or Plenary says: as typed, with its line ends. */
export interface Said {
	text: string;
	/** The language of it, where its author said so. */
	lang?: string;
}

export interface Summary {
	language: Language;
	/** Of the page as a whole. */
	direction: 'ltr' | 'rtl';
	front: SummaryFront;
	/** What we did: one line an exercise. */
	did: { title: string; rows: DidRow[] } | null;
	/** The five ideas with most votes, over all boards; null where no votes were shown. */
	ideas: { title: string; items: Item[] } | null;
	/** What led to what, from exercise to exercise: each card with what followed from it as its `members`. */
	chains: { title: string; lead: string; items: Item[] } | null;
	/** Everything agreed, by person, the earliest first. */
	actions: {
		title: string;
		/** What, who, by when, in which exercise. */
		head: [string, string, string, string];
		people: { who: Said; rows: ActionLine[] }[];
		/** Instead, where there are none. */
		none: string;
	} | null;
	/** One an exercise; and last, where there was any, what was asked in between (`ASKED`). */
	parts: Part[];
	conclusions: { title: string; text: Said } | null;
	/** At the very end: what is too long for its place above, whole. */
	appendix: { title: string; parts: { title: Said; blocks: Block[] }[] } | null;
	/** "Made with Plenary …" */
	colophon: string;
	/** Forms in which there would be nothing, for who offers them. */
	empty: ExportFormat[];
}

export interface SummaryFront {
	/** "Summary". */
	kind: string;
	title: Said;
	organisation: Said | null;
	/** Where the logo is to be had, for the page; the others are given its bytes. */
	logo: boolean;
	/** The day, written out. */
	day: string;
	place: Said | null;
	/** "with Ada Nwosu". */
	facilitator: Said | null;
	introduction: Said | null;
	/** "31 people", "7 exercises", "412 cards", … */
	counts: string[];
	/** What is not in here, and why: a sentence each. */
	left: string[];
}

interface DidRow {
	board: BoardId;
	title: Said;
	counts: string[];
}

export interface ActionLine {
	what: Said;
	who: Said;
	/** As it is read: "27 November 2026", "before summer". */
	when: Said;
	/** The title of the exercise. */
	from: Said;
}

export interface Part {
	board: BoardId;
	/** For links within a document: letters, digits and hyphens. */
	anchor: string;
	title: Said;
	/** Where the exercise comes from, what it serves. */
	references: Said[];
	prompt: Said;
	counts: string[];
	left: string[];
	/** What its `summary` asks for, in that order. */
	blocks: Block[];
}

/** A card, in a list or a picture. */
export interface Item {
	/** The card, where it is one: what a facilitator leaves out by. A group has none. */
	card?: CardId;
	text: Said;
	/** Absent where anonymous. */
	author?: Said;
	/** "14 votes", and their number. */
	votes?: string;
	count?: number;
	/** What there is to say of its votes besides, and how many gave it 1, 2, 3, 4, 5. */
	standing?: string;
	spread?: number[];
	/** "4 agree · 1 has a question". */
	reactions?: string;
	/** What answers it, or what a field says of it. */
	notes: Said[];
	/** Of its column: 1 to 6, 0 for "other". */
	cloth: number;
	/** Where it is from, where that is not plain: an exercise's title. */
	from?: Said;
	/** What it is for, and what is for it, of other exercises: a sentence each. */
	links?: Said[];
	/** A group's cards; in a chain, what followed. */
	members?: Item[];
	/** "and 24 more, in the appendix": notes or members beyond these. */
	more?: string;
	/** In a matrix: which column of its `key` it is of, for who cannot tell the cloths apart. */
	mark?: string;
}

/** `rest`: what has no value, no group, no match; drawn hollow. */
export interface Bar {
	label: Said;
	count: number;
	/** Of the longest bar, from 0 to 1. */
	share: number;
	rest: boolean;
	cloth: number;
}

export interface ListSection {
	/** Absent where the block's title says it. */
	title?: Said;
	count: number;
	rest: boolean;
	items: Item[];
	/** Items beyond these, which stand in the appendix. */
	more: number;
}

export interface Scale {
	title: Said;
	/** What 1 and 5 mean. */
	low: Said;
	high: Said;
}

/**
 * One thing to look at. `alt` is the picture in a sentence or two, for who cannot see it: the
 * longest and shortest bars, the fullest corner, the gaps.
 */
export type Block = {
	/** `<board id>/<index in its summary>`: what a facilitator leaves out by. */
	id: string;
	title: Said;
	/** "37 barriers, by cause"; a sentence that says how to read it. */
	lead?: string;
	/** "and 24 more, in the appendix" */
	more?: string;
} & (
	| { kind: 'nothing'; note: string }
	| { kind: 'bars'; bars: Bar[]; alt: string; head: [string, string] }
	/** `bars`: how large its sections are, where that is worth a picture. */
	| { kind: 'list'; bars: Bar[]; alt: string; head: [string, string]; sections: ListSection[] }
	/** Most votes first; an item's `notes` are the ways round it. */
	| { kind: 'ranking'; items: Item[] }
	| {
			kind: 'matrix';
			x: Scale;
			y: Scale;
			/** `rows` from 5 down to 1, in each the cells from 1 to 5. */
			rows: MatrixCell[][];
			rest: ListSection | null;
			/** What the cloths and marks mean; empty where there is one column. */
			key: { title: Said; cloth: number; mark: string }[];
			alt: string;
	  }
	/** People who were matched: each group with what they share, and each person's card. */
	| { kind: 'matches'; groups: { theme: Said; items: Item[] }[]; alone: Item[]; aloneTitle: string }
	| {
			kind: 'coverage';
			/** The heading over the rows, and of the last column. */
			head: { column: string; total: string };
			/** "1" to "17", each with its name. */
			goals: { number: string; name: string }[];
			rows: { title: Said; cloth: number; set?: Said; counts: number[]; total: number }[];
			/** What nobody named, and how far people got: sentences. */
			notes: string[];
			alt: string;
	  }
	/** `divided`: rows under headings of their first cell, such as a country. */
	| { kind: 'table'; head: Said[]; rows: Said[][]; divided: boolean }
);

export interface MatrixCell {
	x: number;
	y: number;
	/** As many as there is room for. */
	items: Item[];
	/** Beyond these: "and 4 more". */
	more: number;
	/** The corner that is best on both scales. */
	best: boolean;
}
