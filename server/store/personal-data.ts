/** The rows that are about one person, for whoever asks what is stored about them. */
import { and, asc, count, eq, isNull } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import {
	actions,
	audit,
	comments,
	participants,
	participantTokens,
	reactions,
	removedCards,
	votes
} from '#server/db/schema.ts';
import type { ParticipantId } from '#shared/ids.ts';

/** Of a participant, or of a facilitator. */
type Whose = { person: ParticipantId } | { account: string };

export type PersonalDataStore = ReturnType<typeof createPersonalDataStore>;

export function createPersonalDataStore(db: Database) {
	return {
		/** When each device of theirs was first let in. */
		async devices(person: ParticipantId): Promise<number[]> {
			const rows = await db
				.select({ at: participantTokens.createdAt })
				.from(participantTokens)
				.where(eq(participantTokens.participantId, person))
				.orderBy(asc(participantTokens.createdAt));
			return rows.map(({ at }) => at);
		},
		/** A facilitator's are under the account, whether they have a seat or not. */
		comments: (whose: Whose) =>
			db
				.select()
				.from(comments)
				.where(
					'person' in whose
						? eq(comments.participantId, whose.person)
						: eq(comments.accountId, whose.account)
				)
				.orderBy(asc(comments.at)),
		actions: (whose: Whose) =>
			db
				.select()
				.from(actions)
				.where(
					'person' in whose
						? eq(actions.participantId, whose.person)
						: and(eq(actions.accountId, whose.account), isNull(actions.participantId))
				)
				.orderBy(asc(actions.at)),
		votes: (person: ParticipantId) =>
			db.select().from(votes).where(eq(votes.participantId, person)),
		reactions: (person: ParticipantId) =>
			db.select().from(reactions).where(eq(reactions.participantId, person)),
		/** Copies of cards of theirs that were taken off a board. */
		copies: (person: ParticipantId) =>
			db.select().from(removedCards).where(eq(removedCards.participantId, person)),
		seatsOf: (account: string) =>
			db.select().from(participants).where(eq(participants.accountId, account)),
		/** How many lines of audit lists are about what they did. */
		async deeds(account: string): Promise<number> {
			const rows = await db.select({ n: count() }).from(audit).where(eq(audit.accountId, account));
			return rows[0]?.n ?? 0;
		}
	};
}
