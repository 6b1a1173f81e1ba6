/**
 * Everything that travels over Socket.IO, once. Commands are asked in the imperative and answered
 * by an acknowledgement; news is told in the past tense. A client says in its handshake which
 * workshop it means (`handshakeSchema`); who it is, its cookie or token says.
 */
import * as v from 'valibot';
import type { ActionValue, CommentValue, Votes } from '../doc/contents.ts';
import type { Exercise } from '../exercises/format.ts';
import type { AuditAbout, AuditView } from '../facilitation/audit.ts';
import type { Envelope } from '../facilitation/commands.ts';
import type { Reaction, Reactions } from '../facilitation/reactions.ts';
import type { ScreenPage, Turn } from '../facilitation/screen-pages.ts';
import type { OwnSignals, SignalsView } from '../facilitation/signals.ts';
import type { WorkshopView } from '../facilitation/view.ts';
import type { Choices, Tally } from '../facilitation/ways.ts';
import {
	idSchema,
	type ActionId,
	type AuthorKey,
	type BoardId,
	type CardId,
	type CommentId,
	type ParticipantId
} from '../ids.ts';
import type { MatchedGroup } from '../matching/themes.ts';
import type { RefusalReason } from '../refusals.ts';

export const handshakeSchema = v.object({
	workshop: idSchema,
	/** The room screen's signed link; a token of a participant or the API where there is no cookie. */
	screen: v.optional(v.string()),
	token: v.optional(v.string()),
	/** Only the participant is meant, where a browser is known as a facilitator too. */
	as: v.optional(v.literal('participant'))
});

/** What became of a command. `version` is the workshop's afterwards (or now, where refused). */
export type Outcome =
	| { ok: true; version: number; board?: BoardId }
	| { ok: false; refusal: RefusalReason; version?: number };

export interface PersonView {
	id: ParticipantId;
	/** Absent in an anonymous workshop. */
	name?: string;
	here: boolean;
	joinedAt: number;
	/** Somebody else writes and votes for them: `keptBy`, and those who facilitate. */
	withoutDevice?: true;
	keptBy?: ParticipantId;
}

/** A seat without a device that a participant writes and votes for. */
export interface KeptSeat {
	id: ParticipantId;
	/** Absent in an anonymous workshop. */
	name?: string;
}

/** A participant's own table. */
export interface TableView {
	id: string;
	name: string;
	/** How many sit there, the reader included. */
	people: number;
	/** Who else; empty in an anonymous workshop. */
	names: string[];
	/** The authors who sit there, by board: whose cards the table looks at. Empty for anonymous boards. */
	authors: Record<BoardId, AuthorKey[]>;
}

/** A card that came too late and was left out, with the words that it would have shown large. */
export interface LeftView {
	card: CardId;
	text: string;
	/** When it was left out, in ms. */
	at: number;
}

/** `let-in` and `leave` take the participants, and on an anonymous board the authors. */
export interface LateView {
	/** Absent on an anonymous board. */
	participant?: ParticipantId;
	name?: string;
	/** On an anonymous board only: the author that its cards know, who nobody knows. */
	author?: AuthorKey;
	/** Cards that are held back, as a number: their words stay with their author. */
	cards: number;
}

/** What of a board waits for a database that does not answer. While all is well, nobody is told. */
export interface SavingView {
	/** Since when the oldest of it waits: ms on the server's clock. */
	since: number;
	/** How much waits. */
	bytes: number;
	/** So much that no more is taken: the board can be read, and not written, until it is saved. */
	full: boolean;
}

/** What one participant may know of who was matched on a board. */
export interface MatchedView {
	groups: {
		column: string;
		/** Their own card, by which they were matched. */
		card: CardId;
		/** One, or two in a three. */
		others: { author: AuthorKey; card: CardId }[];
	}[];
	/** Also with those they were matched with before. */
	contacts: ContactView[];
}

/** How to reach each other, with one other person: told to these two alone. */
export interface ContactView {
	author: AuthorKey;
	/** What this person left for the reader. */
	got?: string;
	/** What the reader left for them. */
	left?: string;
}

/** What somebody who facilitates did last. */
export interface LastDeed {
	/** Their name; null: the receiver themself. */
	by: string | null;
	at: number;
	deed: AuditView['deed'];
	about: AuditAbout;
}

export interface ServerToClient {
	/** The workshop as this role may see it: at once on connecting, and after every change. */
	'state:changed': (view: WorkshopView) => void;
	/** A board's exercise: on connecting for every board, and when one starts. */
	'board:described': (board: BoardId, exercise: Exercise) => void;
	/** Who is who on a board that is not anonymous: the names behind its authors. */
	'authors:changed': (
		board: BoardId,
		authors: Record<AuthorKey, { participant: ParticipantId; name: string }>
	) => void;
	'roster:changed': (people: PersonView[], here: number) => void;
	/** How much has been written, never what: cards put down, people who have put down at least one, people writing now. */
	'counts:changed': (
		board: BoardId,
		counts: { cards: number; people: number; writing: number }
	) => void;
	/** Of a board that was revealed: what was read of its cards elsewhere is to be read anew. */
	'cards:removed': (board: BoardId) => void;
	/** For facilitators, on a board with names: who has put down a card. */
	'writers:changed': (board: BoardId, people: ParticipantId[]) => void;
	/** For facilitators: who else has this workshop open, by name; and what was done last. */
	'facilitators:changed': (others: string[], last: LastDeed | null) => void;
	/** For facilitators: who is ready, how the pace is, whose hands are up. */
	'signals:changed': (signals: SignalsView) => void;
	/** The receiver's own of these. */
	'signals:mine': (own: OwnSignals) => void;
	/** For room screens: somebody who facilitates has turned the page. */
	'page:turned': (to: Turn) => void;
	/** For facilitators: which page the room screen shows; null: there is none to turn. */
	'page:changed': (page: ScreenPage | null) => void;
	/** The receiver's own votes. */
	'ballot:changed': (board: BoardId, mine: Votes, left: number, choices: Choices) => void;
	/** The votes of somebody without a device, for whoever votes for them. */
	'ballot:of': (
		board: BoardId,
		seat: ParticipantId,
		mine: Votes,
		left: number,
		choices: Choices
	) => void;
	/** For facilitators, and of a poll for room screens: how many have cast something in the round that is on, and how many all that they can. */
	'voted:changed': (board: BoardId, voted: { some: number; all: number }) => void;
	/** For who keeps the seat of somebody without a device: what that person would be told themself. */
	'held:of': (board: BoardId, seat: ParticipantId, cards: number) => void;
	'left:of': (board: BoardId, seat: ParticipantId, cards: LeftView[]) => void;
	'matched:of': (board: BoardId, seat: ParticipantId, matched: MatchedView) => void;
	/** For a participant: whom they write for, as they came. */
	'seats:changed': (seats: KeptSeat[]) => void;
	/** Everybody's votes, once shown, as the score that each is ranked by; null when they are shut again. */
	'totals:changed': (board: BoardId, totals: Votes | null, tally: Tally | null) => void;
	/** How many said what of which card: on connecting, of all of which something is said. */
	'reactions:told': (board: BoardId, cards: Record<CardId, Reactions>) => void;
	/** Of those that changed. */
	'reactions:changed': (board: BoardId, cards: Record<CardId, Reactions>) => void;
	/** The receiver's own. */
	'reactions:mine': (board: BoardId, mine: Record<CardId, Reaction>) => void;
	/** For a participant: their table and who else sits there, by name where there are names; null: none. */
	'table:changed': (table: TableView | null) => void;
	'comments:told': (board: BoardId, comments: CommentValue[]) => void;
	'comment:added': (board: BoardId, comment: CommentValue) => void;
	'comment:removed': (board: BoardId, comment: CommentId) => void;
	'actions:told': (board: BoardId, actions: ActionValue[]) => void;
	'action:changed': (board: BoardId, action: ActionValue) => void;
	'action:removed': (board: BoardId, action: ActionId) => void;
	/** For facilitators: whose late cards are held back. */
	'late:changed': (board: BoardId, late: LateView[]) => void;
	/** For the author: how many of their own cards are held back, waiting to be let in. */
	'held:changed': (board: BoardId, cards: number) => void;
	/** For the author alone: what of their own was left out as late, and has not come back. */
	'left:changed': (board: BoardId, cards: LeftView[]) => void;
	/** For facilitators: what was removed, or left outside as late, and can come back. */
	'removed:changed': (board: BoardId, cards: { card: CardId; text: string }[]) => void;
	/** For facilitators: who was matched with whom, once people were. */
	'matches:changed': (board: BoardId, groups: MatchedGroup[]) => void;
	/** For a participant: their own matches, once people were matched on a board. */
	'matched:changed': (board: BoardId, matched: MatchedView) => void;
	/** Words wait to be saved for longer than usual; null once they are. */
	'saving:changed': (board: BoardId, saving: SavingView | null) => void;
	/** For the author: cards of theirs are asked for, to be kept beyond the workshop. */
	'ideas:asked': () => void;
	/** This person was removed, or the workshop deleted: nothing more will come. */
	'access:ended': () => void;
	/** The server stops and will be back in a moment. */
	'server:leaving': () => void;
}

export interface ClientToServer {
	command: (envelope: Envelope, ack: (outcome: Outcome) => void) => void;
	/** The server's time in ms, to learn the offset of this device's clock. */
	clock: (ack: (now: number) => void) => void;
}
