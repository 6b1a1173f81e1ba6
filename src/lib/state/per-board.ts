/** Lists that a board has, kept by its id; big values are replaced whole. */
import type { BoardId } from '#shared/ids.ts';

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
