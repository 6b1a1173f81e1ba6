/**
 * The state of a workshop, as facilitation owns it: unions, nothing else. It is stored as one
 * value with a version, and changed by `step` alone. Times are milliseconds since the epoch on the
 * server's clock, spans are milliseconds, plans are minutes.
 */
import type { Votes } from '../doc/contents.ts';
import type { Phase, RunningPhase } from '../exercises/format.ts';
import type { BoardId, CardId, GroupId, Language, ParticipantId } from '../ids.ts';
import type { CommandType } from '../permissions.ts';
import type { Tally, Voting } from './ways.ts';

export type Status = 'draft' | 'collecting' | 'open' | 'closed';
export type Writing = 'private' | 'open';
export type Grouping = 'everyone' | 'facilitators';

export type Timer =
	| { kind: 'none' }
	/** Past `endsAt` it runs over, visibly, until the facilitator goes on. */
	| { kind: 'running'; endsAt: number }
	| { kind: 'paused'; left: number };

export interface PlannedPhase {
	phase: RunningPhase;
	minutes: number;
}

/** `note` is what whoever facilitates wants to remember there; nobody else is told. */
export type AgendaItem =
	| {
			kind: 'exercise';
			exercise: string;
			title: string;
			phases: PlannedPhase[];
			writing: Writing;
			note?: string;
	  }
	| { kind: 'break'; minutes: number; note?: string };

/** What everybody's screen is led to; `view`: its place among those of the board's exercise. */
export type Spotlight = { card: CardId } | { column: string } | { view: number };

/** What of a live board can be shut beside its cards (`locked`) and its writing (`muted`). */
export const LOCKABLE = ['cards', 'comments', 'votes'] as const;
export type Lockable = (typeof LOCKABLE)[number];

/** What was allowed until a phase ended, for the grace in which late frames still count. */
export interface Closing {
	at: number;
	forwarded: boolean;
	arranging: Grouping | 'nobody';
}

/** Each group's members as they stood when voting opened; null until the grace is over. */
export type Ballot = Record<GroupId, CardId[]> | null;

export interface BoardState {
	id: BoardId;
	/** Its item in the agenda; null: a poll of the moment, which is none of the agenda's. */
	index: number | null;
	exercise: string;
	title: string;
	anonymous: boolean;
	phases: PlannedPhase[];
	phase: Phase;
	timer: Timer;
	/** What was left of a phase when it was left, for going back to it. */
	left: Partial<Record<RunningPhase, number>>;
	writing: Writing;
	/** Once a board; never undone. Boards written openly are revealed from the start. */
	revealed: boolean;
	/** No new cards reach the board. */
	locked: boolean;
	/** Writing rests: everybody looks up. */
	muted: boolean;
	/** Nothing new of these, until they are unlocked or the phase changes. */
	shut: Exclude<Lockable, 'cards'>[];
	grouping: Grouping;
	dots: number;
	dotsOnOne: number;
	voting: Voting;
	/** Which round of voting is on: 0 is the first, else when it began, in ms. */
	round: number;
	/** The latest that was on when something was taken back: it may be gone, and is not used again. */
	lastRound: number;
	/** Those before it, in their order; what was cast in them stays. `shown`: the room has seen what it came to. */
	rounds: { round: number; voting: Voting; dots: number; dotsOnOne: number; shown: boolean }[];
	votesShown: boolean;
	/** What this round came to was shown before the room went back to vote in it. */
	seen: boolean;
	ballot: Ballot;
	/** The nudge on the screens: its index in the exercise. */
	nudge: number | null;
	spotlight: Spotlight | null;
	/** The columns that the room sees, where they are shown one after another; null: all. */
	columnsShown: string[] | null;
	hidden: CardId[];
	closing: Closing | null;
	/** It collects answers until then (ms), each person for themselves, and is not live. Stays where it was never live. */
	collecting: { until: number } | null;
	startedAt: number;
	phaseStartedAt: number;
	finishedAt: number | null;
}

/** A small group of the room. */
export interface Table {
	id: string;
	name: string;
	people: ParticipantId[];
}

/** A break that is on: the agenda's, or one that was needed. */
export interface Break {
	/** Its item in the agenda; null: it is none of the agenda's. */
	index: number | null;
	minutes: number;
	timer: Timer;
	/** It stopped the live board's clock, which goes on after it. */
	stopped: boolean;
}

/** A break of the agenda that was begun; `finishedAt` is null while it is on. */
export interface TakenBreak {
	index: number;
	startedAt: number;
	finishedAt: number | null;
}

/**
 * When each item of the agenda should begin, and when all should be over, as was promised when the
 * first began. What is shortened on the way moves what follows, and never the end.
 */
export interface Timetable {
	starts: number[];
	end: number;
}

export interface WorkshopState {
	status: Status;
	title: string;
	language: Language;
	anonymous: boolean;
	agenda: AgendaItem[];
	/** In the order in which they were started. */
	boards: BoardState[];
	/** At most one is live. */
	live: BoardId | null;
	/** The board that waits, its clock stopped, while a poll of the moment is live; `ran`: it goes on afterwards. */
	waiting: { board: BoardId; ran: boolean } | null;
	/** The room split into small groups; null: it never was. */
	tables: Table[] | null;
	/** Whether people are at their tables now, or together. */
	atTables: boolean;
	break: Break | null;
	/** Those of the agenda that were begun, in that order; absent in a state of before they were kept. */
	breaks?: TakenBreak[];
	/** A sentence on everybody's screen, put there by who facilitates. */
	text: string | null;
	/** The room screen shows nothing. */
	blank: boolean;
	/** Whether a phase whose time is up goes on by itself. The last one never does. */
	goesOn: 'by-hand' | 'by-clock';
	timetable: Timetable | null;
	/** What can be undone, the latest last: how it stood before each is stored under its version. */
	past: { version: number; deed: CommandType }[];
	/** Whether somebody new may come in with the code. */
	doors: 'open' | 'closed';
	/** So many days after it was closed it is deleted; null: never by itself. */
	retentionDays: number | null;
	openedAt: number | null;
	closedAt: number | null;
	/** Of a workshop that came as a file, what the file said and this state cannot say. */
	imported?: {
		/** It was closed here by being imported then. */
		at: number;
		closedAt: number | null;
		facilitator: string;
		/** Of the boards that were not done. */
		phases: Record<BoardId, RunningPhase>;
		/** What was voted in ways of which the file has no single votes. */
		results?: Record<BoardId, { totals: Votes; tally: Tally }>;
	};
}
