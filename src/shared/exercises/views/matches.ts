/**
 * People of one column who differ in the named fields, matched, the most different first: as they were
 * matched in the room, or where that was not done, as they would be.
 */
import { group } from '../../matching/groups.ts';
import { themesOf, type Theme } from '../../matching/themes.ts';
import type { View } from '../format.ts';
import type { BoardContents, ViewCard, ViewParts, ViewSection, ViewWords } from '../views.ts';
import { fieldOf, readableValue, viewCard } from './cards.ts';

type Matches = Extract<View, { type: 'matches' }>;

export function matches(view: Matches, contents: BoardContents, words: ViewWords): ViewParts {
	const found: { difference: number; section: ViewSection }[] = [];
	const alone: ViewCard[] = [];
	for (const theme of themesOf(contents, view.differ, contents.matched)) {
		const show = (person: number): ViewCard => {
			const card = theme.people[person]!;
			const notes = view.differ.map((id) =>
				readableValue(card.fields[id], fieldOf(contents, id), contents, words)
			);
			return viewCard(card, contents, notes.filter(Boolean));
		};
		const { groups, left } = contents.matched
			? asTheyStand(theme)
			: group(theme.people.length, theme.difference);
		for (const people of groups)
			found.push({
				difference: theme.difference(people[0]!, people[1]!),
				section: { title: theme.column.title, count: people.length, cards: people.map(show) }
			});
		alone.push(...left.map(show));
	}
	const sections = found.sort((a, b) => b.difference - a.difference).map(({ section }) => section);
	if (alone.length > 0)
		sections.push({ title: words.unmatched, count: alone.length, cards: alone, rest: true });
	return { sections };
}

function asTheyStand({ people, standing }: Theme) {
	const matched = new Set(standing.flat());
	return { groups: standing, left: [...people.keys()].filter((one) => !matched.has(one)) };
}
