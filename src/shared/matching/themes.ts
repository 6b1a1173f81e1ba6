/** Who of a board may be matched with whom: theme by theme, by the cards that are shown. */
import type { CardValue } from '../doc/contents.ts';
import type { Exercise, View } from '../exercises/format.ts';
import type { BoardContents } from '../exercises/views.ts';
import { cardsOf, normalised, valuesOf } from '../exercises/views/cards.ts';
import type { CardId } from '../ids.ts';
import type { Difference } from './groups.ts';

/** A pair or three of a theme, by the cards that they were matched by. */
export interface MatchedGroup {
	column: string;
	cards: CardId[];
}

export interface Theme {
	column: Exercise['columns'][number];
	/** One card of each person: the one that they were matched by, else their first. */
	people: CardValue[];
	/** In how many fields two of them differ, by their place in `people`. */
	difference: Difference;
	/** Matches that stand, by places in `people`. */
	standing: number[][];
}

type Matches = Extract<View, { type: 'matches' }>;

/** The view by which an exercise matches people; none where it does not. */
export const matchingOf = ({ views, summary }: Exercise): Matches | undefined =>
	[...views, ...summary].find((view) => view.type === 'matches');

/** A field in which one of two has said nothing is none in which they differ. */
export function themesOf(
	contents: Pick<BoardContents, 'exercise' | 'board'>,
	differ: string[],
	matched: MatchedGroup[] = []
): Theme[] {
	return contents.exercise.columns.map((column) => {
		const cards = cardsOf(contents, [column.id]);
		const chosen = new Set(
			matched.filter((one) => one.column === column.id).flatMap(({ cards }) => cards)
		);
		const people = onePerAuthor([...cards.filter(({ id }) => chosen.has(id)), ...cards], cards);
		const values = people.map((card) =>
			differ.map((id) =>
				valuesOf(card, id)
					.map((one) => normalised(String(one)))
					.join()
			)
		);
		const difference: Difference = (a, b) => {
			let fields = 0;
			for (let i = 0; i < differ.length; i++) {
				const [one, other] = [values[a]![i], values[b]![i]];
				if (one && other && one !== other) fields += 1;
			}
			return fields;
		};
		const places = new Map(people.map(({ id }, place) => [id, place]));
		const standing = matched
			.filter((one) => one.column === column.id)
			.map((one) => one.cards.flatMap((card) => places.get(card) ?? []))
			.filter(
				(group) => group.length > 1 && group.every((a) => group.some((b) => difference(a, b)))
			);
		return { column, people, difference, standing };
	});
}

/** The first card of each author; in the order in which their cards lie. */
function onePerAuthor(preferred: CardValue[], asTheyLie: CardValue[]): CardValue[] {
	const chosen = new Map<string, CardValue>();
	for (const card of preferred) if (!chosen.has(card.author)) chosen.set(card.author, card);
	return asTheyLie.filter((card) => chosen.get(card.author) === card);
}
