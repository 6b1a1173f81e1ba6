/** Two scales against each other: what lies where on the field, and what is listed beside it. */
import type { ViewCard, ViewSection } from '#shared/exercises/views.ts';
import { CELLS, lyingIn, type Lying } from '../voting/field.ts';

/** As many numbers one place of the field holds, and as many the field, so that they are read. */
const IN_ONE = 6;
const IN_ALL = 60;

interface MatrixPicture {
	/** The field has how many lie where, not which. */
	counted: boolean;
	lying: Lying[];
	parts: { title: string; items: { card: ViewCard; number: number | null }[] }[];
}

/** What has no place on the field is in the list, without a number. */
export function matrixOf(sections: ViewSection[]): MatrixPicture {
	const places: Lying[] = [];
	for (const { cards } of sections)
		for (const { card, at } of cards)
			if (at) places.push({ id: card.id, label: String(places.length + 1), ...at });
	const cells = CELLS.map((cell) => ({ cell, there: lyingIn(places, cell) }));
	const counted = places.length > IN_ALL || cells.some(({ there }) => there.length > IN_ONE);
	const numbers = new Map(places.map(({ id, label }) => [id, Number(label)]));
	return {
		counted,
		lying: counted
			? cells.flatMap(({ cell, there }) =>
					there.length > 0
						? [{ id: `${cell.x} ${cell.y}`, label: String(there.length), ...cell }]
						: []
				)
			: places,
		parts: sections
			.filter(({ cards }) => cards.length > 0)
			.map(({ title, cards }) => ({
				title,
				items: cards.map((card) => ({
					card,
					number: counted ? null : (numbers.get(card.card.id) ?? null)
				}))
			}))
	};
}
