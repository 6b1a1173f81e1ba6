import type { Database } from './connect.ts';

/** The records that a statement answers: one driver gives them alone, the other within a result. */
export async function recordsOf(
	db: Database,
	statement: Parameters<Database['execute']>[0]
): Promise<Record<string, unknown>[]> {
	const result: unknown = await db.execute(statement);
	return (Array.isArray(result) ? result : (result as { rows: unknown[] }).rows) as Record<
		string,
		unknown
	>[];
}
