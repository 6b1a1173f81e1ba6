import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { Database } from './connect.ts';

const folder = fileURLToPath(new URL('../../drizzle', import.meta.url));

/** Brings the tables up to date; what has been applied is left alone. Both drivers run the same files. */
export async function migrate(db: Database): Promise<void> {
	const { dialect, session } = db as unknown as Migrating;
	await dialect.migrate(readMigrationFiles({ migrationsFolder: folder }), session, {
		migrationsFolder: folder
	});
}

/** What the migrators of both drivers do, word for word; drizzle marks these as internal. */
interface Migrating {
	dialect: {
		migrate(
			migrations: ReturnType<typeof readMigrationFiles>,
			session: unknown,
			config: { migrationsFolder: string }
		): Promise<void>;
	};
	session: unknown;
}
