/**
 * The log of a board written anew: what its documents hold now, and nothing that was in them once.
 * The history stays the same one, since a document's state has all its structs under their ids; what
 * was deleted has only its place in it, and no words (Yjs, with `gc` on, drops them).
 */
import * as Y from 'yjs';
import { BOARD, type LogEntry } from '#server/store/log-entries.ts';
import type { LogRow } from '#server/store/updates.ts';
import type { Documents } from './documents.ts';
import type { Notebook } from './notebook.ts';

/**
 * One row for the board and the notebooks that stand on it, and one for each that does not, whole:
 * what the board has of that one is in the board's own entry, and the row keeps the time since which
 * it is held.
 */
export function wholeLog(
	documents: Documents,
	stands: (notebook: Notebook) => boolean,
	now: number
): LogRow[] {
	const state = (doc: Y.Doc) => Y.encodeStateAsUpdate(doc);
	const standing: LogEntry[] = [
		{ document: BOARD, forwarded: false, update: state(documents.board.doc) }
	];
	const held: Omit<LogRow, 'seq'>[] = [];
	for (const notebook of documents.notebooks.values()) {
		const forwarded = stands(notebook);
		const entry = { document: notebook.key, forwarded, update: state(notebook.document.doc) };
		if (forwarded) standing.push(entry);
		else held.push({ at: notebook.heldSince ?? now, entries: [entry] });
	}
	return [{ at: now, entries: standing }, ...held].map((row, i) => ({ seq: i + 1, ...row }));
}
