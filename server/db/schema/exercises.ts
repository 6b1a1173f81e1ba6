/** Exercises that facilitators made themselves. */
import { pgTable, primaryKey } from 'drizzle-orm/pg-core';
import type { Exercise } from '#shared/exercises/format.ts';
import { jsonb, text, time } from '../storable.ts';
import { accounts } from './accounts.ts';

/** In the format of the catalogue; `id` is the exercise's, and its owner's alone. */
export const ownExercises = pgTable(
	'own_exercises',
	{
		ownerId: text('owner_id')
			.notNull()
			.references(() => accounts.id, { onDelete: 'cascade' }),
		id: text().notNull(),
		exercise: jsonb().$type<Exercise>().notNull(),
		createdAt: time('created_at').notNull(),
		changedAt: time('changed_at').notNull()
	},
	(t) => [primaryKey({ columns: [t.ownerId, t.id] })]
);
