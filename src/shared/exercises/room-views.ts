/** The views of an exercise that a whole room may be shown, by their place in it. */
import type { Exercise, View } from './format.ts';

/** Who was matched with whom is told to each of them, and to no room. */
const isForRoom = (view: View): boolean => view.type !== 'matches';

/** The view of that place; null where there is none that may be shown. */
export function roomView({ views }: Pick<Exercise, 'views'>, index: number): View | null {
	const view = views[index];
	return view && isForRoom(view) ? view : null;
}

/** Every view that may be shown, with its place. */
export const roomViews = ({ views }: Pick<Exercise, 'views'>): { index: number; view: View }[] =>
	views.flatMap((view, index) => (isForRoom(view) ? [{ index, view }] : []));
