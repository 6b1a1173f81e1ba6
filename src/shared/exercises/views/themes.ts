/** The room's groups, largest first; what stands in none comes last. */
import type { BoardContents, ViewParts, ViewSection, ViewWords } from '../views.ts';
import { cardsOf, viewCard } from './cards.ts';
import { groupTitle, membersOf, outerGroups } from './groups.ts';

export function themes(contents: BoardContents, words: ViewWords): ViewParts {
	const grouped = new Set<string>();
	const sections: ViewSection[] = outerGroups(contents)
		.map((group) => {
			const members = membersOf(group, contents);
			for (const card of members) grouped.add(card.id);
			return {
				title: groupTitle(group, contents, words),
				count: members.length,
				cards: members.map((card) => viewCard(card, contents))
			};
		})
		.filter((section) => section.count > 0)
		.sort((a, b) => b.count - a.count);
	const alone = cardsOf(contents).filter((card) => !grouped.has(card.id));
	if (alone.length > 0)
		sections.push({
			title: words.ungrouped,
			count: alone.length,
			cards: alone.map((card) => viewCard(card, contents)),
			rest: true
		});
	return { sections };
}
