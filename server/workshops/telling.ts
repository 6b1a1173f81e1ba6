/** Rows as they are told to somebody: names only where the board has names, and what is theirs. */
import type { ActionValue, CommentValue } from '#shared/doc/contents.ts';
import type { Who } from '#shared/permissions.ts';
import { isFacilitator } from '#shared/facilitation/phases.ts';
import { holderOf } from '#server/doors/access.ts';
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
