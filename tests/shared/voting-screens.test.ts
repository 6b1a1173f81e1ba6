/** Voting as a person, the wall and the desk see it: what there is to vote for, what was cast, what came first. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BoardValue, CardValue } from '#shared/doc/contents.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { Command } from '#shared/facilitation/commands.ts';
import { pairKey, plainVoting, type Tally, type Voting } from '#shared/facilitation/ways.ts';
import { amongOf, choicesOf } from '../../src/lib/facilitation/vote-again.ts';
import {
	axisOf,
	commandOf,
	dotsOf,
	draftOf,
	isAnew,
	scalesOf,
	votingOf,
	wrongIn
} from '../../src/lib/facilitation/voting-draft.ts';
import { ranking, votables } from '../../src/lib/room/vote-targets.ts';
import { castOf, orderOf } from '../../src/lib/voting/cast.ts';
import { dealtPairs, FEW, placeIn } from '../../src/lib/voting/dealing.ts';
import { dotsByColumn, dotsLeft } from '../../src/lib/voting/dots-left.ts';
import { CELLS, lyingIn, steppedTo } from '../../src/lib/voting/field.ts';
import { earlierResults, lastSeen, lyingOf, resultOf } from '../../src/lib/voting/results.ts';

const barrier = findExercise('barrier')!;
const advocate = findExercise('advocate')!;

const card = (id: string, column = 'barriers', more: Partial<CardValue> = {}): CardValue => ({
	id,
	author: 'ben',
	column,
	order: `a-${id}`,
	fields: { stoppedUs: id, whatWeCouldDo: id },
	...more
});
const board: BoardValue = {
	cards: [
		card('time', 'barriers', { group: 'work' }),
		card('hours', 'barriers', { group: 'work' }),
		card('money'),
		card('ask', 'ways-round')
	],
	groups: [
		{
			id: 'work',
			kind: 'theme',
			title: 'Too much work',
			column: 'barriers',
			order: 'a-b',
			cards: ['time', 'hours']
		}
	]
};
const voting = (more: Partial<Voting>): Voting => ({ ...plainVoting(), ...more });
const idsOf = (all: { id: string }[]) => all.map(({ id }) => id);

test('VO40 what there is to vote for is what the voting is on, of its columns, and in a further round what that is among', () => {
	const on = (more: Partial<Voting>) => idsOf(votables(board, barrier, voting(more)));
	expect(on({})).toEqual(['work', 'money', 'ask']);
	expect(on({ on: 'cards' })).toEqual(['hours', 'money', 'time', 'ask']);
	expect(on({ on: 'groups' })).toEqual(['work']);
	expect(on({ columns: ['ways-round'] })).toEqual(['ask']);
	expect(on({ among: ['ask', 'work'] })).toEqual(['work', 'ask']);
	const options = [
		{ id: 'yes', title: 'Yes' },
		{ id: 'no', title: 'No' }
	];
	expect(votables(board, barrier, voting({ on: 'options', options }))).toMatchObject([
		{ id: 'yes', target: { option: 'yes' }, text: 'Yes', card: null },
		{ id: 'no', target: { option: 'no' }, text: 'No' }
	]);
});

test('VO41 what was asked counts at once, over what was told, for this round and this person alone', () => {
	const told = { mine: { money: 1 }, choices: { places: {}, better: {} } };
	const of = { board: 'b', round: 0 };
	const vote = (target: string, count: number, more: object = {}): Command => ({
		type: 'vote',
		board: 'b',
		target: { card: target },
		count,
		...more
	});
	expect(castOf(undefined, [], of).mine).toEqual({});
	const asked = [vote('money', 2), vote('ask', 1), vote('money', 3), vote('ask', 0)];
	expect(castOf(told, asked, of).mine).toEqual({ money: 3 });
	const others = [
		vote('money', 2, { board: 'c' }),
		vote('money', 2, { for: 'seat' }),
		vote('money', 2, { round: 7 })
	];
	expect(castOf(told, others, of).mine).toEqual({ money: 1 });
	expect(castOf(told, others, { ...of, seat: 'seat' }).mine).toEqual({ money: 2 });
	expect(castOf(told, others, { ...of, round: 7 }).mine).toEqual({ money: 2 });

	const rank = ['ask', 'money'].map((id) => ({ card: id }));
	const ranked = castOf(told, [{ type: 'rank', board: 'b', targets: rank }], of);
	expect(orderOf(ranked.mine)).toEqual(['ask', 'money']);
	const place = (at: { x: number; y: number } | null): Command => ({
		type: 'place',
		board: 'b',
		target: { card: 'ask' },
		at
	});
	const at = { x: 1, y: 5 };
	expect(castOf(told, [place(at)], of).choices.places).toEqual({ ask: at });
	expect(castOf(told, [place(at), place(null)], of).choices.places).toEqual({});
	const pair: [{ card: string }, { card: string }] = [{ card: 'money' }, { card: 'ask' }];
	const prefer = (better: 0 | 1 | null): Command => ({ type: 'prefer', board: 'b', pair, better });
	const key = pairKey('ask', 'money');
	expect(castOf(told, [prefer(1)], of).choices.better).toEqual({ [key]: 'ask' });
	expect(castOf(told, [prefer(0), prefer(null)], of).choices.better).toEqual({ [key]: '' });
});

test('VO43 arrows go over the field by its reading direction, and stay on it', () => {
	expect(CELLS).toHaveLength(25);
	expect(CELLS[0]).toEqual({ x: 1, y: 5 });
	const middle = { x: 3, y: 3 };
	expect(steppedTo(middle, 'ArrowUp', false)).toEqual({ x: 3, y: 4 });
	expect(steppedTo(middle, 'ArrowRight', false)).toEqual({ x: 4, y: 3 });
	expect(steppedTo(middle, 'ArrowRight', true)).toEqual({ x: 2, y: 3 });
	expect(steppedTo({ x: 1, y: 1 }, 'ArrowLeft', false)).toEqual({ x: 1, y: 1 });
	expect(steppedTo(middle, 'Enter', false)).toBeNull();
	expect(lyingIn([{ x: 2.4, y: 4.6 }], { x: 2, y: 5 })).toHaveLength(1);
});

test('VO45 each person compares a few pairs, always the same, and the room all of them evenly', () => {
	const rooms = fc.record({
		cards: fc.integer({ min: 2, max: 14 }),
		people: fc.integer({ min: 1, max: 40 })
	});
	fc.assert(
		fc.property(rooms, ({ cards, people }) => {
			const ids = Array.from({ length: cards }, (_, at) => `card-${at}`);
			const all = (cards * (cards - 1)) / 2;
			const dealt = new Map<string, number>();
			for (let place = 0; place < people; place++) {
				const pairs = dealtPairs(ids, place);
				expect(pairs).toEqual(dealtPairs(ids.toReversed(), place));
				expect(new Set(pairs.map(([one, other]) => pairKey(one, other))).size).toBe(all);
				for (const [one, other] of pairs.slice(0, FEW)) {
					const key = pairKey(one, other);
					dealt.set(key, (dealt.get(key) ?? 0) + 1);
				}
			}
			const counts = [...dealt.values()];
			const least = dealt.size < all ? 0 : Math.min(...counts);
			expect(Math.max(...counts) - least).toBeLessThanOrEqual(1);
		}),
		{ seed: 20261130, numRuns: 25 }
	);
	expect(dealtPairs(['alone'], 0)).toEqual([]);
});

test('VO45 who comes later changes nobody’s pairs; where the room is not known, one’s place is still one’s own', () => {
	const room = [
		{ id: 'chidi', joinedAt: 2 },
		{ id: 'ben', joinedAt: 1 }
	];
	expect(placeIn(room, 'ben')).toBe(0);
	expect(placeIn([...room, { id: 'ada', joinedAt: 3 }], 'chidi')).toBe(1);
	expect(placeIn([], 'dana')).toBe(placeIn([], 'dana'));
	expect(placeIn([], 'dana')).not.toBe(placeIn([], 'emil'));
});

test('VO47 in pairs something that never won is among the results, and equals share a place', () => {
	const all = votables(board, barrier);
	const shares = { work: 50, money: 0, ask: 50 };
	expect(ranking(all, shares, 'pairs')).toMatchObject([
		{ id: 'work', place: 1, tied: true },
		{ id: 'ask', place: 1, tied: true },
		{ id: 'money', place: 3, tied: false }
	]);
	expect(idsOf(ranking(all, shares, 'rating'))).toEqual(['work', 'ask']);
});

const tally = (more: Partial<Tally>): Tally => ({
	round: 12,
	way: 'dots',
	people: 2,
	spread: {},
	places: {},
	earlier: [],
	...more
});

test('VO48 nothing is a result before it is shown; rounds before stand below, each as it was voted', () => {
	const axes = { x: axisOf(scalesOf(advocate)[0]!), y: axisOf(scalesOf(advocate)[1]!) };
	const placing = voting({ way: 'placing', axes });
	const round = { round: 0, dots: 5, dotsOnOne: 3, shown: true };
	const state = {
		id: 'b',
		voting: voting({ among: ['work', 'ask'] }),
		rounds: [
			{ ...round, voting: placing },
			{ ...round, round: 5, voting: voting({ way: 'pairs' }) },
			{ ...round, round: 9, voting: voting({}) }
		],
		votesShown: true
	};
	const { earlier: _none, ...placed } = tally({
		round: 0,
		way: 'placing',
		places: {
			work: [
				{ x: 1, y: 5, people: 1 },
				{ x: 3, y: 5, people: 1 }
			]
		}
	});
	const { earlier: _nothing, ...dotted } = tally({ round: 9 });
	// In the round of pairs nobody voted, and it is not told.
	const earlier: Tally['earlier'] = [
		{ ...placed, scores: { work: 2 } },
		{ ...dotted, scores: { money: 4 } }
	];
	const told = { totals: { b: { work: 1, ask: 3 } }, tallies: { b: tally({ earlier }) } };
	const shut = { ...state, votesShown: false };
	expect(resultOf(shut, told, board, barrier)).toBeNull();
	// What was shown before stays, while this round is not.
	expect(earlierResults(shut, told, board, barrier)).toHaveLength(2);
	expect(earlierResults(shut, { tallies: {} }, board, barrier)).toEqual([]);
	expect(lastSeen(shut, told, board, barrier)).toMatchObject({ round: 3, voting: { way: 'dots' } });
	expect(lastSeen(shut, { ...told, tallies: {} }, board, barrier)).toBeNull();
	expect(lastSeen(state, told, board, barrier)?.round).toBe(4);

	const result = resultOf(state, told, board, barrier)!;
	expect([result.round, idsOf(result.ranked)]).toEqual([4, ['ask', 'work']]);
	const before = earlierResults(state, told, board, barrier);
	expect(before.map((one) => [one.round, one.voting.way, idsOf(one.ranked)])).toEqual([
		[3, 'dots', ['money']],
		[1, 'placing', ['work']]
	]);
	expect(lyingOf(before[1]!)).toEqual([{ id: 'work', label: '1', x: 2, y: 5 }]);
});

test('VO50 a further round is among those that are tied for the first place, or the first few with all who share the last', () => {
	const ranked = (...places: number[]) => places.map((place, at) => ({ id: `card-${at}`, place }));
	expect(choicesOf(ranked())).toEqual([]);
	expect(choicesOf(ranked(1, 2))).toEqual([]);
	expect(choicesOf(ranked(1, 1, 3, 3, 5))).toEqual([
		{ id: 'tied', kind: 'tied', count: 2 },
		{ id: 'first-4', kind: 'first', count: 4 }
	]);
	expect(choicesOf(ranked(1, 2, 3, 4, 5, 6)).map(({ count }) => count)).toEqual([2, 3, 5]);
	expect(amongOf(ranked(1, 1, 3), 'tied')).toEqual(['card-0', 'card-1']);
	expect(amongOf(ranked(1, 2, 3, 4), 'first-3')).toEqual(['card-0', 'card-1', 'card-2']);
});

test('VO51 of what is put together only what goes with the way is sent, and nothing where nothing is otherwise', () => {
	const plain = { title: 'Effort', low: 'easy', high: 'hard' };
	const state = { voting: voting({}), dots: 5, dotsOnOne: 3 };
	const draft = draftOf(state, barrier, { x: plain, y: plain });
	expect([isAnew(draft, state), dotsOf(draft, state), wrongIn(draft)]).toEqual([false, null, null]);
	expect(draft.axes.x).toEqual(plain);
	// The exercise's own scales come first.
	expect(draftOf(state, advocate, { x: plain, y: plain }).axes.x).toEqual(
		axisOf(scalesOf(advocate)[0]!)
	);

	const rating = { ...draft, way: 'rating' as const, perColumn: true, together: true, dots: 'x' };
	expect(votingOf(rating)).toMatchObject({ perColumn: false, together: false, axes: null });
	expect([isAnew(rating, state), dotsOf(rating, state), wrongIn(rating)]).toEqual([
		true,
		null,
		null
	]);

	expect(wrongIn({ ...draft, dots: '2' })).toBe('dots');
	expect(wrongIn({ ...draft, dots: '21' })).toBe('dots');
	expect(dotsOf({ ...draft, dots: '7' }, state)).toEqual({ dots: 7, onOne: 3 });
	// All of it goes in one command; fewer than some may have placed are another round.
	expect(commandOf(draft, state)).toBeNull();
	expect(commandOf({ ...draft, dots: '7' }, state)).toEqual({
		type: 'set-dots',
		dots: 7,
		onOne: 3
	});
	expect(commandOf({ ...draft, dots: '3' }, state)).toEqual({
		type: 'set-voting',
		...votingOf(draft),
		dots: 3,
		onOne: 3
	});
	expect(isAnew({ ...draft, dots: '3' }, state)).toBe(true);
	const order = { ...draft, way: 'order' as const, dots: '2' };
	expect([wrongIn(order), dotsOf(order, state)]).toEqual([null, { dots: 2, onOne: 2 }]);
	const placing = { ...draft, way: 'placing' as const };
	expect(wrongIn(placing)).toBeNull();
	expect(wrongIn({ ...placing, axes: { x: plain, y: { ...plain, low: ' ' } } })).toBe('axes');
	// A list of answers stays the exercise's.
	expect(votingOf({ ...draft, on: 'options' })).not.toHaveProperty('on');
});

test('VO54 where each column has dots of its own, each says how many are left', () => {
	const all = votables(board, barrier);
	const given = { work: 2, money: 1, ask: 1 };
	expect(dotsLeft({ dots: 5 }, given)).toBe(1);
	expect(dotsLeft({ dots: 3 }, given)).toBe(0);
	const columns = dotsByColumn({ dots: 3 }, barrier, all, given);
	expect(columns.map(({ id, left }) => [id, left])).toEqual([
		['barriers', 0],
		['ways-round', 2]
	]);
	// A column with nothing in it is none to vote in.
	const few = votables(board, barrier, voting({ columns: ['ways-round'] }));
	expect(dotsByColumn({ dots: 3 }, barrier, few, {}).map(({ id }) => id)).toEqual(['ways-round']);
});
