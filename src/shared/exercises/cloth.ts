import type { Exercise } from './format.ts';

/** Which cloth something is bound in: 1 to 6, or 0 for buckram; banded when it is used again. */
export interface Cloth {
	cloth: number;
	banded: boolean;
}

const CLOTHS = 6;
const BUCKRAM: Cloth = { cloth: 0, banded: false };

/** The cloth of `id` among `ids`, in their order. What is "other" is always buckram. */
export function clothAmong(ids: readonly string[], id: string): Cloth {
	const named = ids.filter((one) => one !== 'other' && one !== 'others');
	const at = named.indexOf(id);
	if (at < 0) return BUCKRAM;
	return { cloth: (at % CLOTHS) + 1, banded: at >= CLOTHS };
}

/** The cloth of a column. */
export const clothOf = (exercise: Exercise, column: string): Cloth =>
	clothAmong(
		exercise.columns.map(({ id }) => id),
		column
	);
