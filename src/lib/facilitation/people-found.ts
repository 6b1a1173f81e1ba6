import type { PersonView } from '#shared/wire/events.ts';
import { searchOptions } from '../ui/search.ts';

/**
 * Who answers what was typed: those who are here before those who are away, each as they came; with
 * words typed, whose name begins with them first.
 */
export function peopleFound(people: readonly PersonView[], typed: string): PersonView[] {
	const inOrder = people.toSorted(
		(a, b) => Number(b.here) - Number(a.here) || a.joinedAt - b.joinedAt
	);
	if (typed.trim() === '') return inOrder;
	const byId = new Map(inOrder.map((person) => [person.id, person]));
	const named = inOrder.map(({ id, name = '' }) => ({ id, title: name }));
	return searchOptions(named, typed).flatMap(({ id }) => byId.get(id) ?? []);
}

/** The number of each seat, as they were taken: what people are called where nobody gives a name. */
export function seatNumbers(people: readonly PersonView[]): Map<string, number> {
	const asTheyCame = people.toSorted((a, b) => a.joinedAt - b.joinedAt || (a.id < b.id ? -1 : 1));
	return new Map(asTheyCame.map(({ id }, at) => [id, at + 1]));
}
