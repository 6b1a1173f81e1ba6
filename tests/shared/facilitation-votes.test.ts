import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Votes, VoteTarget } from '#shared/doc/contents.ts';
import {
	brokenGroups,
	castVote,
	recordBallot,
	targetId,
	votesLeft
} from '#shared/facilitation/votes.ts';
import { isRefusal } from '#shared/refusals.ts';
import { after, boardOf, give, inPhase } from './facilitation-room.ts';

const voting = () => boardOf(inPhase('vote'));
const one = { card: 'card-one' };
const two = { group: 'group-two' };

test('VO1 five dots, at most three on one', () => {
	expect(voting()).toMatchObject({ dots: 5, dotsOnOne: 3 });
	expect(votesLeft(voting(), {})).toBe(5);
	expect(votesLeft(voting(), { 'card-one': 3, 'group-two': 1 })).toBe(1);
});

test('VO2 past the budget, and too many on one', () => {
	expect(castVote(voting(), { 'card-one': 3 }, two, 3)).toMatchObject({ refused: 'budget' });
	expect(castVote(voting(), {}, one, 6)).toMatchObject({ refused: 'budget' });
	expect(castVote(voting(), {}, one, 4)).toMatchObject({ refused: 'too-many-on-one' });
	expect(castVote(voting(), {}, one, -1)).toMatchObject({ refused: 'malformed' });
	expect(castVote(voting(), {}, one, 0.5)).toMatchObject({ refused: 'malformed' });
});

test('VO3 a vote is the new total, and 0 takes it back', () => {
	expect(castVote(voting(), {}, one, 3)).toEqual({ 'card-one': 3 });
	expect(castVote(voting(), { 'card-one': 3, 'group-two': 2 }, one, 1)).toEqual({
		'card-one': 1,
		'group-two': 2
	});
	expect(castVote(voting(), { 'card-one': 3 }, one, 0)).toEqual({});
	expect([targetId(one), targetId(two)]).toEqual(['card-one', 'group-two']);
});

test.each(['brief', 'write', 'share', 'group', 'discuss', 'act', 'done'] as const)(
	'VO4 no votes in %s',
	(phase) => {
		expect(castVote(boardOf(inPhase(phase)), {}, one, 1)).toMatchObject({ refused: 'wrong-phase' });
	}
);

test('VO2 whatever is cast in whatever order, the budget holds', () => {
	const target = fc.constantFrom<VoteTarget>(
		one,
		two,
		{ card: 'card-three' },
		{ card: 'card-four' }
	);
	const casts = fc.array(fc.tuple(target, fc.integer({ min: -2, max: 7 })), { maxLength: 40 });
	fc.assert(
		fc.property(casts, (sequence) => {
			let mine: Votes = {};
			for (const [on, count] of sequence) {
				const cast = castVote(voting(), mine, on, count);
				if (!isRefusal(cast)) mine = cast;
				expect(votesLeft(voting(), mine)).toBeGreaterThanOrEqual(0);
				for (const placed of Object.values(mine)) {
					expect(placed).toBeGreaterThan(0);
					expect(placed).toBeLessThanOrEqual(3);
				}
			}
		})
	);
});

test('VO5 entering vote shuts the totals and empties the ballot', () => {
	const shown = inPhase('vote', [{ type: 'show-votes' }]);
	const recorded = recordBallot(shown, 'board-one', { 'group-two': ['card-one', 'card-three'] });
	const grouping = after(recorded, [{ type: 'back' }]);
	expect(boardOf(grouping)).toMatchObject({ votesShown: true, ballot: { 'group-two': {} } });
	expect(boardOf(after(grouping, [{ type: 'next' }]))).toMatchObject({
		votesShown: false,
		ballot: null
	});
});

test('VO6 a ballot is recorded once, on its board', () => {
	const first = recordBallot(inPhase('vote'), 'board-one', { 'group-two': ['card-one'] });
	expect(boardOf(first).ballot).toEqual({ 'group-two': ['card-one'] });
	expect(recordBallot(first, 'board-one', {})).toEqual(first);
	expect(recordBallot(first, 'another', {})).toEqual(first);
});

test('VO7 a group with other members is broken', () => {
	const ballot = {
		same: ['a', 'b'],
		shrunk: ['c', 'd'],
		grown: ['e'],
		gone: ['f', 'g'],
		other: ['h']
	};
	const now = [
		{ id: 'same', cards: ['b', 'a'] },
		{ id: 'shrunk', cards: ['c'] },
		{ id: 'grown', cards: ['e', 'x'] },
		{ id: 'other', cards: ['y'] },
		{ id: 'new', cards: ['f', 'g'] }
	];
	expect(brokenGroups(ballot, now)).toEqual(['shrunk', 'grown', 'gone', 'other']);
	expect(brokenGroups(null, now)).toEqual([]);
});

test('VO8 totals are shown from vote on, and stay so', () => {
	for (const phase of ['brief', 'write', 'share', 'group'] as const)
		expect(give(inPhase(phase), { type: 'show-votes' })).toMatchObject({ refused: 'wrong-phase' });
	const shown = inPhase('vote', [{ type: 'show-votes' }, { type: 'next' }]);
	expect(boardOf(shown)).toMatchObject({ phase: 'discuss', votesShown: true });
	expect(boardOf(after(shown, [{ type: 'hide-votes' }])).votesShown).toBe(false);
	expect(boardOf(inPhase('act', [{ type: 'show-votes' }])).votesShown).toBe(true);
});
