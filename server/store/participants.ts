/** Who has joined, the devices that they come back with, and the seats of facilitators. */
import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import { authors, boards, participants, participantTokens } from '#server/db/schema.ts';
import type { AuthorKey, BoardId, ParticipantId, WorkshopId } from '#shared/ids.ts';

export type ParticipantRow = typeof participants.$inferSelect;

export type ParticipantStore = ReturnType<typeof createParticipantStore>;

export function createParticipantStore(db: Database) {
	return {
		async add(
			participant: ParticipantRow,
			token: { hash: string; createdAt: number }
		): Promise<void> {
			await db.transaction(async (tx) => {
				await tx.insert(participants).values(participant);
				await tx.insert(participantTokens).values({ ...token, participantId: participant.id });
			});
		},
		async byId(id: ParticipantId): Promise<ParticipantRow | null> {
			return (await db.select().from(participants).where(eq(participants.id, id)))[0] ?? null;
		},
		/** Whose a token is. */
		async byToken(hash: string): Promise<ParticipantRow | null> {
			const found = await db
				.select()
				.from(participantTokens)
				.innerJoin(participants, eq(participants.id, participantTokens.participantId))
				.where(eq(participantTokens.hash, hash));
			return found[0]?.participants ?? null;
		},
		async rename(id: ParticipantId, name: string): Promise<void> {
			await db.update(participants).set({ name }).where(eq(participants.id, id));
		},
		/** The people of a workshop; facilitators' own seats are left out. */
		people: (workshop: WorkshopId): Promise<ParticipantRow[]> =>
			db
				.select()
				.from(participants)
				.where(and(eq(participants.workshopId, workshop), isNull(participants.accountId)))
				.orderBy(participants.joinedAt),
		/** Everyone with a seat, facilitators too. */
		seats: (workshop: WorkshopId): Promise<ParticipantRow[]> =>
			db.select().from(participants).where(eq(participants.workshopId, workshop)),
		async seatOf(workshop: WorkshopId, accountId: string): Promise<ParticipantId | null> {
			const found = await db
				.select({ id: participants.id })
				.from(participants)
				.where(and(eq(participants.workshopId, workshop), eq(participants.accountId, accountId)));
			return found[0]?.id ?? null;
		},
		async addSeat(seat: ParticipantRow): Promise<void> {
			await db.insert(participants).values(seat);
		},
		/** Who is behind each author, on every board of a workshop. */
		authors: (
			workshop: WorkshopId
		): Promise<{ board: BoardId; key: AuthorKey; participant: ParticipantId; name: string }[]> =>
			db
				.select({
					board: authors.boardId,
					key: authors.key,
					participant: participants.id,
					name: participants.name
				})
				.from(authors)
				.innerJoin(boards, eq(boards.id, authors.boardId))
				.innerJoin(participants, eq(participants.id, authors.participantId))
				.where(eq(boards.workshopId, workshop))
	};
}
