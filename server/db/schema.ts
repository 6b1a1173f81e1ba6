/**
 * Every table, in Postgres' dialect: PGlite inside the process and a real Postgres run the same
 * migrations (`npm run db:generate` writes them to `drizzle/`). Times are milliseconds since the
 * epoch on the server's clock. Secrets are stored as their SHA-256 alone.
 */
export * from './schema/accounts.ts';
export * from './schema/boards.ts';
export * from './schema/exercises.ts';
export * from './schema/ideas.ts';
export * from './schema/workshops.ts';
