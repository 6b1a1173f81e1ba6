import type { PersonView } from '#shared/wire/events.ts';

/** About how many letters three lines of the seats' bar hold, with what stands around each name. */
const LETTERS = 240;
const AROUND = 4;

/** The names that fit, newest first, and how many more there are. None where people have no names. */
export function fittingNames(people: PersonView[]): { shown: PersonView[]; more: number } {
	const named = people.filter((person) => person.name).sort((a, b) => b.joinedAt - a.joinedAt);
	const shown: PersonView[] = [];
	let used = 0;
	for (const person of named) {
		used += Math.min(person.name!.length, 34) + AROUND;
		if (used > LETTERS) break;
		shown.push(person);
	}
	return { shown, more: named.length - shown.length };
}
