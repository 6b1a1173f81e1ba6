/** How tables stand on the room screen: columns, rows, and the lines of names that each has room for. */
export function screenGrid(tables: number): { columns: number; rows: number; lines: number } {
	const columns = Math.max(2, Math.ceil(Math.sqrt(tables)));
	const rows = Math.max(1, Math.ceil(tables / columns));
	return { columns, rows, lines: rows <= 2 ? 4 : rows <= 4 ? 3 : 2 };
}
