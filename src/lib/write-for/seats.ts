/** Who has no device, how they are found by typing, and how who has no name is called. */
import type { KeptSeat, PersonView } from '#shared/wire/events.ts';

/** As they came. */
export const withoutDevice = (people: PersonView[]): PersonView[] =>
	people
		.filter((person) => person.withoutDevice)
		.toSorted((a, b) => a.joinedAt - b.joinedAt || (a.id < b.id ? -1 : 1));

const plain = (words: string): string => words.trim().replace(/\s+/gu, ' ').toLocaleLowerCase();

/** Those whose name has what was typed at the beginning of a word; all, where nothing was. */
export function seatsFound<Seat extends KeptSeat>(seats: Seat[], typed: string): Seat[] {
	const wanted = plain(typed);
	return seats.filter(({ name = '' }) => ` ${plain(name)}`.includes(wanted && ` ${wanted}`));
}

/** Whom Enter means: whoever is called exactly so; null: somebody new. */
export function seatMeant<Seat extends KeptSeat>(seats: Seat[], typed: string): Seat | null {
	const wanted = plain(typed);
	if (wanted === '') return null;
	return seats.find(({ name = '' }) => plain(name) === wanted) ?? null;
}

/** By their place in the list, where nobody has a name. */
export const seatNumber = (seats: KeptSeat[], id: string): number =>
	seats.findIndex((seat) => seat.id === id) + 1;

/** Which column a key picks, counted from 0: Alt and a number, whatever letter the keyboard makes of it. */
export function columnOfKey(
	{
		altKey,
		ctrlKey,
		metaKey,
		code
	}: Pick<KeyboardEvent, 'altKey' | 'ctrlKey' | 'metaKey' | 'code'>,
	columns: number
): number | null {
	const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1];
	if (digit === undefined || !altKey || ctrlKey || metaKey) return null;
	return Number(digit) <= columns ? Number(digit) - 1 : null;
}
