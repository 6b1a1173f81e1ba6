/** Votes: a row for each person and target, never in a document. */
import { and, eq, inArray, sum } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import { votes } from '#server/db/schema.ts';
import type { Votes } from '#shared/doc/contents.ts';
import type { BoardId, ParticipantId } from '#shared/ids.ts';
import { createGathering } from '#server/gathering.ts';
import { writeJournal, type JournalEntry } from './journal.ts';

export type VoteRow = typeof votes.$inferSelect;

export type VoteStore = ReturnType<typeof createVoteStore>;

export function createVoteStore(db: Database) {
	return {
		async mine(board: BoardId, participant: ParticipantId): Promise<Votes> {
			const rows = await db
				.select({ target: votes.target, count: votes.count })
				.from(votes)
				.where(and(eq(votes.boardId, board), eq(votes.participantId, participant)));
			return asVotes(rows);
		},
		async totals(board: BoardId): Promise<Votes> {
			const rows = await db
				.select({ target: votes.target, count: sum(votes.count).mapWith(Number) })
				.from(votes)
				.where(eq(votes.boardId, board))
				.groupBy(votes.target);
			return asVotes(rows);
		},
		/** All votes of one person, who is in one workshop, by board. */
		allMine: createGathering(async (people: ParticipantId[]) => {
			const rows = await db
				.select({
					board: votes.boardId,
					target: votes.target,
					count: votes.count,
					participant: votes.participantId
				})
				.from(votes)
				.where(inArray(votes.participantId, people));
			const byPerson = Map.groupBy(rows, ({ participant }) => participant);
			return (person): Map<BoardId, Votes> => {
				const boards = Map.groupBy(byPerson.get(person) ?? [], ({ board }) => board);
				return new Map([...boards].map(([board, cast]) => [board, asVotes(cast)]));
			};
		}),
		/** One person's votes for one target; none takes the row away. */
		async set(vote: VoteRow, journal: JournalEntry): Promise<void> {
			await db.transaction(async (tx) => {
				const where = and(
					eq(votes.boardId, vote.boardId),
					eq(votes.participantId, vote.participantId),
					eq(votes.round, vote.round),
					eq(votes.target, vote.target),
					eq(votes.against, vote.against)
				);
				if (vote.count === 0) await tx.delete(votes).where(where);
				else
					await tx
						.insert(votes)
						.values(vote)
						.onConflictDoUpdate({
							target: [
								votes.boardId,
								votes.participantId,
								votes.round,
								votes.target,
								votes.against
							],
							set: { count: vote.count, at: vote.at }
						});
				await writeJournal(tx, journal);
			});
		},
		/** Groups that have votes. */
		async groupsVotedFor(board: BoardId): Promise<string[]> {
			const rows = await db
				.selectDistinct({ target: votes.target })
				.from(votes)
				.where(and(eq(votes.boardId, board), eq(votes.isGroup, true)));
			return rows.map(({ target }) => target);
		},
		/** Who has votes for any of these. */
		async voters(board: BoardId, targets: string[]): Promise<ParticipantId[]> {
			if (targets.length === 0) return [];
			const rows = await db
				.selectDistinct({ participant: votes.participantId })
				.from(votes)
				.where(and(eq(votes.boardId, board), inArray(votes.target, targets)));
			return rows.map(({ participant }) => participant);
		}
	};
}

const asVotes = (rows: { target: string; count: number }[]): Votes =>
	Object.fromEntries(rows.map(({ target, count }) => [target, count]));
