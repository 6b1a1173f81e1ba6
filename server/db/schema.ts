/**
 * Every table, in Postgres' dialect: PGlite inside the process and a real Postgres run the same
 * migrations (`npm run db:generate` writes them to `drizzle/`). Times are milliseconds since the
 * epoch on the server's clock. Secrets are stored as their SHA-256 alone.
 */
import {
	bigint,
	boolean,
	customType,
	index,
	integer,
	pgTable,
	primaryKey
} from 'drizzle-orm/pg-core';
import type { CardFrom, FieldValue } from '#shared/doc/schema.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { AuditAbout } from '#shared/facilitation/audit.ts';
import type { WorkshopState } from '#shared/facilitation/state.ts';
import { jsonb, text } from './storable.ts';

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
	dataType: () => 'bytea',
	fromDriver: (value) => new Uint8Array(value)
});
const time = (name: string) => bigint(name, { mode: 'number' });

export const accounts = pgTable('accounts', {
	id: text().primaryKey(),
	/** Lower case. */
	email: text().notNull().unique(),
	name: text().notNull(),
	/** Argon2id, in PHC's format. */
	passwordHash: text('password_hash').notNull(),
	createdAt: time('created_at').notNull()
});

/** Lucia's sessions; `id` is the hash of what the cookie holds. */
export const sessions = pgTable('sessions', {
	id: text().primaryKey(),
	accountId: text('account_id')
		.notNull()
		.references(() => accounts.id, { onDelete: 'cascade' }),
	expiresAt: time('expires_at').notNull()
});

export const apiTokens = pgTable('api_tokens', {
	hash: text().primaryKey(),
	/** By which it is named and revoked: the token itself is never shown again. */
	id: text().notNull().unique(),
	/** What it is for, in its owner's words. */
	label: text().notNull(),
	lastUsedAt: time('last_used_at'),
	accountId: text('account_id')
		.notNull()
		.references(() => accounts.id, { onDelete: 'cascade' }),
	createdAt: time('created_at').notNull()
});

/** Keys on people's devices, by which an account is opened without a password (WebAuthn). */
export const passkeys = pgTable(
	'passkeys',
	{
		/** The credential's id, in base64url. */
		id: text().primaryKey(),
		accountId: text('account_id')
			.notNull()
			.references(() => accounts.id, { onDelete: 'cascade' }),
		publicKey: bytes('public_key').notNull(),
		/** Counts up with every use on devices that count: one that goes back was copied. */
		counter: bigint({ mode: 'number' }).notNull(),
		/** How browsers reach it. */
		transports: jsonb().$type<string[]>().notNull(),
		label: text().notNull(),
		createdAt: time('created_at').notNull(),
		lastUsedAt: time('last_used_at')
	},
	(t) => [index().on(t.accountId)]
);

/** One-time links that make an account. */
export const invites = pgTable('invites', {
	hash: text().primaryKey(),
	expiresAt: time('expires_at').notNull(),
	usedAt: time('used_at')
});

/** `state` is facilitation's, changed by `step` alone, one `version` a change. */
export const workshops = pgTable('workshops', {
	id: text().primaryKey(),
	code: text().notNull().unique(),
	ownerId: text('owner_id')
		.notNull()
		.references(() => accounts.id),
	/** Signs the room screen's link. */
	screenSecret: text('screen_secret').notNull(),
	state: jsonb().$type<WorkshopState>().notNull(),
	version: integer().notNull(),
	createdAt: time('created_at').notNull(),
	/** Deleted by its owner then: gone for everybody, and for good a minute later. */
	deletedAt: time('deleted_at'),
	/** The notes of all who facilitate it, together; nobody else's. */
	notes: text().notNull().default('')
});

/** Who facilitates beside the owner. */
export const cofacilitators = pgTable(
	'cofacilitators',
	{
		workshopId: text('workshop_id')
			.notNull()
			.references(() => workshops.id, { onDelete: 'cascade' }),
		accountId: text('account_id')
			.notNull()
			.references(() => accounts.id, { onDelete: 'cascade' }),
		addedAt: time('added_at').notNull()
	},
	(t) => [primaryKey({ columns: [t.workshopId, t.accountId] }), index().on(t.accountId)]
);

/** One-time links that make somebody with an account a co-facilitator. */
export const cofacilitatorInvites = pgTable('cofacilitator_invites', {
	hash: text().primaryKey(),
	workshopId: text('workshop_id')
		.notNull()
		.references(() => workshops.id, { onDelete: 'cascade' }),
	expiresAt: time('expires_at').notNull(),
	usedAt: time('used_at')
});

/** Codes that no workshop has any more: not given again for a year, as they stand on old slides. */
export const retiredCodes = pgTable('retired_codes', {
	code: text().primaryKey(),
	until: time('until').notNull()
});

/** What was done in a workshop, by whom: ids and kinds alone, never a name or a word of anybody. */
export const audit = pgTable(
	'audit',
	{
		id: text().primaryKey(),
		workshopId: text('workshop_id')
			.notNull()
			.references(() => workshops.id, { onDelete: 'cascade' }),
		at: time('at').notNull(),
		/** The account that did it; null: the server itself. */
		accountId: text('account_id'),
		/** A command's type, or another deed of `facilitation/audit.ts`. */
		deed: text().notNull(),
		/** What it was done to: ids, phases, numbers. */
		about: jsonb().$type<AuditAbout>().notNull()
	},
	(t) => [index().on(t.workshopId, t.at)]
);

/** Commands already applied: one sent twice is answered, not repeated. */
export const commands = pgTable(
	'commands',
	{
		workshopId: text('workshop_id')
			.notNull()
			.references(() => workshops.id, { onDelete: 'cascade' }),
		id: text().notNull(),
		outcome: jsonb().notNull(),
		at: time('at').notNull()
	},
	(t) => [primaryKey({ columns: [t.workshopId, t.id] })]
);

export const participants = pgTable(
	'participants',
	{
		id: text().primaryKey(),
		workshopId: text('workshop_id')
			.notNull()
			.references(() => workshops.id, { onDelete: 'cascade' }),
		/** Empty in an anonymous workshop. */
		name: text().notNull(),
		/** A facilitator's own seat: not counted among the people. */
		accountId: text('account_id'),
		joinedAt: time('joined_at').notNull(),
		/** Removed by a facilitator: no token opens the seat any more. */
		removedAt: time('removed_at')
	},
	(t) => [index().on(t.workshopId)]
);

/** One a device: coming back with it is being the same person. */
export const participantTokens = pgTable('participant_tokens', {
	hash: text().primaryKey(),
	participantId: text('participant_id')
		.notNull()
		.references(() => participants.id, { onDelete: 'cascade' }),
	createdAt: time('created_at').notNull()
});

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
		/** A card's or a group's id. */
		target: text().notNull(),
		isGroup: boolean('is_group').notNull(),
		count: integer().notNull()
	},
	(t) => [primaryKey({ columns: [t.boardId, t.participantId, t.target] })]
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
