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
	jsonb,
	pgTable,
	primaryKey,
	text
} from 'drizzle-orm/pg-core';
import type { CardFrom, FieldValue } from '#shared/doc/schema.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { WorkshopState } from '#shared/facilitation/state.ts';

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
	accountId: text('account_id')
		.notNull()
		.references(() => accounts.id, { onDelete: 'cascade' }),
	createdAt: time('created_at').notNull()
});

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
	/** The facilitator's own notes; nobody else's. */
	notes: text().notNull().default('')
});

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
		joinedAt: time('joined_at').notNull()
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

/** A participant as a board knows them, and their notebook. */
export const authors = pgTable(
	'authors',
	{
		boardId: text('board_id')
			.notNull()
			.references(() => boards.id, { onDelete: 'cascade' }),
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
		boardId: text('board_id')
			.notNull()
			.references(() => boards.id, { onDelete: 'cascade' }),
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
		boardId: text('board_id')
			.notNull()
			.references(() => boards.id, { onDelete: 'cascade' }),
		seq: integer().notNull(),
		checksum: integer().notNull(),
		entries: bytes().notNull(),
		at: time('at').notNull()
	},
	(t) => [primaryKey({ columns: [t.boardId, t.seq] })]
);

/** Rows of the log that were found damaged or missing: kept for whoever can mend them, never read again. */
export const rowsSetAside = pgTable(
	'rows_set_aside',
	{
		boardId: text('board_id')
			.notNull()
			.references(() => boards.id, { onDelete: 'cascade' }),
		seq: integer().notNull(),
		/** Null where the row was not there. */
		entries: bytes(),
		at: time('at').notNull()
	},
	(t) => [primaryKey({ columns: [t.boardId, t.seq] })]
);

export const votes = pgTable(
	'votes',
	{
		boardId: text('board_id')
			.notNull()
			.references(() => boards.id, { onDelete: 'cascade' }),
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
		boardId: text('board_id')
			.notNull()
			.references(() => boards.id, { onDelete: 'cascade' }),
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
		boardId: text('board_id')
			.notNull()
			.references(() => boards.id, { onDelete: 'cascade' }),
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
}

export const removedCards = pgTable(
	'removed_cards',
	{
		boardId: text('board_id')
			.notNull()
			.references(() => boards.id, { onDelete: 'cascade' }),
		cardId: text('card_id').notNull(),
		participantId: text('participant_id').notNull(),
		card: jsonb().$type<RemovedCard>().notNull(),
		/** `removed` by a facilitator, `withdrawn` by its author, `left` outside as a late card. */
		why: text().notNull(),
		at: time('at').notNull()
	},
	(t) => [primaryKey({ columns: [t.boardId, t.cardId] })]
);
