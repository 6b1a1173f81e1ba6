import { expect, test } from 'vitest';
import type { PersonView } from '#shared/wire/events.ts';
import { deletionOf, isNear, readDays, whyNotDays } from '../../src/lib/facilitation/deletion.ts';
import { peopleFound, seatNumbers } from '../../src/lib/facilitation/people-found.ts';

const DAY = 24 * 60 * 60 * 1000;
const person = (id: string, name: string, here: boolean, joinedAt: number): PersonView => ({
	id,
	name,
	here,
	joinedAt
});
const people = [
	person('1', 'Zoë Ángel', false, 1),
	person('2', 'Ben', true, 3),
	person('3', 'Angela', true, 2),
	person('4', 'Maria Angeles', true, 4)
];
const names = (found: PersonView[]) => found.map(({ name }) => name);

test('DE20 who is here comes first, each as they came', () => {
	expect(names(peopleFound(people, ' '))).toEqual(['Angela', 'Ben', 'Maria Angeles', 'Zoë Ángel']);
});

test('DE20 a name is found without regard to case and accents, what begins with it first', () => {
	expect(names(peopleFound(people, 'ANGE'))).toEqual(['Angela', 'Maria Angeles', 'Zoë Ángel']);
	expect(names(peopleFound(people, 'zoe'))).toEqual(['Zoë Ángel']);
	expect(peopleFound(people, 'chidi')).toEqual([]);
});

test('DE21 where nobody gives a name, seats are numbered as they were taken', () => {
	const seats = seatNumbers(people);
	expect(['1', '3', '2', '4'].map((id) => seats.get(id))).toEqual([1, 2, 3, 4]);
});

test('DE23 only a closed workshop with days is deleted by itself, and it is said from fourteen days before', () => {
	const closed = { status: 'closed' as const, openedAt: 0, closedAt: 0, boards: [] };
	expect(deletionOf(closed, null)).toBeNull();
	expect(deletionOf({ ...closed, status: 'open' }, 30)).toBeNull();
	const at = deletionOf(closed, 30);
	expect(at).toBe(30 * DAY);
	expect(isNear(at, 16 * DAY - 1)).toBe(false);
	expect(isNear(at, 16 * DAY)).toBe(true);
	expect(isNear(null, 16 * DAY)).toBe(false);
});

test('CB17 of one that collected and was never opened it is said too, counted from its last date', () => {
	const collecting = (until: number) =>
		({ phase: 'write', collecting: { until }, phaseStartedAt: 0 }) as const;
	const ended = { phase: 'done', collecting: null, phaseStartedAt: 2 * DAY } as const;
	const one = { status: 'collecting', openedAt: null, closedAt: null } as const;
	const boards = [collecting(4 * DAY), collecting(3 * DAY), ended];
	expect(deletionOf({ ...one, boards }, 30)).toBe(34 * DAY);
	expect(deletionOf({ ...one, boards: [ended] }, 30)).toBe(32 * DAY);
	expect(deletionOf({ ...one, openedAt: 0, boards }, 30)).toBeNull();
	expect(deletionOf({ ...one, boards }, null)).toBeNull();
});

test('DE24 days are a whole number from 1 to 3650', () => {
	expect(['1', ' 30', '3650'].map(readDays)).toEqual([1, 30, 3650]);
	expect(['', '0', '3651', '1.5', '-1', '1e3', 'soon'].map(readDays)).toEqual(Array(7).fill(null));
});

test('DE24 a day that is past is not taken', () => {
	const closed = { status: 'closed' as const, openedAt: 0, closedAt: 0, boards: [] };
	expect(whyNotDays('30', closed, 30 * DAY)).toBe('past');
	expect(whyNotDays('31', closed, 30 * DAY)).toBeNull();
	expect(whyNotDays('30', { ...closed, status: 'open', closedAt: null }, 90 * DAY)).toBeNull();
	expect(whyNotDays('many', closed, 0)).toBe('range');
});
