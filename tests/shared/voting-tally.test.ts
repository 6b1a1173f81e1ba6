/** What a round comes to, against what a plain count of the same rows says. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	beforeShown,
	meanPlace,
	ownVotes,
	standings,
	tallyOf,
	votedOf,
	type Cast
} from '#shared/facilitation/tally.ts';
import { plainVoting, type Voting, type Way } from '#shared/facilitation/ways.ts';

const round = (way: Way, more: Partial<Voting> = {}, dots = 3) => ({
	round: 0,
	rounds: [],
	dots,
	dotsOnOne: 3,
	voting: { ...plainVoting(), way, ...more }
});
const row = (participant: string, target: string, more: Partial<Cast> = {}): Cast => ({
	participant,
	round: 0,
	target,
	against: '',
	count: 1,
	x: null,
	y: null,
	at: 0,
	...more
});
const totals = (board: ReturnType<typeof round>, rows: Cast[]) => tallyOf(board, rows).totals;

const people = ['ada', 'ben', 'chidi', 'dina'];
const targets = ['a', 'b', 'c', 'd'];
const oneToFive = fc.integer({ min: 1, max: 5 });
/** One row of each person for each target at most. */
const rows = (more: fc.Arbitrary<Partial<Cast>>) =>
	fc.uniqueArray(
		fc
			.tuple(fc.constantFrom(...people), fc.constantFrom(...targets), more)
			.map(([who, target, rest]) => row(who, target, rest)),
		{ selector: ({ participant, target }) => `${participant} ${target}`, maxLength: 16 }
	);
const shuffled = (all: Cast[]) =>
	fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
const numbers = fc.record({ count: oneToFive });
const places = fc.record({ x: oneToFive, y: oneToFive, at: fc.integer({ min: 0, max: 9 }) });

test('VO27 dots are summed, whatever order the rows come in', () => {
	fc.assert(
		fc.property(
			rows(numbers).chain((all) => fc.tuple(fc.constant(all), shuffled(all))),
			([all, mixed]) => {
				const brute: Record<string, number> = {};
				for (const { target, count } of all) brute[target] = (brute[target] ?? 0) + count;
				expect(totals(round('dots'), all)).toEqual(brute);
				expect(tallyOf(round('dots'), mixed)).toEqual(tallyOf(round('dots'), all));
			}
		)
	);
});

test('VO28 a rating’s score is its mean to one decimal, with how many gave each number', () => {
	const all = [1, 2, 5].map((count, i) => row(people[i]!, 'a', { count }));
	expect(totals(round('rating'), all)).toEqual({ a: 2.7 });
	expect(tallyOf(round('rating'), all).tally).toMatchObject({
		people: 3,
		spread: { a: [1, 1, 0, 0, 1] }
	});
	fc.assert(
		fc.property(rows(numbers), (cast) => {
			const { totals: scores, tally } = tallyOf(round('rating'), cast);
			for (const [id, spread] of Object.entries(tally.spread)) {
				const own = cast.filter(({ target }) => target === id);
				expect(spread.reduce((sum, one) => sum + one, 0)).toBe(own.length);
				const mean = own.reduce((sum, { count }) => sum + count, 0) / own.length;
				expect(Math.abs(scores[id]! - mean)).toBeLessThanOrEqual(0.0500001);
			}
			expect(Object.keys(scores).toSorted()).toEqual(Object.keys(tally.spread).toSorted());
		})
	);
});

test('VO29 an order gives most points to the first, one less to the second, and none to the rest', () => {
	const all = [
		row('ben', 'a', { count: 1 }),
		row('ben', 'b', { count: 2 }),
		row('ben', 'c', { count: 3 }),
		row('chidi', 'c', { count: 1 })
	];
	expect(totals(round('order'), all)).toEqual({ a: 3, b: 2, c: 4 });
	// Among two, one may put two in order: two points and one.
	expect(totals(round('order', { among: ['a', 'b'] }), all.slice(0, 2))).toEqual({ a: 2, b: 1 });
});

test('VO29 what has gone out of an order closes the gap', () => {
	const left = [row('ben', 'b', { count: 2 }), row('ben', 'c', { count: 3 })];
	expect(ownVotes(left, round('order')).mine).toEqual({ b: 1, c: 2 });
	expect(totals(round('order'), left)).toEqual({ b: 3, c: 2 });
});

/** Who prefers what: each two once. */
const compared = fc
	.uniqueArray(
		fc.tuple(
			fc.constantFrom(...people),
			fc.constantFrom(['a', 'b'], ['a', 'c'], ['b', 'c'], ['c', 'd']),
			fc.constantFrom(1, -1, 0)
		),
		{ selector: ([who, pair]) => `${who} ${pair.join()}`, maxLength: 16 }
	)
	.map((all) =>
		all.map(([who, [target, against], count]) => row(who, target!, { against: against!, count }))
	);

test('VO30 of pairs the score is the share won, in percent; neither counts half to both', () => {
	const one = (count: number) => [row('ben', 'a', { against: 'b', count })];
	expect(totals(round('pairs'), one(1))).toEqual({ a: 100, b: 0 });
	expect(totals(round('pairs'), one(-1))).toEqual({ a: 0, b: 100 });
	expect(totals(round('pairs'), one(0))).toEqual({ a: 50, b: 50 });
	fc.assert(
		fc.property(compared, (cast) => {
			const scores = totals(round('pairs'), cast);
			for (const id of targets) {
				const own = cast.filter(({ target, against }) => target === id || against === id);
				const won = own.reduce((sum, { target, count }) => {
					const mine = target === id ? count : -count;
					return sum + (mine > 0 ? 1 : mine === 0 ? 0.5 : 0);
				}, 0);
				expect(scores[id]).toBe(
					own.length === 0 ? undefined : Math.round((won / own.length) * 100)
				);
			}
		})
	);
});

test('VO31 places are counted, and together each has the one that it was given last', () => {
	const all = [
		row('ben', 'a', { x: 5, y: 1, at: 1 }),
		row('chidi', 'a', { x: 2, y: 4, at: 3 }),
		row('dina', 'a', { x: 2, y: 4, at: 2 })
	];
	const each = tallyOf(round('placing'), all);
	expect(each.totals).toEqual({ a: 3 });
	expect(each.tally.places).toEqual({
		a: [
			{ x: 2, y: 4, people: 2 },
			{ x: 5, y: 1, people: 1 }
		]
	});
	const together = tallyOf(round('placing', { together: true }), all);
	expect(together.tally.places).toEqual({ a: [{ x: 2, y: 4, people: 1 }] });
	expect(together.tally.people).toBe(3);
	expect(meanPlace(each.tally.places.a)).toEqual({ x: 3, y: 3 });
	expect(meanPlace(each.tally.places.b)).toBeNull();
});

test('VO31 whatever order the rows come in, everything is at the same place', () => {
	for (const together of [false, true])
		fc.assert(
			fc.property(
				rows(places).chain((all) => fc.tuple(fc.constant(all), shuffled(all))),
				([all, mixed]) => {
					const board = round('placing', { together });
					expect(tallyOf(board, mixed)).toEqual(tallyOf(board, all));
					for (const [id, placed] of Object.entries(tallyOf(board, all).tally.places)) {
						const own = all.filter(({ target }) => target === id);
						const counted = placed.reduce((sum, one) => sum + one.people, 0);
						expect(counted).toBe(together ? 1 : own.length);
					}
				}
			)
		);
});

test('VO32 equals share a place: 1, 2, 2, 4', () => {
	expect(standings({ a: 5, b: 3, c: 3, d: 1 })).toEqual({
		a: { place: 1, tied: false },
		b: { place: 2, tied: true },
		c: { place: 2, tied: true },
		d: { place: 4, tied: false }
	});
	fc.assert(
		fc.property(fc.dictionary(fc.constantFrom(...targets), oneToFive), (scores) => {
			const all = Object.values(scores);
			const plain = Object.entries(scores).map(([id, score]) => [
				id,
				{
					place: 1 + all.filter((other) => other > score).length,
					tied: all.filter((other) => other === score).length > 1
				}
			]);
			expect(standings(scores)).toEqual(Object.fromEntries(plain));
		})
	);
	// What reads the same is the same.
	const close = [row('ben', 'a', { count: 3 }), row('ben', 'b', { count: 3 })];
	expect(standings(totals(round('rating'), close)).a).toEqual({ place: 1, tied: true });
});

test('VO33 what was cast in another round counts in that one alone', () => {
	const before = { round: 0, voting: plainVoting(), dots: 5, dotsOnOne: 3, shown: true };
	const board = { ...round('rating'), round: 2000, rounds: [before, { ...before, round: 1000 }] };
	const cast = [
		row('ben', 'a', { count: 2 }),
		row('ben', 'a', { round: 2000, count: 4 }),
		// Of a round that was taken back.
		row('ben', 'b', { round: 1500, count: 3 })
	];
	const { totals: now, tally } = tallyOf(board, cast);
	expect(now).toEqual({ a: 4 });
	// Nobody voted in the one between.
	expect(tally.earlier.map(({ round: id, scores }) => [id, scores])).toEqual([[0, { a: 2 }]]);
	expect(ownVotes(cast, board).mine).toEqual({ a: 4 });
	expect(beforeShown(tally)).toMatchObject({ people: 0, earlier: [{ scores: { a: 2 } }] });
	// What was never shown is told to nobody.
	const unshown = { ...board, rounds: board.rounds.map((one) => ({ ...one, shown: false })) };
	const untold = tallyOf(unshown, cast).tally;
	expect([untold.earlier, beforeShown(untold)]).toEqual([[], null]);
});

test('VO34 how many have voted, and how many all that they can', () => {
	const voted = (way: Way, cast: Cast[], dots = 3) =>
		votedOf(round(way, {}, dots), cast, ['a', 'b', 'c']);
	expect(voted('dots', [row('ben', 'a', { count: 3 }), row('chidi', 'a')])).toEqual({
		some: 2,
		all: 1
	});
	expect(
		voted(
			'rating',
			['a', 'b', 'c'].map((id) => row('ben', id))
		)
	).toEqual({ some: 1, all: 1 });
	expect(voted('rating', [row('ben', 'a'), row('ben', 'gone'), row('ben', 'b')])).toEqual({
		some: 1,
		all: 0
	});
	expect(voted('order', [row('ben', 'a'), row('ben', 'b')], 2)).toEqual({ some: 1, all: 1 });
	const two = [row('ben', 'a', { against: 'b' }), row('ben', 'a', { against: 'c' })];
	expect(voted('pairs', two)).toEqual({ some: 1, all: 0 });
	expect(voted('pairs', [...two, row('ben', 'b', { against: 'c' })])).toEqual({ some: 1, all: 1 });
	expect(voted('placing', [])).toEqual({ some: 0, all: 0 });
	// Placed together, what anybody has placed is placed.
	const at = { x: 1, y: 1 };
	const placed = [row('ben', 'a', at), row('ben', 'b', at), row('chidi', 'c', at)];
	const together = (cast: Cast[]) =>
		votedOf(round('placing', { together: true }), cast, ['a', 'b', 'c']);
	expect(together(placed)).toEqual({ some: 2, all: 2 });
	expect(together(placed.slice(0, 2))).toEqual({ some: 1, all: 0 });
});

test('VO13 VO34 of very many pairs, who has compared 300 has compared all that they can', () => {
	const many = Array.from({ length: 60 }, (_, i) => `card-${String(i).padStart(2, '0')}`);
	const pairs = many.flatMap((one, i) =>
		many.slice(i + 1).map((other) => row('ben', one, { against: other }))
	);
	const voted = (count: number) => votedOf(round('pairs'), pairs.slice(0, count), many);
	expect([voted(299), voted(300)]).toEqual([
		{ some: 1, all: 0 },
		{ some: 1, all: 1 }
	]);
});

test('VO35 one’s own of each way', () => {
	const at = { x: 1, y: 5 };
	expect(ownVotes([row('ben', 'a', at)], round('placing'))).toEqual({
		mine: {},
		choices: { places: { a: at }, better: {} }
	});
	// Where the room places together nobody has one of their own.
	const together = ownVotes([row('ben', 'a', at)], round('placing', { together: true }));
	expect(together.choices.places).toEqual({});
	const pairs = [
		row('ben', 'a', { against: 'b', count: -1 }),
		row('ben', 'a', { against: 'c', count: 0 })
	];
	expect(ownVotes(pairs, round('pairs'))).toEqual({
		mine: {},
		choices: { places: {}, better: { 'a b': 'b', 'a c': '' } }
	});
});
