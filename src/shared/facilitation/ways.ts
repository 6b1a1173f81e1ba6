/** The ways in which a room decides, and what each asks of a voter. */
import type { CardId, GroupId } from '../ids.ts';

export const WAYS = ['dots', 'rating', 'placing', 'order', 'pairs'] as const;
/**
 * `dots`: a budget of dots. `rating`: 1 to 5 for each. `placing`: a place between two axes.
 * `order`: one's first few, in order. `pairs`: which of two, again and again.
 */
export type Way = (typeof WAYS)[number];

/** What everyone has, unless the facilitator says otherwise. */
export const DOTS = 5;
export const DOTS_ON_ONE = 3;

/** One axis of a placing, from 1 (`low`) to 5 (`high`). */
export interface Axis {
	title: string;
	low: string;
	high: string;
}

/** What can be voted for that is no card: an answer to a question which stood before anybody wrote. */
export interface Option {
	id: string;
	title: string;
}

export interface Voting {
	way: Way;
	on: 'both' | 'cards' | 'groups' | 'options';
	/** Empty but where it is `on` options. */
	options: Option[];
	/** Cards and groups of these columns only; null: of all. */
	columns: string[] | null;
	/** Dots: as many in each column. */
	perColumn: boolean;
	/** Placing only. */
	axes: { x: Axis; y: Axis } | null;
	/**
	 * Placing: each has one place, which whoever moved it last gave it, and which is shown from the
	 * beginning, as everybody moves the same (`Tally.places`); else everybody's own, and how they spread.
	 */
	together: boolean;
	/** A further round among these alone. */
	among: (CardId | GroupId | string)[] | null;
	/** Open in `vote` alone, or from when the board is revealed until it is done. */
	open: 'in-vote' | 'throughout';
}

/** Where somebody placed something: both whole, from 1 to 5. */
export interface Place {
	x: number;
	y: number;
}

/** What one person cast in ways that a number for each target does not say. */
export interface Choices {
	/** Placing, by target. */
	places: Record<string, Place>;
	/** Pairs: which of the two is better, by `pairKey`; empty where neither. */
	better: Record<string, string>;
}

/** Two targets, whichever comes first. */
export const pairKey = (some: string, other: string): string =>
	some < other ? `${some} ${other}` : `${other} ${some}`;

/** What a round came to, beside the score of each target (`Votes`) by which they are ranked. */
export interface Tally {
	/** Which round, as the board has it. */
	round: number;
	way: Way;
	/** How many people cast something. */
	people: number;
	/** Rating: how many gave 1, 2, 3, 4, 5; by target. */
	spread: Record<string, number[]>;
	/** Placing: how many put it where; by target. */
	places: Record<string, (Place & { people: number })[]>;
	/** The rounds before, in their order. */
	earlier: (Omit<Tally, 'earlier'> & { scores: Record<string, number> })[];
}

export const plainVoting = (): Voting => ({
	way: 'dots',
	on: 'both',
	options: [],
	columns: null,
	perColumn: false,
	axes: null,
	together: false,
	among: null,
	open: 'in-vote'
});
