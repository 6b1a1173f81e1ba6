/** People with an account, and their keys. */
import { bigint, index, pgTable } from 'drizzle-orm/pg-core';
import { bytes, jsonb, text, time } from '../storable.ts';

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
