/** What people say without a word: a row each, of those who still have a place. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import { participants, signals } from '#server/db/schema.ts';
import type { ParticipantId, WorkshopId } from '#shared/ids.ts';
import { createGathering } from '#server/gathering.ts';
import { writeJournal, type JournalEntry } from './journal.ts';

export type SignalRow = typeof signals.$inferSelect;
export type Signal = Partial<Omit<SignalRow, 'participantId' | 'workshopId'>>;

export type SignalStore = ReturnType<typeof createSignalStore>;

export function createSignalStore(db: Database) {
	return {
		async ofWorkshop(workshop: WorkshopId): Promise<SignalRow[]> {
			const rows = await db
				.select({ signal: signals })
				.from(signals)
				.innerJoin(participants, eq(participants.id, signals.participantId))
				.where(and(eq(signals.workshopId, workshop), isNull(participants.removedAt)));
			return rows.map(({ signal }) => signal);
		},
		of: createGathering(async (people: ParticipantId[]) => {
			const rows = await db.select().from(signals).where(inArray(signals.participantId, people));
			const byPerson = new Map(rows.map((row) => [row.participantId, row]));
			return (person): SignalRow | null => byPerson.get(person) ?? null;
		}),
		/** What is said stands beside what was said before of other things. */
		async say(
			workshopId: WorkshopId,
			participantId: ParticipantId,
			signal: Signal,
			journal: JournalEntry
		): Promise<void> {
			await db.transaction(async (tx) => {
				await tx
					.insert(signals)
					.values({ participantId, workshopId, ...signal })
					.onConflictDoUpdate({ target: signals.participantId, set: signal });
				await writeJournal(tx, journal);
			});
		}
	};
}
