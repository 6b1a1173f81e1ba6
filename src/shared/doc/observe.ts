import type * as Y from 'yjs';
import { cardsOf, groupsOf, placementsOf } from './schema.ts';

/** Calls `changed` once for each transaction that changes anything below the schema's roots. */
export function observe(doc: Y.Doc, changed: () => void): () => void {
	const roots = new Set<unknown>([cardsOf(doc), placementsOf(doc), groupsOf(doc)]);
	// `afterTransaction` alone: a throw in any other listener of a document stops all its later updates.
	const listen = (transaction: Y.Transaction) => {
		for (const type of transaction.changedParentTypes.keys()) if (roots.has(type)) return changed();
	};
	doc.on('afterTransaction', listen);
	return () => doc.off('afterTransaction', listen);
}
