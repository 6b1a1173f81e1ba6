/** What is deleted for good: one person's rows in a workshop, and whole workshops. */
import { and, eq, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import {
	actions,
	authors,
	boards,
	clientIds,
	commands,
	comments,
	ideas,
	participants,
	participantTokens,
	reactions,
	removedCards,
	signals,
	votes,
	workshops,
	type RemovedCard
} from '#server/db/schema.ts';
import type { BoardId, CardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { Writer } from './journal.ts';
import { takeOutOfMatches } from './matches.ts';
import type { ActionRow } from './notes.ts';
import { votesFor } from './votes.ts';
import { retireCode } from './workshops.ts';

/** What of a board is otherwise once a person's rows are gone, for who has it on a screen. */
export interface Erased {
	comments: string[];
	/** Cards of which they had said something with one tap. */
	reacted: CardId[];
	actions: { gone: string[]; changed: ActionRow[] };
	/** Who had voted for what is gone now. */
	voters: ParticipantId[];
}

interface Traces {
	person: { id: ParticipantId; name: string; workshop: WorkshopId };
	board: BoardId;
	/** All cards that they ever had on it. */
	cards: CardId[];
}

/** Whether a card says what somebody who is erased has said. */
export type IsCopy = (board: BoardId, card: RemovedCard) => boolean;

export type ErasureStore = ReturnType<typeof createErasureStore>;

export function createErasureStore(db: Database) {
	return {
		/** The boards on which somebody has written or arranged. */
		async boardsOf(person: ParticipantId): Promise<BoardId[]> {
			const seated = db
				.select({ board: authors.boardId })
				.from(authors)
				.where(eq(authors.participantId, person));
			const held = db
				.select({ board: clientIds.boardId })
				.from(clientIds)
				.where(eq(clientIds.holder, person));
			return (await seated.union(held)).map(({ board }) => board);
		},

		/** Copies of theirs that were kept when their cards were taken off. */
		async removedOf(person: ParticipantId) {
			const rows = await db
				.select()
				.from(removedCards)
				.where(eq(removedCards.participantId, person));
			return rows.map(asRemoved);
		},
		/** All copies that were kept in a workshop. */
		async removedIn(workshop: WorkshopId) {
			const rows = await db
				.select({ removed: removedCards })
				.from(removedCards)
				.innerJoin(boards, eq(boards.id, removedCards.boardId))
				.where(eq(boards.workshopId, workshop));
			return rows.map(({ removed }) => asRemoved(removed));
		},
		/** Deletes what others had copied, and was taken off a board since. Answers the ids of these cards. */
		async removedCopies(board: BoardId, isCopy: IsCopy): Promise<CardId[]> {
			const rows = await db.select().from(removedCards).where(eq(removedCards.boardId, board));
			const copies = rows.filter(({ card }) => isCopy(board, card)).map(({ cardId }) => cardId);
			await db
				.delete(removedCards)
				.where(and(eq(removedCards.boardId, board), inArray(removedCards.cardId, copies)));
			return copies;
		},
		/**
		 * Everything of a person but the bare id, on these boards of theirs and on all others of the
		 * workshop, in one transaction.
		 */
		async person(
			person: Traces['person'],
			cards: Map<BoardId, CardId[]>,
			now: number
		): Promise<Map<BoardId, Erased>> {
			return await db.transaction(async (tx) => {
				const erased = new Map<BoardId, Erased>();
				const ids = await tx
					.select({ id: boards.id })
					.from(boards)
					.where(eq(boards.workshopId, person.workshop));
				const named = await isNamedAlone(tx, person);
				for (const { id: board } of ids) {
					const traces = { person, board, cards: cards.get(board) ?? [] };
					erased.set(board, {
						comments: await eraseComments(tx, traces),
						reacted: await eraseReactions(tx, traces),
						actions: await eraseActions(tx, traces, named),
						voters: await eraseVotes(tx, traces)
					});
				}
				await tx.delete(removedCards).where(eq(removedCards.participantId, person.id));
				await tx.delete(participantTokens).where(eq(participantTokens.participantId, person.id));
				await tx.delete(ideas).where(eq(ideas.participantId, person.id));
				await takeOutOfMatches(tx, person.id);
				await tx.delete(signals).where(eq(signals.participantId, person.id));
				await tx
					.delete(commands)
					.where(
						and(
							eq(commands.workshopId, person.workshop),
							sql`starts_with(${commands.id}, ${`${person.id}/`})`
						)
					);
				await tx
					.update(participants)
					.set({ name: '', removedAt: sql`coalesce(${participants.removedAt}, ${now})` })
					.where(eq(participants.id, person.id));
				return erased;
			});
		},

		/**
		 * The workshop with all that was in it; its code is not given again until then, if at all. Ideas that their
		 * authors agreed to stay, and nothing leads to a person any more.
		 */
		async workshop(id: WorkshopId, codeRestsUntil: number | null): Promise<void> {
			await db.transaction(async (tx) => {
				await tx.delete(ideas).where(and(eq(ideas.workshopId, id), ne(ideas.consent, 'agreed')));
				const [gone] = await tx
					.delete(workshops)
					.where(eq(workshops.id, id))
					.returning({ code: workshops.code });
				if (gone && codeRestsUntil !== null) await retireCode(tx, gone.code, codeRestsUntil);
			});
		},
		/** False where somebody else has deleted it, or it is not this account's. */
		async markDeleted(id: WorkshopId, owner: string, at: number): Promise<boolean> {
			const marked = await db
				.update(workshops)
				.set({ deletedAt: at })
				.where(and(eq(workshops.id, id), eq(workshops.ownerId, owner), isNull(workshops.deletedAt)))
				.returning({ id: workshops.id });
			return marked.length > 0;
		},
		/** False where it is not deleted, or gone already. */
		async unmarkDeleted(id: WorkshopId, owner: string, deletedAfter: number): Promise<boolean> {
			const back = await db
				.update(workshops)
				.set({ deletedAt: null })
				.where(
					and(
						eq(workshops.id, id),
						eq(workshops.ownerId, owner),
						sql`${workshops.deletedAt} > ${deletedAfter}`
					)
				)
				.returning({ id: workshops.id });
			return back.length > 0;
		},
		/** Deleted, and waiting to be gone; closed ones that are kept for a time only; rehearsals. */
		async ending(): Promise<{ id: WorkshopId }[]> {
			return await db
				.select({ id: workshops.id })
				.from(workshops)
				.where(
					or(
						isNotNull(workshops.deletedAt),
						isNotNull(workshops.rehearsalOf),
						and(
							sql`${workshops.state}->>'status' in ('closed', 'collecting')`,
							sql`${workshops.state}->>'retentionDays' is not null`
						)
					)
				);
		},
		async boardsIn(workshop: WorkshopId): Promise<BoardId[]> {
			const found = await db
				.select({ id: boards.id })
				.from(boards)
				.where(eq(boards.workshopId, workshop));
			return found.map(({ id }) => id);
		}
	};
}

const asRemoved = ({ boardId, cardId, card }: typeof removedCards.$inferSelect) => ({
	board: boardId,
	id: cardId,
	card
});

/** What they said, and what was said of their cards. */
async function eraseComments(tx: Writer, { person, board, cards }: Traces): Promise<string[]> {
	const theirs = eq(comments.participantId, person.id);
	const gone = await tx
		.delete(comments)
		.where(and(eq(comments.boardId, board), or(theirs, inArray(comments.cardId, cards))))
		.returning({ id: comments.id });
	return gone.map(({ id }) => id);
}

/** What they said with one tap, and what was said so of their cards. */
async function eraseReactions(tx: Writer, { person, board, cards }: Traces): Promise<CardId[]> {
	const theirs = eq(reactions.participantId, person.id);
	const gone = await tx
		.delete(reactions)
		.where(and(eq(reactions.boardId, board), or(theirs, inArray(reactions.cardId, cards))))
		.returning({ card: reactions.cardId });
	return [...new Set(gone.map(({ card }) => card))];
}

/**
 * What they wrote down to be done goes with them, unless a facilitator has written it anew: then it
 * is that one's. On others' actions their name goes where it is nobody else's, and what led to a card
 * of theirs.
 */
async function eraseActions(
	tx: Writer,
	{ person, board, cards }: Traces,
	named: boolean
): Promise<Erased['actions']> {
	const here = eq(actions.boardId, board);
	const theirs = and(here, eq(actions.participantId, person.id));
	const gone = await tx
		.delete(actions)
		.where(and(theirs, isNull(actions.accountId)))
		.returning({ id: actions.id });
	await tx.update(actions).set({ participantId: null }).where(theirs);
	const changed = new Map<string, ActionRow>();
	const ofCards = and(here, inArray(actions.cardId, cards));
	for (const row of await tx.update(actions).set({ cardId: null }).where(ofCards).returning())
		changed.set(row.id, row);
	if (named) {
		const toThem = and(here, eq(actions.who, person.name));
		for (const row of await tx.update(actions).set({ who: '' }).where(toThem).returning())
			changed.set(row.id, row);
	}
	return { gone: gone.map(({ id }) => id), changed: [...changed.values()] };
}

/** Their votes; and those for what is not there any more go back to who gave them. */
async function eraseVotes(tx: Writer, { person, board, cards }: Traces): Promise<ParticipantId[]> {
	const here = eq(votes.boardId, board);
	await tx.delete(votes).where(and(here, eq(votes.participantId, person.id)));
	const back = await tx
		.delete(votes)
		.where(and(here, votesFor(cards)))
		.returning({ voter: votes.participantId });
	return [...new Set(back.map(({ voter }) => voter))];
}

/** Whether a name says who is meant. */
async function isNamedAlone(tx: Writer, { id, name, workshop }: Traces['person']) {
	if (name === '') return false;
	const others = await tx
		.select({ id: participants.id })
		.from(participants)
		.where(
			and(
				eq(participants.workshopId, workshop),
				eq(participants.name, name),
				ne(participants.id, id)
			)
		)
		.limit(1);
	return others.length === 0;
}
