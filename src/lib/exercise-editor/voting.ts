/**
 * How an exercise lets the room vote, in the editor. Each way keeps what goes with it and drops the
 * rest, and nothing in it names a column or a scale that is not there.
 */
import type { Exercise } from '#shared/exercises/format.ts';
import type { Way } from '#shared/facilitation/ways.ts';

export type ExerciseVoting = NonNullable<Exercise['voting']>;
type Key = keyof ExerciseVoting;

/** What each way asks for beside what it is on. */
const OF_WAY: Record<Way, Key[]> = {
	dots: ['perColumn', 'dots', 'onOne'],
	rating: [],
	placing: ['axes', 'together'],
	order: ['dots'],
	pairs: []
};

/** What there is to set for a voting like this one, in its order. */
export function keysOf({ way, on }: Pick<ExerciseVoting, 'way' | 'on'>): Key[] {
	const isOptions = on === 'options';
	const of = OF_WAY[way].filter((key) => !(isOptions && key === 'perColumn'));
	return ['way', ...of, 'on', isOptions ? 'options' : 'columns', 'open'];
}

const scalesOf = ({ fields }: Exercise): string[] =>
	fields.flatMap(({ id, type }) => (type === 'scale' ? [id] : []));

/** Whether an exercise has the two scales that a placing needs. */
export const mayPlace = (exercise: Exercise): boolean => scalesOf(exercise).length > 1;

/** With a voting in which only what goes together stands; null: none. */
export function withVoting(exercise: Exercise, voting: ExerciseVoting | null): Exercise {
	const { voting: _before, ...rest } = exercise;
	if (!voting) return rest;
	// Without two scales there is nothing to place between.
	const way = voting.way === 'placing' && !mayPlace(exercise) ? 'dots' : voting.way;
	const keys = keysOf({ ...voting, way });
	const kept = Object.entries({ ...voting, way }).filter(
		([key, value]) => keys.includes(key as Key) && value !== undefined
	);
	return { ...rest, voting: stillThere(exercise, Object.fromEntries(kept) as ExerciseVoting) };
}

function stillThere(exercise: Exercise, voting: ExerciseVoting): ExerciseVoting {
	const { columns, axes, ...kept } = voting;
	const there = columns?.filter((id) => exercise.columns.some((column) => column.id === id)) ?? [];
	const scales = scalesOf(exercise);
	const axis = (id: string | undefined, other: number) =>
		id !== undefined && scales.includes(id) ? id : scales[other]!;
	return {
		...kept,
		...(there.length > 0 && { columns: there }),
		...(voting.way === 'placing' && { axes: { x: axis(axes?.x, 0), y: axis(axes?.y, 1) } })
	};
}

/** Another way, or on something else: an answer to choose from is there from the beginning. */
export function changeVoting(
	exercise: Exercise,
	change: Partial<ExerciseVoting>,
	firstOption: string
): Exercise {
	const voting = { way: 'dots' as const, ...exercise.voting, ...change };
	const options = voting.options ?? [{ id: 'answer', title: firstOption }];
	return withVoting(exercise, voting.on === 'options' ? { ...voting, options } : voting);
}

/** The same with other names in files for its fields and columns. */
export function renamedVoting(
	voting: ExerciseVoting | undefined,
	field: (id: string) => string,
	column: (id: string) => string
): { voting?: ExerciseVoting } {
	if (!voting) return {};
	const { axes, columns } = voting;
	return {
		voting: {
			...voting,
			...(axes && { axes: { x: field(axes.x), y: field(axes.y) } }),
			...(columns && { columns: columns.map(column) })
		}
	};
}
