/** The same main field, named by several people. One person's own repetition is not one. */
import type { CardValue } from '../../doc/contents.ts';
import { mainText } from '../../doc/read.ts';
import type { BoardContents, ViewParts } from '../views.ts';
import { cardsOf, normalised, viewCard } from './cards.ts';

export function duplicates(contents: BoardContents): ViewParts {
	const named = new Map<string, CardValue[]>();
	for (const card of cardsOf(contents)) {
		const key = normalised(mainText(card, contents.exercise));
		named.set(key, [...(named.get(key) ?? []), card]);
	}
	const sections = [...named.values()]
		.filter((cards) => new Set(cards.map((card) => card.author)).size > 1)
		.map((cards) => ({
			title: mainText(cards[0]!, contents.exercise),
			count: cards.length,
			cards: cards.map((card) => viewCard(card, contents))
		}))
		.sort((a, b) => b.count - a.count);
	return { sections };
}
