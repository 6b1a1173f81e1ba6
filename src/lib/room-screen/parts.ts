/** What of a view stands under which heading on the room screen. */
import { clothOf } from '#shared/exercises/cloth.ts';
import type { Column, Exercise, View } from '#shared/exercises/format.ts';
import type { ViewCard, ViewSection } from '#shared/exercises/views.ts';

/** A heading with its number, and what stands under it; without a title it is none. */
export interface Part<T> {
	title: string;
	lang?: string | undefined;
	count: number;
	/** A column's; other headings have none. */
	cloth?: number;
	items: T[];
}

/** A card with what is said of it beside its words. */
export interface Item {
	card: ViewCard;
	/** For things that say the same: how many times it was said. */
	times?: number;
}

/** Its one list needs no other heading than the view's own. */
export const isOneList = ({ type }: View): boolean =>
	type === 'unanswered' || type === 'without' || type === 'field';

/**
 * Sections without a card are left out; what says the same stands there once, with how often.
 * - `seen`: the columns of the exercise that the room sees.
 */
export function partsOf(
	view: View,
	sections: ViewSection[],
	exercise: Exercise,
	seen: readonly Column[]
): Part<Item>[] {
	if (view.type === 'duplicates') {
		const items = sections.flatMap(({ cards: [card], count }) =>
			card ? [{ card, times: count }] : []
		);
		return items.length > 0 ? [{ title: '', count: items.length, items }] : [];
	}
	return sections.flatMap(({ title: heading, count, cards }, at) => {
		const title = isOneList(view) ? '' : heading;
		const column = view.type === 'by-column' ? seen[at] : undefined;
		const cloth = column && clothOf(exercise, column.id).cloth;
		const items = cards.map((card) => ({ card }));
		return items.length > 0 ? [{ title, count, ...(cloth !== undefined && { cloth }), items }] : [];
	});
}

/** In how many parts of the width each column of a table stands: by how much is said in it, within two limits. */
export function widthsOf(rows: readonly { cells: string[] }[], columns: number): number[] {
	return Array.from({ length: columns }, (_, at) => {
		const letters = rows.reduce((sum, { cells }) => sum + (cells[at]?.length ?? 0), 0);
		const mean = letters / Math.max(1, rows.length);
		return Math.round(Math.min(3, Math.max(1, mean / 12)) * 10) / 10;
	});
}
