/** Lists that a board has, kept by its id; big values are replaced whole. */
import type { BoardId, ParticipantId } from '#shared/ids.ts';

export type PerBoard<T> = Record<BoardId, T>;

/** With this one added, or in place of the one of its id. */
export function withOne<T extends { id: string }>(all: PerBoard<T[]>, board: BoardId, one: T) {
	const there = all[board] ?? [];
	const known = there.some(({ id }) => id === one.id);
	const now = known ? there.map((old) => (old.id === one.id ? one : old)) : [...there, one];
	return { ...all, [board]: now };
}

export const withoutOne = <T extends { id: string }>(
	all: PerBoard<T[]>,
	board: BoardId,
	gone: string
) => ({
	...all,
	[board]: (all[board] ?? []).filter(({ id }) => id !== gone)
});

/** With this of somebody's on a board. */
export const withOf = <T>(
	all: Record<ParticipantId, PerBoard<T>>,
	person: ParticipantId,
	board: BoardId,
	value: T
) => ({ ...all, [person]: { ...all[person], [board]: value } });

/** Of these people alone. */
export const ofThese = <T>(
	all: Record<ParticipantId, PerBoard<T>>,
	people: { id: ParticipantId }[]
): Record<ParticipantId, PerBoard<T>> =>
	Object.fromEntries(people.flatMap(({ id }) => (all[id] ? [[id, all[id]]] : [])));
