/**
 * What the room voted for, the highest score first, a section for each card, group or option; answers
 * stand with what they answer. Equals share a place.
 */
import { mainText } from '../../doc/read.ts';
import { standings } from '../../facilitation/tally.ts';
import type { View } from '../format.ts';
import type { BoardContents, ViewParts, ViewSection, ViewWords } from '../views.ts';
import { cardsOf, viewCard } from './cards.ts';
import { groupTitle, membersOf } from './groups.ts';

export function votes(
	view: Extract<View, { type: 'votes' }>,
	contents: BoardContents,
	words: ViewWords
): ViewParts {
	const { exercise, votes: totals, voted } = contents;
	if (!totals) return { sections: [] };
	const standing = standings(totals);
	const all = cardsOf(contents);
	const shown = (column: string) => !view.columns || view.columns.includes(column);
	const withAnswers = (card: (typeof all)[number]) =>
		viewCard(
			card,
			contents,
			all.filter((one) => one.answers === card.id).map((one) => mainText(one, exercise))
		);

	const sections: ViewSection[] = [];
	for (const group of contents.board.groups)
		if (totals[group.id] !== undefined && shown(group.column))
			sections.push({
				title: groupTitle(group, contents, words),
				...standing[group.id],
				target: group.id,
				count: totals[group.id]!,
				cards: membersOf(group, contents).map(withAnswers)
			});
	for (const card of all)
		if (totals[card.id] !== undefined && shown(card.column))
			sections.push({
				title: '',
				...standing[card.id],
				target: card.id,
				count: totals[card.id]!,
				cards: [withAnswers(card)]
			});
	for (const { id, title } of voted?.voting.options ?? [])
		if (totals[id] !== undefined)
			sections.push({ title, ...standing[id], target: id, count: totals[id], cards: [] });
	// A stable sort: what has as many votes stays in the board's order.
	sections.sort((a, b) => b.count - a.count);
	return { sections, empty: sections.length === 0 };
}
