import { expect, test } from 'vitest';
import { followLate, type LateCard, type LateFacts } from '../../src/lib/room/late-fate.ts';

const facts = (now: {
	own?: Record<string, string>;
	room?: Record<string, string>;
	held?: number;
	left?: Record<string, string>;
}): LateFacts => ({
	own: new Map(Object.entries(now.own ?? {})),
	room: new Map(Object.entries(now.room ?? {})),
	held: now.held ?? 0,
	left: new Map(Object.entries(now.left ?? {}))
});
const fates = (late: readonly LateCard[]) =>
	late.map(({ card, words, fate }) => [card, words, fate]);

/** Two cards in time; then a third one, and other words in the second, too late. */
const held = facts({
	own: { a: 'In time', b: 'Changed late', c: 'All late' },
	room: { a: 'In time', b: 'In time too' },
	held: 2
});
const inTime = { a: 'In time', b: 'In time too' };

test('DE25 what the room lacks, or has otherwise, is late while something is held', () => {
	expect(followLate([], { ...held, held: 0 })).toEqual([]);
	const late = followLate([], held);
	expect(fates(late)).toEqual([
		['b', 'Changed late', 'waiting'],
		['c', 'All late', 'waiting']
	]);
	expect(followLate(late, held)).toBe(late);
});

test('DE25 what the room has as it was written was let in, and that stays', () => {
	const own = { a: 'In time', b: 'Changed late', c: 'All late' };
	const late = followLate(followLate([], held), facts({ own, room: own }));
	expect(late.map(({ fate }) => fate)).toEqual(['let in', 'let in']);
	expect(followLate(late, facts({ own: { ...own, c: 'And on' }, room: own }))).toBe(late);
});

test('DE25 between the count and the words nothing is decided', () => {
	const late = followLate(followLate([], held), { ...held, held: 0 });
	expect(late.map(({ fate }) => fate)).toEqual(['waiting', 'waiting']);
});

test('DE25 what is gone from the notebook, or has gone back, was not let in, whoever did that', () => {
	const gone = followLate(followLate([], held), facts({ own: inTime, room: inTime }));
	expect(gone.map(({ fate }) => fate)).toEqual(['waiting', 'waiting']);
});

test('DE25 what was left out and comes back is let in', () => {
	const left = { c: 'All late' };
	const loaded = followLate([], facts({ own: inTime, room: inTime, left }));
	expect(fates(loaded)).toEqual([['c', 'All late', 'waiting']]);
	const told = followLate(loaded, facts({ own: inTime, room: inTime }));
	expect(fates(told)).toEqual([['c', 'All late', 'waiting']]);
	const all = { ...inTime, ...left };
	expect(fates(followLate(told, facts({ own: all, room: all })))).toEqual([
		['c', 'All late', 'let in']
	]);
});

test('DE25 what is late once more waits again', () => {
	const room = { a: 'In time' };
	const own = { a: 'In time', c: 'All late' };
	const letIn = followLate(
		followLate([], facts({ own, room, held: 1 })),
		facts({ own, room: own })
	);
	const again = { a: 'In time', c: 'All late, and more' };
	expect(fates(followLate(letIn, facts({ own: again, room: own, held: 1 })))).toEqual([
		['c', 'All late, and more', 'waiting']
	]);
});

test('DE25 words that are changed while they wait are the ones that are let in', () => {
	const room = { a: 'In time' };
	const first = followLate([], facts({ own: { a: 'In time', c: 'All l' }, room, held: 1 }));
	const own = { a: 'In time', c: 'All late' };
	const later = followLate(first, facts({ own, room, held: 1 }));
	expect(fates(followLate(later, facts({ own, room: own })))).toEqual([
		['c', 'All late', 'let in']
	]);
});
