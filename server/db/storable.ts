/**
 * Columns of our own kinds: bytes, times, and text and JSON for what people write. Postgres holds no NUL, and in JSON no half of a
 * character: a statement with one fails as a whole, and a card with one could never be removed. So
 * these are taken out on the way in; nobody can see them.
 */
import { bigint, customType } from 'drizzle-orm/pg-core';

const storable = (words: string): string => words.toWellFormed().replaceAll('\0', '');

export const text = customType<{ data: string; driverData: string }>({
	dataType: () => 'text',
	toDriver: storable
});

export const jsonb = customType<{ data: unknown; driverData: unknown }>({
	dataType: () => 'jsonb',
	toDriver: (value) =>
		JSON.stringify(value, (_key, one: unknown) => (typeof one === 'string' ? storable(one) : one)),
	/** Postgres' driver gives text, PGlite's what it says. */
	fromDriver: (value) => (typeof value === 'string' ? (JSON.parse(value) as unknown) : value)
});

export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
	dataType: () => 'bytea',
	fromDriver: (value) => new Uint8Array(value)
});

export const time = (name: string) => bigint(name, { mode: 'number' });
