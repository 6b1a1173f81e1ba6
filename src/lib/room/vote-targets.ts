/** What dots can be given to on a board, and what was given: for the phone and the room screen. */
import type { BoardValue, CardValue, Votes, VoteTarget } from '#shared/doc/contents.ts';
import { byOrder } from '#shared/doc/order.ts';
import { mainText } from '#shared/doc/read.ts';
import type { Exercise } from '#shared/exercises/format.ts';

export interface Votable {
	id: string;
	target: VoteTarget;
	column: string;
	order: string;
	/** A group's title (blank where nobody has named it), or a card's main field. */
	text: string;
	/** Itself, or the group's first. */
	card: CardValue;
	/** The cards of a group; none for a card of its own. */
	members: CardValue[];
}

/** Groups as they stand, and cards in none, column by column and in the board's order: never by votes. */
export function votables(board: BoardValue, exercise: Exercise): Votable[] {
	const cards = new Map(board.cards.map((card) => [card.id, card]));
	const inSome = new Set(board.groups.flatMap((group) => group.cards));
	const all: Votable[] = [];
	for (const group of board.groups) {
		const members = membersOf(group.id, board).flatMap((id) => cards.get(id) ?? []);
		const lead = members[0];
		if (group.group || !lead) continue;
		const text = group.kind === 'same' ? mainText(lead, exercise) : group.title;
		const { id, column, order } = group;
		all.push({ id, target: { group: id }, column, order, text, card: lead, members });
	}
	for (const card of board.cards) {
		if (inSome.has(card.id)) continue;
		const { id, column, order } = card;
		const text = mainText(card, exercise);
		all.push({ id, target: { card: id }, column, order, text, card, members: [] });
	}
	const rank = new Map(exercise.columns.map((column, at) => [column.id, at]));
	const place = (one: Votable) => rank.get(one.column) ?? exercise.columns.length;
	return all.sort((a, b) => place(a) - place(b) || byOrder(a, b));
}

/** A theme's cards, those of the `same` groups that stand in it included. */
function membersOf(group: string, board: BoardValue): string[] {
	const own = board.groups.find((one) => one.id === group)?.cards ?? [];
	const inner = board.groups.filter((one) => one.group === group);
	return [...own, ...inner.flatMap((one) => one.cards)];
}

export interface Ranked extends Votable {
	votes: number;
	/** Equal votes share a place: 1, 2, 2, 4. */
	place: number;
	tied: boolean;
}

/** What has votes, most first; equals share a place and keep the board's order. */
export function ranking(all: Votable[], totals: Votes): Ranked[] {
	const given = all
		.map((one) => ({ ...one, votes: totals[one.id] ?? 0 }))
		.filter((one) => one.votes > 0)
		.sort((a, b) => b.votes - a.votes);
	return given.map((one) => ({
		...one,
		place: given.findIndex((other) => other.votes === one.votes) + 1,
		tied: given.filter((other) => other.votes === one.votes).length > 1
	}));
}
