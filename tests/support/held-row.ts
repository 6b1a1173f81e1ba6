import { sql } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { until } from './until.ts';

/** Somebody holds a workshop's row: whoever wants to change it waits until what this answers is called. */
export async function holdRow(db: Database, workshop: WorkshopId): Promise<() => Promise<void>> {
	const held = Promise.withResolvers<void>();
	let holding = false;
	const holder = db.transaction(async (tx) => {
		await tx.execute(sql`select 1 from workshops where id = ${workshop} for update`);
		holding = true;
		await held.promise;
	});
	await until(() => holding);
	return () => {
		held.resolve();
		return holder;
	};
}
