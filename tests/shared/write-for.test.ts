/** Typing in a stack of paper: whom a name means, and which column a key picks. */
import { expect, test } from 'vitest';
import type { PersonView } from '#shared/wire/events.ts';
import { keptName } from '../../src/lib/sync/kept-notebook.ts';
import {
	columnOfKey,
	seatMeant,
	seatNumber,
	seatsFound,
	withoutDevice
} from '../../src/lib/write-for/seats.ts';

const person = (id: string, name: string, joinedAt: number, more = {}): PersonView => ({
	id,
	name,
	here: true,
	joinedAt,
	withoutDevice: true,
	...more
});
const maria = person('maria', 'Maria Prado', 3);
const tomas = person('tomas', 'Tomás', 2);
const ben: PersonView = { id: 'ben', name: 'Ben', here: true, joinedAt: 1 };
const seats = [tomas, maria];

test('WD15 the list is of who has no device, as they came, and is found by the beginnings of names', () => {
	expect(withoutDevice([maria, ben, tomas])).toEqual(seats);
	expect(seatsFound(seats, '')).toEqual(seats);
	expect(seatsFound(seats, '  pra')).toEqual([maria]);
	expect(seatsFound(seats, 'rado')).toEqual([]);
	expect(seatNumber(seats, 'maria')).toBe(2);
});

test('WD15 Enter means whoever is called exactly so, else somebody new', () => {
	expect(seatMeant(seats, ' maria  PRADO ')).toBe(maria);
	for (const typed of ['', 'Maria', 'Maria Prado B.']) expect(seatMeant(seats, typed)).toBeNull();
});

test('WD16 Alt and a number pick a column that there is; a number alone is typed', () => {
	const key = (code: string, more = {}) => ({
		code,
		altKey: true,
		ctrlKey: false,
		metaKey: false,
		...more
	});
	expect(columnOfKey(key('Digit1'), 3)).toBe(0);
	expect(columnOfKey(key('Numpad3'), 3)).toBe(2);
	for (const pressed of [
		key('Digit4'),
		key('Digit0'),
		key('KeyA'),
		key('Digit1', { altKey: false }),
		key('Digit1', { ctrlKey: true })
	])
		expect(columnOfKey(pressed, 3)).toBeNull();
});

test('WD14 on one device the copies of two people’s notebooks have names of their own', () => {
	const names = [keptName('board'), keptName('board', 'maria'), keptName('board', 'tomas')];
	expect(new Set(names).size).toBe(3);
	// A mark's name is divided at colons, a copy's at its blank.
	for (const name of names) expect(name).not.toMatch(/[: ]/);
});
