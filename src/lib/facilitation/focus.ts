/** What everybody is led to: what stands in the light, and the columns one after another. */
import type { BoardValue } from '#shared/doc/contents.ts';
import { mainText } from '#shared/doc/read.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { Spotlight } from '#shared/facilitation/state.ts';

/** Whether this is what is in the light. */
export const isSame = (one: Spotlight | null, other: Spotlight): boolean =>
	one !== null && JSON.stringify(one) === JSON.stringify(other);

/** A column's or a view's title, or a card's words; null where it is not there, or not known here yet. */
export function textInLight(
	on: Spotlight,
	exercise: Exercise | undefined,
	board: Pick<BoardValue, 'cards'> | undefined
): string | null {
	if ('column' in on) return exercise?.columns.find(({ id }) => id === on.column)?.title ?? null;
	if ('view' in on) return exercise?.views[on.view]?.title ?? null;
	const card = board?.cards.find(({ id }) => id === on.card);
	return (card && exercise && mainText(card, exercise)) || null;
}

/** The column to show next where they are shown one after another, and all that are seen then: null is all. */
export function nextColumn(
	{ columns }: Pick<Exercise, 'columns'>,
	shown: readonly string[] | null
): { title: string; columns: string[] | null } | null {
	const next = columns.find(({ id }) => !(shown ?? []).includes(id));
	if (!next || columns.length < 2) return null;
	const all = columns.map(({ id }) => id).filter((id) => shown?.includes(id) || id === next.id);
	return { title: next.title, columns: all.length === columns.length ? null : all };
}
