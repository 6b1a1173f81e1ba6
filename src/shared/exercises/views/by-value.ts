/** Cards under headings that come from the exercise: a field's values, or the columns. */
import type { CardValue } from '../../doc/contents.ts';
import type { Field, View } from '../format.ts';
import type { BoardContents, ViewParts, ViewSection, ViewWords } from '../views.ts';
import {
	byName,
	cardsAsked,
	cardsOf,
	fieldOf,
	normalised,
	readable,
	valuesOf,
	viewCard
} from './cards.ts';

type ByField = Extract<View, { type: 'by-field' }>;

/** Zeroes are shown where the exercise names the values: for a choice and a scale. */
export function byField(view: ByField, contents: BoardContents, words: ViewWords): ViewParts {
	const field = fieldOf(contents, view.field);
	const cards = cardsAsked(contents, view.field, view.columns);
	if (!field) return { sections: [] };

	const under = new Map<string, { title: string; cards: CardValue[] }>();
	for (const [key, title] of namedValues(field)) under.set(key, { title, cards: [] });
	const bare: CardValue[] = [];
	for (const card of cards) {
		const values = valuesOf(card, field.id);
		if (values.length === 0) bare.push(card);
		for (const value of values) {
			const title = readable(value, field, contents, words);
			// Own words and names meet in one heading however they are written.
			const key = under.has(String(value)) ? String(value) : `~${normalised(title)}`;
			const heading = under.get(key) ?? { title, cards: [] };
			if (!heading.cards.includes(card)) heading.cards.push(card);
			under.set(key, heading);
		}
	}

	const sections: ViewSection[] = [...under.values()].map(({ title, cards }) => ({
		title,
		count: cards.length,
		cards: cards.map((card) => viewCard(card, contents))
	}));
	sections.sort(orderFor(field));
	if (bare.length > 0)
		sections.push({
			title: words.without(field.title),
			count: bare.length,
			cards: bare.map((card) => viewCard(card, contents)),
			rest: true
		});
	return { sections };
}

/** The values that the exercise itself names, with their titles. */
function namedValues(field: Field): [string, string][] {
	if (field.type === 'choice') return field.options.map(({ id, title }) => [id, title]);
	if (field.type === 'scale')
		return [5, 4, 3, 2, 1].map((step) => {
			const end = step === 5 ? field.high : step === 1 ? field.low : null;
			return [String(step), end ? `${step}: ${end}` : String(step)];
		});
	return [];
}

/** A choice by size, ties as the exercise has them; a scale from the top; all else by name. */
function orderFor(field: Field): (a: ViewSection, b: ViewSection) => number {
	if (field.type === 'scale') return () => 0;
	if (field.type === 'choice') return (a, b) => b.count - a.count;
	if (field.type === 'sdg-target') return (a, b) => byName(a.title, b.title);
	return (a, b) => b.count - a.count || byName(a.title, b.title);
}

/** Every column, as the exercise has them. */
export function byColumn(contents: BoardContents): ViewParts {
	return {
		sections: contents.exercise.columns.map((column) => {
			const cards = cardsOf(contents, [column.id]);
			return {
				title: column.title,
				count: cards.length,
				cards: cards.map((card) => viewCard(card, contents))
			};
		})
	};
}
