/** What is written on boards: documents as logs of updates, and the rows beside them. */
import { bigint, boolean, index, integer, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import type { CardFrom, FieldValue } from '#shared/doc/schema.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { Reaction } from '#shared/facilitation/reactions.ts';
import { bytes, jsonb, text, time } from '../storable.ts';
import { workshops, participants } from './workshops.ts';

/** One run of one exercise. What changes of it stands in the workshop's state. */
export const boards = pgTable(
	'boards',
	{
		id: text().primaryKey(),
		workshopId: text('workshop_id')
			.notNull()
			.references(() => workshops.id, { onDelete: 'cascade' }),
		exercise: jsonb().$type<Exercise>().notNull(),
		/** Which history its documents have: changes only by restore, import or a quarantined row. */
		epoch: text().notNull(),
		createdAt: time('created_at').notNull()
	},
	(t) => [index().on(t.workshopId)]
);

/** Goes with its board. */
const ofBoard = () =>
	text('board_id')
		.notNull()
		.references(() => boards.id, { onDelete: 'cascade' });

/** A participant as a board knows them, and their notebook. */
export const authors = pgTable(
	'authors',
	{
		boardId: ofBoard(),
		key: text().notNull(),
		participantId: text('participant_id')
			.notNull()
			.references(() => participants.id, { onDelete: 'cascade' }),
		/** The update that makes the author's map; only ever replayed, never made again. */
		mapUpdate: bytes('map_update').notNull()
	},
	(t) => [primaryKey({ columns: [t.boardId, t.participantId] })]
);

/** Whose a Yjs client id is, on a board and all its notebooks; null is the server's own. */
export const clientIds = pgTable(
	'client_ids',
	{
		boardId: ofBoard(),
		clientId: bigint('client_id', { mode: 'number' }).notNull(),
		/** A participant or an account. */
		holder: text()
	},
	(t) => [primaryKey({ columns: [t.boardId, t.clientId] })]
);

/**
 * The update log: one row a board a tick. `entries` says what each document gained, and which
 * notebooks stand on the board up to this row (`store/log-entries.ts`).
 */
export const rows = pgTable(
	'rows',
	{
		boardId: ofBoard(),
		seq: integer().notNull(),
		checksum: integer().notNull(),
		entries: bytes().notNull(),
		at: time('at').notNull()
	},
	(t) => [primaryKey({ columns: [t.boardId, t.seq] })]
);

/**
 * What the documents of a board hold as of row `seq`, in pieces (`store/snapshots.ts`). The newest
 * and the one before it are kept, with all rows since the older one. Piece 0 is written last: a
 * snapshot without it was never finished.
 */
export const snapshots = pgTable(
	'snapshots',
	{
		boardId: ofBoard(),
		seq: integer().notNull(),
		piece: integer().notNull(),
		/** How many pieces there are. */
		pieces: integer().notNull(),
		checksum: integer().notNull(),
		bytes: bytes().notNull(),
		at: time('at').notNull()
	},
	(t) => [primaryKey({ columns: [t.boardId, t.seq, t.piece] })]
);

/**
 * Rows of the log, and snapshots, that were found damaged or missing: kept for whoever can mend
 * them, never read again. With them the rows that build on what is missing.
 */
export const rowsSetAside = pgTable(
	'rows_set_aside',
	{
		boardId: ofBoard(),
		seq: integer().notNull(),
		/** Of a snapshot, that piece of it; -1 is a row. */
		piece: integer().notNull().default(-1),
		/** Null where the row was not there. */
		entries: bytes(),
		at: time('at').notNull()
	},
	(t) => [primaryKey({ columns: [t.boardId, t.seq, t.piece] })]
);

export const votes = pgTable(
	'votes',
	{
		boardId: ofBoard(),
		participantId: text('participant_id')
			.notNull()
			.references(() => participants.id, { onDelete: 'cascade' }),
		/** Which round of voting it was cast in (`BoardState.round`). */
		round: bigint({ mode: 'number' }).notNull().default(0),
		/** A card's, a group's or an option's id. */
		target: text().notNull(),
		/** Pairs: the other one, which comes later in the alphabet; else empty. */
		against: text().notNull().default(''),
		isGroup: boolean('is_group').notNull(),
		/** Dots on it; 1 to 5; its place from 1; of pairs 1 where it is better, -1 where the other is, else 0. */
		count: integer().notNull(),
		/** Placing: where, both from 1 to 5. */
		x: integer(),
		y: integer(),
		at: time('at').notNull().default(0)
	},
	(t) => [primaryKey({ columns: [t.boardId, t.participantId, t.round, t.target, t.against] })]
);

/** What people said of cards with one tap: one of each person for each card. */
export const reactions = pgTable(
	'reactions',
	{
		boardId: ofBoard(),
		cardId: text('card_id').notNull(),
		participantId: text('participant_id')
			.notNull()
			.references(() => participants.id, { onDelete: 'cascade' }),
		reaction: text().$type<Reaction>().notNull(),
		/** Of so many people: one, but for what was imported. */
		count: integer().notNull().default(1)
	},
	(t) => [primaryKey({ columns: [t.boardId, t.cardId, t.participantId] })]
);

export const comments = pgTable(
	'comments',
	{
		boardId: ofBoard(),
		id: text().notNull(),
		cardId: text('card_id').notNull(),
		/** Null where a facilitator wrote it. */
		participantId: text('participant_id').references(() => participants.id, {
			onDelete: 'set null'
		}),
		accountId: text('account_id'),
		text: text().notNull(),
		at: time('at').notNull()
	},
	(t) => [primaryKey({ columns: [t.boardId, t.id] })]
);

export const actions = pgTable(
	'actions',
	{
		boardId: ofBoard(),
		id: text().notNull(),
		what: text().notNull(),
		who: text().notNull(),
		when: text().notNull(),
		cardId: text('card_id'),
		participantId: text('participant_id').references(() => participants.id, {
			onDelete: 'set null'
		}),
		accountId: text('account_id'),
		at: time('at').notNull()
	},
	(t) => [primaryKey({ columns: [t.boardId, t.id] })]
);

/** A copy of what was removed or withdrawn, so that it can come back under its own id. */
export interface RemovedCard {
	column: string;
	order: string;
	answers?: string;
	from?: CardFrom;
	language?: string;
	fields: Record<string, FieldValue>;
	/** What its author had made of it since, late, where nobody had let that in. */
	late?: Omit<RemovedCard, 'late'>;
}

export const removedCards = pgTable(
	'removed_cards',
	{
		boardId: ofBoard(),
		cardId: text('card_id').notNull(),
		participantId: text('participant_id').notNull(),
		card: jsonb().$type<RemovedCard>().notNull(),
		/**
		 * `removed` by a facilitator, `withdrawn` by its author, `left` outside as a late card, or
		 * `replaced` by late words that came back in its place.
		 */
		why: text().notNull(),
		at: time('at').notNull()
	},
	(t) => [primaryKey({ columns: [t.boardId, t.cardId] })]
);

/** Who was matched with whom, as it was last worked out. */
export const matches = pgTable('matches', {
	boardId: text('board_id')
		.primaryKey()
		.references(() => boards.id, { onDelete: 'cascade' }),
	groups: jsonb().$type<MatchRow[]>().notNull(),
	at: time('at').notNull()
});

/** One pair or three of a theme. */
export interface MatchRow {
	column: string;
	/** Each with the card that they were matched by. */
	people: { participant: string; card: string }[];
}

/** How to reach somebody, for one of those they were matched with alone. */
export const matchContacts = pgTable(
	'match_contacts',
	{
		boardId: ofBoard(),
		fromId: text('from_id')
			.notNull()
			.references(() => participants.id, { onDelete: 'cascade' }),
		toId: text('to_id')
			.notNull()
			.references(() => participants.id, { onDelete: 'cascade' }),
		text: text().notNull(),
		at: time('at').notNull()
	},
	(t) => [primaryKey({ columns: [t.boardId, t.fromId, t.toId] })]
);

/** Suggestions of the same idea, or of a theme, that a person has answered: not made again. */
export const suggestionAnswers = pgTable(
	'suggestion_answers',
	{
		boardId: ofBoard(),
		/** Its kind and its cards (`server/suggestions/`). */
		key: text().notNull(),
		accepted: boolean().notNull(),
		at: time('at').notNull()
	},
	(t) => [primaryKey({ columns: [t.boardId, t.key] })]
);

/** How a board lay at a moment: at each change of phase, and in each minute in which it changed. */
export const moments = pgTable(
	'moments',
	{
		boardId: ofBoard(),
		at: time('at').notNull(),
		/** The phase that began then, or that it was in. */
		phase: text().notNull(),
		why: text().$type<'phase' | 'minute' | 'restored'>().notNull(),
		/** As JSON, compressed: what stands where, and what is hidden or removed (`server/history/`). */
		lay: bytes().notNull()
	},
	(t) => [primaryKey({ columns: [t.boardId, t.at] })]
);
