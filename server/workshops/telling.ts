/** Rows as they are told to somebody: names only where the board has names, and what is theirs. */
import type { ActionValue, CommentValue } from '#shared/doc/contents.ts';
import type { AuthorKey, ParticipantId } from '#shared/ids.ts';
import type { MatchedGroup } from '#shared/matching/themes.ts';
import type { Who } from '#shared/permissions.ts';
import type { ContactView, MatchedView } from '#shared/wire/events.ts';
import { isFacilitator } from '#shared/facilitation/phases.ts';
import { holderOf } from '#server/doors/access.ts';
import type { ContactRow, MatchesRow } from '#server/store/matches.ts';
import type { ActionRow, CommentRow } from '#server/store/notes.ts';

const mayTakeBack = (row: { participantId: string | null; accountId: string | null }, who: Who) =>
	isFacilitator(who.role) || (row.participantId ?? row.accountId) === holderOf(who);

export const commentValue = (row: CommentRow, who: Who, anonymous: boolean): CommentValue => ({
	id: row.id,
	card: row.cardId,
	text: row.text,
	...(!anonymous && row.participantId ? { participant: row.participantId } : {}),
	...(!anonymous && row.name ? { name: row.name } : {}),
	at: row.at,
	...(mayTakeBack(row, who) ? { mine: true } : {})
});

export const actionValue = (row: ActionRow, who: Who): ActionValue => ({
	id: row.id,
	board: row.boardId,
	what: row.what,
	who: row.who,
	when: row.when,
	...(row.cardId === null ? {} : { card: row.cardId }),
	at: row.at,
	...(mayTakeBack(row, who) ? { mine: true } : {})
});

/** All that were matched, by cards alone: nothing in it leads to a person. */
export const matchedGroups = ({ groups }: MatchesRow): MatchedGroup[] =>
	groups.map(({ column, people }) => ({ column, cards: people.map(({ card }) => card) }));

/**
 * What one person may know of it: whom they were matched with, as the author that the board knows, and
 * what was left by them and for them. `authors`: those of this board by participant.
 */
export function matchedView(
	row: MatchesRow,
	contacts: ContactRow[],
	authors: ReadonlyMap<ParticipantId, AuthorKey>,
	me: ParticipantId
): MatchedView {
	const groups = row.groups.flatMap(({ column, people }) => {
		const mine = people.find(({ participant }) => participant === me);
		if (!mine) return [];
		const others = people.flatMap(({ participant, card }) => {
			const author = authors.get(participant);
			return participant === me || author === undefined ? [] : [{ author, card }];
		});
		return [{ column, card: mine.card, others }];
	});
	const told = new Map<AuthorKey, ContactView>();
	for (const { boardId, fromId, toId, text } of contacts) {
		if (boardId !== row.boardId || (fromId !== me && toId !== me)) continue;
		const author = authors.get(fromId === me ? toId : fromId);
		if (author === undefined) continue;
		const said = fromId === me ? { left: text } : { got: text };
		told.set(author, { ...(told.get(author) ?? { author }), ...said });
	}
	return { groups, contacts: [...told.values()] };
}
