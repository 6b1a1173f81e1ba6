/** Votes: what each person cast in each round, a row for each target, never in a document. */
import { and, eq, exists, inArray, ne, not, or, type Column } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import { removedCards, votes } from '#server/db/schema.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import { ownVotes, type Cast, type OwnVotes } from '#shared/facilitation/tally.ts';
import type { BoardId, CardId, ParticipantId } from '#shared/ids.ts';
import { createGathering } from '#server/gathering.ts';
import { writeJournal, type JournalEntry } from './journal.ts';
import { isAway } from './updates.ts';

export type VoteRow = typeof votes.$inferSelect;

/** What one command changes: what is taken away, and then what is there instead. */
export interface VoteChange {
	board: BoardId;
	participant: ParticipantId;
	round: number;
	/** All that they have cast in this round, what they cast on one, or what anybody did. */
	gone: 'all' | { target: string } | { everybodys: string } | null;
	rows: Omit<VoteRow, 'boardId' | 'participantId' | 'round'>[];
}

type Voted = Pick<BoardState, 'id' | 'round' | 'voting'>;
export type VoteStore = ReturnType<typeof createVoteStore>;

/** The rows of which any of these is a part, for or against. */
export const votesFor = (targets: string[]) =>
	or(inArray(votes.target, targets), inArray(votes.against, targets));

type InRound = Pick<BoardState, 'id' | 'round'>;
/** What was cast on a board in its round. */
export const castIn = ({ id, round }: InRound) =>
	and(eq(votes.boardId, id), eq(votes.round, round));

export function createVoteStore(db: Database) {
	const read = {
		board: votes.boardId,
		participant: votes.participantId,
		round: votes.round,
		target: votes.target,
		against: votes.against,
		count: votes.count,
		x: votes.x,
		y: votes.y,
		at: votes.at
	};
	const isOff = (card: Column) =>
		exists(
			db
				.select({ card: removedCards.cardId })
				.from(removedCards)
				.where(and(eq(removedCards.boardId, votes.boardId), eq(removedCards.cardId, card), isAway))
		);
	const isForRemoved = or(isOff(votes.target), and(ne(votes.against, ''), isOff(votes.against)))!;
	/** What was cast on a card that is away is kept, and counts for nothing. */
	const counts = not(isForRemoved);

	/** All rows of one person, who is in one workshop, by board. */
	const allMine = createGathering(async (people: ParticipantId[]) => {
		const rows = await db
			.select(read)
			.from(votes)
			.where(and(inArray(votes.participantId, people), counts));
		const byPerson = Map.groupBy(rows, ({ participant }) => participant);
		return (person): Map<BoardId, Cast[]> =>
			Map.groupBy(byPerson.get(person) ?? [], ({ board }) => board);
	});

	return {
		allMine,
		/** What one person cast in the round that is on. */
		async mine({ id, round, voting }: Voted, participant: ParticipantId): Promise<OwnVotes> {
			const rows = await db
				.select(read)
				.from(votes)
				.where(and(castIn({ id, round }), eq(votes.participantId, participant), counts));
			return ownVotes(rows, { round, voting });
		},
		/** All that was cast on a board, in all rounds. */
		cast: createGathering(async (boards: BoardId[]) => {
			const rows = await db
				.select(read)
				.from(votes)
				.where(and(inArray(votes.boardId, [...new Set(boards)]), counts));
			const byBoard = Map.groupBy(rows, ({ board }) => board);
			return (board): Cast[] => byBoard.get(board) ?? [];
		}),
		/** What was cast on a board in the round that is on. */
		castNow: createGathering(async (boards: InRound[]) => {
			const rows = await db
				.select(read)
				.from(votes)
				.where(and(or(...boards.map(castIn)), counts));
			return ({ id, round }): Cast[] =>
				rows.filter((row) => row.board === id && row.round === round);
		}),
		async change(change: VoteChange, journal: JournalEntry): Promise<void> {
			const { board, participant, round, gone, rows } = change;
			const inRound = castIn({ id: board, round });
			const theirs = and(inRound, eq(votes.participantId, participant));
			await db.transaction(async (tx) => {
				if (gone === 'all') await tx.delete(votes).where(theirs);
				else if (gone && 'target' in gone)
					await tx.delete(votes).where(and(theirs, eq(votes.target, gone.target)));
				else if (gone)
					await tx.delete(votes).where(and(inRound, eq(votes.target, gone.everybodys)));
				for (const row of rows)
					await tx
						.insert(votes)
						.values({ ...row, boardId: board, participantId: participant, round })
						.onConflictDoUpdate({
							target: [
								votes.boardId,
								votes.participantId,
								votes.round,
								votes.target,
								votes.against
							],
							set: { count: row.count, x: row.x, y: row.y, at: row.at }
						});
				await writeJournal(tx, journal);
			});
		},
		/** Groups that have votes in the round that is on. */
		async groupsVotedFor(board: InRound): Promise<string[]> {
			const rows = await db
				.selectDistinct({ target: votes.target })
				.from(votes)
				.where(and(castIn(board), eq(votes.isGroup, true)));
			return rows.map(({ target }) => target);
		},
		/** Whether anything was cast in the round that is on, also on what is away. */
		async isCast(board: InRound): Promise<boolean> {
			const rows = await db
				.select({ board: votes.boardId })
				.from(votes)
				.where(castIn(board))
				.limit(1);
			return rows.length > 0;
		},
		/** The cards that were taken off. */
		async removedFrom(board: BoardId): Promise<CardId[]> {
			const rows = await db
				.select({ card: removedCards.cardId })
				.from(removedCards)
				.where(and(eq(removedCards.boardId, board), isAway));
			return rows.map(({ card }) => card);
		},
		/** Takes back what was cast on cards that were taken off, in the round that is on; whose that was. */
		async takeBackRemoved(board: InRound): Promise<ParticipantId[]> {
			const rows = await db
				.delete(votes)
				.where(and(castIn(board), isForRemoved))
				.returning({ participant: votes.participantId });
			return [...new Set(rows.map(({ participant }) => participant))];
		},
		/** Who has votes for any of these in the round that is on. */
		async voters(board: InRound, targets: string[]): Promise<ParticipantId[]> {
			if (targets.length === 0) return [];
			const rows = await db
				.selectDistinct({ participant: votes.participantId })
				.from(votes)
				.where(and(castIn(board), votesFor(targets)));
			return rows.map(({ participant }) => participant);
		}
	};
}
