import { expect, test } from 'vitest';
import { followLate, type LateCard, type LateFacts } from '../../src/lib/room/late-fate.ts';

const facts = (now: {
	own?: Record<string, string>;
	room?: Record<string, string>;
	held?: number;
	takenBack?: string[];
}): LateFacts => ({
	own: new Map(Object.entries(now.own ?? {})),
	room: new Map(Object.entries(now.room ?? {})),
	held: now.held ?? 0,
	takenBack: new Set(now.takenBack ?? [])
});
const fates = (late: readonly LateCard[]) =>
	late.map(({ card, words, fate }) => [card, words, fate]);

/** Two cards in time; then a third one, and other words in the second, too late. */
const held = facts({
	own: { a: 'In time', b: 'Changed late', c: 'All late' },
	room: { a: 'In time', b: 'In time too' },
	held: 2
});

test('DE25 what the room lacks, or has otherwise, is late while something is held', () => {
	expect(followLate([], { ...held, held: 0 })).toEqual([]);
	const late = followLate([], held);
	expect(fates(late)).toEqual([
		['b', 'Changed late', 'held'],
		['c', 'All late', 'held']
	]);
	expect(followLate(late, held)).toBe(late);
});

test('DE25 what the room has as it was written was let in', () => {
	const own = { a: 'In time', b: 'Changed late', c: 'All late' };
	const late = followLate(followLate([], held), facts({ own, room: own }));
	expect(late.map(({ fate }) => fate)).toEqual(['let in', 'let in']);
});

test('DE25 between the count and the words nothing is decided', () => {
	const late = followLate(followLate([], held), { ...held, held: 0 });
	expect(late.map(({ fate }) => fate)).toEqual(['held', 'held']);
});

test('DE25 what is gone from the notebook, or has gone back, was left out, and its words stay', () => {
	const now = { a: 'In time', b: 'In time too' };
	const late = followLate(followLate([], held), facts({ own: now, room: now }));
	expect(fates(late)).toEqual([
		['b', 'Changed late', 'left out'],
		['c', 'All late', 'left out']
	]);
});

test('DE25 what its author took back is nobody else’s doing', () => {
	const own = { a: 'In time', b: 'Changed late' };
	const room = { a: 'In time', b: 'In time too' };
	const late = followLate(followLate([], held), facts({ own, room, held: 1, takenBack: ['c'] }));
	expect(fates(late)).toEqual([['b', 'Changed late', 'held']]);
});

test('DE25 words that are changed while they wait are the ones that are told of', () => {
	const room = { a: 'In time' };
	const first = followLate([], facts({ own: { a: 'In time', c: 'All l' }, room, held: 1 }));
	const later = followLate(first, facts({ own: { a: 'In time', c: 'All late' }, room, held: 1 }));
	const gone = followLate(later, facts({ own: { a: 'In time' }, room }));
	expect(fates(gone)).toEqual([['c', 'All late', 'left out']]);
});
