/** Whether an update may come in, and what it does: no pause between the two. */
import { mayArrange } from '#shared/facilitation/phases.ts';
import { isRefusal, type Refusal } from '#shared/refusals.ts';
import { BOARD } from '#server/store/log-entries.ts';
import type { Batch } from './batch.ts';
import type { Connection } from './connection.ts';
import type { Documents } from './documents.ts';
import { judge } from './guard.ts';
import type { BoardFacts } from './ports.ts';

/**
 * Judges an update, applies it and gathers it. Answers whether the document gained anything by it.
 * Throws where Yjs does: then nobody knows what the document is.
 */
export function takeIn(
	update: Uint8Array,
	connection: Connection,
	room: { documents: Documents; batch: Batch; facts: BoardFacts; now: number }
): boolean | Refusal {
	const { notebook, document, holder } = connection;
	const { documents, batch, facts } = room;
	const judged = judge(update, document.doc, {
		document: notebook ? 'notebook' : 'board',
		author: notebook?.key ?? null,
		holder,
		holderOf: documents.holderOf,
		writesElsewhere: (clientId) => documents.writesElsewhere(clientId, notebook),
		held: documents.heldBy(holder),
		mayArrange: mayArrange(facts.state, connection.who.role, room.now),
		exercise: facts.exercise,
		cardTaken: (card) => {
			const owner = documents.ownerOf(card);
			return owner !== undefined && owner !== notebook;
		}
	});
	if (isRefusal(judged)) return judged;

	const made = document.apply([update], { source: 'client' });
	for (const id of judged.clientIds) documents.bind(id, holder);
	batch.bind(judged.clientIds, holder);
	if (notebook) for (const card of judged.cards) documents.own(card, notebook.key);
	if (made) batch.gather(notebook?.key ?? BOARD, made, connection);
	batch.heard.set(connection, ++connection.frames);
	return made !== null;
}
