/** Votes: what each way of voting takes, and what becomes of them when a group is taken apart. */
import type { BoardValue, GroupValue, VoteTarget, Votes } from '../doc/contents.ts';
import type { BoardId, CardId, GroupId } from '../ids.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { mayVote } from './phases.ts';
import type { Ballot, BoardState, WorkshopState } from './state.ts';
import type { Voting, Way } from './ways.ts';

type VotedOn = Pick<BoardState, 'phase' | 'shut' | 'revealed' | 'voting' | 'round'>;
type Budget = Pick<BoardState, 'voting' | 'dots' | 'dotsOnOne'>;
/** The column that a target lies in; none where it is not there, or an option. */
export type ColumnOf = (target: string) => string | undefined;

export const targetId = (target: VoteTarget): string =>
	'card' in target ? target.card : 'group' in target ? target.group : target.option;

const WAYS_OF = {
	vote: ['dots', 'rating'],
	place: ['placing'],
	rank: ['order'],
	prefer: ['pairs']
} as const satisfies Record<string, Way[]>;
export type VoteCommand = keyof typeof WAYS_OF;

/** Whether votes of this kind are taken now: for the round that is on, where one is meant. */
export function takesVotes(
	board: VotedOn,
	command: VoteCommand,
	round: number | undefined
): true | Refusal {
	if (!mayVote(board)) return refuse('wrong-phase');
	const ways: readonly Way[] = WAYS_OF[command];
	if (!ways.includes(board.voting.way)) return refuse('not-asked', board.voting.way);
	return round === undefined || round === board.round || refuse('not-asked', 'another round');
}

/** Whether this is among what is voted on. Whether there is such a target is for the server to know. */
export function isAsked(voting: Voting, target: VoteTarget, columnOf: ColumnOf): boolean {
	const { on, among, columns } = voting;
	const kind = 'card' in target ? 'cards' : 'group' in target ? 'groups' : 'options';
	if (on === 'both' ? kind === 'options' : kind !== on) return false;
	const id = targetId(target);
	if (among && !among.includes(id)) return false;
	return columns === null || columns.includes(columnOf(id) ?? '');
}

/**
 * All that there is to vote on: groups as they stand and cards in none, cards alone, or groups
 * alone; without hidden cards and what stands in another group.
 */
export function askedOf(
	voting: Voting,
	{ cards, groups }: BoardValue,
	hidden: CardId[]
): VoteTarget[] {
	const places = new Map([...cards, ...groups].map(({ id, column }) => [id, column]));
	const grouped = new Set(groups.flatMap((group) => group.cards));
	const all: VoteTarget[] = [
		...groups.filter(({ group }) => !group).map(({ id }) => ({ group: id })),
		...cards
			.filter(({ id }) => !hidden.includes(id) && (voting.on === 'cards' || !grouped.has(id)))
			.map(({ id }) => ({ card: id })),
		...voting.options.map(({ id }) => ({ option: id }))
	];
	return all.filter((target) => isAsked(voting, target, (id) => places.get(id)));
}

/** What each card got: what it got itself, or a group that it stands in as one of what was voted on. */
export function scoreOfCards(
	groups: Pick<GroupValue, 'id' | 'group' | 'cards'>[],
	totals: Votes
): (card: CardId) => number {
	const byId = new Map(groups.map((group) => [group.id, group]));
	const around = new Map(
		groups.flatMap((group) =>
			group.cards.map((card) => [card, [group.id, byId.get(group.group ?? '')?.id ?? '']])
		)
	);
	return (card) => Math.max(...[card, ...(around.get(card) ?? [])].map((id) => totals[id] ?? 0));
}

/**
 * One person's dots or ratings with `count` on the target, instead of what was there; 0 takes back.
 * Whether there is such a target is for the server to know.
 */
export function castVote(
	board: VotedOn & Budget,
	mine: Votes,
	target: VoteTarget,
	count: number,
	columnOf: ColumnOf = () => undefined
): Votes | Refusal {
	const taken = takesVotes(board, 'vote', undefined);
	if (taken !== true) return taken;
	if (!Number.isInteger(count) || count < 0) return refuse('malformed');
	const id = targetId(target);
	const { [id]: _before, ...others } = mine;
	if (count === 0) return others;
	if (!isAsked(board.voting, target, columnOf)) return refuse('not-asked');
	if (board.voting.way === 'rating') {
		if (count > 5) return refuse('malformed', 'a rating is from 1 to 5');
		return { ...others, [id]: count };
	}
	const left = board.voting.perColumn
		? leftIn(board, others, columnOf(id), columnOf)
		: votesLeft(board, others);
	if (count > left) return refuse('budget');
	if (count > board.dotsOnOne) return refuse('too-many-on-one');
	return { ...others, [id]: count };
}

/** One person's first few, in their order: the place of each, from 1. */
export function castRank(
	board: VotedOn & Budget,
	targets: VoteTarget[],
	columnOf: ColumnOf = () => undefined
): Votes | Refusal {
	const taken = takesVotes(board, 'rank', undefined);
	if (taken !== true) return taken;
	const ids = targets.map(targetId);
	if (new Set(ids).size < ids.length) return refuse('malformed', 'twice in one order');
	if (!targets.every((target) => isAsked(board.voting, target, columnOf)))
		return refuse('not-asked');
	if (ids.length > mostRanked(board)) return refuse('budget');
	return Object.fromEntries(ids.map((id, i) => [id, i + 1]));
}

/** How many one may put in order: as many as there are dots, or things where these are fewer and known. */
export const mostRanked = ({ dots, voting }: Pick<Budget, 'dots' | 'voting'>): number =>
	Math.min(
		dots,
		voting.among?.length ?? dots,
		voting.on === 'options' ? voting.options.length : dots
	);

/** How many pairs one person compares at most, of any number of things: each is a row. */
export const PAIRS = 300;

/** How many pairs of these there are to compare for one person. */
export const mostPairs = (targets: number): number =>
	Math.min((targets * (targets - 1)) / 2, PAIRS);

/** What someone with these votes can still place: dots, or things to put in order; 0 in other ways. */
export function votesLeft(board: Pick<Budget, 'dots' | 'voting'>, mine: Votes): number {
	const { way, perColumn, columns } = board.voting;
	if (way === 'order') return mostRanked(board) - Object.keys(mine).length;
	if (way !== 'dots') return 0;
	return board.dots * (perColumn ? (columns?.length ?? 1) : 1) - sum(Object.values(mine));
}

/** The dots that are left for a column, where each has its own. */
export const leftIn = (
	board: Pick<Budget, 'dots'>,
	mine: Votes,
	column: string | undefined,
	columnOf: ColumnOf
): number =>
	board.dots -
	sum(Object.entries(mine).map(([id, count]) => (columnOf(id) === column ? count : 0)));

const sum = (counts: number[]) => counts.reduce((all, count) => all + count, 0);

/**
 * The state with each group's members as they stood when voting opened: once, after the grace in
 * which arrangements were still landing. A ballot that is recorded stays as it is.
 */
export function recordBallot(
	state: WorkshopState,
	board: BoardId,
	ballot: NonNullable<Ballot>
): WorkshopState {
	return {
		...state,
		boards: state.boards.map((one) =>
			one.id === board && one.ballot === null ? { ...one, ballot } : one
		)
	};
}

/** Groups of a ballot whose members are others now, or that are gone: their votes return. */
export function brokenGroups(
	ballot: Ballot,
	groupsNow: Pick<GroupValue, 'id' | 'cards'>[]
): GroupId[] {
	const now = new Map(groupsNow.map((group) => [group.id, group.cards]));
	return Object.entries(ballot ?? {})
		.filter(([group, members]) => !sameMembers(members, now.get(group) ?? []))
		.map(([group]) => group);
}

const sameMembers = (some: string[], others: string[]) =>
	some.length === others.length && new Set([...some, ...others]).size === new Set(some).size;
