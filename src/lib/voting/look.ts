/** How something that can be voted for looks: the same on the phone, among the results, on the wall. */
import { clothOf, type Cloth } from '#shared/exercises/cloth.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import { m } from '$lib/paraglide/messages.js';
import { tabOf } from '$lib/board/tab.ts';
import type { Votable } from '$lib/room/vote-targets.ts';

export interface Look {
	words: string;
	lang: string | undefined;
	tab: string | null;
	cloth: Cloth;
	/** A group's title, not a card's words. */
	strong: boolean;
}

export function lookOf(one: Votable, exercise: Exercise): Look {
	const isGroup = one.members.length > 0;
	return {
		words: one.text || m.room_group_untitled(),
		lang: isGroup ? undefined : one.card?.language,
		tab: tabOver(one, exercise),
		cloth: clothOf(exercise, one.column),
		strong: isGroup
	};
}

function tabOver({ card, members }: Votable, exercise: Exercise): string | null {
	const own = card && tabOf(card, exercise, true);
	if (members.length === 0) return own;
	const cards = m.room_cards_count({ count: members.length });
	// A group is of one cause only where all of its cards are.
	const same = members.every((member) => tabOf(member, exercise, true) === own);
	return own && same ? `${own} · ${cards}` : cards;
}

/** Its words, for what is said of it: not the whole of a long card. */
export const shortly = ({ words }: Pick<Look, 'words'>): string => words.slice(0, 200);
