/** Who has joined, the devices that they come back with, and the seats of facilitators. */
import { and, count, eq, exists, inArray, isNotNull, isNull, notInArray, or } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import {
	authors,
	boards,
	comments,
	participants,
	participantTokens,
	reactions,
	votes
} from '#server/db/schema.ts';
import type { AuthorKey, BoardId, CardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import { createGathering } from '#server/gathering.ts';
import { writeJournal, type JournalEntry } from './journal.ts';
import { takeOutOfMatches } from './matches.ts';

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
		/** Somebody without a device: no token opens the seat. */
		async addWithoutDevice(participant: ParticipantRow, journal: JournalEntry): Promise<void> {
			await db.transaction(async (tx) => {
				await tx.insert(participants).values(participant);
				await writeJournal(tx, journal);
			});
		},
		byId: createGathering(async (ids: ParticipantId[]) => {
			const found = await db.select().from(participants).where(inArray(participants.id, ids));
			const rows = new Map(found.map((row) => [row.id, row]));
			return (id): ParticipantRow | null => rows.get(id) ?? null;
		}),
		/** Whose a token is. */
		byToken: createGathering(async (hashes: string[]) => {
			const found = await db
				.select({ hash: participantTokens.hash, row: participants })
				.from(participantTokens)
				.innerJoin(participants, eq(participants.id, participantTokens.participantId))
				.where(and(inArray(participantTokens.hash, hashes), isNull(participants.removedAt)));
			const rows = new Map(found.map(({ hash, row }) => [hash, row]));
			return (hash): ParticipantRow | null => rows.get(hash) ?? null;
		}),
		async rename(id: ParticipantId, name: string, journal: JournalEntry): Promise<void> {
			await db.transaction(async (tx) => {
				await tx.update(participants).set({ name }).where(eq(participants.id, id));
				await writeJournal(tx, journal);
			});
		},
		/** False where they were removed since they came in: then their name is not theirs to say. */
		async renameSeated(id: ParticipantId, name: string): Promise<boolean> {
			const renamed = await db
				.update(participants)
				.set({ name })
				.where(and(eq(participants.id, id), isNull(participants.removedAt)))
				.returning({ id: participants.id });
			return renamed.length > 0;
		},
		/** Takes the seat away: no device has it any more, and what is in its documents stays there. */
		async remove(id: ParticipantId, at: number): Promise<void> {
			await db.transaction(async (tx) => {
				const seated = and(eq(participants.id, id), isNull(participants.removedAt));
				await tx.update(participants).set({ removedAt: at }).where(seated);
				await tx.delete(participantTokens).where(eq(participantTokens.participantId, id));
				await takeOutOfMatches(tx, id);
			});
		},
		/** Takes away somebody's votes, comments and reactions, but for those on some boards; answers where there were any. */
		async removeTraces(
			id: ParticipantId,
			staying: BoardId[]
		): Promise<{
			voted: BoardId[];
			comments: { board: BoardId; id: string }[];
			reacted: { board: BoardId; card: CardId }[];
		}> {
			return await db.transaction(async (tx) => {
				const cast = await tx
					.delete(votes)
					.where(and(eq(votes.participantId, id), notInArray(votes.boardId, staying)))
					.returning({ board: votes.boardId });
				const said = await tx
					.delete(comments)
					.where(and(eq(comments.participantId, id), notInArray(comments.boardId, staying)))
					.returning({ board: comments.boardId, id: comments.id });
				const reacted = await tx
					.delete(reactions)
					.where(and(eq(reactions.participantId, id), notInArray(reactions.boardId, staying)))
					.returning({ board: reactions.boardId, card: reactions.cardId });
				const voted = [...new Set(cast.map(({ board }) => board))];
				return { voted, comments: said, reacted };
			});
		},
		/** The boards on which somebody has a notebook. */
		async boardsOf(id: ParticipantId): Promise<BoardId[]> {
			const rows = await db
				.select({ board: authors.boardId })
				.from(authors)
				.where(eq(authors.participantId, id));
			return rows.map(({ board }) => board);
		},
		/** How many people have a seat, as `people` lists them. */
		async count(workshop: WorkshopId): Promise<number> {
			const [row] = await db
				.select({ seats: count() })
				.from(participants)
				.where(
					and(
						eq(participants.workshopId, workshop),
						isNull(participants.accountId),
						isNull(participants.removedAt)
					)
				);
			return row?.seats ?? 0;
		},
		/** The people of a workshop; facilitators' own seats are left out, and who was removed. */
		people: (workshop: WorkshopId): Promise<ParticipantRow[]> =>
			db
				.select()
				.from(participants)
				.where(
					and(
						eq(participants.workshopId, workshop),
						isNull(participants.accountId),
						isNull(participants.removedAt)
					)
				)
				.orderBy(participants.joinedAt),
		/** Everyone with a seat, facilitators too, and who was removed: their cards may still be there. */
		seats: (workshop: WorkshopId): Promise<ParticipantRow[]> =>
			db.select().from(participants).where(eq(participants.workshopId, workshop)),
		/** The seats that somebody can come back to: by a device, or as the facilitator whose seat it is. */
		async reached(workshop: WorkshopId): Promise<Set<ParticipantId>> {
			const devices = db
				.select({ id: participantTokens.participantId })
				.from(participantTokens)
				.where(eq(participantTokens.participantId, participants.id));
			const found = await db
				.select({ id: participants.id })
				.from(participants)
				.where(
					and(
						eq(participants.workshopId, workshop),
						isNull(participants.removedAt),
						or(isNotNull(participants.accountId), exists(devices))
					)
				);
			return new Set(found.map(({ id }) => id));
		},
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
