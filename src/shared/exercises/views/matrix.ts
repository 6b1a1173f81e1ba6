/** Two scales against each other: a section for each quarter, the best first; `at` places each card. */
import type { View } from '../format.ts';
import type { BoardContents, ViewCard, ViewParts, ViewSection, ViewWords } from '../views.ts';
import { cardsAsked, fieldOf, viewCard } from './cards.ts';

/** From here on a scale counts as high. */
const HIGH = 4;
const QUARTERS = [
	{ x: true, y: true },
	{ x: true, y: false },
	{ x: false, y: true },
	{ x: false, y: false }
];

export function matrix(
	view: Extract<View, { type: 'matrix' }>,
	contents: BoardContents,
	words: ViewWords
): ViewParts {
	const x = fieldOf(contents, view.x)?.title ?? '';
	const y = fieldOf(contents, view.y)?.title ?? '';
	const placed: ViewCard[] = [];
	const unplaced: ViewCard[] = [];
	for (const card of cardsAsked(contents, view.x)) {
		const at = { x: card.fields[view.x], y: card.fields[view.y] };
		if (typeof at.x === 'number' && typeof at.y === 'number')
			placed.push({ ...viewCard(card, contents, [`${at.x} × ${at.y}`]), at: { x: at.x, y: at.y } });
		else unplaced.push(viewCard(card, contents));
	}
	placed.sort((a, b) => sum(b) - sum(a));

	const range = (high: boolean) => (high ? '4–5' : '1–3');
	const sections: ViewSection[] = QUARTERS.map((quarter) => {
		const cards = placed.filter(
			({ at }) => at && at.x >= HIGH === quarter.x && at.y >= HIGH === quarter.y
		);
		const title = `${x} ${range(quarter.x)} · ${y} ${range(quarter.y)}`;
		return { title, count: cards.length, cards };
	});
	if (unplaced.length > 0)
		sections.push({
			title: words.unplaced,
			count: unplaced.length,
			cards: unplaced,
			rest: true
		});
	return { sections };
}

const sum = ({ at }: ViewCard): number => (at ? at.x + at.y : 0);
