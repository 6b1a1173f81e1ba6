/** Finding an exercise in the catalogue: by tags, which all must hold, and by series. */
import type { Exercise } from '#shared/exercises/format.ts';

/** Every tag of the catalogue once, the most used first. */
export function tagsOf(catalogue: readonly Exercise[]): string[] {
	const used = new Map<string, number>();
	for (const tag of catalogue.flatMap(({ tags }) => tags)) used.set(tag, (used.get(tag) ?? 0) + 1);
	return [...used].toSorted(([, a], [, b]) => b - a).map(([tag]) => tag);
}

/** Every series, or the source of an exercise that is of none. */
export const seriesOf = (catalogue: readonly Exercise[]): string[] => [
	...new Set(catalogue.flatMap((exercise) => exercise.series?.name ?? exercise.source ?? []))
];

/** The exercises that carry every one of these tags, and are of this series where one is asked for. */
export const filterCatalogue = (
	catalogue: readonly Exercise[],
	wanted: { tags: readonly string[]; series: string | null }
): Exercise[] =>
	catalogue.filter(
		(exercise) =>
			wanted.tags.every((tag) => exercise.tags.includes(tag)) &&
			(wanted.series === null || wanted.series === (exercise.series?.name ?? exercise.source))
	);
