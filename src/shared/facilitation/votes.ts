/** Votes: a budget of dots, and what becomes of them when a group is taken apart. */
import type { GroupValue, VoteTarget, Votes } from '../doc/contents.ts';
import type { BoardId, GroupId } from '../ids.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { mayVote } from './phases.ts';
import type { Ballot, BoardState, WorkshopState } from './state.ts';

/** What everyone has, unless the facilitator says otherwise. */
export const DOTS = 5;
export const DOTS_ON_ONE = 3;

export const targetId = (target: VoteTarget): string =>
	'card' in target ? target.card : 'group' in target ? target.group : target.option;

/**
 * One person's votes with `count` on the target, instead of what was there; 0 takes back. Whether
 * there is such a target is for the server to know.
 */
export function castVote(
	board: Pick<BoardState, 'phase' | 'shut' | 'dots' | 'dotsOnOne'>,
	mine: Votes,
	target: VoteTarget,
	count: number
): Votes | Refusal {
	if (!mayVote(board)) return refuse('wrong-phase');
	if (!Number.isInteger(count) || count < 0) return refuse('malformed');
	const { [targetId(target)]: _before, ...others } = mine;
	if (count > votesLeft(board, others)) return refuse('budget');
	if (count > board.dotsOnOne) return refuse('too-many-on-one');
	return count === 0 ? others : { ...others, [targetId(target)]: count };
}

/** The dots that someone with these votes has not placed yet. */
export const votesLeft = (board: Pick<BoardState, 'dots'>, mine: Votes): number =>
	board.dots - Object.values(mine).reduce((sum, count) => sum + count, 0);

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
