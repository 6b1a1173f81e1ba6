/** What the long lists offer: countries, SDG targets and people as options to search in. */
import { COUNTRIES, countryName } from '#shared/exercises/countries.ts';
import type { Column } from '#shared/exercises/format.ts';
import { SDG_GOALS, SDG_TARGETS } from '#shared/exercises/sdg.ts';
import type { SearchOption } from '../ui/search.ts';

/** All countries, by their names in the reader's language. */
export function countryOptions(language: string): SearchOption[] {
	const { compare } = new Intl.Collator(language);
	return COUNTRIES.map((id) => ({ id, title: countryName(id, language) })).sort((a, b) =>
		compare(a.title, b.title)
	);
}

/** All goals and targets; those that the column names come first. */
export function targetOptions(column: Column | undefined): SearchOption[] {
	const first = new Set(column?.targets);
	return SDG_GOALS.flatMap((goal) => [
		{ id: goal.id, title: goal.id, note: goal.title, first: first.has(goal.id) },
		...SDG_TARGETS.filter((target) => target.goal === goal.id).map((target) => ({
			id: target.id,
			title: target.id,
			note: target.gist,
			first: first.has(target.id)
		}))
	]);
}

/** The people who have joined under a name. */
export const peopleOptions = (people: { id: string; name?: string }[]): SearchOption[] =>
	people.flatMap(({ id, name }) => (name ? [{ id, title: name }] : []));
