/** What is still open, and what one field says. */
import type { View } from '../format.ts';
import type { BoardContents, ViewParts, ViewWords } from '../views.ts';
import { cardsAsked, cardsOf, fieldOf, readableValue, valuesOf, viewCard } from './cards.ts';

/** Cards of a column that no card answers. Of ideas that are the same, one answer is enough. */
export function unanswered(
	view: Extract<View, { type: 'unanswered' }>,
	contents: BoardContents
): ViewParts {
	const answered = new Set(cardsOf(contents).flatMap((card) => card.answers ?? []));
	for (const group of contents.board.groups)
		if (group.kind === 'same' && group.cards.some((id) => answered.has(id)))
			for (const id of group.cards) answered.add(id);
	const open = cardsOf(contents, [view.column]).filter((card) => !answered.has(card.id));
	const column = contents.exercise.columns.find(({ id }) => id === view.column);
	const cards = open.map((card) => viewCard(card, contents));
	return { sections: [{ title: column?.title ?? '', count: cards.length, cards }] };
}

/** Cards whose field is empty. */
export function without(
	view: Extract<View, { type: 'without' }>,
	contents: BoardContents,
	words: ViewWords
): ViewParts {
	const cards = cardsAsked(contents, view.field)
		.filter((card) => valuesOf(card, view.field).length === 0)
		.map((card) => viewCard(card, contents));
	const title = words.without(fieldOf(contents, view.field)?.title ?? '');
	return { sections: [{ title, count: cards.length, cards }] };
}

/** Cards that have the field, each with what it says there. */
export function saying(
	view: Extract<View, { type: 'field' }>,
	contents: BoardContents,
	words: ViewWords
): ViewParts {
	const field = fieldOf(contents, view.field);
	const cards = cardsAsked(contents, view.field)
		.filter((card) => valuesOf(card, view.field).length > 0)
		.map((card) =>
			viewCard(card, contents, [readableValue(card.fields[view.field], field, contents, words)])
		);
	return { sections: [{ title: field?.title ?? '', count: cards.length, cards }] };
}
