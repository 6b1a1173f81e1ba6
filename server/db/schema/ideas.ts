/** What is kept beyond workshops. */
import { boolean, index, pgTable, uniqueIndex } from 'drizzle-orm/pg-core';
import type { Consent, Idea } from '#shared/ideas.ts';
import { jsonb, text, time } from '../storable.ts';
import { accounts } from './accounts.ts';
import { workshops, participants } from './workshops.ts';

/**
 * Cards that are kept beyond their workshop, each because its author said so. What is kept is a copy;
 * it belongs to the account whose workshop it was.
 */
export const ideas = pgTable(
	'ideas',
	{
		id: text().primaryKey(),
		accountId: text('account_id')
			.notNull()
			.references(() => accounts.id, { onDelete: 'cascade' }),
		/** Null once the workshop has been deleted. */
		workshopId: text('workshop_id').references(() => workshops.id, { onDelete: 'set null' }),
		boardId: text('board_id').notNull(),
		cardId: text('card_id').notNull(),
		/** Whose word it is; erasing them erases it. Null once the workshop has been deleted. */
		participantId: text('participant_id').references(() => participants.id, {
			onDelete: 'set null'
		}),
		/** `asked`, `agreed`, `declined`. */
		consent: text().$type<Consent>().notNull(),
		/** On the public page. */
		published: boolean().notNull(),
		/** The copy, made when its author agreed; null before. */
		idea: jsonb().$type<Idea>(),
		/** What it is found by, folded to one case and form. */
		found: text().notNull(),
		askedAt: time('asked_at').notNull(),
		answeredAt: time('answered_at')
	},
	(t) => [uniqueIndex().on(t.boardId, t.cardId), index().on(t.accountId)]
);

/** The public page of somebody's ideas, where they have one. */
export const ideaPages = pgTable('idea_pages', {
	accountId: text('account_id')
		.primaryKey()
		.references(() => accounts.id, { onDelete: 'cascade' }),
	/** In its address. */
	key: text().notNull().unique(),
	title: text().notNull(),
	published: boolean().notNull(),
	updatedAt: time('updated_at').notNull()
});
