/** What each way of voting takes. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Votes, VoteTarget } from '#shared/doc/contents.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import {
	askedOf,
	castRank,
	castVote,
	isAsked,
	leftIn,
	mostRanked,
	takesVotes,
	targetId,
	votesLeft
} from '#shared/facilitation/votes.ts';
import { plainVoting, WAYS, type Voting } from '#shared/facilitation/ways.ts';
import { isRefusal } from '#shared/refusals.ts';
import { boardOf, inPhase } from './facilitation-room.ts';

const asks = (voting: Partial<Voting>, more: Partial<BoardState> = {}): BoardState => ({
	...boardOf(inPhase('vote')),
	...more,
	voting: { ...plainVoting(), ...voting }
});
const card = (id: string): VoteTarget => ({ card: id });
const cards = ['a', 'b', 'c', 'd', 'e', 'f'].map(card);
const option = (id: string) => ({ id, title: id });
/** The first three lie in one column, the others in another. */
const columnOf = (id: string) => ('abc'.includes(id) ? 'barriers' : 'ways');

test('VO9 each way takes its own command, and no other', () => {
	const own = { dots: 'vote', rating: 'vote', placing: 'place', order: 'rank', pairs: 'prefer' };
	for (const way of WAYS)
		for (const command of ['vote', 'place', 'rank', 'prefer'] as const) {
			const taken = takesVotes(asks({ way }), command, undefined);
			if (own[way] === command) expect(taken).toBe(true);
			else expect(taken).toMatchObject({ refused: 'not-asked' });
		}
});

test('VO10 a rating is a whole number from 1 to 5, of as many as one likes; 0 takes it back', () => {
	const board = asks({ way: 'rating' });
	let mine: Votes = {};
	for (const [i, target] of cards.entries()) {
		const cast = castVote(board, mine, target, (i % 5) + 1);
		if (isRefusal(cast)) throw new Error(cast.refused);
		mine = cast;
	}
	expect(mine).toEqual({ a: 1, b: 2, c: 3, d: 4, e: 5, f: 1 });
	expect(castVote(board, mine, card('a'), 5)).toEqual({ ...mine, a: 5 });
	expect(castVote(board, { a: 1 }, card('a'), 0)).toEqual({});
	for (const bad of [6, -1, 2.5])
		expect(castVote(board, mine, card('a'), bad)).toMatchObject({ refused: 'malformed' });
});

test('VO12 an order is of different things, as many as there are dots or fewer', () => {
	const board = asks({ way: 'order' }, { dots: 3 });
	expect(castRank(board, [card('c'), card('a')])).toEqual({ c: 1, a: 2 });
	expect(castRank(board, [])).toEqual({});
	expect(castRank(board, cards.slice(0, 4))).toMatchObject({ refused: 'budget' });
	expect(castRank(board, [card('a'), card('a')])).toMatchObject({ refused: 'malformed' });
	expect(votesLeft(board, { c: 1, a: 2 })).toBe(1);
	expect(mostRanked(asks({ way: 'order', among: ['a', 'b'] }))).toBe(2);
	const options = ['yes', 'no', 'later'].map(option);
	expect(mostRanked(asks({ way: 'order', on: 'options', options }))).toBe(3);
	expect(mostRanked(asks({ way: 'order', on: 'options', options }, { dots: 1 }))).toBe(1);
});

test('VO14 what may be voted for: cards, groups or options, of some columns, among some', () => {
	const all: VoteTarget[] = [card('a'), { group: 'g' }, { option: 'yes' }];
	const takes = (voting: Partial<Voting>) =>
		all.map((target) => isAsked({ ...plainVoting(), ...voting }, target, columnOf));
	expect(takes({})).toEqual([true, true, false]);
	expect(takes({ on: 'cards' })).toEqual([true, false, false]);
	expect(takes({ on: 'groups' })).toEqual([false, true, false]);
	expect(takes({ on: 'options', options: [option('yes')] })).toEqual([false, false, true]);
	expect(takes({ columns: ['barriers'] })).toEqual([true, false, false]);
	expect(takes({ among: ['g', 'b'] })).toEqual([false, true, false]);
	expect(castVote(asks({ among: ['b', 'c'] }), {}, card('a'), 1)).toMatchObject({
		refused: 'not-asked'
	});
	expect(castRank(asks({ way: 'order', on: 'groups' }), [card('a')])).toMatchObject({
		refused: 'not-asked'
	});
});

test('VO14 taking back is always possible', () => {
	expect(castVote(asks({ among: ['b', 'c'] }), { a: 1 }, card('a'), 0)).toEqual({});
});

test('VO15 all that there is to vote on: groups and cards in none, cards alone, groups alone, options', () => {
	const lies = { column: 'barriers', order: 'a0', fields: {}, author: 'ben' };
	const value = {
		cards: [
			{ id: 'a', ...lies, group: 'theme' },
			{ id: 'b', ...lies, group: 'theme' },
			{ id: 'c', ...lies },
			{ id: 'd', ...lies, column: 'ways' }
		],
		groups: [
			{ id: 'theme', kind: 'theme' as const, title: '', ...lies, cards: ['a', 'b'] },
			{ id: 'same', kind: 'same' as const, title: '', ...lies, group: 'theme', cards: [] }
		]
	};
	const ids = (voting: Partial<Voting>, hidden: string[] = []) =>
		askedOf({ ...plainVoting(), ...voting }, value, hidden).map(targetId);
	expect(ids({})).toEqual(['theme', 'c', 'd']);
	expect(ids({}, ['c'])).toEqual(['theme', 'd']);
	expect(ids({ on: 'cards' })).toEqual(['a', 'b', 'c', 'd']);
	expect(ids({ on: 'groups' })).toEqual(['theme']);
	expect(ids({ columns: ['ways'] })).toEqual(['d']);
	expect(ids({ on: 'options', options: [option('yes')] })).toEqual(['yes']);
});

test('VO16 where each column has its own dots, none is spent in another', () => {
	const board = asks({ perColumn: true, columns: ['barriers', 'ways'] }, { dots: 2, dotsOnOne: 2 });
	expect(castVote(board, { a: 1 }, card('b'), 2, columnOf)).toMatchObject({ refused: 'budget' });
	expect(castVote(board, { a: 2 }, card('d'), 2, columnOf)).toEqual({ a: 2, d: 2 });
	expect(votesLeft(board, { a: 2 })).toBe(2);
	expect(leftIn(board, { a: 2 }, 'ways', columnOf)).toBe(2);
	expect(leftIn(board, { a: 2 }, 'barriers', columnOf)).toBe(0);
});

test('VO16 whatever is cast in whatever order, the budget of each column holds', () => {
	const board = asks({ perColumn: true, columns: ['barriers', 'ways'] }, { dots: 3, dotsOnOne: 2 });
	const casts = fc.array(fc.tuple(fc.constantFrom(...cards), fc.integer({ min: 0, max: 4 })), {
		maxLength: 40
	});
	fc.assert(
		fc.property(casts, (sequence) => {
			let mine: Votes = {};
			for (const [target, count] of sequence) {
				const cast = castVote(board, mine, target, count, columnOf);
				if (!isRefusal(cast)) mine = cast;
				for (const column of ['barriers', 'ways'])
					expect(leftIn(board, mine, column, columnOf)).toBeGreaterThanOrEqual(0);
				expect(Math.max(0, ...Object.values(mine))).toBeLessThanOrEqual(2);
			}
		})
	);
});

test('VO17 voting throughout is open from the reveal until the board is done, and shut when it is shut', () => {
	const board = asks({ open: 'throughout' });
	const takes = (more: Partial<BoardState>) =>
		takesVotes({ ...board, ...more }, 'vote', undefined) === true;
	expect(takes({ phase: 'write', writing: 'private', revealed: false })).toBe(false);
	expect(takes({ phase: 'write', writing: 'open', revealed: true })).toBe(true);
	for (const phase of ['share', 'group', 'vote', 'discuss', 'act'] as const)
		expect(takes({ phase })).toBe(true);
	expect(takes({ phase: 'done' })).toBe(false);
	expect(takes({ phase: 'share', shut: ['votes'] })).toBe(false);
});

test('VO22 a vote that is meant for another round is refused', () => {
	const board = asks({}, { round: 1000 });
	expect(takesVotes(board, 'vote', 1000)).toBe(true);
	expect(takesVotes(board, 'vote', undefined)).toBe(true);
	expect(takesVotes(board, 'vote', 0)).toMatchObject({ refused: 'not-asked' });
});
