/** What can be voted for on a board, and what was: for the phone and the room screen. */
import type { BoardValue, CardValue, Votes, VoteTarget } from '#shared/doc/contents.ts';
import { byOrder } from '#shared/doc/order.ts';
import { mainText } from '#shared/doc/read.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import { isAsked } from '#shared/facilitation/votes.ts';
import { plainVoting, type Voting, type Way } from '#shared/facilitation/ways.ts';

export interface Votable {
	id: string;
	target: VoteTarget;
	column: string;
	order: string;
	/** A group's title (blank where nobody has named it), or a card's main field. */
	text: string;
	/** Itself, or the group's first; an answer that stood there before is none. */
	card: CardValue | null;
	/** The cards of a group; none for a card of its own. */
	members: CardValue[];
}

/**
 * What this voting is on: groups as they stand, and cards, column by column and in the board's order:
 * never by votes; or the answers that there are to choose from.
 */
export function votables(
	board: BoardValue,
	exercise: Exercise,
	voting: Voting = plainVoting()
): Votable[] {
	const all = [
		...groupsOf(board, exercise),
		...cardsOf(board, exercise, voting.on),
		...voting.options.map(asVotable)
	];
	const rank = new Map(exercise.columns.map((column, at) => [column.id, at]));
	const place = (one: Votable) => rank.get(one.column) ?? exercise.columns.length;
	return all
		.filter((one) => isAsked(voting, one.target, () => one.column))
		.sort((a, b) => place(a) - place(b) || byOrder(a, b));
}

const asVotable = ({ id, title }: Voting['options'][number], at: number): Votable => ({
	id,
	target: { option: id },
	column: '',
	order: String(at).padStart(4, '0'),
	text: title,
	card: null,
	members: []
});

function groupsOf(board: BoardValue, exercise: Exercise): Votable[] {
	const cards = new Map(board.cards.map((card) => [card.id, card]));
	return board.groups.flatMap((group) => {
		const members = membersOf(group.id, board).flatMap((id) => cards.get(id) ?? []);
		const lead = members[0];
		if (group.group || !lead) return [];
		const text = group.kind === 'same' ? mainText(lead, exercise) : group.title;
		const { id, column, order } = group;
		return [{ id, target: { group: id }, column, order, text, card: lead, members }];
	});
}

/** A card of a group is voted for with its group, but where it is cards alone. */
function cardsOf(board: BoardValue, exercise: Exercise, on: Voting['on']): Votable[] {
	const inSome = new Set(on === 'cards' ? [] : board.groups.flatMap((group) => group.cards));
	return board.cards.flatMap((card) => {
		if (inSome.has(card.id)) return [];
		const { id, column, order } = card;
		const text = mainText(card, exercise);
		return [{ id, target: { card: id }, column, order, text, card, members: [] }];
	});
}

/** A theme's cards, those of the `same` groups that stand in it included. */
function membersOf(group: string, board: BoardValue): string[] {
	const own = board.groups.find((one) => one.id === group)?.cards ?? [];
	const inner = board.groups.filter((one) => one.group === group);
	return [...own, ...inner.flatMap((one) => one.cards)];
}

export interface Ranked extends Votable {
	/** The score by which it is ranked: dots, a mean, points, a share. */
	votes: number;
	/** Equal votes share a place: 1, 2, 2, 4. */
	place: number;
	tied: boolean;
}

/**
 * What has votes, most first; equals share a place and keep the board's order. In pairs something
 * may have been compared and never won: that counts.
 */
export function ranking(all: Votable[], totals: Votes, way: Way = 'dots'): Ranked[] {
	const given = all
		.flatMap((one) => {
			const votes = totals[one.id];
			return votes === undefined || (votes === 0 && way !== 'pairs') ? [] : [{ ...one, votes }];
		})
		.sort((a, b) => b.votes - a.votes);
	return given.map((one) => ({
		...one,
		place: given.findIndex((other) => other.votes === one.votes) + 1,
		tied: given.filter((other) => other.votes === one.votes).length > 1
	}));
}
