/** Exercises that facilitators made themselves: each its owner's alone. */
import { and, asc, count, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import { ownExercises } from '#server/db/schema.ts';
import type { Exercise } from '#shared/exercises/format.ts';

export type OwnExerciseRow = typeof ownExercises.$inferSelect;

export type ExerciseStore = ReturnType<typeof createExerciseStore>;

export function createExerciseStore(db: Database) {
	const of = (owner: string) => eq(ownExercises.ownerId, owner);
	const one = (owner: string, id: string) => and(of(owner), eq(ownExercises.id, id));

	return {
		/** In the order in which they were made. */
		ofOwner: (owner: string): Promise<OwnExerciseRow[]> =>
			db
				.select()
				.from(ownExercises)
				.where(of(owner))
				.orderBy(asc(ownExercises.createdAt), asc(ownExercises.id)),
		async count(owner: string): Promise<number> {
			const rows = await db.select({ n: count() }).from(ownExercises).where(of(owner));
			return rows[0]?.n ?? 0;
		},
		async some(owner: string, ids: string[]): Promise<Exercise[]> {
			if (ids.length === 0) return [];
			const rows = await db
				.select({ exercise: ownExercises.exercise })
				.from(ownExercises)
				.where(and(of(owner), inArray(ownExercises.id, ids)));
			return rows.map(({ exercise }) => exercise);
		},
		/** One that is there stays as it is: two may bring the same at once. */
		async add(row: OwnExerciseRow): Promise<void> {
			await db.insert(ownExercises).values(row).onConflictDoNothing();
		},
		/** Writes it over the version that it was made of; false where another stands there, or none. */
		async replace(
			owner: string,
			exercise: Exercise,
			{ base, now }: { base: number; now: number }
		): Promise<boolean> {
			const version = sql`(${ownExercises.exercise}->>'version')::bigint`;
			const written = await db
				.update(ownExercises)
				.set({ exercise, changedAt: now })
				.where(and(one(owner, exercise.id), eq(version, base)))
				.returning({ id: ownExercises.id });
			return written.length > 0;
		},
		/** What was there; null where nothing was. */
		async remove(owner: string, id: string): Promise<Exercise | null> {
			const gone = await db
				.delete(ownExercises)
				.where(one(owner, id))
				.returning({ exercise: ownExercises.exercise });
			return gone[0]?.exercise ?? null;
		}
	};
}
