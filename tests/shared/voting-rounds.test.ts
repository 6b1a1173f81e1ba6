/** How the room votes, and voting once more. */
import { expect, test } from 'vitest';
import type { Exercise } from '#shared/exercises/format.ts';
import { votingOf } from '#shared/facilitation/rounds.ts';
import { undone } from '#shared/facilitation/undo.ts';
import { plainVoting } from '#shared/facilitation/ways.ts';
import { after, boardOf, exerciseOf, give, inPhase, MINUTE, START } from './facilitation-room.ts';

const axis = (title: string) => ({ title, low: 'little', high: 'much' });
const axes = { x: axis('Effort'), y: axis('Effect') };

const asking = (voting: Exercise['voting']): Exercise => ({
	...exerciseOf('barrier')!,
	fields: [
		...exerciseOf('barrier')!.fields,
		{ id: 'effort', type: 'scale', title: 'Effort', low: 'little', high: 'much' },
		{ id: 'effect', type: 'scale', title: 'Effect', low: 'little', high: 'much' }
	],
	voting
});

test('VO18 a board is voted on as its exercise says, else with five dots', () => {
	expect(votingOf(exerciseOf('barrier'))).toEqual({
		voting: plainVoting(),
		dots: 5,
		dotsOnOne: 3,
		votesShown: false
	});
	expect(votingOf(asking({ way: 'order', dots: 2 }))).toMatchObject({
		voting: { way: 'order' },
		dots: 2,
		dotsOnOne: 2
	});
	const placing = votingOf(
		asking({ way: 'placing', axes: { x: 'effort', y: 'effect' }, together: true })
	);
	expect(placing.voting).toMatchObject({ axes, together: true });
	expect(votingOf(asking({ way: 'dots', perColumn: true })).voting.columns).toEqual([
		'barriers',
		'ways'
	]);
});

test('VO19 until the vote begins another way is simply another way', () => {
	for (const phase of ['brief', 'write', 'share', 'group'] as const) {
		const set = inPhase(phase, [{ type: 'set-voting', way: 'rating' }]);
		expect(boardOf(set)).toMatchObject({ voting: { way: 'rating' }, rounds: [] });
	}
	for (const phase of ['discuss', 'act'] as const)
		expect(give(inPhase(phase), { type: 'set-voting', way: 'rating' })).toMatchObject({
			refused: 'wrong-phase'
		});
});

test('VO20 once it has begun another way is a new round, and what was cast stays in its own', () => {
	const before = inPhase('vote', [{ type: 'set-dots', dots: 6, onOne: 4 }, { type: 'show-votes' }]);
	const now = START + MINUTE;
	const board = boardOf(after(before, [{ type: 'set-voting', way: 'rating' }], now));
	expect(board).toMatchObject({ voting: { way: 'rating' }, round: now, votesShown: false });
	expect(board.rounds).toEqual([
		{ round: 0, voting: plainVoting(), dots: 6, dotsOnOne: 4, shown: true }
	]);
	// Back from the vote, something may have been cast as well.
	const back = after(
		inPhase('vote'),
		[{ type: 'back' }, { type: 'set-voting', way: 'pairs' }],
		now
	);
	expect(boardOf(back).rounds).toHaveLength(1);
});

test('VO33 a round keeps whether the room has seen what it came to, also back out of discuss', () => {
	const shownIn = (state: ReturnType<typeof inPhase>) =>
		boardOf(after(state, [{ type: 'new-round' }])).rounds.map(({ shown }) => shown);
	expect(shownIn(inPhase('vote'))).toEqual([false]);
	const shown = inPhase('discuss', [{ type: 'show-votes' }]);
	const back = after(shown, [{ type: 'go', phase: 'vote' }]);
	expect([boardOf(back).votesShown, shownIn(back)]).toEqual([false, [true]]);
	const shut = after(shown, [{ type: 'hide-votes' }, { type: 'go', phase: 'vote' }]);
	expect(shownIn(shut)).toEqual([false]);
	// The next one was not seen.
	const two = after(after(back, [{ type: 'new-round' }]), [{ type: 'new-round' }]);
	expect(boardOf(two).rounds.map((one) => one.shown)).toEqual([true, false]);
});

test('VO21 a new round keeps the way, and is about everything unless it says about what', () => {
	const among = ['card-one', 'card-two'];
	const [first, second] = [START + MINUTE, START + 2 * MINUTE];
	const few = after(
		inPhase('vote', [{ type: 'set-voting', way: 'order' }]),
		[{ type: 'new-round', among }],
		first
	);
	expect(boardOf(few)).toMatchObject({ round: first, voting: { way: 'order', among } });
	const all = after(few, [{ type: 'new-round', way: 'dots' }], second);
	expect(boardOf(all)).toMatchObject({ round: second, voting: { way: 'dots', among: null } });
	expect(boardOf(all).rounds.map(({ round }) => round)).toEqual([0, START, first]);
	// Another way of a round among a few is among these as well.
	expect(boardOf(after(few, [{ type: 'set-voting', way: 'pairs' }], second)).voting.among).toEqual(
		among
	);
	expect(give(few, { type: 'new-round', among: ['a', 'a'] })).toMatchObject({
		refused: 'malformed'
	});
});

test('VO56 a round that begins may have fewer dots, with one command, and not more on one than there are', () => {
	const vote = inPhase('vote');
	for (const command of [
		{ type: 'new-round', dots: 2 },
		{ type: 'set-voting', way: 'order', dots: 2, onOne: 2 }
	] as const) {
		const board = boardOf(after(vote, [command]));
		expect(board).toMatchObject({ dots: 2, dotsOnOne: 2 });
		expect(board.rounds.at(-1)).toMatchObject({ dots: 5, dotsOnOne: 3 });
		expect(give(vote, { ...command, onOne: 3 })).toMatchObject({ refused: 'malformed' });
	}
	expect(boardOf(after(vote, [{ type: 'new-round' }]))).toMatchObject({ dots: 5, dotsOnOne: 3 });
});

test('VO21 a new round needs one before it, and a vote that is not over', () => {
	for (const phase of ['group', 'discuss', 'act'] as const)
		expect(give(inPhase(phase), { type: 'new-round' })).toMatchObject({ refused: 'wrong-phase' });
});

test('VO23 a round is never used again, not even one that was taken back', () => {
	const before = inPhase('vote');
	const now = START + MINUTE;
	const second = after(before, [{ type: 'new-round' }], now);
	const back = undone(before, second, now + 1);
	expect(boardOf(back)).toMatchObject({ round: 0, rounds: [], voting: plainVoting() });
	const again = after(back, [{ type: 'new-round' }], now + 2);
	expect(boardOf(again).round).not.toBe(boardOf(second).round);
	// Nor where it was taken back, and another begins, in the same millisecond; nor the second of two.
	const third = after(second, [{ type: 'new-round' }], now);
	const both = undone(before, undone(second, third, now), now);
	expect(boardOf(both).round).toBe(0);
	const used = [second, third].map((state) => boardOf(state).round);
	for (const command of [{ type: 'new-round' }, { type: 'set-voting', way: 'rating' }] as const)
		expect(used).not.toContain(boardOf(after(both, [command], now)).round);
	// Two in the same moment are two.
	const two = boardOf(after(second, [{ type: 'new-round' }], now));
	expect(two.round).toBeGreaterThan(now);
});

test('VO24 what does not go together is refused, or left out', () => {
	const refused = (command: object) =>
		give(inPhase('vote'), { type: 'set-voting', ...command } as never);
	expect(refused({ way: 'placing' })).toMatchObject({ refused: 'malformed' });
	expect(refused({ columns: ['nowhere'] })).toMatchObject({ refused: 'malformed' });
	const placing = boardOf(
		after(inPhase('vote'), [{ type: 'set-voting', way: 'placing', axes, perColumn: true }])
	).voting;
	expect(placing).toMatchObject({ axes, perColumn: false });
	const rating = after(inPhase('vote'), [
		{ type: 'set-voting', way: 'placing', axes, together: true },
		{ type: 'set-voting', way: 'rating' }
	]);
	expect(boardOf(rating).voting).toMatchObject({ axes: null, together: false });
});

test('VO25 placing together is shown from its beginning, in every vote anew', () => {
	const together = inPhase('group', [{ type: 'set-voting', way: 'placing', axes, together: true }]);
	expect(boardOf(after(together, [{ type: 'next' }])).votesShown).toBe(true);
	const hidden = after(together, [{ type: 'next' }, { type: 'hide-votes' }]);
	expect(boardOf(hidden).votesShown).toBe(false);
	expect(boardOf(after(hidden, [{ type: 'new-round' }])).votesShown).toBe(true);
	expect(boardOf(after(hidden, [{ type: 'new-round', way: 'rating' }])).votesShown).toBe(false);
});

test('VO26 where voting is open throughout, it is set and shown throughout', () => {
	const sharing = boardOf(inPhase('share'));
	const open = { ...plainVoting(), open: 'throughout' as const };
	const state = inPhase('discuss');
	const live = { ...state, boards: [{ ...boardOf(state), voting: open }] };
	expect(boardOf(after(live, [{ type: 'show-votes' }])).votesShown).toBe(true);
	expect(boardOf(after(live, [{ type: 'new-round' }])).rounds).toHaveLength(1);
	expect(give(live, { type: 'set-dots', dots: 4, onOne: 3 })).toMatchObject({
		refused: 'wrong-phase'
	});
	const shared = { ...inPhase('share'), boards: [{ ...sharing, voting: open }] };
	expect(boardOf(after(shared, [{ type: 'show-votes' }])).votesShown).toBe(true);
});

test('VO56 dots that some may have placed stay: also when more of them are taken back', () => {
	const more = inPhase('vote', [{ type: 'set-dots', dots: 8, onOne: 4 }]);
	const back = boardOf(undone(inPhase('vote'), more, START + MINUTE));
	expect(back).toMatchObject({ dots: 8, dotsOnOne: 4, round: 0 });
});

test('VO56 out of the vote, fewer dots are a round of their own, and more are not', () => {
	const grouping = inPhase('vote', [{ type: 'back' }]);
	const now = START + MINUTE;
	const dots = (count: number) =>
		boardOf(after(grouping, [{ type: 'set-dots', dots: count, onOne: 3 }], now));
	expect(dots(8)).toMatchObject({ dots: 8, round: 0, rounds: [] });
	expect(dots(4)).toMatchObject({ dots: 4, round: now, rounds: [{ round: 0, dots: 5 }] });
	// Before the vote there is nothing to keep; but one that was taken back may have been voted in.
	const before = after(inPhase('group'), [{ type: 'set-dots', dots: 8, onOne: 3 }], now);
	expect(boardOf(before)).toMatchObject({ round: now, rounds: [] });
	expect(boardOf(undone(inPhase('group'), before, now + 1))).toMatchObject({ dots: 5, round: 0 });
});
