import type { BoardView } from '#shared/facilitation/view.ts';
import type { AuthorKey } from '#shared/ids.ts';
import type { Workshop } from '$lib/state/workshop.svelte.ts';

/**
 * Whose cards a table looks at: those who sit there, and oneself. Null for everybody's: in the
 * plenary, at no table, and on an anonymous board, where nobody is told who sits behind which cards.
 */
export function authorsAtTable(
	{ view, table }: Pick<Workshop, 'view' | 'table'>,
	board: Pick<BoardView, 'id' | 'anonymous'>,
	own: AuthorKey | null
): ReadonlySet<AuthorKey> | null {
	if (!view?.atTables || !table || board.anonymous) return null;
	return new Set([...(table.authors[board.id] ?? []), ...(own === null ? [] : [own])]);
}
