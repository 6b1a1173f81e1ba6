/** Every card as a row of the named fields. */
import { mainText } from '../../doc/read.ts';
import type { View } from '../format.ts';
import type { BoardContents, ViewParts, ViewWords } from '../views.ts';
import { byName, cardsAsked, fieldOf, readableValue } from './cards.ts';

/** Sorted by a field where the view says so (empty ones last); else by column, which then leads each row. */
export function table(
	view: Extract<View, { type: 'table' }>,
	contents: BoardContents,
	words: ViewWords
): ViewParts {
	const columns = new Map(contents.exercise.columns.map(({ id, title }) => [id, title]));
	const asked = view.fields.flatMap((field) => cardsAsked(contents, field));
	const value = (card: (typeof asked)[number], id: string) =>
		readableValue(card.fields[id], fieldOf(contents, id), contents, words);
	const byColumn = !view.sort && columns.size > 1;

	const cards = [...new Set(asked)];
	const order = [...columns.keys()];
	if (view.sort) {
		const sort = view.sort;
		const key = new Map(cards.map((card) => [card, value(card, sort)]));
		cards.sort(
			(a, b) =>
				Number(!key.get(a)) - Number(!key.get(b)) ||
				byName(key.get(a)!, key.get(b)!) ||
				byName(mainText(a, contents.exercise), mainText(b, contents.exercise))
		);
	} else cards.sort((a, b) => order.indexOf(a.column) - order.indexOf(b.column));

	return {
		head: [
			...(byColumn ? [words.column] : []),
			...view.fields.map((id) => fieldOf(contents, id)?.title ?? id)
		],
		rows: cards.map((card) => ({
			card,
			cells: [
				...(byColumn ? [columns.get(card.column) ?? ''] : []),
				...view.fields.map((id) => value(card, id))
			]
		}))
	};
}
