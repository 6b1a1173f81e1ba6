/** Workshops, who has a place in them, and what is made of them. */
import { boolean, index, integer, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import type { AuditAbout } from '#shared/facilitation/audit.ts';
import type { Pulse } from '#shared/facilitation/signals.ts';
import type { WorkshopState } from '#shared/facilitation/state.ts';
import type { Logo, SummarySettings } from '#shared/summary/settings.ts';
import { bytes, jsonb, text, time } from '../storable.ts';
import { accounts } from './accounts.ts';

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
	/** It rehearses this one, with people who are not there: in nobody's list, thrown away afterwards. */
	rehearsalOf: text('rehearsal_of'),
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
		removedAt: time('removed_at'),
		/** Sits in the room without a device: somebody else writes and votes for them. */
		withoutDevice: boolean('without_device').notNull().default(false),
		/** The participant who does so; null: those who facilitate alone. */
		keptBy: text('kept_by')
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

/** What a person in the room says without a word: one row each. */
export const signals = pgTable(
	'signals',
	{
		participantId: text('participant_id')
			.primaryKey()
			.references(() => participants.id, { onDelete: 'cascade' }),
		workshopId: text('workshop_id')
			.notNull()
			.references(() => workshops.id, { onDelete: 'cascade' }),
		/** The stretch of a board (`stretchOf`) that they are ready with. */
		readyFor: text('ready_for'),
		pulse: text().$type<Pulse>(),
		pulseAt: time('pulse_at'),
		/** Since when their hand is up. */
		handAt: time('hand_at')
	},
	(t) => [index().on(t.workshopId)]
);

/** How a workshop stood before a command of facilitation, for undoing that: the latest few. */
export const formerStates = pgTable(
	'former_states',
	{
		workshopId: text('workshop_id')
			.notNull()
			.references(() => workshops.id, { onDelete: 'cascade' }),
		/** The version that the command led to. */
		version: integer().notNull(),
		deed: text().notNull(),
		state: jsonb().$type<WorkshopState>().notNull(),
		at: time('at').notNull()
	},
	(t) => [primaryKey({ columns: [t.workshopId, t.version] })]
);

/** What facilitators made of a workshop's summary. */
export const summaries = pgTable('summaries', {
	workshopId: text('workshop_id')
		.primaryKey()
		.references(() => workshops.id, { onDelete: 'cascade' }),
	settings: jsonb().$type<SummarySettings>().notNull(),
	/** Which of two changes came from where: counts up with each. */
	version: integer().notNull(),
	logo: bytes(),
	logoType: text('logo_type').$type<Logo['type']>()
});

/** Links that show the summary to whoever has them, for a while. */
export const summaryLinks = pgTable(
	'summary_links',
	{
		id: text().primaryKey(),
		workshopId: text('workshop_id')
			.notNull()
			.references(() => workshops.id, { onDelete: 'cascade' }),
		hash: text().notNull().unique(),
		createdAt: time('created_at').notNull(),
		expiresAt: time('expires_at').notNull()
	},
	(t) => [index().on(t.workshopId)]
);
