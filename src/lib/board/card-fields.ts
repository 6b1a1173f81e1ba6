/** Which inputs a card's writer meets at once, which are folded away, and which one stands beside the button. */
import { fieldsOf, type Exercise, type Field } from '#shared/exercises/format.ts';

export interface Parts {
	main: Field | undefined;
	shown: Field[];
	/** Under "More about it". */
	folded: Field[];
	/** A picker small enough to stand beside the button. */
	beside: Field | undefined;
}

/** How much is asked: everything; the main field alone; or what fits above a phone's keyboard. */
export type Extent = 'whole' | 'brief' | 'docked' | 'composed';

/** Parts the fields of a column: few stand open, of many only what is needed does. */
export function partsOf(exercise: Exercise, column: string, extent: Extent): Parts {
	const fields = fieldsOf(exercise, column);
	const main = fields.find((field) => field.main);
	const rest = fields.filter((field) => !field.main);
	if (extent === 'brief') return { main, shown: [], folded: [], beside: undefined };
	const beside = extent === 'docked' ? rest.findLast((one) => isPicker(one, exercise)) : undefined;
	const others = rest.filter((field) => field !== beside);
	const needed = (field: Field): boolean =>
		!!field.required || field.id === exercise.tab || field.type === 'scale';
	const shown = extent === 'whole' || rest.length <= 2 ? others : others.filter(needed);
	return { main, shown, folded: others.filter((field) => !shown.includes(field)), beside };
}

/** A choice that the device's own picker shows on one line. */
const isPicker = (field: Field, exercise: Exercise): boolean =>
	field.type === 'choice' && !asChips(field, field.id === exercise.tab);

/** Whether a choice is shown as chips: what gives the tab, what takes several, or other words. */
export const asChips = (field: Extract<Field, { type: 'choice' }>, givesTab: boolean): boolean =>
	givesTab || !!field.several || !!field.other;
