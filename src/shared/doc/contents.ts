/** What a board holds, as plain values: what screens draw and exports print. */
import type {
	ActionId,
	AuthorKey,
	BoardId,
	CardId,
	CommentId,
	GroupId,
	ParticipantId
} from '../ids.ts';
import type { CardFrom, FieldValue, GroupKind } from './schema.ts';

export interface CardValue {
	id: CardId;
	author: AuthorKey;
	/** Where it lies now: its placement's, else its own. */
	column: string;
	order: string;
	group?: GroupId;
	/** The card that it answers; left out where that one is gone. */
	answers?: CardId;
	from?: CardFrom;
	language?: string;
	draft?: true;
	/** Every field that has a value; text fields as their string, blank ones left out. */
	fields: Record<string, FieldValue>;
}

export interface GroupValue {
	id: GroupId;
	kind: GroupKind;
	title: string;
	column: string;
	order: string;
	/** A `same` group may stand in a theme. */
	group?: GroupId;
	/** In order; groups of fewer than two cards are left out by `readBoard`. */
	cards: CardId[];
}

export interface BoardValue {
	cards: CardValue[];
	groups: GroupValue[];
}

/** The server's own, not the document's (rulings: votes, comments and actions are rows). */
export interface CommentValue {
	id: CommentId;
	card: CardId;
	text: string;
	/** Absent on an anonymous board. */
	participant?: ParticipantId;
	name?: string;
	at: number;
	/** Whether the reader may take it back. */
	mine?: boolean;
}

export interface ActionValue {
	id: ActionId;
	board: BoardId;
	what: string;
	/** A participant's name or free text: who does it. */
	who: string;
	/** `YYYY-MM-DD`, or a phrase such as "before summer". */
	when: string;
	card?: CardId;
	at: number;
	mine?: boolean;
}

/** A card, a group, or an option of the voting: what a vote belongs to. */
export type VoteTarget = { card: CardId } | { group: GroupId } | { option: string };
/** Votes by target id (no two of whatever kind collide). */
export type Votes = Record<string, number>;
