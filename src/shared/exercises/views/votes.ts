/** What the room voted for, most first, a section for each card or group; answers stand with what they answer. */
import { mainText } from '../../doc/read.ts';
import type { View } from '../format.ts';
import type { BoardContents, ViewParts, ViewSection, ViewWords } from '../views.ts';
import { cardsOf, viewCard } from './cards.ts';
import { groupTitle, membersOf } from './groups.ts';

export function votes(
	view: Extract<View, { type: 'votes' }>,
	contents: BoardContents,
	words: ViewWords
): ViewParts {
	const { exercise, votes: totals } = contents;
	if (!totals) return { sections: [] };
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
		if (totals[group.id] && shown(group.column))
			sections.push({
				title: groupTitle(group, contents, words),
				count: totals[group.id]!,
				cards: membersOf(group, contents).map(withAnswers)
			});
	for (const card of all)
		if (totals[card.id] && shown(card.column))
			sections.push({ title: '', count: totals[card.id]!, cards: [withAnswers(card)] });
	// A stable sort: what has as many votes stays in the board's order.
	sections.sort((a, b) => b.count - a.count);
	return { sections };
}
