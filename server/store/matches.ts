/** Who was matched with whom on a board, and how to reach somebody, left for one person alone. */
import { and, eq, inArray, or } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import { boards, matchContacts, matches, participants } from '#server/db/schema.ts';
import type { BoardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import { writeJournal, type JournalEntry, type Writer } from './journal.ts';

export type MatchesRow = typeof matches.$inferSelect;
export type ContactRow = typeof matchContacts.$inferSelect;

export type MatchStore = ReturnType<typeof createMatchStore>;

export function createMatchStore(db: Database) {
	const ofWorkshop = (workshop: WorkshopId) =>
		db.select({ id: boards.id }).from(boards).where(eq(boards.workshopId, workshop));

	return {
		async ofBoard(board: BoardId): Promise<MatchesRow | null> {
			return (await db.select().from(matches).where(eq(matches.boardId, board)))[0] ?? null;
		},
		/** Of the boards on which people were matched. */
		of: (workshop: WorkshopId): Promise<MatchesRow[]> =>
			db
				.select()
				.from(matches)
				.where(inArray(matches.boardId, ofWorkshop(workshop))),
		async set(row: MatchesRow, journal: JournalEntry): Promise<void> {
			await db.transaction(async (tx) => {
				const { groups, at } = row;
				await tx
					.insert(matches)
					.values(row)
					.onConflictDoUpdate({ target: matches.boardId, set: { groups, at } });
				await writeJournal(tx, journal);
			});
		},

		contacts: (workshop: WorkshopId): Promise<ContactRow[]> =>
			db
				.select()
				.from(matchContacts)
				.where(inArray(matchContacts.boardId, ofWorkshop(workshop))),
		/** What one person has left, and what was left for them. */
		contactsOf: (person: ParticipantId): Promise<ContactRow[]> =>
			db
				.select()
				.from(matchContacts)
				.where(or(eq(matchContacts.fromId, person), eq(matchContacts.toId, person))),
		/** False where one of the two was removed meanwhile: nothing is left for or by them. */
		async leaveContact(row: ContactRow, journal: JournalEntry): Promise<boolean> {
			const { boardId, fromId, toId, text, at } = row;
			return await db.transaction(async (tx) => {
				// Whoever removes one of them waits until this is there, to be taken away with the rest.
				const seats = await tx
					.select({ removedAt: participants.removedAt })
					.from(participants)
					.where(inArray(participants.id, [fromId, toId]))
					.orderBy(participants.id)
					.for('share');
				if (seats.some(({ removedAt }) => removedAt !== null)) return false;
				await tx
					.insert(matchContacts)
					.values({ boardId, fromId, toId, text, at })
					.onConflictDoUpdate({
						target: [matchContacts.boardId, matchContacts.fromId, matchContacts.toId],
						set: { text, at }
					});
				await writeJournal(tx, journal);
				return true;
			});
		},
		async takeContactBack(
			{ boardId, fromId, toId }: Pick<ContactRow, 'boardId' | 'fromId' | 'toId'>,
			journal: JournalEntry
		): Promise<void> {
			await db.transaction(async (tx) => {
				await tx
					.delete(matchContacts)
					.where(
						and(
							eq(matchContacts.boardId, boardId),
							eq(matchContacts.fromId, fromId),
							eq(matchContacts.toId, toId)
						)
					);
				await writeJournal(tx, journal);
			});
		}
	};
}

/** Whoever goes is matched with nobody any more, and what they left goes, and what was left for them. */
export async function takeOutOfMatches(tx: Writer, person: ParticipantId): Promise<void> {
	await tx
		.delete(matchContacts)
		.where(or(eq(matchContacts.fromId, person), eq(matchContacts.toId, person)));
	const places = tx
		.select({ id: boards.id })
		.from(boards)
		.innerJoin(participants, eq(participants.workshopId, boards.workshopId))
		.where(eq(participants.id, person));
	const rows = await tx.select().from(matches).where(inArray(matches.boardId, places));
	for (const { boardId, groups } of rows) {
		if (!groups.some(({ people }) => people.some(({ participant }) => participant === person)))
			continue;
		const left = groups
			.map(({ column, people }) => ({
				column,
				people: people.filter(({ participant }) => participant !== person)
			}))
			.filter(({ people }) => people.length > 1);
		await tx.update(matches).set({ groups: left }).where(eq(matches.boardId, boardId));
	}
}
